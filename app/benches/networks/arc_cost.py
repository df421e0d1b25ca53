"""What an arc would cost inference, told while it is being drawn."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.benches.networks.network_document import NetworkDocument
from app.canvas.view import GraphCanvas
from app.jobs.pool import Jobs
from core.networks.model import BayesNet
from core.progress import Progress

if TYPE_CHECKING:
    from core.networks.predicted_cost import PredictedCost

LARGEST_TABLE = 2**22
"""A conditional table of more entries is not made for the sake of a prediction."""

_BYTES = ("bytes", "kB", "MB", "GB", "TB", "PB")


class ArcCost(QObject):
    """Answers the arcs that the canvas proposes; the newest wins."""

    def __init__(
        self, canvas: GraphCanvas, document: NetworkDocument, jobs: Jobs, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._canvas, self._document, self._jobs = canvas, document, jobs
        self._job: object | None = None
        canvas.arc_proposed.connect(self._on_proposed)
        canvas.arc_proposal_ended.connect(self.close)

    @property
    def is_waiting(self) -> bool:
        """Whether a prediction is still to come."""
        return self._job is not None

    @Slot()
    def close(self) -> None:
        """Want no more predictions."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(str, str)
    def _on_proposed(self, source: str, target: str) -> None:
        net = self._document.net
        if source not in net or target not in net:
            return
        self._job = self._jobs.run(
            "Predicted cost",
            lambda progress: arc_cost_text(net, source, target, progress),
            self._on_text,
            self._on_failed,
            key=self,
            quiet=True,
        )

    @Slot(object)
    def _on_text(self, text: str) -> None:
        self._job = None
        self._canvas.remark(text)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._canvas.remark(str(error))


def arc_cost_text(net: BayesNet, source: str, target: str, progress: Progress | None = None) -> str:
    """Return what inference costs now and with the arc, in one line."""
    from core.networks.predicted_cost import predicted_cost

    entries = net[target].table.size * len(net[source].states)
    if entries > LARGEST_TABLE:
        return f"The table of {target} alone would have {entries:,} entries"
    before = predicted_cost(net, progress)
    return cost_text(before, predicted_cost(net.with_arc(source, target), progress))


def cost_text(before: PredictedCost, after: PredictedCost) -> str:
    """Return both costs as one line: ``treewidth 3 → 5, 1,020 → 8,400 clique cells, …``."""
    width = f"treewidth {_change(str(before.treewidth), str(after.treewidth))}"
    cells = f"{_change(_count(before.cells), _count(after.cells))} clique cells"
    if not after.fits():
        return f"{width}, {cells}: {_size(after.bytes)} would not fit in memory"
    return f"{width}, {cells}, {_size(after.bytes)}, about {_time(after.seconds)}"


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _count(number: float) -> str:
    return f"{number:,.0f}" if number < 1e12 else f"{number:.1e}"


def _size(amount: float) -> str:
    if not isfinite(amount):
        return "more than any computer has"
    for unit in _BYTES:
        if amount < 999.5 or unit == _BYTES[-1]:
            return f"{amount:.3g} {unit}" if amount < 1e6 else f"{amount:.1e} {unit}"
        amount /= 1000
    raise AssertionError


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{max(seconds * 1000, 0.001):.1g} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2g} s"
