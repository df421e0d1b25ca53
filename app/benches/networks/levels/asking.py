"""The work of the panel on worker threads: programmes, predictions, joint tables."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from app.benches.networks.levels.costs import level_costs
from app.benches.networks.levels.moments import Programme, ShownTable
from app.benches.networks.levels.programme import continue_programme, make_programme
from app.benches.networks.levels.request import CLIQUE_TREE, Request
from app.graphical.beliefs import same_numbers
from app.jobs.job import Job
from app.jobs.pool import Jobs
from core.networks.levels.elimination_plan import order_cost

COUNTED_AT_ONCE = 60
"""In larger nets the cost of a dragged order is counted on a worker."""

EMPTY_NET = "There is no node yet. Draw a net, or open an example, to watch inference work on it."
NO_QUERY = "Nothing is asked. Select a node on the net, or choose one as the query."


class Asking(QObject):
    """Asks for what the panel shows; a newer question takes the place of an older one."""

    programme_made = Signal(object)
    costs_made = Signal(object)
    """(a tuple of `LevelCost`, empty where none can be counted)."""
    order_counted = Signal(object)
    said = Signal(str)

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._asked: Request | None = None
        self._costed: Request | None = None
        self._continuable: tuple[Programme, int] | None = None
        self._making: Job | None = None
        self._counting: Job | None = None

    @property
    def asked(self) -> Request | None:
        """The newest question for a programme."""
        return self._asked

    def cancel(self) -> None:
        """Want no answer any more; what is not answered yet can be asked again."""
        if self._making is not None and self._making.state == "running":
            self._making.cancel()
            self._asked = None
        if self._counting is not None and self._counting.state == "running":
            self._counting.cancel()
            self._costed = None
        self._making = self._counting = None

    def forget(self) -> None:
        """Let another level not go on from where this one was."""
        self._continuable = None

    def ask(self, request: Request, shown: Programme | None, at: int) -> None:
        """Make a programme, going on from moment `at` of the one shown where that can be."""
        if self._asked is not None and is_same(self._asked, request):
            return
        self._asked = request
        if not len(request.net) or (request.level < CLIQUE_TREE and not request.query):
            refusal = NO_QUERY if len(request.net) else EMPTY_NET
            self.programme_made.emit(Programme(request, refusal=refusal))
            return
        if shown is not None and shown.moments:
            self._continuable = (shown, at)
        kept = self._continuable
        if kept is not None and differs_in_evidence(kept[0].request, request):
            self._make(lambda progress: continue_programme(request, *kept, progress))
        else:
            self._continuable = None
            self._make(lambda progress: make_programme(request, progress))

    def ask_costs(self, request: Request) -> None:
        """Predict what every level costs, unless that is known."""
        if not len(request.net) or not request.query:
            self._costed = None
            self.costs_made.emit(())
            return
        before = self._costed
        if before is not None and is_same(replace(before, level=0), replace(request, level=0)):
            return
        self._costed = request
        self._counting = self._jobs.run(
            "Count operations",
            lambda progress: level_costs(request, progress),
            self.costs_made.emit,
            lambda _error: self.costs_made.emit(()),
            key=(id(self), "costs"),
            quiet=True,
            owner=self,
        )

    def count_order(self, order: tuple[str, ...]) -> None:
        """Count what an order would cost: at once where scopes are few."""
        request = self._asked
        if request is None:
            return
        is_tree = request.level == CLIQUE_TREE
        evidence, query = (None, ()) if is_tree else (request.evidence, request.query)
        if len(request.net) <= COUNTED_AT_ONCE:
            self.order_counted.emit(order_cost(request.net, evidence, query, order))
            return
        self._jobs.run(
            "Count operations of an order",
            lambda _progress: order_cost(request.net, evidence, query, order),
            self.order_counted.emit,
            key=(id(self), "order"),
            quiet=True,
            owner=self,
            after_current=True,
        )

    def read(self, work: Callable[[], ShownTable], done: Callable[[ShownTable], None]) -> None:
        """Read a joint table."""
        self._jobs.run(
            "Read the joint table",
            lambda _progress: work(),
            done,
            lambda error: self.said.emit(str(error)),
            key=(id(self), "joint"),
            quiet=True,
            owner=self,
        )

    def _make(self, work: Callable[[object], Programme]) -> None:
        self._making = self._jobs.run(
            "Prepare the steps",
            work,
            self.programme_made.emit,
            self._on_failed,
            key=(id(self), "steps"),
            quiet=True,
            owner=self,
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._asked is not None:
            self.programme_made.emit(Programme(self._asked, refusal=str(error)))


def is_same(one: Request, other: Request) -> bool:
    """Whether two requests have the same answer, whatever the looks of their nets."""
    return one == replace(other, net=one.net) if same_numbers(one.net, other.net) else False


def differs_in_evidence(one: Request, other: Request) -> bool:
    """Whether only the evidence is another, so that messages may rest."""
    return same_numbers(one.net, other.net) and one == replace(
        other, net=one.net, evidence=one.evidence
    )
