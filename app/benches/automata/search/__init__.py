"""The panel that searches for creatures and shows its archive."""
