"""What is made from a process: others derived from it, a Bayes net, samples in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.benches.processes.arrange import placed
from app.benches.processes.from_zoo import add_from_zoo
from app.benches.processes.kind import PROCESS_KIND
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.zoo_dialog import ZooDialog
from app.study.errors import UnknownKindError
from core.errors import MacroscopeError
from core.processes.process_subject import ProcessSubject

if TYPE_CHECKING:
    from app.shell.bench import BenchContext
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress

NETWORK_KIND = "network"
MOST_STEPS = 200
MOST_SAMPLES = 2_000_000_000


class ProcessCommands(QObject):
    """Adds what it makes to the study and opens it."""

    def __init__(self, document: ProcessDocument, context: BenchContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._document, self._context, self._owner = document, context, owner
        self.dialog: ZooDialog | None = None

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def from_zoo(self) -> None:
        """Choose a process of the zoo and open it."""
        if self.dialog is None:
            self.dialog = ZooDialog(self._owner)
            self.dialog.accepted.connect(self._on_zoo)
        self.dialog.open()

    @Slot()
    def _on_zoo(self) -> None:
        if self.dialog is not None:
            add_from_zoo(self._context, self.dialog.answer())

    @Slot()
    def reverse(self) -> None:
        """Add the process run backwards."""
        self._derive("Reverse time", _reversed, "backwards")

    @Slot()
    def epsilon_machine(self) -> None:
        """Add the epsilon-machine, or say why there is none."""
        self._derive("ε-machine", _epsilon_machine, "ε-machine")

    @Slot()
    def unroll(self) -> None:
        """Ask for how many steps, and add the Bayes net."""
        steps = self._context.dialogs.ask_number(
            "Unroll into a Bayes net", "Steps:", 8, least=1, most=MOST_STEPS
        )
        if steps is None:
            return
        model = self._document.model
        self._context.jobs.run(
            "Unroll into a Bayes net",
            lambda progress: _unrolled(model, steps),
            lambda subject: self._add(NETWORK_KIND, f"{self._name} over {steps} steps", subject),
            self._failed,
            owner=self,
        )

    @Slot()
    def export_samples(self) -> None:
        """Ask for how many symbols and where to, and write them."""
        dialogs, model = self._context.dialogs, self._document.model
        count = dialogs.ask_number(
            "Export samples", "Symbols:", 100_000, least=1, most=MOST_SAMPLES
        )
        if count is None:
            return
        path = dialogs.save_path("Export samples", f"{self._name}.txt", "Text (*.txt)")
        if path is None:
            return
        self._context.jobs.run(
            f"Write {path.name}",
            lambda progress: _write_samples(model, count, path, progress),
            lambda _none: self._context.say(f"Wrote {count:,} symbols to {path.name}."),
            self._failed,
            owner=self,
        )

    # -- within ----------------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        return self._context.document.subject(self._document.subject_id).name

    def _derive(self, title: str, work: object, suffix: str) -> None:
        model, name = self._document.model, self._name
        self._context.jobs.run(
            title,
            lambda progress: work(model, progress),
            lambda subject: self._add(PROCESS_KIND.id, f"{name} {suffix}", subject),
            self._failed,
            owner=self,
        )

    def _add(self, kind_id: str, name: str, subject: object) -> None:
        try:
            kind = self._context.document.kinds.get(kind_id)
        except UnknownKindError as problem:
            self._context.say(str(problem))
            return
        subject_id = self._context.document.add(kind.id, name, kind.lay_out(subject))
        self._context.open_subject(subject_id)

    def _failed(self, error: Exception) -> None:
        self._context.say(str(error))


class NoFiniteMachine(MacroscopeError):
    """The causal states are not finitely many, so no finite machine is minimal and unifilar."""


def _reversed(model: HiddenMarkovModel, _progress: Progress) -> ProcessSubject:
    from core.processes.reversal import reversed_process

    return placed(ProcessSubject(reversed_process(model)))


def _epsilon_machine(model: HiddenMarkovModel, progress: Progress) -> ProcessSubject:
    from core.processes.epsilon_machine import epsilon_machine

    found = epsilon_machine(model, progress=progress)
    if found.machine is None:
        raise NoFiniteMachine(f"There is no finite ε-machine: {found.verdict}")
    return placed(ProcessSubject(found.machine))


def _unrolled(model: HiddenMarkovModel, steps: int) -> object:
    from core.crossings.unroll import unrolled
    from core.networks.subject import NetworkSubject

    return NetworkSubject(unrolled(model, steps))


def _write_samples(model: HiddenMarkovModel, count: int, path: Path, progress: Progress) -> None:
    from core.processes.sampling import Sampler
    from core.processes.symbol_text import pieces_of_text

    with path.open("wb") as file:
        for piece in pieces_of_text(Sampler(model).chunks(count, progress), model.alphabet):
            file.write(piece)
