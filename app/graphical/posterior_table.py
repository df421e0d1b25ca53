"""The beliefs about a model as a table of numbers; no Qt."""

from app.figures.description import Table
from core.networks.graphical_model import GraphicalModel
from core.networks.posteriors import Posteriors


def posterior_table(model: GraphicalModel, posteriors: Posteriors | None) -> Table:
    """Return the marginals as rows of (node, state, probability)."""
    rows = []
    for name in model.names if posteriors is not None else ():
        marginal = posteriors.marginals.get(name, ())
        for state, value in zip(model[name].states, marginal, strict=False):
            rows.append((name, state, float(value)))
    return Table(("node", "state", "probability"), tuple(rows))
