"""The panel of local causal states: what of a world's past tells of its future, cell by cell."""
