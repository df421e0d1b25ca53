"""Files of patterns and rules, one module for each format."""
