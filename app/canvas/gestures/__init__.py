"""What a press of the mouse may grow into, one object a gesture."""
