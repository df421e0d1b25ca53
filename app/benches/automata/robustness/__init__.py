"""The panel that tries what the creature in view stands."""
