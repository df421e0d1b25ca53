"""The tabs in the centre: the welcome page and one bench for each open subject."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QWidget

from app.shell.bench import Bench, BenchContext, BenchSpec

SCROLL_BUTTONS = ("ScrollLeftButton", "ScrollRightButton")
MOST_LETTERS = 32
"""Of a name in its tab; the tip has all of it."""


class Workspace(QTabWidget):
    """Opens subjects in benches made when they are first needed, and closes them."""

    bench_changed = Signal()
    bench_closing = Signal(object)

    def __init__(
        self,
        benches: Mapping[str, BenchSpec],
        context: BenchContext,
        welcome: QWidget,
        icon: Callable[[str, str], QIcon],
    ) -> None:
        super().__init__()
        self._specs, self._context, self._icon = benches, context, icon
        self._welcome = welcome
        self._benches: dict[str, Bench] = {}
        self._opened_as: dict[str, BenchSpec] = {}
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # tabs scroll rather than become unreadable
        self.setUsesScrollButtons(True)
        self.setIconSize(QSize(16, 16))
        self.tabBar().setExpanding(False)
        self.tabBar().setAccessibleName("Open subjects")
        document = context.document
        document.subject_removed.connect(self.close_subject)
        document.subject_renamed.connect(self._on_renamed)
        self.currentChanged.connect(self._on_current)
        self.show_welcome()

    @property
    def current_bench(self) -> Bench | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, Bench) else None

    @property
    def current_spec(self) -> BenchSpec | None:
        bench = self.current_bench
        return None if bench is None else self._spec_of(bench)

    def benches(self) -> list[Bench]:
        return list(self._benches.values())

    def bench(self, subject_id: str) -> Bench | None:
        """Return the bench in which a subject is open."""
        return self._benches.get(subject_id)

    def open_subject(self, subject_id: str) -> Bench:
        """Show the subject's bench, making it at the first time."""
        if subject_id not in self._benches:
            entry = self._context.document.subject(subject_id)
            spec = self._specs[entry.kind]
            bench = spec.load_widget()(self._context, subject_id)
            self._benches[subject_id], self._opened_as[subject_id] = bench, spec
            self._add_tab(bench, spec.icon, entry.name)
        bench = self._benches[subject_id]
        self.setCurrentWidget(bench)
        return bench

    @Slot(str)
    def close_subject(self, subject_id: str) -> None:
        """Close a subject's tab if it has one; the subject stays in the study."""
        bench = self._benches.pop(subject_id, None)
        if bench is not None:
            self.bench_closing.emit(bench)
            bench.close_bench()
            self.removeTab(self.indexOf(bench))
            del self._opened_as[subject_id]
            bench.deleteLater()  # where it is: a widget that changes its parent is styled anew
            if not self.count():
                self.show_welcome()

    def close_all(self) -> None:
        """Close every bench."""
        for subject_id in list(self._benches):
            self.close_subject(subject_id)

    def close_current(self) -> None:
        bench = self.current_bench
        if bench is not None:
            self.close_subject(bench.subject_id)
        else:
            self.hide_welcome()

    def show_welcome(self) -> None:
        if self.indexOf(self._welcome) < 0:
            self._add_tab(self._welcome, "welcome", "Welcome", place=0)
        self.setCurrentWidget(self._welcome)

    def hide_welcome(self) -> None:
        """Close the welcome page, unless it is the only tab."""
        if self.count() > 1:
            self.removeTab(self.indexOf(self._welcome))

    def step(self, by: int) -> None:
        """Go to a tab to the left or right, round the ends."""
        self.setCurrentIndex((self.currentIndex() + by) % self.count())

    @Slot()
    def restyle(self) -> None:
        for place in range(self.count()):
            bench = self.widget(place)
            name = "welcome"
            if isinstance(bench, Bench):
                name = self._spec_of(bench).icon
                bench.apply_palette(self._context.palette)
            self.setTabIcon(place, self._icon(name, "text"))
            button = self.tabBar().tabButton(place, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                button.setIcon(self._icon("close", "muted_text"))

    def _spec_of(self, bench: Bench) -> BenchSpec:
        return self._opened_as[bench.subject_id]

    def _add_tab(self, widget: QWidget, icon: str, name: str, place: int | None = None) -> None:
        at = self.insertTab(
            self.count() if place is None else place, widget, self._icon(icon, "text"), _shown(name)
        )
        self.setTabToolTip(at, name)
        close = QToolButton(self)
        close.setObjectName("tab-close")
        close.setIcon(self._icon("close", "muted_text"))
        close.setIconSize(QSize(12, 12))
        close.setToolTip("Close this tab; the subject stays in the study")
        close.setAccessibleName(f"Close {name}")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self._on_close_clicked)
        self.tabBar().setTabButton(at, QTabBar.ButtonPosition.RightSide, close)
        for name in SCROLL_BUTTONS:
            for arrow in self.tabBar().findChildren(QToolButton, name):
                arrow.raise_()  # over the crosses of tabs that are partly behind it

    @Slot()
    def _on_close_clicked(self) -> None:
        for place in range(self.count()):
            if self.tabBar().tabButton(place, QTabBar.ButtonPosition.RightSide) is self.sender():
                widget = self.widget(place)
                if isinstance(widget, Bench):
                    self.close_subject(widget.subject_id)
                else:
                    self.hide_welcome()
                return

    @Slot(str)
    def _on_renamed(self, subject_id: str) -> None:
        bench = self._benches.get(subject_id)
        if bench is not None:
            name = self._context.document.subject(subject_id).name
            self.setTabText(self.indexOf(bench), _shown(name))
            self.setTabToolTip(self.indexOf(bench), name)

    @Slot(int)
    def _on_current(self, _place: int) -> None:
        self.bench_changed.emit()


def _shown(name: str) -> str:
    """Return a name for a tab, where an ampersand would underline a letter."""
    if len(name) > MOST_LETTERS:
        name = name[: MOST_LETTERS - 1].rstrip() + "…"
    return name.replace("&", "&&")
