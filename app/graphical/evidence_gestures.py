"""What clicks and drags on the bars of a node do to the evidence."""

from PySide6.QtCore import QObject, Slot

from app.canvas.view import GraphCanvas
from app.graphical.beliefs import BeliefController
from app.graphical.likelihood import likelihood_for
from app.graphical.subject_document import SubjectDocument


class EvidenceGestures(QObject):
    """A click observes a state or retracts it; a drag enters the likelihood that moves the bar."""

    def __init__(
        self, canvas: GraphCanvas, document: SubjectDocument, beliefs: BeliefController
    ) -> None:
        super().__init__(canvas)
        self._document = document
        self._beliefs = beliefs
        self._dragged: tuple[str, int] | None = None
        self._prior: list[float] = []
        self._before: object = None
        canvas.bar_clicked.connect(self._on_clicked)
        canvas.bar_dragged.connect(self._on_dragged)
        canvas.bar_drag_cancelled.connect(self._on_cancelled)

    @Slot(str, int)
    def _on_clicked(self, name: str, state: int) -> None:
        evidence, label = self._document.evidence, self._document.net[name].states[state]
        if evidence.get(name) == state and isinstance(evidence.get(name), int):
            self._document.observe(f"Retract {name}", evidence.without(name))
        else:
            text = f"Observe {name} = {label}"
            self._document.observe(text, evidence.observing(name, state))

    @Slot(str, int, float, bool)
    def _on_dragged(self, name: str, state: int, value: float, is_finished: bool) -> None:
        if self._dragged != (name, state):
            self._begin(name, state)
        if not 0.0 < self._prior[state] < 1.0:
            if is_finished:
                self._document.say(
                    f"{name} = {self._document.net[name].states[state]} is already certain or "
                    "excluded by the other findings, so no likelihood can move it."
                )
        else:
            finding = likelihood_for(self._prior, state, value)
            self._document.observe(
                f"Enter a likelihood on {name}",
                self._document.evidence.observing(name, finding),
                merge_key=f"likelihood:{name}",
            )
        if is_finished:
            self._end()

    @Slot(str, int)
    def _on_cancelled(self, name: str, _state: int) -> None:
        if self._dragged is None:
            return
        evidence, before = self._document.evidence, self._before
        kept = evidence.without(name) if before is None else evidence.observing(name, before)
        self._document.observe(
            f"Enter a likelihood on {name}", kept, merge_key=f"likelihood:{name}"
        )
        self._end()

    def _begin(self, name: str, state: int) -> None:
        self._document.end_merge()
        self._dragged = (name, state)
        self._before = self._document.evidence.get(name)
        count = len(self._document.net[name].states)
        prior = self._beliefs.without_finding(name)
        is_usable = prior is not None and len(prior) == count
        self._prior = list(prior) if is_usable else [1.0 / count] * count

    def _end(self) -> None:
        self._dragged = None
        self._document.end_merge()
