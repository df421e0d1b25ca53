"""The panel of the beliefs: a simplex that redraws, coarse first, whenever the machine changes."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
)

from app.benches.processes.drafts import can_normalise, draft_problem
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.benches.processes.panels import SIMPLEX_EXPORTS, SIMPLEX_OVERLAYS
from app.benches.processes.simplex.exporting import EXPORTS, export_beliefs
from app.benches.processes.simplex.figure import simplex_figure
from app.benches.processes.simplex.kept_view import (
    angle_of,
    names_of,
    place_of,
    whole_of,
    window_of,
)
from app.benches.processes.simplex.matrix_dialog import MatrixDialog
from app.benches.processes.simplex.overlay_items import symbol_colour
from app.benches.processes.simplex.overlays import NO_OVERLAYS, Overlays, make_overlays
from app.benches.processes.simplex.request import (
    DEEPEST,
    SimplexPicture,
    SimplexRequest,
    make_pictures,
    projection_of,
)
from app.benches.processes.simplex.view import SimplexView, painted_nodes
from app.graphical.callout import Callout
from app.shell.bench import FigureView
from core.processes.belief_history import BeliefHistory, history_of, history_to
from core.processes.projection import Projection
from core.progress import Progress

MODES = (("density", "Density"), ("tree", "Tree of words"), ("recurrent", "Recurrent set"))
COLOURS = (
    ("state", "by state"),
    ("next-symbol", "by next symbol"),
    ("last-symbols", "by last symbols"),
    ("density", "by density"),
    ("plain", "plain"),
)
POINTS = ((10**5, "10⁵"), (10**6, "10⁶"), (10**7, "10⁷"), (10**8, "10⁸"), (10**9, "10⁹"))
PROJECTIONS = (
    ("natural", "Polygon"),
    ("pca", "Principal axes"),
    ("coordinates", "Two states"),
    ("own", "Own matrix"),
)
OWN = 3
OVERLAYS = tuple(spec.id for spec in SIMPLEX_OVERLAYS)
USUAL_OVERLAYS = ("simplex.transient", "simplex.history")
OVERLAYS_PREFERENCE = "processes.simplex.overlays"
RESIZED = 0.1
POLL_MS, HOVER_MS = 100, 30
NEAR = 9.0
"""Pixels between the pointer and a belief that is meant by it."""
REACH = 2.5
"""Pixels between the pointer and the belief whose history is shown, in a density."""
USUAL_POINTS = 2
SETTLE_MS = 8
TIP = (
    "Wheel zooms and plays again inside what is seen, drag moves; "
    "a tetrahedron turns, with Shift it moves"
)
MOST_PIXELS = 1024
NARROWEST = 56
"""Pixels that a choice keeps where the window is narrow."""


class SimplexPanel(ProcessPanel):
    """Asks for pictures of the beliefs; the newest wish wins and the older work stops."""

    _made = Signal(object, object, object)
    view_name = "simplex"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._document = surroundings.document
        self._window = None
        self._turn, self._tilt = 0.6, 0.35
        self._job: object | None = None
        self._overlay_job: object | None = None
        self._history_job: object | None = None
        self._wish: SimplexRequest | None = None
        self._is_current = False
        self._palette: Mapping[str, str] = dict(surroundings.context.palette)
        self.view = SimplexView(self)
        self.mode = self._box("What is shown", MODES)
        self.colour = self._box("Colours of beliefs", COLOURS)
        self.remembered = QSpinBox(self)
        self.points = self._box("Beliefs played in the chaos game", POINTS)
        self.points.setCurrentIndex(USUAL_POINTS)
        if self._document.model.is_unifilar:  # few beliefs, which a density would hardly show
            self.mode.setCurrentIndex(2)
        self.projection = self._box("Projection of four states or more", PROJECTIONS)
        self.axes = (QComboBox(self), QComboBox(self))
        self.depth = QSpinBox(self)
        self.told = QLabel(self)
        self.bar = QProgressBar(self)
        self.stop_button = QToolButton(self)
        self.dialog: MatrixDialog | None = None
        # Transient beliefs without end would stand in the way of the fractal.
        usual = USUAL_OVERLAYS if self._document.model.is_unifilar else USUAL_OVERLAYS[1:]
        kept = surroundings.context.preferences.get(OVERLAYS_PREFERENCE)
        kept = kept if isinstance(kept, list) else usual
        self._overlays = {each for each in OVERLAYS if each in kept}
        self._pointed_at: QPointF | None = None
        self._overlay_key, self._history_key = QObject(self), QObject(self)
        self.under = QLabel(self)
        self.callout = Callout("Normalise rows", self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._request)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._hover = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover.timeout.connect(self._ask_history)
        self._lay_out()
        self._axes_kept: tuple[str, ...] = ()
        self._restore()
        self._made.connect(self._on_made)
        self.view.window_asked.connect(self._on_window)
        self.view.turned.connect(self._on_turned)
        self.view.resized.connect(self._on_resized)
        self.view.pointed.connect(self._on_pointed)
        self.callout.pressed.connect(lambda: surroundings.action("process.normalise").trigger())
        for box in (self.mode, self.colour, self.points, self.projection, *self.axes):
            box.currentIndexChanged.connect(self._on_choice)
        self.depth.valueChanged.connect(self._on_choice)
        self.remembered.valueChanged.connect(self._on_choice)

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
        elif action_id == "simplex.stop":
            self.stop()
        elif action_id == "simplex.matrix":
            self.ask_matrix()
        elif action_id in EXPORTS:
            context = self.surroundings.context
            name = context.document.subject(self._document.subject_id).name
            export_beliefs(action_id, self.request(), name, context, self)
        elif action_id in OVERLAYS:
            self._overlays ^= {action_id}
            kept = [each for each in OVERLAYS if each in self._overlays]
            self.surroundings.context.preferences.set(OVERLAYS_PREFERENCE, kept)
            self._keep()
            self.view.show_history(None)
            self._request_overlays()
            self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "simplex.stop":
            return self._job is not None
        if action_id == "simplex.matrix":
            return self._document.model.n >= 4
        if action_id in EXPORTS:
            return not self._document.model.is_draft
        return True

    def is_checked(self, action_id: str) -> bool:
        return action_id in self._overlays

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._palette = dict(palette)
        self.view.apply_palette(palette)
        self.callout.apply_palette(palette)
        if self._is_current:
            self._soon.start()

    def close_panel(self) -> None:
        for timer in (self._soon, self._poll, self._hover):
            timer.stop()
        self._drop()
        self._drop_history()
        if self._overlay_job is not None:
            self._overlay_job.cancel()
        if self.dialog is not None:
            self.dialog.reject()

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
            self.remembered.value(),
            self._own_places(),
            frozenset(each.removeprefix("simplex.") for each in self._overlays),
            tuple(_rgb(symbol_colour(self._palette, x)) for x in range(self._document.model.k)),
        )

    def _own_places(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the study's own projection, none unless all states have one."""
        subject = self._document.subject
        if any(state not in subject.projection for state in subject.model.states):
            return ()
        return tuple(subject.projection[state] for state in subject.model.states)

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
        made, ratio = self._made, self.view.devicePixelRatioF()

        def work(progress: Progress) -> tuple[SimplexPicture, QImage | None]:
            picture = make_pictures(
                request, lambda coarse: made.emit(request, coarse, None), progress
            )
            return picture, painted_nodes(picture, ratio)

        self._job = self.surroundings.context.jobs.run(
            "Beliefs in the simplex", work, self._on_done, self._on_failed, key=self, quiet=True
        )
        self._poll.start()
        self._request_overlays()

    def _request_overlays(self) -> None:
        """Ask for the shapes that are laid over; the beliefs themselves do not wait for them."""
        if self._overlay_job is not None:
            self._overlay_job.cancel()
            self._overlay_job = None
        request = self.request()
        if self._document.model.is_draft or not request.overlays - {"history"}:
            self.view.show_overlays(NO_OVERLAYS)
            self.view.setToolTip(TIP)
            return
        self._overlay_job = self.surroundings.context.jobs.run(
            "Overlays of the simplex",
            lambda progress: make_overlays(
                request.model, projection_of(request, progress), request.overlays, progress
            ),
            self._on_overlays,
            self._on_no_overlays,
            key=self._overlay_key,
            quiet=True,
        )

    @Slot(object)
    def _on_overlays(self, overlays: Overlays) -> None:
        self._overlay_job = None
        self.view.show_overlays(overlays)
        self.missing.setText("; ".join(overlays.missing))
        self.missing.setVisible(bool(overlays.missing))

    @Slot(object)
    def _on_no_overlays(self, error: Exception) -> None:
        self._overlay_job = None
        self.view.show_overlays(NO_OVERLAYS)
        self.missing.setText(str(error))
        self.missing.show()

    @Slot()
    def stop(self) -> None:
        """Play no further; what was drawn so far stays."""
        if self._job is None:
            return
        self._drop()
        self.told.setText(f"{self.told.text().removesuffix(' …')}, stopped")
        self.state_changed.emit()

    @Slot()
    def _on_poll(self) -> None:
        """Show how far the work has come, once it takes long enough to be noticed."""
        job = self._job
        is_long = job is not None and job.is_announced
        self.bar.setVisible(is_long)
        self.stop_button.setVisible(is_long)
        if job is None:
            self._poll.stop()
        else:
            self.bar.setValue(round(1000 * job.fraction))

    def _drop(self) -> None:
        self._wish = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._on_poll()

    @Slot(object, object, object)
    def _on_made(self, request: SimplexRequest, picture: SimplexPicture, nodes: object) -> None:
        if request is self._wish:
            self._show(picture, nodes)

    @Slot(object)
    def _on_done(self, made: tuple[SimplexPicture, QImage | None]) -> None:
        self._job = None
        self._on_poll()
        self._show(*made)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._on_poll()
        self._explain(str(error), is_about_rows=False)

    def _show(self, picture: SimplexPicture, nodes: QImage | None) -> None:
        self.callout.hide()
        self.view.show_picture(picture, nodes)
        self.told.setText(picture.told if picture.is_done else f"{picture.told} …")

    def _explain(self, sentence: str, *, is_about_rows: bool) -> None:
        self.view.clear()
        self.told.clear()
        self.callout.button.setVisible(is_about_rows)
        self.callout.show_text(sentence)

    # -- what the study keeps --------------------------------------------------------------------

    def _keep(self) -> None:
        """Let the study keep how the simplex is looked at now."""
        self.keep_view(
            {
                "mode": MODES[self.mode.currentIndex()][0],
                "colour": COLOURS[self.colour.currentIndex()][0],
                "points": POINTS[self.points.currentIndex()][0],
                "projection": PROJECTIONS[self.projection.currentIndex()][0],
                "axes": [box.currentText() for box in self.axes],
                "depth": self.depth.value(),
                "remembered": self.remembered.value(),
                "turn": round(self._turn, 6),
                "tilt": round(self._tilt, 6),
                "window": None if self._window is None else [float(x) for x in self._window],
                "overlays": [each for each in OVERLAYS if each in self._overlays],
            }
        )

    def _restore(self) -> None:
        """Look as the study says that it was looked at."""
        view = self.kept_view()
        if not view:
            return
        for box, key, choices in (
            (self.mode, "mode", MODES),
            (self.colour, "colour", COLOURS),
            (self.points, "points", POINTS),
            (self.projection, "projection", PROJECTIONS),
        ):
            box.setCurrentIndex(place_of(view, key, choices, box.currentIndex()))
        if self.projection.currentIndex() == OWN and not self._own_places():
            self.projection.setCurrentIndex(0)
        self.depth.setValue(whole_of(view, "depth", 0, DEEPEST, self.depth.value()))
        self.remembered.setValue(whole_of(view, "remembered", 1, 6, 1))
        self._turn = angle_of(view, "turn", self._turn)
        self._tilt = angle_of(view, "tilt", self._tilt)
        self._window = window_of(view)
        overlays = names_of(view, "overlays", OVERLAYS)
        if overlays is not None:
            self._overlays = set(overlays)
        axes = view.get("axes")
        if isinstance(axes, list):
            self._axes_kept = tuple(str(name) for name in axes[: len(self.axes)])
        self._show_controls()

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
                if place < len(self._axes_kept):
                    box.setCurrentText(self._axes_kept[place])
                box.blockSignals(False)
        self._axes_kept = ()
        self._show_controls()
        self._ask_soon()

    @Slot()
    def _on_choice(self) -> None:
        is_own = PROJECTIONS[self.projection.currentIndex()][0] == "own"
        if is_own and self._document.model.n >= 4 and not self._own_places():
            self.ask_matrix()
        self._show_controls()
        self._keep()
        self._ask_soon()

    def _ask_soon(self) -> None:
        """Ask once for what changes together, but do not let a stream of changes put it off."""
        self.view.show_history(None)
        if not self._soon.isActive():
            self._soon.start()

    def _show_controls(self) -> None:
        is_many = self._document.model.n >= 4
        mode = MODES[self.mode.currentIndex()][0]
        colour = COLOURS[self.colour.currentIndex()][0]
        projection = PROJECTIONS[self.projection.currentIndex()][0]
        self.projection.setItemText(0, "Tetrahedron" if self._document.model.n == 4 else "Polygon")
        self.points.setVisible(mode != "tree")
        self.depth.setVisible(mode == "tree")
        self.remembered.setVisible(colour == "last-symbols" and mode != "tree")
        self.projection.setVisible(is_many)
        self.matrix_button.setVisible(is_many and projection == "own")
        for box in self.axes:
            box.setVisible(is_many and projection == "coordinates")

    @Slot()
    def ask_matrix(self) -> None:
        """Ask for two numbers for each state; the answer is kept in the study."""
        if self._document.model.n < 4 or self.dialog is not None:
            return
        model = self._document.model
        given = self._own_places()
        matrix = (
            np.array(given)
            if given
            else projection_of(
                SimplexRequest(model, turn=self._turn, tilt=self._tilt)
            ).vertices.round(6)
        )
        self.dialog = MatrixDialog(model.states, matrix, self.surroundings.context.dialogs, self)
        self.dialog.finished.connect(self._on_matrix)
        self.dialog.open()

    @Slot(int)
    def _on_matrix(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        if result == QDialog.DialogCode.Accepted and dialog.matrix is not None:
            states = self._document.model.states
            rows = dialog.matrix.tolist()
            places = {state: (x, y) for state, (x, y) in zip(states, rows, strict=True)}
            self._document.edit("Set the projection", lambda s: s.projected(places))
            self.projection.setCurrentIndex(OWN)
            self._on_window(None)
        elif not self._own_places() and self.projection.currentIndex() == OWN:
            self.projection.setCurrentIndex(0)
        dialog.deleteLater()

    @Slot(object)
    def _on_window(self, window: object) -> None:
        self._window = window
        self._keep()
        self._ask_soon()

    @Slot()
    def _on_resized(self) -> None:
        """Ask for as many pixels as there are now, once they are clearly more or fewer."""
        picture = self.view.picture
        if not self._is_current or picture is None:
            return
        before = picture.request.size
        if abs(self.request().size - before) > RESIZED * before:
            self._soon.start()

    @Slot(float, float)
    def _on_turned(self, turn: float, tilt: float) -> None:
        self._turn += turn
        self._tilt = float(np.clip(self._tilt + tilt, -1.57, 1.57))
        self._keep()
        self._ask_soon()

    @Slot(object)
    def _on_pointed(self, place: tuple[float, float] | None) -> None:
        picture = self.view.picture
        if place is None or picture is None:
            self._pointed_at = None
            self._drop_history()
            self.view.show_history(None)
            self.under.clear()
            return
        self.under.setText(_belief_text(picture.projection, place, picture.request.model.states))
        if "simplex.history" in self._overlays:
            self._pointed_at = self.view.point_of(place)
            self._hover.start()

    @Slot()
    def _ask_history(self) -> None:
        """Look for a word that leads to what is under the pointer."""
        picture, at = self.view.picture, self._pointed_at
        self._drop_history()
        if picture is None or at is None:
            return
        model, projection = picture.request.model, picture.projection
        if picture.word_of is not None:
            i = self.view.node_near(at, NEAR)
            if i is None:
                self.view.show_history(None)
                return
            word_of = picture.word_of
            self._find_history(lambda progress: history_of(model, word_of(i)), at)
            return
        place = self.view.place_at(at)
        if projection.is_interval:
            place = (place[0], 0.0)
        left, _, right, _ = picture.window
        radius = REACH * (right - left) / self.view.square.width()
        self._find_history(
            lambda progress: history_to(model, projection, place, radius, progress), at
        )

    def _find_history(self, find: object, at: QPointF) -> None:
        self._history_job = self.surroundings.context.jobs.run(
            "History of a belief",
            find,
            lambda found: self._on_history(found, at),
            lambda _error: self.view.show_history(None),
            key=self._history_key,
            owner=self,
            quiet=True,
        )

    def _on_history(self, history: BeliefHistory | None, at: QPointF) -> None:
        self._history_job = None
        if at is self._pointed_at:
            self.view.show_history(history, at)

    def _drop_history(self) -> None:
        self._hover.stop()
        if self._history_job is not None:
            self._history_job.cancel()
            self._history_job = None

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
        self.remembered.setRange(1, 6)
        self.remembered.setSuffix(" last")
        self.remembered.setAccessibleName("Last symbols that decide the colour")
        self.remembered.setToolTip("How many last symbols decide the colour")
        whole = QToolButton(self)
        whole.setIcon(self.surroundings.context.icon("fit"))
        whole.setAutoRaise(True)
        whole.setToolTip("Show all of the simplex (double-click)")
        whole.setAccessibleName("Show all of the simplex")
        whole.clicked.connect(lambda: self._on_window(None))
        self.view.setToolTip(TIP)
        self.matrix_button = self._button("table", "Edit the projection matrix", self.ask_matrix)
        overlays = self._menu("levels", "Overlays", [spec.id for spec in SIMPLEX_OVERLAYS])
        exports = self._menu("export", "Export", [spec.id for spec in SIMPLEX_EXPORTS])
        self.overlays_button, self.export_button = overlays, exports
        help_button = self._button(
            "help",
            "What is shown here, and how to use it",
            lambda: self.surroundings.context.show_guide("processes-bench"),
        )
        top = QHBoxLayout()
        top.setSpacing(6)
        boxes = (self.mode, self.colour, self.remembered, self.points, self.depth)
        for part in (*boxes, self.projection, *self.axes, self.matrix_button, overlays, exports):
            part.setMinimumWidth(min(part.sizeHint().width(), NARROWEST))
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(whole)
        top.addWidget(help_button)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(140, 6)
        self.bar.setAccessibleName("How far the chaos game has come")
        self.stop_button.setIcon(self.surroundings.context.icon("stop"))
        self.stop_button.setAutoRaise(True)
        self.stop_button.setToolTip("Play no further and keep the picture as it is")
        self.stop_button.setAccessibleName("Stop playing")
        self.stop_button.clicked.connect(self.stop)
        self.missing = QLabel(self)
        self.missing.setProperty("role", "muted")
        self.missing.setAccessibleName("Overlays that cannot be drawn")
        for part in (self.bar, self.stop_button, self.missing):
            part.hide()
        for label in (self.told, self.missing, self.under):
            label.setMinimumWidth(1)  # else a long sentence makes the window wider
        bottom = QHBoxLayout()
        # The row keeps its height when the bar and its button come and go, so that the view does.
        self.told.setMinimumHeight(self.stop_button.sizeHint().height())
        bottom.addWidget(self.told)
        bottom.addWidget(self.bar)
        bottom.addWidget(self.stop_button)
        bottom.addWidget(self.missing)
        bottom.addStretch(1)
        bottom.addWidget(self.under)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.callout)
        layout.addWidget(self.view, 1)
        layout.addLayout(bottom)
        self._show_controls()

    def _button(self, icon: str, tip: str, run: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(self.surroundings.context.icon(icon))
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(run)
        return button

    def _menu(self, icon: str, title: str, action_ids: list[str]) -> QToolButton:
        """Return a button with a menu of actions, whose state is asked when it opens."""
        button = QToolButton(self)
        button.setText(title)
        button.setIcon(self.surroundings.context.icon(icon))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(title)
        button.setToolTip(
            "What is laid over the beliefs" if title == "Overlays" else "Beliefs as CSV or NPZ"
        )
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for action_id in action_ids:
            menu.addAction(self.surroundings.action(action_id))
        menu.aboutToShow.connect(self.state_changed)
        button.setMenu(menu)
        return button


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
