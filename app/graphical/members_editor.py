"""A list of members with a button to remove each, and a box of those that may be added."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget


class MembersEditor(QWidget):
    """Names each member and asks for others to come or go; it changes nothing itself."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, invitation: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._invitation = invitation
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.candidates = QComboBox(self)
        self.candidates.setAccessibleName(invitation.rstrip("…"))
        self.candidates.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.candidates.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._rows)
        layout.addWidget(self.candidates)

    def show_members(
        self, members: Sequence[str], tips: Sequence[str], candidates: Sequence[str]
    ) -> None:
        """Show other members, with what removing each means, and other candidates."""
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for row, (member, tip) in enumerate(zip(members, tips, strict=True)):
            self._add_row(row, member, tip)
        self.candidates.clear()
        self.candidates.addItem(self._invitation)
        self.candidates.addItems(candidates)
        self.candidates.setVisible(self.candidates.count() > 1)
        self._rows.setVisible(bool(members))

    def _add_row(self, row: int, member: str, tip: str) -> None:
        label = QLabel(member, self._rows)
        remove = QToolButton(self._rows)
        remove.setText("✕")
        remove.setToolTip(tip)
        remove.setAccessibleName(tip.partition(";")[0])
        remove.clicked.connect(partial(self._remove, member))
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(remove, row, 1)

    def _remove(self, member: str, _checked: bool = False) -> None:
        self.removed.emit(member)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        if index > 0:
            self.added.emit(self.candidates.itemText(index))
