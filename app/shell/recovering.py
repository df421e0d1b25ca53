"""Bringing back the work that a crash left behind, where the user wants it."""

from collections.abc import Callable

from app.shell.dialogs import Dialogs
from app.shell.file_commands import FileCommands
from app.study.document import StudyDocument
from app.study.working_copy import WorkingCopies
from core.errors import MacroscopeError


def offer_recovery(
    copies: WorkingCopies,
    document: StudyDocument,
    files: FileCommands,
    dialogs: Dialogs,
    tell: Callable[[str], None],
) -> bool:
    """Ask what becomes of abandoned work; return whether some of it is in the window now."""
    abandoned = copies.abandoned()
    if not abandoned:
        return False
    answer = dialogs.offer_recovery(abandoned)
    for copy in answer.discard:
        copies.discard(copy)
    if answer.recover is None or not files.may_replace():
        return False
    try:
        study = copies.recover(answer.recover)
    except MacroscopeError as error:
        tell(str(error))
        return False
    document.load(study, answer.recover.study_path, modified=True)
    copies.discard(answer.recover)
    return True
