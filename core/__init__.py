"""The headless scientific core of Macroscope: a library that needs no screen."""
