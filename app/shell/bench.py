"""What the shell asks of a bench: a light description, and a widget made when first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from app.shell.actions import ActionRegistry, ActionSpec

if TYPE_CHECKING:
    from app.figures.description import Figure, Table
    from app.jobs.pool import Jobs
    from app.shell.dialogs import Dialogs
    from app.shell.preferences import Preferences
    from app.study.document import StudyDocument
    from app.study.kinds import Kind


@dataclass(frozen=True)
class BenchSpec:
    """A bench as the shell knows it before it is opened.

    `widget` is "module:Class" and is imported when the first subject of the kind is opened.
    `thumbnail` is "module:function" of a function that takes a subject's value and FigureOptions
    and returns a `Figure` for the gallery; it runs on a worker thread, right after the start, so
    it must not import numba, scipy or networkx. `blank` makes the value of a new subject.
    `shelf` is the heading in the gallery under which its examples are.
    `guide` is the page of the guide about it.
    `anywhere` names the actions that need no open subject: each is a "module:function" that takes
    the `BenchContext` and the window. `offers` gives those of them that the welcome page offers
    besides a blank subject, with the words for each.
    """

    kind: Kind
    title: str
    icon: str
    actions: tuple[ActionSpec, ...]
    widget: str
    thumbnail: str | None = None
    blank: Callable[[], object] | None = None
    blank_name: str = "Untitled"
    shelf: str = "Others"
    guide: str = ""
    anywhere: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)

    def load_widget(self) -> type[Bench]:
        return load(self.widget)


@dataclass(frozen=True)
class FigureView:
    """One view of a bench that can leave the program as a figure.

    `make` takes `app.figures` FigureOptions; `table` gives the numbers behind, where there are any.
    """

    id: str
    title: str
    make: Callable[[Any], Figure]
    table: Callable[[], Table] | None = None


@dataclass
class BenchContext:
    """All that a bench may use of its surroundings."""

    document: StudyDocument
    jobs: Jobs
    actions: ActionRegistry
    preferences: Preferences
    palette: Mapping[str, str]
    dialogs: Dialogs
    say: Callable[[str], None]
    icon: Callable[[str], QIcon] = field(default=lambda name: QIcon())
    show_guide: Callable[[str], None] = field(default=lambda page: None)
    open_subject: Callable[[str], None] = field(default=lambda subject_id: None)


class Bench(QWidget):
    """The panels where one subject is worked on; a base class that does nothing by itself.

    Emit `state_changed` when the answer of `is_enabled`, `is_checked` or `status` may be another.
    `close_bench` is called once before the tab goes: cancel jobs, stop timers, disconnect.
    """

    state_changed = Signal()
    space_action = ""
    """The action of the space bar where nothing that has the keyboard wants it."""

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        super().__init__()
        self.context = context
        self.subject_id = subject_id

    def trigger(self, action_id: str) -> None:
        """Carry out one of the actions of the bench's spec."""

    def is_enabled(self, action_id: str) -> bool:
        return True

    def is_checked(self, action_id: str) -> bool:
        return False

    def inspector(self) -> QWidget | None:
        """Return the widget for the inspector dock, always the same one, or None."""
        return None

    def views(self) -> list[FigureView]:
        """Return what can be exported, the most likely first."""
        return []

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""

    def status(self) -> str:
        """Return a short sentence for the status bar."""
        return ""

    def takes_files(self, paths: Sequence[Path]) -> bool:
        """Whether these files mean something to the open subject, so that it gets them dropped."""
        return False

    def take_files(self, paths: Sequence[Path]) -> None:
        """Do what dropping these files on the bench means."""

    def close_bench(self) -> None:
        """Stop everything that would outlive the tab."""


def load(reference: str) -> Any:
    """Import what "module:name" refers to."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)
