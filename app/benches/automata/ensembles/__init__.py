"""What panels share that try many worlds in the background: search, robustness, map."""
