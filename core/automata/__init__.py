"""Cellular worlds: the subject, its rules and topologies, its files, and what steps it."""
