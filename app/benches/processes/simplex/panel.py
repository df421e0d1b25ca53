"""The panel of the beliefs: a simplex that redraws, coarse first, whenever the machine changes."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout

from app.benches.processes.drafts import can_normalise, draft_problem
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.benches.processes.simplex.figure import simplex_figure
from app.benches.processes.simplex.request import (
    DEEPEST,
    SimplexPicture,
    SimplexRequest,
    make_pictures,
)
from app.benches.processes.simplex.view import SimplexView
from app.graphical.callout import Callout
from app.shell.bench import FigureView
from core.processes.projection import Projection
from core.progress import Progress

MODES = (("density", "Density"), ("tree", "Tree of words"), ("recurrent", "Mixed states"))
COLOURS = (
    ("state", "by state"),
    ("next-symbol", "by next symbol"),
    ("last-symbols", "by last symbol"),
    ("density", "by density"),
    ("plain", "plain"),
)
POINTS = ((10**5, "10⁵"), (10**6, "10⁶"), (10**7, "10⁷"), (10**8, "10⁸"), (10**9, "10⁹"))
PROJECTIONS = (("polygon", "Polygon"), ("pca", "Principal axes"), ("coordinates", "Two states"))
USUAL_POINTS = 2
SETTLE_MS = 15
MOST_PIXELS = 1024


class SimplexPanel(ProcessPanel):
    """Asks for pictures of the beliefs; the newest wish wins and the older work stops."""

    _made = Signal(object, object)

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._document = surroundings.document
        self._window = None
        self._turn, self._tilt = 0.6, 0.35
        self._job: object | None = None
        self._wish: SimplexRequest | None = None
        self._is_current = False
        self._palette: Mapping[str, str] = dict(surroundings.context.palette)
        self.view = SimplexView(self)
        self.mode = self._box("What is shown", MODES)
        self.colour = self._box("Colours of beliefs", COLOURS)
        self.points = self._box("Beliefs played in the chaos game", POINTS)
        self.points.setCurrentIndex(USUAL_POINTS)
        if self._document.model.is_unifilar:  # few beliefs, which a density would hardly show
            self.mode.setCurrentIndex(2)
        self.projection = self._box("Projection of more than four states", PROJECTIONS)
        self.axes = (QComboBox(self), QComboBox(self))
        self.depth = QSpinBox(self)
        self.told = QLabel(self)
        self.under = QLabel(self)
        self.callout = Callout("Normalise rows", self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._request)
        self._lay_out()
        self._made.connect(self._on_made)
        self.view.window_asked.connect(self._on_window)
        self.view.turned.connect(self._on_turned)
        self.view.pointed.connect(self._on_pointed)
        self.callout.pressed.connect(lambda: surroundings.action("process.normalise").trigger())
        for box in (self.mode, self.colour, self.points, self.projection, *self.axes):
            box.currentIndexChanged.connect(self._on_choice)
        self.depth.valueChanged.connect(self._on_choice)

    # -- what the deck asks ----------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        if is_current:
            self._document.changed.connect(self._on_changed)
            self._on_changed()
        else:
            self._document.changed.disconnect(self._on_changed)
            self._drop()

    def views(self) -> list[FigureView]:
        if self._document.model.is_draft:
            return []
        request = self.request()
        return [FigureView("simplex", "Beliefs", lambda options: simplex_figure(request, options))]

    def trigger(self, action_id: str) -> None:
        if action_id == "simplex.reset":
            self._on_window(None)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._palette = dict(palette)
        self.view.apply_palette(palette)
        self.callout.apply_palette(palette)
        if self._is_current:
            self._soon.start()

    def close_panel(self) -> None:
        self._soon.stop()
        self._drop()

    def showEvent(self, shown: QShowEvent) -> None:
        """Ask again when the view has its size."""
        super().showEvent(shown)
        if self._is_current:
            self._soon.start()

    # -- asking ----------------------------------------------------------------------------------

    @property
    def is_waiting(self) -> bool:
        """Whether the picture that was asked for last is still to come."""
        return self._job is not None or self._soon.isActive()

    def request(self) -> SimplexRequest:
        """Return what is wanted now."""
        ratio = self.view.devicePixelRatioF()
        size = int(min(max(self.view.square.width() * ratio, 64), MOST_PIXELS))
        return SimplexRequest(
            self._document.model,
            MODES[self.mode.currentIndex()][0],
            COLOURS[self.colour.currentIndex()][0],
            POINTS[self.points.currentIndex()][0],
            self.depth.value(),
            self._window,
            size,
            PROJECTIONS[self.projection.currentIndex()][0],
            (max(self.axes[0].currentIndex(), 0), max(self.axes[1].currentIndex(), 0)),
            self._turn,
            self._tilt,
            _rgb(self._palette["canvas"]),
            _rgb(self._palette["text"]),
        )

    @Slot()
    def _request(self) -> None:
        if not self._is_current:
            return
        self._drop()
        if self._document.model.is_draft:
            model = self._document.model
            self._explain(draft_problem(model), is_about_rows=can_normalise(model))
            return
        request = self.request()
        self._wish = request
        made = self._made

        def work(progress: Progress) -> SimplexPicture:
            return make_pictures(request, lambda coarse: made.emit(request, coarse), progress)

        self._job = self.surroundings.context.jobs.run(
            "Beliefs in the simplex", work, self._on_done, self._on_failed, key=self, quiet=True
        )

    def _drop(self) -> None:
        self._wish = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object, object)
    def _on_made(self, request: SimplexRequest, picture: SimplexPicture) -> None:
        if request is self._wish:
            self._show(picture)

    @Slot(object)
    def _on_done(self, picture: SimplexPicture) -> None:
        self._job = None
        self._show(picture)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._explain(str(error), is_about_rows=False)

    def _show(self, picture: SimplexPicture) -> None:
        self.callout.hide()
        self.view.show_picture(picture)
        self.told.setText(picture.told if picture.is_done else f"{picture.told} …")

    def _explain(self, sentence: str, *, is_about_rows: bool) -> None:
        self.view.clear()
        self.told.clear()
        self.callout.button.setVisible(is_about_rows)
        self.callout.show_text(sentence)

    # -- changes ---------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        model = self._document.model
        states = list(model.states)
        for place, box in enumerate(self.axes):
            if [box.itemText(i) for i in range(box.count())] != states:
                box.blockSignals(True)
                box.clear()
                box.addItems(states[:500])
                box.setCurrentIndex(min(place, box.count() - 1))
                box.blockSignals(False)
        self._show_controls()
        self._soon.start()

    @Slot()
    def _on_choice(self) -> None:
        self._show_controls()
        self._soon.start()

    def _show_controls(self) -> None:
        is_many = self._document.model.n > 4
        mode = MODES[self.mode.currentIndex()][0]
        self.points.setVisible(mode == "density")
        self.depth.setVisible(mode == "tree")
        self.projection.setVisible(is_many)
        is_pair = is_many and PROJECTIONS[self.projection.currentIndex()][0] == "coordinates"
        for box in self.axes:
            box.setVisible(is_pair)

    @Slot(object)
    def _on_window(self, window: object) -> None:
        self._window = window
        self._soon.start()

    @Slot(float, float)
    def _on_turned(self, turn: float, tilt: float) -> None:
        self._turn += turn
        self._tilt = float(np.clip(self._tilt + tilt, -1.57, 1.57))
        self._soon.start()

    @Slot(object)
    def _on_pointed(self, place: tuple[float, float] | None) -> None:
        picture = self.view.picture
        if place is None or picture is None:
            self.under.clear()
            return
        self.under.setText(_belief_text(picture.projection, place, picture.request.model.states))

    # -- parts -----------------------------------------------------------------------------------

    def _box(self, name: str, choices: tuple[tuple[object, str], ...]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.addItems([title for _, title in choices])
        return box

    def _lay_out(self) -> None:
        self.depth.setRange(0, DEEPEST)
        self.depth.setValue(8)
        self.depth.setPrefix("to ")
        self.depth.setSuffix(" symbols")
        self.depth.setAccessibleName("Length of the longest words")
        self.told.setProperty("role", "muted")
        self.told.setAccessibleName("How much is shown")
        self.under.setProperty("role", "muted")
        self.axes[0].setToolTip("State whose probability runs to the right")
        self.axes[1].setToolTip("State whose probability runs upwards")
        for box in self.axes:
            box.setAccessibleName(box.toolTip())
        whole = QToolButton(self)
        whole.setIcon(self.surroundings.context.icon("fit"))
        whole.setAutoRaise(True)
        whole.setToolTip("Show all of the simplex (double-click)")
        whole.setAccessibleName("Show all of the simplex")
        whole.clicked.connect(lambda: self._on_window(None))
        self.view.setToolTip(
            "Wheel zooms and plays again inside what is seen, drag moves; "
            "a tetrahedron turns, with Shift it moves"
        )
        top = QHBoxLayout()
        top.setSpacing(6)
        for part in (self.mode, self.colour, self.points, self.depth, self.projection, *self.axes):
            top.addWidget(part)
        top.addWidget(whole)
        top.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.told, 1)
        bottom.addWidget(self.under)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.callout)
        layout.addWidget(self.view, 1)
        layout.addLayout(bottom)
        self._show_controls()


def _belief_text(
    projection: Projection, place: tuple[float, float], states: tuple[str, ...]
) -> str:
    """Return the belief at a place, where the place fixes it, else nothing."""
    x, y = place
    if projection.kind == "interval" and len(states) == 2:
        belief = np.array([1.0 - x, x])
    elif projection.kind == "triangle":
        system = np.vstack([projection.vertices.T, np.ones(3)])
        belief = np.linalg.solve(system, np.array([x, y, 1.0]))
    else:
        return ""
    if (belief < -1e-9).any():
        return ""
    return "  ".join(f"{s} {p:.4f}" for s, p in zip(states, belief, strict=True))


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return (red, green, blue)
