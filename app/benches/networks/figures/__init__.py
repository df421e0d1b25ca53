"""Figures of what the panels of the networks bench show; no Qt."""
