"""The matrices of the machine: T of every symbol to type into, and their sum."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.benches.processes.drafts import can_normalise
from app.benches.processes.matrix_model import MatrixModel
from app.benches.processes.process_document import ProcessDocument
from app.graphical.callout import Callout
from core.processes.model import HiddenMarkovModel

ALL = "all symbols"


class MatrixPanel(QWidget):
    """Shows one matrix; what is typed changes that entry alone, so a row may miss 1 for a while."""

    def __init__(self, document: ProcessDocument, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._document = document
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("Symbol whose matrix is shown")
        self.choice.setToolTip("The matrix of one symbol, or the sum of all")
        self.matrix = MatrixModel(self)
        self.view = QTableView(self)
        self.view.setModel(self.matrix)
        self.view.setAccessibleName("Transition matrix")
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.horizontalHeader().setDefaultSectionSize(72)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(26)
        self.callout = Callout("Normalise rows", self)
        self._hint = QLabel(
            "Rows are states, columns next states. Write 0.25, 25 % or 1/4; 0 removes an edge.",
            self,
        )
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        self._lay_out()
        self.choice.currentIndexChanged.connect(self.refresh)
        self.matrix.entered.connect(self._on_entered)
        self.matrix.refused.connect(document.say)
        self.callout.pressed.connect(self.normalise)
        document.changed.connect(self.refresh)
        self.refresh()

    @property
    def symbol(self) -> str | None:
        """The symbol whose matrix is shown, None for the sum of all."""
        place = self.choice.currentIndex()
        alphabet = self._document.model.alphabet
        return alphabet[place] if 0 <= place < len(alphabet) else None

    @Slot()
    def refresh(self) -> None:
        """Show the matrix as the document has it now."""
        model = self._document.model
        wanted = [*(f"T({symbol})" for symbol in model.alphabet), f"T, {ALL}"]
        if [self.choice.itemText(i) for i in range(self.choice.count())] != wanted:
            place = max(self.choice.currentIndex(), 0)
            with QSignalBlocker(self.choice):
                self.choice.clear()
                self.choice.addItems(wanted)
                self.choice.setCurrentIndex(min(place, len(wanted) - 1))
        self.matrix.show_matrix(model, self.symbol)
        bad = model.bad_rows()
        if bad and model.n:
            names = ", ".join(bad[:4]) + (", …" if len(bad) > 4 else "")
            rows = "row" if len(bad) == 1 else "rows"
            self.callout.button.setVisible(can_normalise(model))
            self.callout.show_text(f"Measures wait until the {rows} of {names} sum to 1.")
        else:
            self.callout.hide()

    @Slot()
    def normalise(self) -> None:
        """Divide every row that misses 1 by its sum."""

        def normalised(model: HiddenMarkovModel) -> HiddenMarkovModel:
            for state in model.bad_rows():
                model = model.normalised_row(state)
            return model

        self._document.edit_model("Normalise rows", normalised)

    def focus_table(self) -> None:
        """Let numbers be typed."""
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.matrix.rowCount():
            self.view.setCurrentIndex(self.matrix.index(0, 0))

    def show_state(self, state: str | None) -> None:
        """Bring the row of a state into sight."""
        if state is not None:
            self.view.scrollTo(self.matrix.index(self._document.model.state_index(state), 0))

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.matrix.set_colours(palette["danger"], palette["muted_text"])
        self.callout.apply_palette(palette)

    @Slot(str, str, float)
    def _on_entered(self, source: str, target: str, value: float) -> None:
        symbol = self.symbol
        assert symbol is not None
        self._document.edit_model(
            f"Edit {source} → {target}",
            lambda model: model.with_probability(source, symbol, target, value, renormalise=False),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(QLabel("Matrix", self))
        row.addWidget(self.choice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.callout)
        layout.addWidget(self._hint)
