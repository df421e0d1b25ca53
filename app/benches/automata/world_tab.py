"""The tab of the world itself: its rule with sliders, its sides, its seed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.count_toggles import CountToggles, has_counts
from app.benches.automata.long_numbers import shortened
from app.benches.automata.look_controls import LookControls, deep_sides
from app.benches.automata.panel import PanelContext, WorldTab
from app.benches.automata.parameter_row import ParameterRow
from app.benches.automata.rule_field import RuleField
from app.benches.automata.rule_parameters import RuleParameter, kernel_count, parameters_of
from app.graphical.amounts import counted
from core.automata.patterns.fresh import fresh_world, is_fresh, takes_cells
from core.automata.resettling import resettled
from core.automata.rules.reading import rule_of
from core.automata.rules.rule import Rule
from core.automata.topology import KINDS, Topology
from core.errors import MacroscopeError

LARGEST_SIDE = 2**20
LONGEST_RULE = 60


class WorldPropertiesTab(WorldTab):
    """Moves the rule while it runs, and edits what the run starts from."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._session, self._document = surroundings.session, surroundings.document
        self._rule: Rule | None = None
        self._shape: object = None
        self._kernel = 0
        self.rows: dict[str, ParameterRow] = {}
        self.rule_field = RuleField(self)
        self.problem = QLabel(self)
        self.toggles = CountToggles(self)
        self.kernels = QComboBox(self)
        self.topology = QComboBox(self)
        self.width_box, self.height_box = self._side("Width"), self._side("Height")
        self.deeper = QLabel(self)
        self.resettle = QPushButton("Put on these sides", self)
        self.seed = QSpinBox(self)
        self.look = LookControls(self._document, surroundings.context.dialogs, self)
        self.notes = QPlainTextEdit(self)
        self._lay_out()
        self._connect()
        self._show_world()
        self._show_rule(self._session.rule)

    # -- following ---------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._show_world()
        self._show_rule(self._session.document.rule)

    @Slot(object)
    def _on_frame(self, frame: object) -> None:
        if frame.rule is not self._rule:
            self._show_rule(frame.rule)

    def _show_world(self) -> None:
        world = self._document.world
        topology = world.topology
        self.topology.setCurrentIndex(max(0, self.topology.findData(topology.kind)))
        self.width_box.setValue(max(1, topology.width))
        self.height_box.setValue(max(1, topology.height))
        self.height_box.setEnabled(world.rule.dimensions > 1)
        deeper = [side for side in reversed(deep_sides(world)) if side > 1]
        self.deeper.setText("".join(f"by {side:,} " for side in deeper).strip())
        self.deeper.setVisible(bool(deeper))
        self._on_topology()
        if not self.seed.hasFocus():
            self.seed.setValue(world.seed)
        about = "\n".join(part for part in (world.title, world.notes) if part)
        if self.notes.toPlainText() != about:
            self.notes.setPlainText(about)
        self.notes.setVisible(bool(about))

    def _show_rule(self, rule: Rule) -> None:
        self._rule = rule
        self.rule_field.show_rule(rule.text)
        self._show_kernels(kernel_count(rule))
        parameters = self._parameters_of(rule)
        shape = (type(rule), tuple(each.name for each in parameters))
        if shape != self._shape:
            self._shape = shape
            self._make_rows(rule)
        for each in parameters:
            row = self.rows[each.name]
            row.parameter = each
            row.show_value(each.value)
        self.toggles.setVisible(has_counts(rule))
        if has_counts(rule):
            self.toggles.show_rule(rule)

    def _show_kernels(self, count: int) -> None:
        if self.kernels.count() != count:
            self._kernel = min(self._kernel, max(count - 1, 0))
            self.kernels.blockSignals(True)
            self.kernels.clear()
            self.kernels.addItems([f"Kernel {number + 1} of {count}" for number in range(count)])
            self.kernels.setCurrentIndex(self._kernel)
            self.kernels.blockSignals(False)
        self.kernels.setVisible(count > 1)

    def _parameters_of(self, rule: Rule) -> tuple[RuleParameter, ...]:
        is_bounded = self._document.world.topology.is_bounded
        return parameters_of(rule, self._kernel, takes_noise=is_bounded)

    def _make_rows(self, rule: Rule) -> None:
        for row in self.rows.values():
            self._sliders.removeWidget(row)
            row.deleteLater()
        self.rows = {}
        for parameter in self._parameters_of(rule):
            row = ParameterRow(parameter, self)
            row.moved.connect(lambda value, each=row: self._on_moved(each, value))
            row.released.connect(self._document.end_merge)
            self._sliders.addWidget(row)
            self.rows[parameter.name] = row

    # -- editing -----------------------------------------------------------------------------------

    def _on_moved(self, row: ParameterRow, value: float) -> None:
        name = row.parameter.name
        try:
            rule = row.parameter.put(value)
        except (MacroscopeError, ValueError) as problem:
            self._say(str(problem))
            row.show_value(row.parameter.value)
            return
        self._say("")
        self._rule = rule
        self._session.change_rule(f"Change {name}", rule, merge_key=f"rule-{name}")

    @Slot(str, str)
    def _on_counts(self, born: str, survive: str) -> None:
        rule = replace(self._session.rule, born=born, survive=survive)
        self._document.end_merge()
        self._session.change_rule(f"Change the rule to {rule.text}", rule)

    @Slot()
    def _on_rule_typed(self) -> None:
        if not self.rule_field.isModified():
            return
        world = self._document.world
        try:
            rule = rule_of(self.rule_field.text())
            is_fit = takes_cells(rule, world)
            is_other = bool(rule.states == 0 and type(rule) is not type(world.rule))
            is_anew = (is_other or not is_fit) and is_fresh(self._document.subject)
            if not is_fit and not is_anew:
                raise _Unfit(rule, world.rule)
        except MacroscopeError as problem:
            self._say(str(problem))
            return
        self._say("")
        self.rule_field.setModified(False)
        shown = rule.text if len(rule.text) < 40 else "another one"
        if is_anew:
            self._begin_anew(f"Make a world of the rule {shown}", rule)
        else:
            self._session.change_rule(f"Change the rule to {shown}", rule)

    def _begin_anew(self, text: str, rule: Rule) -> None:
        """Put a new world of a rule in place of one in which there is nothing."""
        self._session.pause()
        made, before = fresh_world(rule), self._document.world
        world = replace(made.world, name=before.name, seed=before.seed)
        self._document.edit(text, lambda _before: replace(made, world=world))

    @Slot(int)
    def _on_kernel(self, index: int) -> None:
        self._kernel = max(index, 0)
        self._shape = None
        self._show_rule(self._session.rule)

    @Slot()
    def _on_topology(self) -> None:
        is_bounded = self.topology.currentData() != "unbounded"
        self.width_box.setEnabled(is_bounded)
        self.height_box.setEnabled(is_bounded and self._document.world.rule.dimensions > 1)

    @Slot()
    def _on_resettle(self) -> None:
        kind = self.topology.currentData()
        width, height = self.width_box.value(), self.height_box.value()
        try:
            axis = "x" if kind == "klein" else ""  # top and bottom are twisted
            bounded = kind != "unbounded"
            topology = Topology(kind, width, height, axis=axis) if bounded else Topology()
            world = resettled(self._document.world, topology)
        except MacroscopeError as problem:
            self._say(str(problem))
            return
        self._say("")
        self._session.pause()
        self._document.edit("Change the sides", lambda subject: subject.with_world(world))

    @Slot()
    def _on_seed(self) -> None:
        seed = self.seed.value()
        if seed != self._document.world.seed:
            self._document.edit(
                "Change the seed",
                lambda subject: replace(subject, world=replace(subject.world, seed=seed)),
            )

    def _say(self, text: str) -> None:
        # a line may end after each number of a rule, or the long word would widen the inspector
        self.problem.setText(text.replace(",", ",\u200b"))
        self.problem.setVisible(bool(text))

    # -- parts -------------------------------------------------------------------------------------

    def _side(self, name: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(1, LARGEST_SIDE)
        box.setMinimumWidth(64)
        box.setAccessibleName(f"{name} in cells")
        box.setToolTip(f"{name} in cells")
        return box

    def _connect(self) -> None:
        self.rule_field.editingFinished.connect(self._on_rule_typed)
        self.toggles.changed.connect(self._on_counts)
        self.kernels.currentIndexChanged.connect(self._on_kernel)
        self.topology.currentIndexChanged.connect(self._on_topology)
        self.resettle.clicked.connect(self._on_resettle)
        self.seed.editingFinished.connect(self._on_seed)
        self._document.changed.connect(self._on_changed)
        self._session.frame_ready.connect(self._on_frame)

    def _lay_out(self) -> None:
        self.rule_field.setAccessibleName("Rule")
        self.rule_field.setToolTip(
            "The rule in force, such as B3/S23, W30 or lenia:R=13,T=10;m=0.15,s=0.015; "
            "type another one and press Enter"
        )
        self.problem.setWordWrap(True)
        self.problem.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.problem.setProperty("role", "danger")
        self.problem.hide()
        self.kernels.setAccessibleName("Kernel")
        for kind in KINDS:
            if kind not in ("tube", "fixed"):
                self.topology.addItem(kind.capitalize(), kind)
        self.topology.setAccessibleName("Topology")
        self.topology.setToolTip("How the sides of the world are joined")
        self.resettle.setToolTip("Put the first state on a board of these sides; runs begin anew")
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setMinimumWidth(64)
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("Decides everything random; the same seed gives the same run")
        self.notes.setReadOnly(True)
        self.notes.setFrameShape(QFrame.Shape.NoFrame)
        self.notes.setMaximumHeight(110)
        self.notes.setAccessibleName("About this world")
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(_heading("Rule", inside))
        column.addWidget(self.rule_field)
        column.addWidget(self.problem)
        column.addWidget(self.toggles)
        column.addWidget(self.kernels)
        self._sliders = QVBoxLayout()
        self._sliders.setSpacing(4)
        column.addLayout(self._sliders)
        column.addSpacing(6)
        column.addWidget(_heading("Sides", inside))
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow("Topology", self.topology)
        sides = QHBoxLayout()
        sides.addWidget(self.width_box, 1)
        sides.addWidget(QLabel("by", inside))
        sides.addWidget(self.height_box, 1)
        sides.addWidget(self.deeper)
        form.addRow("Cells", sides)
        form.addRow("", self.resettle)
        form.addRow("Seed", self.seed)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(_heading("Look", inside))
        column.addWidget(self.look)
        column.addWidget(self.notes)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)


class _Unfit(MacroscopeError):
    def __init__(self, rule: Rule, before: Rule) -> None:
        super().__init__(
            f"The rule {_short(rule.text)} does not fit the cells of this world, which have "
            f"{counted(before.dimensions, 'dimension')} and "
            f"{counted(before.states, 'state') if before.states else 'real values'}; choose "
            f"Study, New cellular world of, or type it into an empty world."
        )


def _short(text: str) -> str:
    plain = shortened(text)
    return plain if len(plain) <= LONGEST_RULE else plain[: LONGEST_RULE - 1] + "…"


def _heading(text: str, owner: QWidget) -> QLabel:
    label = QLabel(text, owner)
    label.setProperty("role", "heading")
    return label
