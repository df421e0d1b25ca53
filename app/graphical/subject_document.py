"""One model of the study as its panels see it: a value, named edits and one signal."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import MacroscopeError
from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel


class GraphicalSubject(Protocol):
    """A model with findings; immutable, every change gives another."""

    net: GraphicalModel
    evidence: Evidence
    evidence_sets: Mapping[str, Evidence]

    def with_net(self, net: GraphicalModel) -> "GraphicalSubject":
        """Return the subject with another model, keeping the findings that still fit."""
        ...

    def with_evidence(self, evidence: Evidence) -> "GraphicalSubject":
        """Return the subject with other findings entered."""
        ...

    def with_evidence_set(self, name: str, evidence: Evidence) -> "GraphicalSubject":
        """Return the subject with `evidence` put by under `name`."""
        ...

    def without_evidence_set(self, name: str) -> "GraphicalSubject":
        """Return the subject without the evidence set `name`."""
        ...


Change = Callable[[GraphicalSubject], GraphicalSubject]


class SubjectDocument(QObject):
    """A window on one subject of the study; every panel of the bench reads and edits through it."""

    changed = Signal()

    def __init__(
        self,
        document: QObject,
        subject_id: str,
        say: Callable[[str], None],
        owner: QObject | None = None,
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._say = say
        self.subject_id = subject_id
        self._subject: GraphicalSubject = document.subject(subject_id).value
        document.subject_changed.connect(self._on_subject_changed)
        document.study_replaced.connect(self._on_study_replaced)

    @property
    def subject(self) -> GraphicalSubject:
        """The model with its evidence and its look, as it is now."""
        return self._subject

    @property
    def net(self) -> GraphicalModel:
        """The model of the subject."""
        return self._subject.net

    @property
    def evidence(self) -> Evidence:
        """The findings entered now."""
        return self._subject.evidence

    def edit(self, text: str, change: Change, *, merge_key: str | None = None) -> bool:
        """Replace the subject by ``change(subject)`` as one undo step; say why if it cannot be."""
        try:
            value = change(self._subject)
        except MacroscopeError as problem:
            self._say(str(problem))
            return False
        if value == self._subject:
            return True
        self._document.replace(self.subject_id, value, text, merge_key=merge_key)
        return True

    def edit_net(
        self,
        text: str,
        change: Callable[[GraphicalModel], GraphicalModel],
        *,
        merge_key: str | None = None,
    ) -> bool:
        """Edit the model alone; evidence that no longer fits goes with the change."""
        return self.edit(text, lambda s: s.with_net(change(s.net)), merge_key=merge_key)

    def observe(self, text: str, evidence: Evidence, *, merge_key: str | None = None) -> bool:
        """Replace the findings."""
        return self.edit(text, lambda s: s.with_evidence(evidence), merge_key=merge_key)

    def end_merge(self) -> None:
        """Close the undo step that a drag or a slider kept open."""
        self._document.end_merge()

    def say(self, sentence: str) -> None:
        """Show one sentence to the user."""
        self._say(sentence)

    def close(self) -> None:
        """Follow the study no longer."""
        self._document.subject_changed.disconnect(self._on_subject_changed)
        self._document.study_replaced.disconnect(self._on_study_replaced)

    @Slot(str)
    def _on_subject_changed(self, subject_id: str) -> None:
        if subject_id == self.subject_id:
            self._refresh()

    @Slot()
    def _on_study_replaced(self) -> None:
        if any(entry.id == self.subject_id for entry in self._document.study.subjects):
            self._refresh()

    def _refresh(self) -> None:
        self._subject = self._document.subject(self.subject_id).value
        self.changed.emit()
