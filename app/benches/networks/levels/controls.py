"""The rows above the stage: level, transport, query, rule, calibration and elimination order."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from app.benches.networks.levels.level_row import LevelRow
from app.benches.networks.levels.numbers import short_count
from app.benches.networks.levels.option_boxes import QueryBox, method_box, rule_box
from app.benches.networks.levels.order_row import OrderRow
from app.benches.networks.levels.player import Player
from app.benches.networks.levels.request import (
    CLIQUE_TREE,
    ELIMINATION,
    OWN,
    Request,
    likely_query,
)
from app.benches.networks.levels.transport import TransportBar
from app.benches.networks.panel import PanelContext
from core.networks.levels.elimination_plan import OrderCost

RULE_PREFERENCE = "networks.levels.rule"
METHOD_PREFERENCE = "networks.levels.method"
GUIDE_PAGE = "networks-levels"

SHORT_BELOW, BARE_BELOW = 800, 640
"""Narrower rows leave out names of levels and the speed, and then all that can be spared."""

TRANSPORT_WIDTH = 290
"""What the buttons, the slider and the count of steps need at least."""

NARROW_BOX, FREE_WIDTH = 78, 2**24 - 1
"""Greatest widths of the boxes with choices, where room is short and where it is not."""


class LevelControls(QWidget):
    """Says what is asked for; `parts` are the names of the clique tree's parts."""

    changed = Signal()
    """Another query, rule, order or way of calibrating is wanted."""

    def __init__(self, surroundings: PanelContext, player: Player, parts: QWidget) -> None:
        super().__init__()
        self._surroundings = surroundings
        context = surroundings.context
        self._level = ELIMINATION
        self._own_order: tuple[str, ...] = ()
        self._last_selection: tuple[str, ...] = ()
        actions = [surroundings.action(f"levels.level_{level}") for level in range(4)]
        self.levels = LevelRow(actions, self)
        self.transport = TransportBar(player, context.icon, surroundings.action, self)
        self.query = QueryBox(self)
        self.rule = rule_box(self)
        self.rule.choose(str(context.preferences.get(RULE_PREFERENCE, "min-fill")))
        self.method = method_box(self)
        self.method.choose(str(context.preferences.get(METHOD_PREFERENCE, "sum-product")))
        self.order = OrderRow(context.palette, self)
        self.order_cost = QLabel(self)
        self.order_cost.setToolTip(
            "Cells of the largest table of this order, its multiplications (×) and additions (+)"
        )
        self._parts = parts
        self._order_cost = ""
        self._is_short = False
        self._query_label = QLabel("&Query", self)
        self._query_label.setBuddy(self.query)
        self._help = QToolButton(self)
        self._lay_out()
        self.query.query_chosen.connect(self.changed)
        self.rule.currentIndexChanged.connect(self._on_rule)
        self.method.currentIndexChanged.connect(self._on_method)
        self.order.chips.reordered.connect(self._on_reordered)

    def _lay_out(self) -> None:
        context = self._surroundings.context
        self._help.setIcon(context.icon("help"))
        self._help.setToolTip("What the levels show, and how to use them")
        self._help.setAccessibleName("Help on the levels")
        self._help.clicked.connect(lambda: context.show_guide(GUIDE_PAGE))
        top, middle, bottom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.levels)
        top.addStretch(1)
        top.addWidget(self._parts)
        top.addWidget(self._help)
        middle.setSpacing(6)
        middle.addWidget(self.transport, 1)
        for part in (self._query_label, self.query, self.rule, self.method):
            middle.addWidget(part)
        bottom.addWidget(self.order, 1)
        bottom.addWidget(self.order_cost)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for row in (top, middle, bottom):
            layout.addLayout(row)

    def request(self, level: int) -> Request:
        """Return what is asked for at a level now."""
        document = self._surroundings.document
        net = document.net
        fallback = likely_query(net, document.evidence)
        self.query.set_names(net.names, fallback[0] if fallback else "")
        query: tuple[str, ...] = (self.query.name,)
        if self.query.follows_selection:
            selected = tuple(n for n in self._surroundings.canvas.selected() if n in net)
            self._last_selection = selected or tuple(n for n in self._last_selection if n in net)
            query = self._last_selection
        rule = self.rule.choice
        if rule == OWN:
            kept = [name for name in self._own_order if name in net]
            self._own_order = (*kept, *(n for n in net.names if n not in kept))
        order = self._own_order if rule == OWN else ()
        return Request(net, document.evidence, level, query, rule, order, self.method.choice)

    def follow_selection(self) -> None:
        """Make the selection of the net the query."""
        self.query.choose("")
        self.changed.emit()

    def show_level(self, level: int, *, has_order: bool = True) -> None:
        """Show what a level can be asked for."""
        self._level = level
        self.levels.set_level(level)
        has_order = has_order and level in (ELIMINATION, CLIQUE_TREE)
        self.order.setVisible(has_order)
        self.order_cost.setVisible(has_order)
        self.rule.setVisible(level >= ELIMINATION)
        self.method.setVisible(level >= CLIQUE_TREE)
        self._parts.setVisible(level == CLIQUE_TREE)

    @Slot(object)
    def show_order_cost(self, cost: OrderCost | None) -> None:
        """Say what an order costs."""
        if cost is None or self._level not in (ELIMINATION, CLIQUE_TREE):
            self._order_cost = ""
            self.order_cost.clear()
            return
        what = "clique" if self._level == CLIQUE_TREE else "table"
        text = f"largest {what} {short_count(cost.largest)} cells"
        if self._level == ELIMINATION:
            times = short_count(cost.operations.multiplications)
            text += f" · {times} × {short_count(cost.operations.additions)} +"
        self._order_cost = text
        self._show_order_cost()

    def _show_order_cost(self) -> None:
        """Leave room to the order where it is short: the operations stand in the table too."""
        text = self._order_cost
        self.order_cost.setText(text.partition(" · ")[0] if self._is_short else text)

    def set_room(self, width: int) -> None:
        """Leave out what there is no room for."""
        is_short, is_bare = width < SHORT_BELOW, width < BARE_BELOW
        self._is_short = is_short
        self._show_order_cost()
        self.levels.set_short(is_short, is_bare=is_bare)
        self.transport.speed.setVisible(not is_short)
        self.transport.slider.setMinimumWidth(30 if is_short else 80)
        self._query_label.setVisible(not is_short)
        self._help.setVisible(not is_bare)
        for box in (self.query, self.rule, self.method):
            share = (width - TRANSPORT_WIDTH) // 3
            box.setMaximumWidth(max(NARROW_BOX, share) if is_bare else FREE_WIDTH)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.transport.apply_palette()
        self._help.setIcon(self._surroundings.context.icon("help"))
        self.order.chips.apply_palette(palette)

    @Slot(object)
    def _on_reordered(self, order: tuple[str, ...]) -> None:
        names = self._surroundings.document.net.names
        rest = [name for name in (self._own_order or names) if name in names and name not in order]
        self._own_order = (*order, *rest)
        self.rule.choose(OWN)
        self.changed.emit()

    @Slot()
    def _on_rule(self) -> None:
        if self.rule.choice == OWN:
            self._own_order = self.order.chips.order
        else:
            self._surroundings.context.preferences.set(RULE_PREFERENCE, self.rule.choice)
        self.changed.emit()

    @Slot()
    def _on_method(self) -> None:
        self._surroundings.context.preferences.set(METHOD_PREFERENCE, self.method.choice)
        self.changed.emit()
