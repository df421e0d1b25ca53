"""Patterns that everybody knows, each with its source and what to look at."""
