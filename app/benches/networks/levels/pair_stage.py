"""Level 3 on the stage: the table of pairs fills up, then the mutual information is picked from."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app.benches.networks.levels.heat_map import NO_CELLS, Cells, HeatMap, pair_grid
from app.benches.networks.levels.moments import Moment, ShownTable
from app.benches.networks.levels.pair_moments import PairPicture, clique_table, pair_table
from app.benches.networks.levels.table_pane import TablePane, beside_table
from app.graphical.amounts import counted
from core.networks.model import BayesNet

Work = Callable[[Callable[[], ShownTable], Callable[[ShownTable], None]], None]


class PairStage(QWidget):
    """The matrix on the left, the joint table of the picked pair on the right."""

    pair_picked = Signal(object)
    """(two names), or None: what to ring on the net."""

    def __init__(
        self, palette: Mapping[str, str], work: Work, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._work = work
        self._net = BayesNet()
        self._moment: Moment | None = None
        self._picture: PairPicture | None = None
        self._pair: tuple[str, str] | None = None
        self.heat_map = HeatMap(palette, self)
        self.heat_map.picked.connect(self._on_picked)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "muted")
        self.logarithmic = QCheckBox("Logarithmic", self)
        self.logarithmic.setToolTip("Spread small values: six powers of ten over the colours")
        self.logarithmic.toggled.connect(self.heat_map.set_logarithmic)
        self.table = TablePane(palette)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heat_map, 1)
        column.addWidget(self.logarithmic, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(beside_table(left, self.table, (560, 300), self), 1)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The picked variables."""
        return self._pair

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.heat_map.apply_palette(palette)
        self.table.apply_palette(palette)

    def show_moment(self, net: BayesNet, moment: Moment, picture: PairPicture) -> None:
        """Show the pairs of a moment; picked variables stay picked."""
        self._net, self._moment, self._picture = net, moment, picture
        has_matrix = picture.matrix is not None
        self.logarithmic.setVisible(has_matrix)
        if has_matrix:
            self.heading.setText("Mutual information of pairs of variables")
            self.heat_map.setAccessibleName("Mutual information of pairs of variables")
            self.heat_map.show_cells(_matrix_cells(net, picture))
            self._pick_names()
        else:
            self.heading.setText("Joints of pairs of cliques; colour: distance in the tree")
            self.heat_map.setAccessibleName("Joints of pairs of cliques")
            self.heat_map.show_cells(_clique_cells(net, picture))
        self._show_table()

    def _pick_names(self) -> None:
        names = self._net.names
        if self._pair is not None and all(name in self._net for name in self._pair):
            self.heat_map.pick((names.index(self._pair[0]), names.index(self._pair[1])))
        else:
            self._pair = None
            self.heat_map.pick(None)

    @Slot(int, int)
    def _on_picked(self, row: int, column: int) -> None:
        picture = self._picture
        if picture is None:
            return
        if picture.matrix is not None:
            self._pair = (self._net.names[row], self._net.names[column])
        self._show_table()
        self.pair_picked.emit(self._pair if picture.matrix is not None else None)

    def _show_table(self) -> None:
        picture, moment = self._picture, self._moment
        if picture is None or moment is None:
            return
        if picture.matrix is not None:
            if self._pair is None or picture.joint is None:
                self.table.show_table(None, "Click a cell to see the joint table of its pair.")
                return
            first, second = (self._net.names.index(name) for name in self._pair)
            pair = self._pair
            self._work(
                partial(picture.joint, first, second), lambda table: self._on_joint(pair, table)
            )
            return
        table = self._clique_pair_table(picture)
        if table is None and moment.table is not None:
            table = moment.table()
        self.table.show_table(table, "Click a filled cell to see the joint table of two cliques.")

    def _on_joint(self, pair: tuple[str, str], table: ShownTable) -> None:
        if pair == self._pair:
            self.table.show_table(table)

    def _clique_pair_table(self, picture: PairPicture) -> ShownTable | None:
        chosen = self.heat_map.chosen
        if chosen is None or picture.run is None:
            return None
        first, second = min(chosen), max(chosen)
        if first == second:
            return clique_table(self._net, picture.run, first)
        made = (s for s in picture.run.steps[: picture.made])
        step = next((s for s in made if (s.plan.first, s.plan.second) == (first, second)), None)
        return None if step is None else pair_table(self._net, step)


def _matrix_cells(net: BayesNet, picture: PairPicture) -> Cells:
    matrix, names = picture.matrix, net.names
    if matrix is None:
        return NO_CELLS

    def tip(row: int, column: int) -> str:
        value = f"{matrix[row, column]:.4g} nats"
        if row == column:
            return f"Entropy of {names[row]}: {value}"
        return f"Mutual information of {names[row]} and {names[column]}: {value}"

    return Cells(names, matrix, tip, "nats")


def _clique_cells(net: BayesNet, picture: PairPicture) -> Cells:
    run = picture.run
    if run is None:
        return NO_CELLS
    steps = run.steps[: picture.made]
    pairs = [(s.plan.first, s.plan.second, s.plan.distance) for s in steps]
    cliques = run.tree.cliques
    names, values = pair_grid(len(cliques), pairs, [f"C{i + 1}" for i in range(len(cliques))])
    sizes = {(s.plan.first, s.plan.second): s.joint.size for s in steps}

    def tip(row: int, column: int) -> str:
        members = [", ".join(net.names[v] for v in cliques[i]) for i in (row, column)]
        if row == column:
            return f"C{row + 1} = {{{members[0]}}}: {counted(run.cliques[row].size, 'cell')}"
        what = f"C{row + 1} = {{{members[0]}}} and C{column + 1} = {{{members[1]}}}"
        size = sizes.get((min(row, column), max(row, column)))
        if size is None:
            return f"{what}: not made yet"
        return f"{what}: {counted(size, 'cell')}, distance {values[row, column]:.0f}"

    now = None
    if steps:
        now = (steps[-1].plan.first, steps[-1].plan.second)
    furthest = max((step.plan.distance for step in run.steps), default=1)
    return Cells(names, values, tip, "links", now, float(furthest), has_diagonal=True)
