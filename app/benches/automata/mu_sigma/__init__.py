"""The panel that maps what becomes of the creature in view over mu and sigma."""
