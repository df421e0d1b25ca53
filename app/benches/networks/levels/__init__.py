"""The panel that shows the levels of dynamic programming at work on the net being drawn."""
