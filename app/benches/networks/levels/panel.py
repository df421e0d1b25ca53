"""The panel of the levels: one query answered four ways, each watched step by step."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.figures.level_views import level_views
from app.benches.networks.levels.asking import Asking
from app.benches.networks.levels.controls import LevelControls
from app.benches.networks.levels.cost_panel import CostPanel
from app.benches.networks.levels.factor_moments import FactorPicture
from app.benches.networks.levels.factor_stage import FactorStage
from app.benches.networks.levels.moments import NO_OPERATIONS, Moment, Programme
from app.benches.networks.levels.pair_moments import PairPicture
from app.benches.networks.levels.pair_stage import PairStage
from app.benches.networks.levels.player import Player
from app.benches.networks.levels.request import ALL_PAIRS, ELIMINATION
from app.benches.networks.levels.tree_moments import (
    CALIBRATE,
    CLIQUES,
    TREE,
    TRIANGULATE,
    TreePicture,
)
from app.benches.networks.levels.tree_stage import TreeStage
from app.benches.networks.panel import NOTHING, CanvasDecoration, NetworkPanel, PanelContext
from app.graphical.panel_parts import scrolling
from app.shell.bench import FigureView
from core.networks.model import BayesNet

DEBOUNCE_MS = 90
SLOW_MS = 300
"""Steps that take longer to prepare are announced."""

LEVEL_PREFERENCE = "networks.levels.level"
LEAST_SIZE = QSize(500, 220)
LATE_STAGES = (CLIQUES, TREE, CALIBRATE)
LOW_BELOW = 330
"""Lower panels keep no room for a second line, nor for the order once it has been used."""

PACKET_SHARE = 0.8
"""For how much of a step a message travels."""

_KEYS = {
    Qt.Key.Key_Space: "levels.play",
    Qt.Key.Key_Period: "levels.step",
    Qt.Key.Key_Comma: "levels.back",
    Qt.Key.Key_Home: "levels.to_start",
    Qt.Key.Key_End: "levels.to_end",
}


class LevelsPanel(NetworkPanel):
    """Asks for the programme of a level, and shows its moments."""

    title = "Levels"
    icon = "levels"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        context = surroundings.context
        palette = context.palette
        chosen = int(context.preferences.get(LEVEL_PREFERENCE, ELIMINATION))
        self._level = min(max(chosen, 0), ALL_PAIRS)
        self._programme: Programme | None = None
        self._places: dict[int, int] = {}
        self._ringed: CanvasDecoration | None = None
        self._shown: tuple[Moment, CanvasDecoration] | None = None
        self._is_current = self._is_closed = self._is_low = False
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self.player = Player(self)
        self.asking = Asking(context.jobs, self)
        self.factors = FactorStage(palette)
        self.tree = TreeStage(palette)
        self.pairs = PairStage(palette, self.asking.read)
        self.empty = QLabel(self)
        self.costs = CostPanel(palette)
        self.sentence = QLabel(self)
        self.stages = QStackedWidget(self)
        self.controls = LevelControls(surroundings, self.player, self.tree.parts)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._connect()
        self._commands = self._make_commands()
        self._show_options()

    # -- what the bench asks ---------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        if is_current:
            reduced = bool(self.surroundings.context.preferences.get("reduced_motion"))
            self.tree.set_reduced_motion(reduced)
            QTimer.singleShot(0, self, self.surroundings.canvas.fit)
            self._ask()
        else:
            self.player.pause()
            self.tree.close_stage()
            self._soon.stop()
            self._slow.stop()
            self.asking.cancel()

    def decoration(self) -> CanvasDecoration:
        moment = self.moment
        if moment is None or not self._is_current:
            return NOTHING
        if self._ringed is not None:
            return self._ringed
        if self._shown is None or self._shown[0] is not moment:
            self._shown = (moment, moment.decorate())
        return _fitting(self._shown[1], self.surroundings.document.net)

    def trigger(self, action_id: str) -> None:
        self._commands[action_id]()

    def is_enabled(self, action_id: str) -> bool:
        player = self.player
        if action_id in ("levels.back", "levels.to_start"):
            return player.index > 0
        if action_id in ("levels.step", "levels.to_end"):
            return player.index < player.last
        if action_id == "levels.play":
            return player.count > 1
        if action_id == "levels.query":
            return bool(self.surroundings.canvas.selected())
        return True

    def is_checked(self, action_id: str) -> bool:
        return action_id == f"levels.level_{self._level}"

    def views(self) -> list[FigureView]:
        subject, request = self.surroundings.document.subject, self.asking.asked
        if request is None or request.net is not subject.net:
            request = self.controls.request(self._level)
        return level_views(subject, request, self._level) if len(subject.net) else []

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        for part in (self.controls, self.factors, self.tree, self.pairs, self.costs):
            part.apply_palette(palette)

    def close_panel(self) -> None:
        self._is_closed = True
        self.set_current(False)

    # -- state -----------------------------------------------------------------------------------

    @property
    def programme(self) -> Programme | None:
        """The moments of the level."""
        return self._programme

    @property
    def moment(self) -> Moment | None:
        """The moment shown."""
        if self._programme is None or not self._programme.moments:
            return None
        return self._programme.moments[self.player.index]

    @property
    def level(self) -> int:
        """The level shown."""
        return self._level

    @property
    def is_waiting(self) -> bool:
        """Whether what is shown does not answer yet what is asked."""
        programme = self._programme
        is_answered = programme is not None and programme.request is self.asking.asked
        return self._soon.isActive() or not is_answered

    @Slot(int)
    def set_level(self, level: int) -> None:
        """Show another level."""
        if level != self._level:
            self.player.pause()
            self._places[self._level] = self.player.index
            self._level = level
            self.asking.forget()
            self.surroundings.context.preferences.set(LEVEL_PREFERENCE, level)
            self._show_options()
            self._ask()
        self.state_changed.emit()

    @Slot()
    def _ask(self) -> None:
        """Make the programme anew where something that it depends on is another."""
        self._soon.stop()
        if self._is_current and not self._is_closed:
            request = self.controls.request(self._level)
            self._slow.start()
            self.asking.ask(request, self._programme_of_level(), self.player.index)
            if not self.is_waiting:
                self._slow.stop()

    def _programme_of_level(self) -> Programme | None:
        programme = self._programme
        return programme if programme and programme.request.level == self._level else None

    @Slot()
    def _on_slow(self) -> None:
        """Say that the steps are still to come, where those of another level are shown."""
        if self._programme_of_level() is None:
            self.sentence.hide()
            self.empty.setText("Preparing the steps of this level…")
            self.stages.setCurrentWidget(self.empty)

    @Slot(object)
    def _take(self, programme: Programme) -> None:
        self._slow.stop()
        if self._is_closed:
            return
        old = self._programme
        self._programme, self._ringed = programme, None
        is_same_level = old is not None and old.request.level == programme.request.level
        place = self.player.index if is_same_level else self._places.get(self._level, 0)
        self.player.set_count(len(programme.moments), programme.start or place)
        if programme.start:
            self.player.play()
        self.asking.ask_costs(programme.request)
        self.state_changed.emit()

    # -- showing ---------------------------------------------------------------------------------

    @Slot(int, int)
    def _on_moved(self, index: int, before: int) -> None:
        self._ringed = None
        programme, moment = self._programme, self.moment
        if programme is None:
            return
        self.sentence.setVisible(moment is not None)
        if moment is None:
            self._show_refusal(programme)
        else:
            is_last = index == self.player.last
            self.sentence.setText(f"{moment.sentence} {programme.refusal * is_last}".strip())
            self.costs.show_counted(self._level, moment.operations)
            self._show_picture(programme.request.net, moment, is_one_on=index == before + 1)
            self.controls.order.chips.set_order(programme.order, _eliminated(programme, index))
            self.controls.show_order_cost(programme.cost)
        self._show_options()
        self.decoration_changed.emit()
        self.state_changed.emit()

    def _show_refusal(self, programme: Programme) -> None:
        self.empty.setText(programme.refusal)
        self.stages.setCurrentWidget(self.empty)
        self.costs.show_counted(self._level, NO_OPERATIONS)
        self.controls.order.chips.set_order(())
        self.controls.show_order_cost(None)

    def _show_picture(self, net: BayesNet, moment: Moment, *, is_one_on: bool) -> None:
        picture = moment.picture
        if isinstance(picture, FactorPicture):
            self.stages.setCurrentWidget(self.factors)
            self.factors.show_moment(net, moment, picture)
        elif isinstance(picture, TreePicture):
            self.stages.setCurrentWidget(self.tree)
            within = round(self.player.step_ms * PACKET_SHARE) if is_one_on else 0
            self.tree.show_moment(net, moment, picture, within_ms=within)
        elif isinstance(picture, PairPicture):
            self.stages.setCurrentWidget(self.pairs)
            self.pairs.show_moment(net, moment, picture)

    def _show_options(self) -> None:
        moment = self.moment
        is_late = moment is not None and moment.stage in LATE_STAGES and self._is_low
        self.controls.show_level(self._level, has_order=not is_late)

    # -- what the user does ----------------------------------------------------------------------

    @Slot(str)
    def _on_stage_wanted(self, stage: str) -> None:
        programme = self._programme
        if programme is None:
            return
        self.player.pause()
        stages = [moment.stage for moment in programme.moments]
        if stage in stages:
            self.player.go_to(stages.index(stage))
        if self.moment is not None and self.moment.stage:
            self.tree.stages[self.moment.stage].setChecked(True)

    @Slot(object)
    def _on_pair(self, pair: tuple[str, str] | None) -> None:
        self._ringed = None if pair is None else CanvasDecoration(dict.fromkeys(pair, "accent"))
        self.decoration_changed.emit()

    @Slot()
    def _on_selection(self) -> None:
        if self._is_current and self.controls.query.follows_selection:
            self._soon.start()

    @Slot()
    def _on_document(self) -> None:
        if self._is_current:
            self._soon.start()

    def keyPressEvent(self, key: QKeyEvent) -> None:
        """Play and pause with the space bar, step with the full stop, go back with the comma."""
        wanted = _KEYS.get(key.key()) if not key.modifiers() else None
        if wanted is None:
            super().keyPressEvent(key)
        else:
            self.trigger(wanted)

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        player = self.player
        return {
            "levels.play": player.toggle,
            "levels.step": lambda: player.jump(player.index + 1),
            "levels.back": lambda: player.jump(player.index - 1),
            "levels.to_start": lambda: player.jump(0),
            "levels.to_end": lambda: player.jump(player.last),
            "levels.query": self.controls.follow_selection,
            **{
                f"levels.level_{level}": lambda level=level: self.set_level(level)
                for level in range(4)
            },
        }

    # -- parts -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._soon.timeout.connect(self._ask)
        self._slow.timeout.connect(self._on_slow)
        self.surroundings.document.changed.connect(self._on_document)
        self.surroundings.canvas.selection_changed.connect(self._on_selection)
        self.player.moved.connect(self._on_moved)
        self.player.playing_changed.connect(self.state_changed)
        self.asking.programme_made.connect(self._take)
        self.asking.costs_made.connect(self.costs.show_costs)
        self.asking.order_counted.connect(self.controls.show_order_cost)
        self.asking.said.connect(self.surroundings.context.say)
        self.controls.changed.connect(self._ask)
        self.controls.levels.chosen.connect(self.set_level)
        self.controls.transport.wanted.connect(self.trigger)
        self.controls.order.chips.dragged.connect(self.asking.count_order)
        self.tree.stage_wanted.connect(self._on_stage_wanted)
        self.pairs.pair_picked.connect(self._on_pair)

    def _lay_out(self) -> None:
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.sentence.setAccessibleName("What happens in this step")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for stage in (self.empty, self.factors, self.tree, self.pairs):
            self.stages.addWidget(stage)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addWidget(self.stages, 1)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(_scrolled(self.costs))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([540, 290])
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(4)
        layout.addWidget(self.controls)
        layout.addWidget(splitter, 1)

    def minimumSizeHint(self) -> QSize:
        """Return less than the parts ask for at first: they give way where room is short."""
        return LEAST_SIZE

    def resizeEvent(self, resize: QResizeEvent) -> None:
        super().resizeEvent(resize)
        self.controls.set_room(resize.size().width())
        self._is_low = resize.size().height() < LOW_BELOW
        self._show_options()
        # Room for two lines where there is any, so that nothing below moves from step to step.
        lines = 1 if self._is_low else 2
        self.sentence.setMinimumHeight(lines * self.sentence.fontMetrics().lineSpacing() + 2)


def _scrolled(part: QWidget) -> QScrollArea:
    area = scrolling(part)
    area.setMinimumWidth(part.minimumWidth() + 4)
    part.setAutoFillBackground(False)
    return area


def _fitting(decoration: CanvasDecoration, net: BayesNet) -> CanvasDecoration:
    """Return the decoration without edges of nodes that are gone from the net."""
    if all(arc.source in net and arc.target in net for arc in decoration.extra_arcs):
        return decoration
    left = tuple(a for a in decoration.extra_arcs if a.source in net and a.target in net)
    return replace(decoration, extra_arcs=left)


def _eliminated(programme: Programme, index: int) -> int:
    """Return how many variables of the order are eliminated at a moment."""
    picture = programme.moments[index].picture
    if isinstance(picture, FactorPicture):
        return len(picture.eliminated)
    return sum(1 for moment in programme.moments[: index + 1] if moment.stage == TRIANGULATE)
