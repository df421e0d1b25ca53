"""Files of unknown origin: their text, and where in it something is wrong."""
