"""The dialog for a projection of one's own: typed, pasted, or opened from CSV or NPY."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.shell.dialogs import Dialogs
from core.errors import MacroscopeError
from core.processes.projection_matrix import matrix_text, read_matrix_file, read_matrix_text

FILTERS = "Matrix (*.csv *.txt *.npy);;All files (*)"


class MatrixDialog(QDialog):
    """Takes two numbers for each state and says in one sentence what is wrong with them."""

    def __init__(
        self, states: Sequence[str], matrix: np.ndarray, dialogs: Dialogs, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._states, self._dialogs = tuple(states), dialogs
        self.matrix: np.ndarray | None = None
        self.setWindowTitle("Projection matrix")
        listed = ", ".join(self._states[:12]) + (", …" if len(self._states) > 12 else "")
        explained = QLabel(
            f"Each state's corner of the simplex is drawn at x, y. Give {len(states)} rows of two "
            f"numbers, in the order {listed}.",
            self,
        )
        explained.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName("Two numbers for each state")
        self.text.setTabChangesFocus(True)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(2 * self.fontMetrics().height())
        self.problem.setProperty("role", "muted")
        self.problem.setAccessibleName("What is wrong with the matrix")
        self.open_button = QPushButton("Open…", self)
        self.open_button.setToolTip("Read the matrix from a CSV or NPY file")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._on_open)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.open_button)
        bottom.addWidget(self.buttons, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.problem)
        layout.addLayout(bottom)
        self.resize(420, 360)
        self.text.textChanged.connect(self._check)
        self.text.setPlainText(matrix_text(matrix))
        self.text.selectAll()

    @Slot()
    def _check(self) -> None:
        try:
            self.matrix = read_matrix_text(self.text.toPlainText(), self._states)
            self.problem.clear()
        except MacroscopeError as problem:
            self.matrix = None
            self.problem.setText(str(problem))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.matrix is not None)

    @Slot()
    def _on_open(self) -> None:
        path = self._dialogs.open_path("Open a projection matrix", FILTERS)
        if path is None:
            return
        try:
            self.text.setPlainText(matrix_text(read_matrix_file(path, self._states)))
        except MacroscopeError as problem:
            self.problem.setText(str(problem))
