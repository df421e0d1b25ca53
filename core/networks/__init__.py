"""Bayes nets: the subject, its tables, its files and the propagation of beliefs through it."""
