"""The headless mirror: what the window computes and draws, without a window."""
