"""What can go wrong with a study, each as one sentence for its user."""

from pathlib import Path

from core.errors import MacroscopeError


class StudyError(MacroscopeError):
    """A change that a study refuses."""


class StudyFileError(StudyError):
    """A study file that cannot be read or written; the sentence begins with the file's name."""

    def __init__(self, sentence: str, path: Path | None = None) -> None:
        super().__init__(sentence)
        self.path = path


class UnknownKindError(StudyError):
    """A kind of subject that no bench of this program works on."""
