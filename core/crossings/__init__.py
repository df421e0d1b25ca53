"""What leads from one kind of subject to another; the subjects do not know each other."""
