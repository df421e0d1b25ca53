"""How much a creature stands: ensembles of perturbed runs and their survival curves."""
