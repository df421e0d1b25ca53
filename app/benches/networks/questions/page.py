"""One page of a panel: one kind of question, asked anew whenever net or evidence changes."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.asking import Asker, Question
from app.benches.networks.questions.figures_structure import structure_figure
from app.benches.networks.questions.picker import Picker
from app.figures.description import Table
from app.graphical.beliefs import same_numbers
from app.graphical.callout import Callout
from app.shell.bench import FigureView

SETTLING_MS = 60
"""Changes that follow one another faster are answered once."""

SLOW_MS = 300
CONTROLS_WIDTH = 196
NARROW_CONTROLS, NARROW_BELOW = 150, 620
"""A page that is not wide leaves less room to its controls."""


class QuestionPage(QWidget):
    """Asks while it is in sight, keeps quiet while it is not.

    A subclass sets `title` and `help`, puts its controls into `controls` and its answer into
    `answer`, and asks in `refresh`.
    """

    title = ""
    help = ""
    picker: Picker | None = None
    """What lets nodes be picked on the net, where the page asks for nodes."""

    decoration_changed = Signal()
    state_changed = Signal()

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.asker = Asker(surroundings, self)
        self.is_current = False
        self._is_due = True
        self._asked: tuple[object, object] = (None, None)
        self.controls = QVBoxLayout()
        self.answer = QVBoxLayout()
        self.sentence = QLabel(self)
        self.problem = Callout("", self)
        self.busy = QLabel("Working…", self)
        self.hint = QLabel(self)
        self._pages = QStackedWidget(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._timer.timeout.connect(self._on_timer)
        self._slow = QTimer(self, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._lay_out()
        surroundings.document.changed.connect(self._on_changed)

    # -- what a subclass does --------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask anew."""

    def decoration(self) -> CanvasDecoration:
        """Return what is drawn over the net while the page is in sight."""
        return NOTHING

    def views(self) -> list[FigureView]:
        """Return what can be exported of the page."""
        return []

    def structure_views(self, view: str, title: str, table: Table) -> list[FigureView]:
        """Return the net as a figure, with what the page draws over it."""
        subject, drawn = self.surroundings.document.subject, self.decoration()
        make = partial(
            structure_figure,
            subject,
            drawn.node_emphasis,
            drawn.arc_emphasis,
            drawn.extra_arcs,
            title,
            has_heads=drawn.has_heads,
        )
        return [FigureView(view, title, make, lambda: table)]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.problem.apply_palette(palette)

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(resize)
        is_narrow = resize.size().width() < NARROW_BELOW
        least = self._side.widget().minimumSizeHint().width()
        narrow = max(NARROW_CONTROLS, min(least, CONTROLS_WIDTH))
        self._side.setFixedWidth(narrow if is_narrow else CONTROLS_WIDTH)

    # -- what a subclass uses --------------------------------------------------------------------

    @property
    def net(self):
        """The net as it is now."""
        return self.surroundings.document.net

    @property
    def evidence(self):
        """The findings entered now."""
        return self.surroundings.document.evidence

    def set_current(self, is_current: bool) -> None:
        """Begin or end to follow the net."""
        self.is_current = is_current
        if not is_current:
            if self.picker is not None:
                self.picker.end()
            self._is_due = self._is_due or self.asker.is_waiting or self._timer.isActive()
            self._timer.stop()
            self._end_waiting()
            self.asker.cancel()
        elif self._is_due:
            self.refresh_now()

    @Slot()
    def refresh_soon(self) -> None:
        """Ask anew once changes have settled, or when the page is next in sight."""
        self._is_due = True
        if self.is_current:
            self._timer.start()

    def refresh_now(self) -> None:
        """Ask anew at once."""
        self._timer.stop()
        self._is_due = False
        self._asked = (self.net, self.evidence)
        self.refresh()

    def ask(self, title: str, question: Question, done: Callable[[object], None]) -> None:
        """Put a question to the clique tree on a worker thread."""
        self._slow.start()
        self.asker.ask(title, question, self._answered(done), self._on_failed)

    def run(self, title: str, work: Callable, done: Callable[[object], None]) -> None:
        """Do work on a worker thread that needs no clique tree."""
        self._slow.start()
        self.asker.run(title, work, self._answered(done), self._on_failed)

    def show_hint(self, text: str) -> None:
        """Say what to do in place of an answer."""
        self.asker.cancel()
        self._end_waiting()
        self.problem.hide()
        self.sentence.hide()
        self.hint.setText(text)
        self._pages.setCurrentIndex(1)

    def show_answer(self, sentence: str = "") -> None:
        """Show the answer, with a sentence that sums it up."""
        self.problem.hide()
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._pages.setCurrentIndex(0)

    def show_problem(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.hint.setText("")
        self.sentence.hide()
        self._pages.setCurrentIndex(1)
        self.problem.show_text(sentence)

    @property
    def has_answer(self) -> bool:
        """Whether an answer is shown."""
        return self._pages.currentIndex() == 0

    # -- within ----------------------------------------------------------------------------------

    def _answered(self, done: Callable[[object], None]) -> Callable[[object], None]:
        def receive(answer: object) -> None:
            self._end_waiting()
            done(answer)
            self.state_changed.emit()
            if not self.asker.is_waiting:  # else a second question completes the picture
                self.decoration_changed.emit()

        return receive

    def _on_failed(self, error: Exception) -> None:
        self._end_waiting()
        self.show_problem(str(error))
        self.decoration_changed.emit()

    def _end_waiting(self) -> None:
        self._slow.stop()
        self.busy.hide()

    @Slot()
    def _on_changed(self) -> None:
        net, evidence = self._asked
        if not (same_numbers(self.net, net) and self.evidence == evidence):
            self.refresh_soon()

    @Slot()
    def _on_slow(self) -> None:
        """Say that the answer takes its time, and how far it has come."""
        share = self.asker.fraction
        self.busy.setText(f"Working… {share:.0%}" if share > 0 else "Working…")
        self.busy.show()

    @Slot()
    def _on_timer(self) -> None:
        self.refresh_now()

    def _lay_out(self) -> None:
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.hide()
        self.problem.button.hide()
        self.busy.setProperty("role", "muted")
        self.busy.hide()
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QWidget(self)
        holder.setLayout(self.controls)
        self._side = QScrollArea(self)
        self._side.setWidget(holder)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setProperty("role", "clear")
        holder.setProperty("role", "clear")
        self._side.setStyleSheet('[role="clear"] { background: transparent; }')
        self._side.setFixedWidth(CONTROLS_WIDTH)
        self.controls.setContentsMargins(0, 0, 0, 0)
        self.controls.setSpacing(6)
        content = QWidget(self)
        content.setLayout(self.answer)
        self.answer.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(content)
        self._pages.addWidget(self.hint)
        right = QVBoxLayout()
        right.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.sentence, 1)
        head.addWidget(self.busy)
        right.addLayout(head)
        right.addWidget(self.problem)
        right.addWidget(self._pages, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(14)
        layout.addWidget(self._side)
        layout.addLayout(right, 1)
