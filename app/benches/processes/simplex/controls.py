"""The choices above the simplex: what is shown of the beliefs, in which colours, from where."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from app.benches.processes.simplex.kept_view import place_of, whole_of
from app.benches.processes.simplex.request import DEEPEST
from app.graphical.panel_parts import icon_button
from core.processes.model import HiddenMarkovModel

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
OWN, RECURRENT = 3, 2
USUAL_POINTS = 2
MOST_AXES = 500
MOST_REMEMBERED = 6
NARROWEST = 56
"""Pixels that a choice keeps where the window is narrow."""


class SimplexControls(QWidget):
    """Holds what is chosen; what means nothing to the machine or to the rest is hidden."""

    changed = Signal()
    own_asked = Signal()
    """The button was pressed that shows the matrix of one's own projection."""

    def __init__(self, matrix_icon: QIcon, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._n = 0
        self._axes_kept: tuple[str, ...] = ()
        self.mode = self._box("What is shown", MODES)
        self.colour = self._box("Colours of beliefs", COLOURS)
        self.remembered = QSpinBox(self)
        self.points = self._box("Beliefs played in the chaos game", POINTS)
        self.points.setCurrentIndex(USUAL_POINTS)
        self.depth = QSpinBox(self)
        self.projection = self._box("Projection of four states or more", PROJECTIONS)
        self.axes = (QComboBox(self), QComboBox(self))
        self.matrix_button = icon_button(
            matrix_icon, "Edit the projection matrix", self.own_asked.emit, self
        )
        self._lay_out()
        for box in (self.mode, self.colour, self.points, self.projection, *self.axes):
            box.currentIndexChanged.connect(self._on_choice)
        self.depth.valueChanged.connect(self._on_choice)
        self.remembered.valueChanged.connect(self._on_choice)

    @property
    def is_own(self) -> bool:
        """Whether the corners lie where the study says."""
        return self.projection.currentIndex() == OWN

    def wishes(self) -> dict[str, Any]:
        """Return what is chosen, as fields of a request."""
        return {
            "mode": MODES[self.mode.currentIndex()][0],
            "colour": COLOURS[self.colour.currentIndex()][0],
            "points": POINTS[self.points.currentIndex()][0],
            "depth": self.depth.value(),
            "projection": PROJECTIONS[self.projection.currentIndex()][0],
            "axes": tuple(max(box.currentIndex(), 0) for box in self.axes),
            "remembered": self.remembered.value(),
        }

    def kept(self) -> dict[str, Any]:
        """Return what is chosen as the study keeps it: axes by the names of their states."""
        return {**self.wishes(), "axes": [box.currentText() for box in self.axes]}

    def restore(self, view: Mapping[str, Any]) -> None:
        """Choose what the study kept; a file may hold anything."""
        for box, key, choices in (
            (self.mode, "mode", MODES),
            (self.colour, "colour", COLOURS),
            (self.points, "points", POINTS),
            (self.projection, "projection", PROJECTIONS),
        ):
            box.setCurrentIndex(place_of(view, key, choices, box.currentIndex()))
        self.depth.setValue(whole_of(view, "depth", 0, DEEPEST, self.depth.value()))
        self.remembered.setValue(whole_of(view, "remembered", 1, MOST_REMEMBERED, 1))
        axes = view.get("axes")
        if isinstance(axes, list):
            self._axes_kept = tuple(str(name) for name in axes[: len(self.axes)])

    def show_model(self, model: HiddenMarkovModel) -> None:
        """Offer what a machine has to be chosen from."""
        self._n = model.n
        states = list(model.states[:MOST_AXES])
        for place, box in enumerate(self.axes):
            if [box.itemText(i) for i in range(box.count())] != states:
                box.blockSignals(True)
                box.clear()
                box.addItems(states)
                box.setCurrentIndex(min(place, box.count() - 1))
                if place < len(self._axes_kept):
                    box.setCurrentText(self._axes_kept[place])
                box.blockSignals(False)
        self._axes_kept = ()
        self._show_fitting()

    @Slot()
    def _on_choice(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        """Show the choices that mean something to the machine and to the other choices."""
        is_many, wishes = self._n >= 4, self.wishes()
        is_tree = wishes["mode"] == "tree"
        self.projection.setItemText(0, "Tetrahedron" if self._n == 4 else "Polygon")
        self.points.setVisible(not is_tree)
        self.depth.setVisible(is_tree)
        self.remembered.setVisible(wishes["colour"] == "last-symbols" and not is_tree)
        self.projection.setVisible(is_many)
        self.matrix_button.setVisible(is_many and self.is_own)
        for box in self.axes:
            box.setVisible(is_many and wishes["projection"] == "coordinates")

    # -- parts -----------------------------------------------------------------------------------

    def _box(self, name: str, choices: Sequence[tuple[object, str]]) -> QComboBox:
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
        self.axes[0].setToolTip("State whose probability runs to the right")
        self.axes[1].setToolTip("State whose probability runs upwards")
        for box in self.axes:
            box.setAccessibleName(box.toolTip())
        self.remembered.setRange(1, MOST_REMEMBERED)
        self.remembered.setSuffix(" last")
        self.remembered.setAccessibleName("Last symbols that decide the colour")
        self.remembered.setToolTip("How many last symbols decide the colour")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        boxes = (self.mode, self.colour, self.remembered, self.points, self.depth)
        for part in (*boxes, self.projection, *self.axes, self.matrix_button):
            part.setMinimumWidth(min(part.sizeHint().width(), NARROWEST))
            row.addWidget(part)
