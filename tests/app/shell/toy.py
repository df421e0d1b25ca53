"""A toy kind of subject with its bench, and dialogs that answer what a test tells them."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QLabel

from app.figures.description import Figure, FigureOptions, Rect
from app.shell.actions import ActionSpec
from app.shell.bench import Bench, BenchSpec, FigureView
from app.shell.dialogs import RecoveryAnswer
from app.study.kinds import Kind, KindRegistry
from core.errors import MacroscopeError


@dataclass(frozen=True)
class Toy:
    number: int = 0


def read_toy(path: Path) -> Toy:
    text = path.read_text()
    if not text.strip().isdigit():
        raise MacroscopeError(f"{path.name}, line 1, column 1: {text.strip()!r} is not a number.")
    return Toy(int(text))


def write_toy(toy: Toy, path: Path) -> None:
    path.write_text(f"{toy.number}\n")


def toy_figure(toy: Toy, options: FigureOptions) -> Figure:
    square = Rect(0, 0, options.width_mm, 20, fill=options.palette["accent"])
    return Figure(options.width_mm, 20, (square,))


EXAMPLES = (
    SimpleNamespace(
        name="seven", title="Lucky seven", source="Folklore", hint="Add one.", build=lambda: Toy(7)
    ),
    SimpleNamespace(
        name="ten", title="Round ten", source="Fingers", hint="Count.", build=lambda: Toy(10)
    ),
)

KIND = Kind(
    id="toy",
    title="Toy",
    version=1,
    to_record=lambda toy: ({"number": toy.number}, {}),
    from_record=lambda record, _arrays: Toy(record["number"]),
    readers={".toy": read_toy},
    writers={".toy": write_toy},
    examples=EXAMPLES,
)
KINDS = KindRegistry([KIND])

ADD_ONE = ActionSpec("toy.add_one", "Add one", "Add one.", "Toy", "Ctrl+1", "add", toolbar=True)
TAKE_ONE = ActionSpec("toy.take_one", "Take one", "Take one away.", "Toy")


class ToyBench(Bench):
    """Adds one and takes one."""

    def __init__(self, context, subject_id):
        super().__init__(context, subject_id)
        self.panel = QLabel("the toy's details")
        self.colours = dict(context.palette)
        self.is_closed = False

    @property
    def toy(self) -> Toy:
        return self.context.document.subject(self.subject_id).value

    def trigger(self, action_id):
        by = 1 if action_id == "toy.add_one" else -1
        self.context.document.replace(self.subject_id, Toy(self.toy.number + by), "Change the toy")
        self.state_changed.emit()

    def is_enabled(self, action_id):
        return action_id == "toy.add_one" or self.toy.number > 0

    def inspector(self):
        return self.panel

    def views(self):
        return [FigureView("square", "Square", lambda options: toy_figure(self.toy, options))]

    def apply_palette(self, palette):
        self.colours = dict(palette)

    def status(self):
        return f"number {self.toy.number}"

    def close_bench(self):
        self.is_closed = True


def bench_spec() -> BenchSpec:
    return BenchSpec(
        kind=KIND,
        title="Toy",
        icon="network",
        actions=(ADD_ONE, TAKE_ONE),
        widget="tests.app.shell.toy:ToyBench",
        thumbnail="tests.app.shell.toy:toy_figure",
        blank=Toy,
        blank_name="Toy",
        guide="networks.md",
    )


@dataclass
class FakeDialogs:
    """Answers from its fields and remembers what was asked."""

    path: Path | None = None
    save: str = "discard"
    text: str | None = None
    recovery: RecoveryAnswer = field(default_factory=RecoveryAnswer)
    asked: list[str] = field(default_factory=list)

    def open_path(self, title, filters, folder=""):
        self.asked.append("open")
        return self.path

    def save_path(self, title, suggested, filters):
        self.asked.append(f"save {Path(suggested).name}")
        return self.path

    def ask_save(self, title, running=()):
        self.asked.append(" while ".join([f"changes {title}", *running]))
        return self.save

    def ask_text(self, title, label, text=""):
        self.asked.append(title)
        return self.text

    def offer_recovery(self, abandoned):
        self.asked.append(f"recover {len(abandoned)}")
        return self.recovery
