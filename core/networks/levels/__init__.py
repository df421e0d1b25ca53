"""The levels of dynamic programming in exact inference, each recorded step by step."""
