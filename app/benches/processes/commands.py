"""What is made from a process: others derived from it, a Bayes net, samples in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.benches.processes.arrange import placed
from app.benches.processes.drive_dialog import DriveDialog
from app.benches.processes.from_zoo import add_from_zoo
from app.benches.processes.kind import PROCESS_KIND
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.sample_files import write_samples
from app.benches.processes.samples_dialog import FORMATS, SamplesDialog, SampleWish
from app.benches.processes.zoo_dialog import ZooDialog
from app.study.errors import UnknownKindError
from core.errors import MacroscopeError
from core.processes.process_subject import ProcessSubject

if TYPE_CHECKING:
    from app.shell.bench import BenchContext
    from core.networks.subject import NetworkSubject
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress

NETWORK_KIND = "network"
MOST_STEPS = 200


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
    def drive(self) -> None:
        """Ask for a Bayes net of the study, and let the process be its input."""
        nets = [
            (entry.id, entry.name)
            for entry in self._context.document.study.subjects
            if entry.kind == NETWORK_KIND
        ]
        if not nets:
            self._context.say(
                "The study has no Bayes net to drive; add one, or unroll the process into its own."
            )
            return
        dialog = DriveDialog(nets, self._owner)
        dialog.accepted.connect(lambda: self._drive(*dialog.answer()))
        self._ask(dialog)

    def _drive(self, net_id: str, steps: int) -> None:
        document, model, name = self._context.document, self._document.model, self._name
        subject = document.subject(net_id).value

        def driven(grown: object) -> None:
            if document.subject(net_id).value is not subject:
                self._context.say("The Bayes net was changed meanwhile; nothing was added to it.")
                return
            document.replace(net_id, grown, f"Drive with {name}")
            self._context.open_subject(net_id)

        self._context.jobs.run(
            "Drive a Bayes net",
            lambda progress: _driven(subject, model, steps),
            driven,
            self._failed,
            owner=self,
        )

    @Slot()
    def export_samples(self) -> None:
        """Ask for how many symbols, from which seed, how and where to, and write them."""
        dialog = SamplesDialog(self._owner)
        dialog.accepted.connect(lambda: self._export(dialog.answer()))
        self._ask(dialog)

    def _export(self, wish: SampleWish) -> None:
        model = self._document.model
        filters = next(
            f"{title.split(',')[0]} (*{ending})"
            for ending, title in FORMATS
            if ending == wish.ending
        )
        path = self._context.dialogs.save_path(
            "Export samples", f"{self._name}{wish.ending}", filters
        )
        if path is None:
            return
        self._context.jobs.run(
            f"Write {path.name}",
            lambda progress: write_samples(
                model, wish.count, path, seed=wish.seed, progress=progress
            ),
            lambda _none: self._context.say(f"Wrote {wish.count:,} symbols to {path.name}."),
            self._failed,
            owner=self,
        )

    def _ask(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

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


def _driven(subject: NetworkSubject, model: HiddenMarkovModel, steps: int) -> object:
    from core.crossings.drive import driven_net

    return subject.with_net(driven_net(subject.net, model, steps))
