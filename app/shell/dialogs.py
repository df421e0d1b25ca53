"""Every question that stops the user: one object, so that tests can answer instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from app.study.working_copy import Abandoned

SaveAnswer = Literal["save", "discard", "cancel"]


@dataclass(frozen=True)
class RecoveryAnswer:
    """Which abandoned working copy to open now, and which to throw away."""

    recover: "Abandoned | None" = None
    discard: tuple["Abandoned", ...] = ()


class Dialogs:
    """Asks with real dialogs over the window."""

    def __init__(self, over: QWidget | None = None) -> None:
        self.over = over

    def open_path(self, title: str, filters: str, folder: str = "") -> Path | None:
        """Ask for an existing file; `filters` as Qt writes them, separated by ";;"."""
        name, _ = QFileDialog.getOpenFileName(self.over, title, folder, filters)
        return Path(name) if name else None

    def save_path(self, title: str, suggested: str, filters: str) -> Path | None:
        """Ask where to write; the chosen filter gives the ending where none of its was typed."""
        name, chosen = QFileDialog.getSaveFileName(self.over, title, suggested, filters)
        if not name:
            return None
        return with_ending_of(Path(name), chosen, Path(suggested).name)

    def ask_save(self, title: str, running: Sequence[str] = ()) -> SaveAnswer:
        """Ask what becomes of unsaved changes; `running` names the jobs that would be stopped."""
        box = QMessageBox(self.over)
        box.setWindowTitle("Save changes")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Save the changes to “{title}”?")
        box.setInformativeText(lost_text(running))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save)
        answers: dict[int, SaveAnswer] = {button.Save: "save", button.Discard: "discard"}
        return answers.get(box.exec(), "cancel")

    def offer_recovery(self, abandoned: "Sequence[Abandoned]") -> RecoveryAnswer:
        """List working copies that a crash left behind and ask which to open."""
        from app.shell.recovery import RecoveryDialog

        dialog = RecoveryDialog(abandoned, self.over)
        dialog.exec()
        return dialog.answer()

    def confirm(self, title: str, question: str, action: str) -> bool:
        """Ask before something that cannot be taken back; `action` is the button's verb."""
        box = QMessageBox(self.over)
        box.setWindowTitle(title)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(question)
        accept = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is accept

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """Ask for a line of text; None when the user thought better of it."""
        answer, accepted = QInputDialog.getText(self.over, title, label, text=text)
        return answer if accepted else None

    def ask_number(
        self, title: str, label: str, value: int, *, least: int = 0, most: int = 2**31 - 1
    ) -> int | None:
        """Ask for a whole number between `least` and `most`."""
        answer, accepted = QInputDialog.getInt(self.over, title, label, value, least, most)
        return answer if accepted else None

    def ask_colour(self, title: str, colour: str = "") -> str | None:
        """Ask for a colour as ``#rrggbb``."""
        chosen = QColorDialog.getColor(QColor(colour or "#ffffff"), self.over, title)
        return chosen.name() if chosen.isValid() else None


def lost_text(running: Sequence[str]) -> str:
    """Return what is lost when a study goes: its changes, and what is being worked out in it."""
    text = "Without saving, the changes since the last save are lost."
    if not running:
        return text
    jobs = ", ".join(f"“{title}”" for title in running)
    return f"{text} Still running, and stopped unless you cancel: {jobs}."


def with_ending_of(path: Path, chosen: str, suggested: str) -> Path:
    """Return `path` with the first ending of the filter `chosen`, unless an ending was typed.

    The suggested name has the ending of the first filter, which another filter replaces.
    """
    if "*." not in chosen:
        return path
    endings = [word.strip("()*") for word in chosen.split("(")[-1].split() if "*." in word]
    if path.name.lower().endswith(tuple(endings)):
        return path
    if path.name == suggested:
        return path.with_name(path.stem + endings[0])
    return path if path.suffix else path.with_name(path.name + endings[0])
