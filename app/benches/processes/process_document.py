"""One process of the study as its panels see it."""

from collections.abc import Callable

from app.graphical.subject_document import SubjectDocument
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject


class ProcessDocument(SubjectDocument):
    """A window on one process of the study."""

    @property
    def subject(self) -> ProcessSubject:
        """The machine with its looks, as it is now."""
        return self._subject

    @property
    def model(self) -> HiddenMarkovModel:
        """The machine of the subject."""
        return self._subject.model

    def edit_model(
        self,
        text: str,
        change: Callable[[HiddenMarkovModel], HiddenMarkovModel],
        *,
        merge_key: str | None = None,
    ) -> bool:
        """Edit the machine alone; the looks of the states that stay are kept."""
        return self.edit(text, lambda subject: subject.edited(change), merge_key=merge_key)
