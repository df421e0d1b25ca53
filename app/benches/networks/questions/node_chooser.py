"""A group of nodes that a question is about, chosen on the canvas or from the selection."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.benches.networks.panel import PanelContext
from app.benches.networks.questions.chip_list import ChipList
from app.benches.networks.questions.picker import Picker

FOLLOW_MS = 30


class NodeChooser(QWidget):
    """Holds an ordered group of nodes.

    While it `follows`, the group is what is selected on the canvas; picking, or taking a chip
    away, makes the group stand by itself.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        help: str,
        surroundings: PanelContext,
        picker: Picker,
        *,
        follows: bool = False,
        most: int = 0,
    ) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._picker = picker
        self._names: tuple[str, ...] = ()
        self._can_follow = follows
        self._most = most
        self.pick = QToolButton(self)
        self.follow = QToolButton(self)
        self.clear_button = QToolButton(self)
        self.chips = ChipList(title, self)
        self.nothing = QLabel(self)
        self._timer = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._timer.timeout.connect(self._follow_now)
        self._lay_out(title, help)
        self._connect()
        self.follow.setChecked(follows)
        self._follow_now()
        self._show()

    @property
    def names(self) -> tuple[str, ...]:
        """The nodes of the group that are in the net."""
        net = self._surroundings.document.net
        return tuple(name for name in self._names if name in net)

    @property
    def follows(self) -> bool:
        """Whether the group is what is selected."""
        return self.follow.isChecked()

    def set_names(self, names: Iterable[str]) -> None:
        """Let the group be exactly these nodes, and follow the selection no longer."""
        self.follow.setChecked(False)
        self._set(tuple(dict.fromkeys(names)))

    @Slot(str)
    def toggle(self, name: str) -> None:
        """Put a node into the group, or take it out."""
        inside = name in self._names
        if self._most == 1:
            self.set_names(() if inside else (name,))
        else:
            rest = tuple(each for each in self._names if each != name)
            self.set_names(rest if inside else (*rest, name))

    @Slot()
    def take_selection(self) -> None:
        """Put what is selected into the group."""
        selected = self._surroundings.canvas.selected()
        self.set_names(selected[-1:] if self._most == 1 else (*self._names, *selected))

    @Slot()
    def clear(self) -> None:
        """Empty the group."""
        self.set_names(())

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.chips.apply_palette(palette)
        icon = self._surroundings.context.icon
        self.pick.setIcon(icon("pick"))
        self.follow.setIcon(icon("follow"))
        self.clear_button.setIcon(icon("close"))

    def _set(self, names: tuple[str, ...]) -> None:
        if names == self._names:
            return
        self._names = names
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        names = self.names
        self.chips.show_names(names)
        self.chips.setVisible(bool(names))
        self.nothing.setVisible(not names)
        self.clear_button.setVisible(bool(names))

    @Slot()
    def _follow_now(self) -> None:
        if self.follows:
            selected = tuple(self._surroundings.canvas.selected())
            self._set(selected[-1:] if self._most == 1 else selected)

    @Slot(bool)
    def _on_pick(self, is_wanted: bool) -> None:
        if is_wanted:
            self._picker.begin(self, self.toggle)
        elif self._picker.holder is self:
            self._picker.end()

    @Slot()
    def _on_picker(self) -> None:
        self.pick.setChecked(self._picker.holder is self)

    @Slot(bool)
    def _on_follow(self, is_wanted: bool) -> None:
        if is_wanted:
            if self._picker.holder is self:
                self._picker.end()
            self._follow_now()

    def _connect(self) -> None:
        self.pick.toggled.connect(self._on_pick)
        self.follow.toggled.connect(self._on_follow)
        self.clear_button.clicked.connect(self.clear)
        self.chips.removed.connect(self.toggle)
        self._picker.changed.connect(self._on_picker)
        self._surroundings.canvas.selection_changed.connect(self._timer.start)
        self._surroundings.document.changed.connect(self._show)

    def _lay_out(self, title: str, help: str) -> None:
        label = QLabel(title, self)
        label.setProperty("role", "heading")
        label.setToolTip(help)
        for button, tip in (
            (self.pick, f"Click nodes on the net to choose them: {title.lower()}"),
            (self.follow, "Take whatever is selected on the net"),
            (self.clear_button, f"Choose nothing: {title.lower()}"),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
        self.pick.setCheckable(True)
        self.follow.setCheckable(True)
        self.follow.setVisible(self._can_follow)
        self.nothing.setText("What is selected" if self._can_follow else "Nothing")
        self.nothing.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(label, 1)
        head.addWidget(self.clear_button)
        head.addWidget(self.follow)
        head.addWidget(self.pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.chips)
        layout.addWidget(self.nothing)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
