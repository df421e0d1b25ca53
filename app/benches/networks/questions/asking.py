"""Questions that take the clique tree of the newest net, answered on a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Slot

from app.benches.networks.panel import PanelContext
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.progress import Progress

if TYPE_CHECKING:
    from app.jobs.job import Job
    from core.networks.inference import CompiledNetwork

T = TypeVar("T")
Question = Callable[["CompiledNetwork", Evidence, Progress], T]


class Asker(QObject):
    """Asks one question at a time; a newer one takes the place of the older."""

    def __init__(self, surroundings: PanelContext, owner: QObject) -> None:
        super().__init__(owner)
        self._surroundings = surroundings
        self._job: Job | None = None
        self._done: Callable[[object], None] | None = None
        self._failed: Callable[[Exception], None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    @property
    def fraction(self) -> float:
        """How far the answer has come, 0 to 1."""
        return self._job.fraction if self._job is not None else 0.0

    def ask(
        self,
        title: str,
        question: Question[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask ``question(compiled, evidence, progress)`` of the net and evidence of now."""
        subject = self._surroundings.document.subject
        net, evidence = subject.net, subject.evidence
        known = self._surroundings.beliefs.compiled

        def work(progress: Progress) -> T:
            compiled = compiled_for(net, known, progress)
            return question(compiled, evidence, progress)

        self.run(title, work, done, failed)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do work that needs no clique tree, in the same way."""
        self.cancel()
        self._done, self._failed = done, failed
        self._job = self._surroundings.context.jobs.run(
            title, work, self._on_done, self._on_failed, key=self, quiet=True
        )

    def cancel(self) -> None:
        """Want no answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, answer: object) -> None:
        self._job = None
        if self._done is not None:
            self._done(answer)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if self._failed is not None:
            self._failed(error)


def compiled_for(
    net: BayesNet, known: CompiledNetwork | None, progress: Progress
) -> CompiledNetwork:
    """Return the net made ready for inference, from what is known of it where that still fits."""
    from core.networks.inference import compile_network

    if known is None or not known.matches(net):
        return compile_network(net, progress)
    return known if known.net is net else known.with_tables(net, progress)
