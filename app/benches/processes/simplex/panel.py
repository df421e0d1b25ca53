"""The panel of the beliefs: a simplex that redraws, coarse first, whenever the machine changes."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QToolButton, QVBoxLayout

from app.benches.processes.drafts import can_normalise, draft_problem
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.benches.processes.panels import SIMPLEX_EXPORTS, SIMPLEX_OVERLAYS
from app.benches.processes.simplex.controls import NARROWEST, OWN, RECURRENT, SimplexControls
from app.benches.processes.simplex.exporting import EXPORTS, export_beliefs
from app.benches.processes.simplex.figure import simplex_figure
from app.benches.processes.simplex.foot import SimplexFoot
from app.benches.processes.simplex.kept_view import angle_of, names_of, window_of
from app.benches.processes.simplex.matrix_dialog import MatrixDialog
from app.benches.processes.simplex.overlay_items import symbol_colour
from app.benches.processes.simplex.overlaying import OVERLAYS, Overlaying
from app.benches.processes.simplex.overlays import Overlays
from app.benches.processes.simplex.pointing import PointedHistory
from app.benches.processes.simplex.request import (
    SimplexPicture,
    SimplexRequest,
    make_pictures,
    projection_of,
)
from app.benches.processes.simplex.view import SimplexView, painted_nodes
from app.graphical.callout import Callout
from app.graphical.panel_parts import help_button, icon_button
from app.shell.actions import ActionSpec
from app.shell.bench import FigureView
from core.processes.projection import Projection
from core.progress import Progress

RESIZED = 0.1
POLL_MS = 100
SETTLE_MS = 8
TIP = (
    "Wheel zooms and plays again inside what is seen, drag moves; "
    "a tetrahedron turns, with Shift it moves"
)
MOST_PIXELS = 1024


class SimplexPanel(ProcessPanel):
    """Asks for pictures of the beliefs; the newest wish wins and the older work stops."""

    _made = Signal(object, object, object)
    view_name = "simplex"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        context = surroundings.context
        self._document = surroundings.document
        self._window = None
        self._turn, self._tilt = 0.6, 0.35
        self._job: object | None = None
        self._wish: SimplexRequest | None = None
        self._is_current = False
        self._palette: Mapping[str, str] = dict(context.palette)
        self.dialog: MatrixDialog | None = None
        self.view = SimplexView(self)
        self.view.setToolTip(TIP)
        self.controls = SimplexControls(context.icon("table"), self)
        self.foot = SimplexFoot(context.icon("stop"), self.stop, self)
        self.callout = Callout("Normalise rows", self)
        is_unifilar = self._document.model.is_unifilar
        if is_unifilar:  # few beliefs, which a density would hardly show
            self.controls.mode.setCurrentIndex(RECURRENT)
        self.overlaying = Overlaying(
            context.jobs, context.preferences, is_unifilar=is_unifilar, owner=self
        )
        self.pointed = PointedHistory(self.view, context.jobs, self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._poll = QTimer(self, interval=POLL_MS)
        self._restore()
        self.controls.show_model(self._document.model)
        self._lay_out()
        self._connect()

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
            self.overlaying.toggle(action_id)
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
        return action_id in self.overlaying.chosen

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._palette = dict(palette)
        self.view.apply_palette(palette)
        self.callout.apply_palette(palette)
        if self._is_current:
            self._soon.start()

    def close_panel(self) -> None:
        for timer in (self._soon, self._poll):
            timer.stop()
        self._drop()
        self.pointed.drop()
        self.overlaying.drop()
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
        model = self._document.model
        return SimplexRequest(
            model,
            **self.controls.wishes(),
            window=self._window,
            size=int(min(max(self.view.square.width() * ratio, 64), MOST_PIXELS)),
            turn=self._turn,
            tilt=self._tilt,
            paper=_rgb(self._palette["canvas"]),
            ink=_rgb(self._palette["text"]),
            own=self._own_places(),
            overlays=self.overlaying.names,
            symbol_colours=tuple(_rgb(symbol_colour(self._palette, x)) for x in range(model.k)),
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
        model = self._document.model
        if model.is_draft:
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
        self.overlaying.ask(None if self._document.model.is_draft else self.request())

    @Slot(object, str)
    def _on_overlays(self, overlays: Overlays, missing: str) -> None:
        self.view.show_overlays(overlays)
        self.foot.show_missing(missing)

    @Slot()
    def stop(self) -> None:
        """Play no further; what was drawn so far stays."""
        if self._job is None:
            return
        self._drop()
        told = self.foot.told
        told.setText(f"{told.text().removesuffix(' …')}, stopped")
        self.state_changed.emit()

    @Slot()
    def _on_poll(self) -> None:
        self.foot.show_job(self._job)
        if self._job is None:
            self._poll.stop()

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
        self.foot.told.setText(picture.told if picture.is_done else f"{picture.told} …")

    def _explain(self, sentence: str, *, is_about_rows: bool) -> None:
        self.view.clear()
        self.foot.told.clear()
        self.callout.button.setVisible(is_about_rows)
        self.callout.show_text(sentence)

    # -- what the study keeps --------------------------------------------------------------------

    def _keep(self) -> None:
        """Let the study keep how the simplex is looked at now."""
        self.keep_view(
            {
                **self.controls.kept(),
                "turn": round(self._turn, 6),
                "tilt": round(self._tilt, 6),
                "window": None if self._window is None else [float(x) for x in self._window],
                "overlays": list(self.overlaying.chosen),
            }
        )

    def _restore(self) -> None:
        """Look as the study says that it was looked at."""
        view = self.kept_view()
        if not view:
            return
        self.controls.restore(view)
        if self.controls.is_own and not self._own_places():
            self.controls.projection.setCurrentIndex(0)
        self._turn = angle_of(view, "turn", self._turn)
        self._tilt = angle_of(view, "tilt", self._tilt)
        self._window = window_of(view)
        overlays = names_of(view, "overlays", OVERLAYS)
        if overlays is not None:
            self.overlaying.choose(overlays)

    # -- changes ---------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self.controls.show_model(self._document.model)
        self._ask_soon()

    @Slot()
    def _on_choice(self) -> None:
        if self.controls.is_own and self._document.model.n >= 4 and not self._own_places():
            self.ask_matrix()
        self._keep()
        self._ask_soon()

    def _ask_soon(self) -> None:
        """Ask once for what changes together, but do not let a stream of changes put it off."""
        self.view.show_history(None)
        if not self._soon.isActive():
            self._soon.start()

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
            self.controls.projection.setCurrentIndex(OWN)
            self._on_window(None)
        elif self.controls.is_own and not self._own_places():
            self.controls.projection.setCurrentIndex(0)
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
        picture, under = self.view.picture, self.foot.under
        if place is None or picture is None:
            self.pointed.point_nowhere()
            under.clear()
            return
        under.setText(_belief_text(picture.projection, place, picture.request.model.states))
        if self.overlaying.has_history:
            self.pointed.point_at(self.view.point_of(place))

    # -- parts -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._soon.timeout.connect(self._request)
        self._poll.timeout.connect(self._on_poll)
        self._made.connect(self._on_made)
        self.view.window_asked.connect(self._on_window)
        self.view.turned.connect(self._on_turned)
        self.view.resized.connect(self._on_resized)
        self.view.pointed.connect(self._on_pointed)
        self.overlaying.found.connect(self._on_overlays)
        self.controls.changed.connect(self._on_choice)
        self.controls.own_asked.connect(self.ask_matrix)
        normalise = self.surroundings.action("process.normalise")
        self.callout.pressed.connect(normalise.trigger)

    def _lay_out(self) -> None:
        context = self.surroundings.context
        self.overlays_button = self._menu(
            "levels", "Overlays", "What is laid over the beliefs", SIMPLEX_OVERLAYS
        )
        exports = self._menu("export", "Export", "Beliefs as CSV or NPZ", SIMPLEX_EXPORTS)
        whole = icon_button(
            context.icon("fit"), "Show all of the simplex", lambda: self._on_window(None), self
        )
        whole.setToolTip("Show all of the simplex (double-click)")
        top = QHBoxLayout()
        top.setSpacing(6)
        for part in (self.controls, self.overlays_button, exports):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(whole)
        top.addWidget(help_button(context, "processes-bench", "Help on the simplex", self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.callout)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.foot)

    def _menu(self, icon: str, title: str, tip: str, specs: Sequence[ActionSpec]) -> QToolButton:
        """Return a button with a menu of actions, whose state is asked when it opens."""
        button = QToolButton(self)
        button.setText(title)
        button.setIcon(self.surroundings.context.icon(icon))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(title)
        button.setToolTip(tip)
        button.setMinimumWidth(min(button.sizeHint().width(), NARROWEST))
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for spec in specs:
            menu.addAction(self.surroundings.action(spec.id))
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
