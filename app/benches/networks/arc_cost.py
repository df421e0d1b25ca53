"""What an arc would cost inference, told while it is being drawn."""

from PySide6.QtCore import QObject

from app.benches.networks.network_document import NetworkDocument
from app.canvas.view import GraphCanvas
from app.graphical.cost_text import cost_text
from app.graphical.proposal_cost import ProposalCost
from app.jobs.pool import Jobs
from core.networks.model import BayesNet
from core.progress import Progress

LARGEST_TABLE = 2**22
"""A conditional table of more entries is not made for the sake of a prediction."""


class ArcCost(ProposalCost):
    """Answers the arcs that the canvas proposes; the newest wins."""

    def __init__(
        self, canvas: GraphCanvas, document: NetworkDocument, jobs: Jobs, owner: QObject
    ) -> None:
        super().__init__(canvas, document, jobs, owner, arc_cost_text)


def arc_cost_text(net: BayesNet, source: str, target: str, progress: Progress | None = None) -> str:
    """Return what inference costs now and with the arc, in one line."""
    from core.networks.predicted_cost import predicted_cost

    if source not in net or target not in net:
        return ""
    entries = net[target].table.size * len(net[source].states)
    if entries > LARGEST_TABLE:
        return f"The table of {target} alone would have {entries:,} entries"
    before = predicted_cost(net, progress)
    return cost_text(before, predicted_cost(net.with_arc(source, target), progress))
