"""The questions that one asks of a network: joints, explanations, separation, sensitivity."""
