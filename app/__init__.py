"""The application: a window over the core, and the same work on the command line."""
