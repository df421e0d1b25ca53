"""Boundaries of regions: what an ensemble of them says about the flow across, in bits."""
