"""The panel of the levels: one query answered four ways, each watched step by step."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.figures.level_views import level_views
from app.benches.networks.levels.cost_panel import CostPanel
from app.benches.networks.levels.costs import LevelCost, level_costs
from app.benches.networks.levels.factor_moments import FactorPicture
from app.benches.networks.levels.factor_stage import FactorStage
from app.benches.networks.levels.level_row import LevelRow
from app.benches.networks.levels.moments import NO_OPERATIONS, Moment, Programme, ShownTable
from app.benches.networks.levels.numbers import short_count
from app.benches.networks.levels.option_boxes import QueryBox, method_box, rule_box
from app.benches.networks.levels.order_row import OrderRow
from app.benches.networks.levels.pair_moments import PairPicture
from app.benches.networks.levels.pair_stage import PairStage
from app.benches.networks.levels.player import Player
from app.benches.networks.levels.programme import continue_programme, make_programme
from app.benches.networks.levels.request import (
    ALL_PAIRS,
    CLIQUE_TREE,
    ELIMINATION,
    OWN,
    Request,
    likely_query,
)
from app.benches.networks.levels.transport import TransportBar
from app.benches.networks.levels.tree_moments import CALIBRATE, CLIQUES, TREE, TreePicture
from app.benches.networks.levels.tree_stage import TreeStage
from app.benches.networks.panel import NOTHING, CanvasDecoration, NetworkPanel, PanelContext
from app.graphical.beliefs import same_numbers
from app.shell.bench import FigureView
from core.networks.levels.elimination_plan import OrderCost, order_cost

DEBOUNCE_MS = 90
LEVEL_PREFERENCE = "networks.levels.level"
RULE_PREFERENCE = "networks.levels.rule"
METHOD_PREFERENCE = "networks.levels.method"
SHORT_BELOW = 800
"""Narrower panels leave out names of levels and the speed."""

BARE_BELOW = 640
"""Narrower still, and no level has a name where the parts of one need the room."""

NARROW_BOX, FREE_WIDTH = 78, 2**24 - 1
"""Greatest widths of the boxes with choices, where room is short and where it is not."""

LEAST_SIZE = QSize(500, 220)

COUNTED_AT_ONCE = 60
"""In larger nets the cost of a dragged order is counted on a worker."""

LATE_STAGES = (CLIQUES, TREE, CALIBRATE)
LOW_BELOW = 330
"""Lower panels keep no room for a second line, nor for the order once it has been used."""

EMPTY_NET = "There is no node yet. Draw a net, or open an example, to watch inference work on it."
NO_QUERY = "Nothing is asked. Select a node on the net, or choose one as the query."
PACKET_SHARE = 0.8
_KEYS = {
    Qt.Key.Key_Space: "levels.play",
    Qt.Key.Key_Period: "levels.step",
    Qt.Key.Key_Comma: "levels.back",
    Qt.Key.Key_Home: "levels.to_start",
    Qt.Key.Key_End: "levels.to_end",
}
GUIDE_PAGE = "networks-levels"


class LevelsPanel(NetworkPanel):
    """Makes the programme of a level on a worker, and shows its moments."""

    title = "Levels"
    icon = "levels"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        context = surroundings.context
        preferences, palette = context.preferences, context.palette
        self._level = min(max(int(preferences.get(LEVEL_PREFERENCE, ELIMINATION)), 0), ALL_PAIRS)
        self._programme: Programme | None = None
        self._continuable: tuple[Programme, int] | None = None
        self._asked: Request | None = None
        self._costed: Request | None = None
        self._own_order: tuple[str, ...] = ()
        self._last_selection: tuple[str, ...] = ()
        self._places: dict[int, int] = {}
        self._ringed: CanvasDecoration | None = None
        self._shown: tuple[Moment, CanvasDecoration] | None = None
        self._is_current = self._is_closed = self._is_low = False
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._soon.timeout.connect(self._ask)
        self.player = Player(self)
        actions = [surroundings.action(f"levels.level_{level}") for level in range(4)]
        self.levels = LevelRow(actions, self)
        self.query = QueryBox(self)
        self.rule = rule_box(self)
        self.rule.choose(str(preferences.get(RULE_PREFERENCE, "min-fill")))
        self.method = method_box(self)
        self.method.choose(str(preferences.get(METHOD_PREFERENCE, "sum-product")))
        self.transport = TransportBar(self.player, context.icon, surroundings.action, self)
        self.order = OrderRow(palette, self)
        self.order_cost = QLabel(self)
        self.order_cost.setToolTip(
            "Cells of the largest table of this order, its multiplications (×) and additions (+)"
        )
        self.sentence = QLabel(self)
        self.sentence.setAccessibleName("What happens in this step")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.factors = FactorStage(palette)
        self.tree = TreeStage(palette)
        self.pairs = PairStage(palette, self._work)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.costs = CostPanel(palette)
        self.stages = QStackedWidget(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._connect()
        self._commands = self._make_commands()
        self.levels.set_level(self._level)
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
        subject, request = self.surroundings.document.subject, self._asked
        if request is None or request.net is not subject.net:
            request = self._request()
        return level_views(subject, request, self._level) if len(subject.net) else []

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.transport.apply_palette()
        self._help.setIcon(self.surroundings.context.icon("help"))
        for part in (self.order.chips, self.factors, self.tree, self.pairs, self.costs):
            part.apply_palette(palette)

    def close_panel(self) -> None:
        self._is_closed = True
        self.set_current(False)

    # -- state -----------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment | None:
        """The moment shown."""
        if self._programme is None or not self._programme.moments:
            return None
        return self._programme.moments[self.player.index]

    @property
    def programme(self) -> Programme | None:
        """The moments of the level."""
        return self._programme

    @property
    def level(self) -> int:
        """The level shown."""
        return self._level

    @property
    def is_waiting(self) -> bool:
        """Whether what is shown does not answer yet what is asked."""
        return (
            self._soon.isActive()
            or self._programme is None
            or (self._programme.request is not self._asked)
        )

    def set_level(self, level: int) -> None:
        """Show another level."""
        if level != self._level:
            self.player.pause()
            self._places[self._level] = self.player.index
            self._level = level
            self._continuable = None
            self.surroundings.context.preferences.set(LEVEL_PREFERENCE, level)
            self._show_options()
            self._ask()
        self.levels.set_level(level)
        self.state_changed.emit()

    # -- asking ----------------------------------------------------------------------------------

    def _request(self) -> Request:
        document = self.surroundings.document
        net = document.net
        fallback = likely_query(net, document.evidence)
        self.query.set_names(net.names, fallback[0] if fallback else "")
        if self.query.follows_selection:
            selected = tuple(n for n in self.surroundings.canvas.selected() if n in net)
            self._last_selection = selected or tuple(n for n in self._last_selection if n in net)
            query = self._last_selection
        else:
            query = (self.query.name,)
        rule = self.rule.choice
        order = self._own_order
        if rule == OWN and set(order) != set(net.names):
            kept = [name for name in order if name in net]
            order = self._own_order = (*kept, *(n for n in net.names if n not in kept))
        return Request(net, document.evidence, self._level, query, rule, order, self.method.choice)

    @Slot()
    def _ask(self) -> None:
        """Make the programme anew where something that it depends on is another."""
        self._soon.stop()
        if not self._is_current or self._is_closed:
            return
        request = self._request()
        before = self._asked
        if before is not None and _is_same(before, request):
            return
        self._asked = request
        if not len(request.net) or (request.level < CLIQUE_TREE and not request.query):
            self._take(Programme(request, refusal=NO_QUERY if len(request.net) else EMPTY_NET))
            return
        if self._programme is not None and self._programme.moments:
            self._continuable = (self._programme, self.player.index)
        kept = self._continuable
        if kept is not None and _differs_in_evidence(kept[0].request, request):
            old, at = kept
            self._run(lambda progress: continue_programme(request, old, at, progress))
        else:
            self._continuable = None
            self._run(lambda progress: make_programme(request, progress))

    def _run(self, work: Callable[[object], Programme]) -> None:
        self.surroundings.context.jobs.run(
            "Prepare the steps",
            work,
            self._take,
            self._on_failed,
            key=(id(self), "steps"),
            quiet=True,
        )

    def _work(self, work: Callable[[], ShownTable], done: Callable[[ShownTable], None]) -> None:
        """Read a joint table on a worker."""
        self.surroundings.context.jobs.run(
            "Read the joint table",
            lambda _progress: work(),
            done,
            lambda error: self.surroundings.context.say(str(error)),
            key=(id(self), "joint"),
            quiet=True,
            owner=self,
        )

    @Slot(object)
    def _take(self, programme: Programme) -> None:
        if self._is_closed:
            return
        old = self._programme
        self._programme, self._ringed = programme, None
        is_same_level = old is not None and old.request.level == programme.request.level
        place = self.player.index if is_same_level else self._places.get(self._level, 0)
        if programme.start:
            place = programme.start
        self.player.set_count(len(programme.moments), place)
        if programme.start:
            self.player.play()
        self._ask_costs(programme.request)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._asked is not None:
            self._take(Programme(self._asked, refusal=str(error)))

    def _ask_costs(self, request: Request) -> None:
        if not len(request.net) or not request.query:
            self.costs.show_costs(())
            return
        before = self._costed
        if before is not None and _is_same(replace(before, level=0), replace(request, level=0)):
            return
        self._costed = request
        self.surroundings.context.jobs.run(
            "Count operations",
            lambda progress: level_costs(request, progress),
            self._on_costs,
            lambda _error: self.costs.show_costs(()),
            key=(id(self), "costs"),
            quiet=True,
            owner=self,
        )

    @Slot(object)
    def _on_costs(self, costs: tuple[LevelCost | None, ...]) -> None:
        self.costs.show_costs(costs)

    # -- showing ---------------------------------------------------------------------------------

    @Slot(int, int)
    def _on_moved(self, index: int, before: int) -> None:
        self._ringed = None
        programme, moment = self._programme, self.moment
        if programme is None:
            return
        net = programme.request.net
        self.sentence.setVisible(moment is not None)
        if moment is None:
            self.empty.setText(programme.refusal)
            self.stages.setCurrentWidget(self.empty)
            self.costs.show_counted(self._level, NO_OPERATIONS)
            self.order.chips.set_order(())
            self.order_cost.clear()
        else:
            self._show_sentence(programme, moment, index)
            self.costs.show_counted(self._level, moment.operations)
            self._show_picture(net, moment, index == before + 1)
            self._show_order(programme, moment)
        self._show_options()
        self.decoration_changed.emit()
        self.state_changed.emit()

    def _show_sentence(self, programme: Programme, moment: Moment, index: int) -> None:
        text = moment.sentence
        if programme.refusal and index == self.player.last:
            text = f"{text} {programme.refusal}"
        self.sentence.setText(text)

    def _show_picture(self, net: object, moment: Moment, is_one_on: bool) -> None:
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

    def _show_order(self, programme: Programme, moment: Moment) -> None:
        picture = moment.picture
        done = 0
        if isinstance(picture, FactorPicture):
            done = len(picture.eliminated)
        elif isinstance(picture, TreePicture):
            done = _eliminated(programme, self.player.index)
        self.order.chips.set_order(programme.order, done)
        self._show_order_cost(programme.cost)

    def _show_order_cost(self, cost: OrderCost | None) -> None:
        """Say what an order costs."""
        if cost is None or self._level not in (ELIMINATION, CLIQUE_TREE):
            self.order_cost.clear()
            return
        what = "clique" if self._level == CLIQUE_TREE else "table"
        text = f"largest {what} {short_count(cost.largest)} cells"
        if self._level == ELIMINATION:
            times = short_count(cost.operations.multiplications)
            text += f" · {times} × {short_count(cost.operations.additions)} +"
        self.order_cost.setText(text)

    def _show_options(self) -> None:
        moment = self.moment
        is_late = moment is not None and moment.stage in LATE_STAGES and self._is_low
        has_order = self._level in (ELIMINATION, CLIQUE_TREE) and not is_late
        self.order.setVisible(has_order)
        self.order_cost.setVisible(has_order)
        self.rule.setVisible(self._level >= ELIMINATION)
        self.method.setVisible(self._level >= CLIQUE_TREE)
        self.tree.parts.setVisible(self._level == CLIQUE_TREE)

    # -- what the user does ----------------------------------------------------------------------

    @Slot(object)
    def _on_dragged(self, order: tuple[str, ...]) -> None:
        """Count what the order under the hand would cost: at once, where scopes are few."""
        request = self._asked
        if request is None:
            return
        is_tree = self._level == CLIQUE_TREE
        evidence, query = (None, ()) if is_tree else (request.evidence, request.query)
        if len(request.net) <= COUNTED_AT_ONCE:
            self._show_order_cost(order_cost(request.net, evidence, query, order))
            return
        self.surroundings.context.jobs.run(
            "Count operations of an order",
            lambda _progress: order_cost(request.net, evidence, query, order),
            self._show_order_cost,
            key=(id(self), "order"),
            quiet=True,
            after_current=True,
        )

    @Slot(object)
    def _on_reordered(self, order: tuple[str, ...]) -> None:
        names = self.surroundings.document.net.names
        rest = [name for name in (self._own_order or names) if name in names and name not in order]
        self._own_order = (*order, *rest)
        self.rule.choose(OWN)
        self._ask()

    @Slot()
    def _on_rule(self) -> None:
        if self.rule.choice == OWN:
            order = self._programme.order if self._programme is not None else ()
            names = self.surroundings.document.net.names
            self._own_order = (*order, *(name for name in names if name not in order))
        else:
            self.surroundings.context.preferences.set(RULE_PREFERENCE, self.rule.choice)
        self._ask()

    @Slot()
    def _on_method(self) -> None:
        self.surroundings.context.preferences.set(METHOD_PREFERENCE, self.method.choice)
        self._ask()

    @Slot(str)
    def _on_stage_wanted(self, stage: str) -> None:
        programme = self._programme
        if programme is None:
            return
        self.player.pause()
        for index, moment in enumerate(programme.moments):
            if moment.stage == stage:
                self.player.go_to(index)
                break
        moment = self.moment
        if moment is not None and moment.stage:
            self.tree.stages[moment.stage].setChecked(True)

    @Slot(object)
    def _on_pair(self, pair: tuple[str, str] | None) -> None:
        self._ringed = None if pair is None else CanvasDecoration(dict.fromkeys(pair, "accent"))
        self.decoration_changed.emit()

    @Slot()
    def _on_selection(self) -> None:
        if self._is_current and self.query.follows_selection:
            self._soon.start()

    @Slot()
    def _on_document(self) -> None:
        if self._is_current:
            self._soon.start()

    def _ask_for_selection(self) -> None:
        self.query.choose("")
        self._ask()

    def keyPressEvent(self, key: QKeyEvent) -> None:
        """Play and pause with the space bar, step with the full stop, go back with the comma."""
        wanted = _KEYS.get(key.key()) if not key.modifiers() else None
        if wanted is None:
            super().keyPressEvent(key)
        else:
            self.trigger(wanted)

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        player = self.player

        def jump(index: int) -> None:
            player.pause()
            player.go_to(index)

        def step() -> None:
            player.pause()
            player.step()

        return {
            "levels.play": player.toggle,
            "levels.step": step,
            "levels.back": player.back,
            "levels.to_start": lambda: jump(0),
            "levels.to_end": lambda: jump(player.last),
            "levels.query": self._ask_for_selection,
            **{
                f"levels.level_{level}": lambda level=level: self.set_level(level)
                for level in range(4)
            },
        }

    # -- parts -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        document, canvas = self.surroundings.document, self.surroundings.canvas
        document.changed.connect(self._on_document)
        canvas.selection_changed.connect(self._on_selection)
        self.player.moved.connect(self._on_moved)
        self.player.playing_changed.connect(self.state_changed)
        self.transport.wanted.connect(self.trigger)
        self.levels.chosen.connect(self.set_level)
        self.query.query_chosen.connect(self._ask)
        self.rule.currentIndexChanged.connect(self._on_rule)
        self.method.currentIndexChanged.connect(self._on_method)
        self.order.chips.dragged.connect(self._on_dragged)
        self.order.chips.reordered.connect(self._on_reordered)
        self.tree.stage_wanted.connect(self._on_stage_wanted)
        self.pairs.pair_picked.connect(self._on_pair)

    def _lay_out(self) -> None:
        for stage in (self.empty, self.factors, self.tree, self.pairs):
            self.stages.addWidget(stage)
        self._help = QToolButton(self)
        self._help.setIcon(self.surroundings.context.icon("help"))
        self._help.setToolTip("What the levels show, and how to use them")
        self._help.setAccessibleName("Help on the levels")
        self._help.clicked.connect(lambda: self.surroundings.context.show_guide(GUIDE_PAGE))
        self._query_label = QLabel("&Query", self)
        self._query_label.setBuddy(self.query)
        top = QHBoxLayout()
        top.addWidget(self.levels)
        top.addStretch(1)
        top.addWidget(self.tree.parts)
        top.addWidget(self._help)
        controls = QHBoxLayout()
        controls.setSpacing(6)
        controls.addWidget(self.transport, 1)
        controls.addWidget(self._query_label)
        controls.addWidget(self.query)
        controls.addWidget(self.rule)
        controls.addWidget(self.method)
        order = QHBoxLayout()
        order.addWidget(self.order, 1)
        order.addWidget(self.order_cost)
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
        layout.addLayout(top)
        layout.addLayout(controls)
        layout.addLayout(order)
        layout.addWidget(splitter, 1)

    def minimumSizeHint(self) -> QSize:
        """Return less than the parts ask for at first: they give way where room is short."""
        return LEAST_SIZE

    def resizeEvent(self, resize: QResizeEvent) -> None:
        super().resizeEvent(resize)
        is_short = resize.size().width() < SHORT_BELOW
        is_bare = resize.size().width() < BARE_BELOW
        self.levels.set_short(is_short, is_bare=is_bare)
        self.transport.speed.setVisible(not is_short)
        self._query_label.setVisible(not is_short)
        self._help.setVisible(not is_bare)
        self.transport.slider.setMinimumWidth(30 if is_short else 80)
        for box in (self.query, self.rule, self.method):
            box.setMaximumWidth(NARROW_BOX if is_bare else FREE_WIDTH)
        # Room for two lines where there is any, so that nothing below moves from step to step.
        self._is_low = resize.size().height() < LOW_BELOW
        self._show_options()
        lines = 1 if self._is_low else 2
        self.sentence.setMinimumHeight(lines * self.sentence.fontMetrics().lineSpacing() + 2)


def _scrolled(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(part)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(part.minimumWidth() + 4)
    part.setAutoFillBackground(False)
    return area


def _is_same(one: Request, other: Request) -> bool:
    """Whether two requests have the same answer, whatever the looks of their nets."""
    return one == replace(other, net=one.net) if same_numbers(one.net, other.net) else False


def _differs_in_evidence(one: Request, other: Request) -> bool:
    """Whether only the evidence is another, so that messages may rest."""
    return same_numbers(one.net, other.net) and one == replace(
        other, net=one.net, evidence=one.evidence
    )


def _fitting(decoration: CanvasDecoration, net: object) -> CanvasDecoration:
    """Return the decoration without edges of nodes that are gone from the net."""
    if all(arc.source in net and arc.target in net for arc in decoration.extra_arcs):
        return decoration
    left = tuple(a for a in decoration.extra_arcs if a.source in net and a.target in net)
    return replace(decoration, extra_arcs=left)


def _eliminated(programme: Programme, index: int) -> int:
    """Return how many variables were eliminated up to a moment of building the tree."""
    moments = programme.moments[: index + 1]
    return sum(1 for moment in moments if moment.stage == "Triangulate")
