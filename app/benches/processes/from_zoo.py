"""A process of the zoo chosen in a dialog and added to the study, from wherever it is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.benches.processes.examples import build
from app.benches.processes.kind import PROCESS_KIND
from app.benches.processes.zoo_dialog import ZooDialog
from app.shell.bench import BenchContext
from core.errors import MacroscopeError
from core.processes.zoo import zoo_entry


def choose_from_zoo(context: BenchContext, owner: QWidget) -> ZooDialog:
    """Open the dialog; what is chosen there is added and opened."""
    dialog = ZooDialog(owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: add_from_zoo(context, dialog.answer()))
    dialog.open()
    return dialog


def add_from_zoo(context: BenchContext, answer: tuple[str, dict[str, float]] | None) -> None:
    """Add the process of a name and its parameters to the study and open it."""
    if answer is None:
        return
    name, parameters = answer
    try:
        subject = build(name, **parameters)
    except MacroscopeError as problem:
        context.say(str(problem))
        return
    added = context.document.add(PROCESS_KIND.id, zoo_entry(name).title, subject)
    context.open_subject(added)
