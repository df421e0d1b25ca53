"""What an edge would cost inference, told while it is being drawn."""

from app.benches.markov.joining import joined
from app.graphical.cost_text import cost_text
from core.networks.markov_network import MarkovNetwork
from core.progress import Progress

LARGEST_TABLE = 2**22
"""A table of more entries is not made for the sake of a prediction."""


def edge_cost_text(
    net: MarkovNetwork, source: str, target: str, progress: Progress | None = None
) -> str:
    """Return what inference costs now and with the edge, in one line."""
    from core.networks.predicted_cost import predicted_cost

    if net.is_potential(source):
        source, target = target, source
    if source not in net:
        return ""
    over = net.potential(target).table.size if net.is_potential(target) else len(net[target].states)
    entries = over * len(net[source].states)
    if entries > LARGEST_TABLE:
        return f"The table of {target} alone would have {entries:,} entries"
    before = predicted_cost(net, progress)
    return cost_text(before, predicted_cost(joined(net, source, target), progress))
