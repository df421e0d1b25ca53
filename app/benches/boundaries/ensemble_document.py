"""One ensemble of the study as its panels see it."""

from typing import Any

from app.graphical.subject_document import SubjectDocument
from core.boundaries.ensemble import Ensemble
from core.boundaries.ensemble_subject import EnsembleSubject
from core.boundaries.flow_result import FlowSettings


class EnsembleDocument(SubjectDocument):
    """A window on one ensemble of the study."""

    @property
    def subject(self) -> EnsembleSubject:
        """The ensemble with its settings, as it is now."""
        return self._subject

    @property
    def ensemble(self) -> Ensemble:
        """The trajectories."""
        return self._subject.ensemble

    @property
    def settings(self) -> FlowSettings:
        """How the flow is estimated."""
        return self._subject.settings

    def edit_settings(self, text: str, merge_key: str | None = None, **values: Any) -> bool:
        """Estimate otherwise, as one undo step."""
        return self.edit(text, lambda subject: subject.with_settings(**values), merge_key=merge_key)
