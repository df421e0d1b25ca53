"""What an arc or an edge would cost inference, told while it is being drawn."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.canvas.view import GraphCanvas
from app.graphical.subject_document import SubjectDocument
from app.jobs.pool import Jobs
from core.networks.graphical_model import GraphicalModel
from core.progress import Progress

Said = Callable[[GraphicalModel, str, str, Progress], str]


class ProposalCost(QObject):
    """Answers the arcs that the canvas proposes; the newest wins.

    Parameters
    ----------
    said : callable
        (model, source, target, progress) → what the arc costs, in one line, empty for nothing; it
        runs on a worker.
    """

    def __init__(
        self,
        canvas: GraphCanvas,
        document: SubjectDocument,
        jobs: Jobs,
        owner: QObject,
        said: Said,
    ) -> None:
        super().__init__(owner)
        self._canvas, self._document, self._jobs, self._said = canvas, document, jobs, said
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
        model = self._document.net
        self._job = self._jobs.run(
            "Predicted cost",
            lambda progress: self._said(model, source, target, progress),
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
