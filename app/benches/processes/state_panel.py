"""The panel for what is selected: a state with its edges, or the machine and its alphabet."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.benches.processes.edge_row import EdgeRow
from app.benches.processes.presentation import symbol_role
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.symbols_row import SymbolsRow
from app.graphical.amounts import counted
from app.graphical.callout import Callout
from app.graphical.colour_row import ColourRow
from app.shell.dialogs import Dialogs
from core.processes.model import Edge, HiddenMarkovModel

MOST_ROWS = 60
EMPTY = "Select a state to change its probabilities. Below is what the whole machine has."


class StatePanel(QWidget):
    """Edits one state: its name, the probabilities of its edges, its colour and its note."""

    renamed = Signal(str, str)
    """(old name, new name): asked of the bench, which also keeps the selection."""

    def __init__(
        self, document: ProcessDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document, self._dialogs = document, dialogs
        self._states: list[str] = []
        self._edge: tuple[str, str, str] | None = None
        self._palette: Mapping[str, str] = {}
        self._base: HiddenMarkovModel | None = None
        self._shown: tuple[object, ...] = ()
        self.rows: list[EdgeRow] = []
        self.title = QLabel(self)
        self.name = QLineEdit(self)
        self.callout = Callout("Normalise row", self)
        self.more = QLabel(self)
        self.symbols = SymbolsRow(self)
        self.colour = ColourRow(self)
        self.note = QPlainTextEdit(self)
        self._lay_out()
        self._connect()
        self.refresh()

    # -- what is shown ---------------------------------------------------------------------------

    def show_selection(self, states: list[str], edges: list[tuple[str, str, str]]) -> None:
        """Show other states, or the state that the only selected edge leaves."""
        self._edge = edges[0] if len(edges) == 1 and not states else None
        self._states = [self._edge[0]] if self._edge is not None else list(states)
        self.refresh()

    @property
    def state(self) -> str | None:
        """The only state that is selected."""
        present = [state for state in self._states if state in self._document.model.states]
        return present[0] if len(present) == 1 else None

    @Slot()
    def refresh(self) -> None:
        """Show what is selected as the document has it now."""
        state, model = self.state, self._document.model
        self._of_state.setVisible(state is not None)
        self._of_some.setVisible(bool(self._states))
        self.title.setVisible(state is None)
        if len(self._states) > 1:
            self.title.setText(f"{len(self._states)} states are selected.")
        else:
            self.title.setText(EMPTY if model.n else "The machine has no states yet.")
        self.summary.setText(_summary(model))
        self.symbols.show_symbols(model.alphabet)
        colours = {self._document.subject.colours.get(each) for each in self._states}
        self.colour.show_colour(colours.pop() if len(colours) == 1 else "mixed")
        if state is not None:
            self._show_state(state, model)

    def _show_state(self, state: str, model: HiddenMarkovModel) -> None:
        if self.name.text() != state and not self.name.isModified():
            self.name.setText(state)
        note = self._document.subject.notes.get(state, "")
        if self.note.toPlainText() != note:
            with QSignalBlocker(self.note):
                self.note.setPlainText(note)
        i = model.state_index(state)
        T = model.T[:, i, :]
        edges = [
            Edge(state, model.alphabet[x], model.states[j], float(T[x, j]))
            for x, j in zip(*T.nonzero(), strict=True)
        ]
        self._show_edges(edges[:MOST_ROWS])
        hidden = len(edges) - MOST_ROWS
        self.more.setText(f"and {hidden} more; all are in the matrices" if hidden > 0 else "")
        self.more.setVisible(hidden > 0)
        total = float(T.sum())
        if not edges:
            self.callout.hide()
        elif abs(total - 1.0) > 1e-9:
            self.callout.show_text(
                f"The probabilities sum to {total:.6g}, not 1; measures wait until they do."
            )
        else:
            self.callout.hide()
        self.no_edges.setVisible(not edges)

    def _show_edges(self, edges: list[Edge]) -> None:
        key = (self._document.model.alphabet, [(e.source, e.symbol, e.target) for e in edges])
        if key != self._shown:
            self._shown = key
            for row in self.rows:
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [self._row(edge) for edge in edges]
            for row in self.rows:
                self._list.addWidget(row)
        for row, edge in zip(self.rows, edges, strict=True):
            row.show_edge(edge)
            row.set_alone(len(edges) == 1 and edge.probability == 1.0)
            row.set_marked(self._edge == (edge.source, edge.target, edge.symbol))

    def _row(self, edge: Edge) -> EdgeRow:
        row = EdgeRow(edge, symbol_role(self._document.model, edge.symbol), self)
        row.asked.connect(self._on_asked)
        row.dragged.connect(self._on_dragged)
        row.held.connect(self._on_held)
        row.released.connect(self._on_released)
        if self._palette:
            row.apply_palette(self._palette)
        return row

    def focus_note(self) -> None:
        """Let the note be typed."""
        self.note.setFocus()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.callout.apply_palette(palette)
        self.colour.apply_palette(palette)
        self.symbols.apply_palette(palette)
        for row in self.rows:
            row.apply_palette(palette)

    # -- what is asked ---------------------------------------------------------------------------

    @Slot(object, float)
    def _on_asked(self, edge: Edge, value: float) -> None:
        self._document.edit_model(
            f"Edit {edge.source} → {edge.target}",
            lambda model: (
                model.with_probability(edge.source, edge.symbol, edge.target, value)
                if value > 0
                else model.without_edge(edge.source, edge.symbol, edge.target)
            ),
        )

    @Slot()
    def _on_held(self) -> None:
        self._base = self._document.model

    @Slot(object, float)
    def _on_dragged(self, edge: Edge, value: float) -> None:
        """Set the probability; the others keep the proportions from before the drag."""
        base = self._base if self._base is not None else self._document.model
        i = base.state_index(edge.source)

        def slid(model: HiddenMarkovModel) -> HiddenMarkovModel:
            changed = base.with_probability(edge.source, edge.symbol, edge.target, value)
            return model.with_row(edge.source, changed.T[:, i, :])

        key = f"slide {edge.source} {edge.symbol} {edge.target}"
        self._document.edit_model(f"Edit {edge.source} → {edge.target}", slid, merge_key=key)

    @Slot()
    def _on_released(self) -> None:
        self._base = None
        self._document.end_merge()

    @Slot()
    def _normalise(self) -> None:
        state = self.state
        if state is not None:
            self._document.edit_model(f"Normalise {state}", lambda m: m.normalised_row(state))

    @Slot()
    def _on_name(self) -> None:
        state, text = self.state, self.name.text().strip()
        self.name.setModified(False)
        if state is not None and text and text != state:
            self.renamed.emit(state, text)
        self.refresh()

    @Slot()
    def _on_note(self) -> None:
        state, text = self.state, self.note.toPlainText()
        if state is not None:
            self._document.edit(
                f"Note on {state}", lambda s: s.with_note(state, text), merge_key=f"note {state}"
            )

    @Slot(object)
    def set_colour(self, colour: str | None) -> None:
        """Give the selected states a colour, or with None that of the theme."""
        states = [state for state in self._states if state in self._document.model.states]
        if states:
            self._document.edit("Colour states", lambda s: s.coloured(states, colour))

    @Slot()
    def ask_colour(self) -> None:
        """Ask for any colour for the selected states."""
        now = {self._document.subject.colours.get(state) for state in self._states}
        colour = self._dialogs.ask_colour("Colour of the states", (now.pop() or "") if now else "")
        if colour is not None:
            self.set_colour(colour)

    @Slot()
    def add_symbol(self) -> None:
        """Ask for a symbol and add it to the alphabet."""
        free = self._document.model.with_symbol().alphabet[-1]
        symbol = self._dialogs.ask_text("Add a symbol", "Symbol:", free)
        if symbol is not None and symbol.strip():
            name = symbol.strip()
            self._document.edit_model(f"Add symbol {name}", lambda m: m.with_symbol(name))

    @Slot(str)
    def _rename_symbol(self, old: str) -> None:
        answer = self._dialogs.ask_text("Rename the symbol", "Symbol:", old)
        new = (answer or "").strip()
        if new and new != old:
            self._document.edit_model(f"Rename symbol {old}", lambda m: m.renamed_symbol(old, new))

    @Slot(str)
    def _remove_symbol(self, symbol: str) -> None:
        self._document.edit_model(f"Remove symbol {symbol}", lambda m: m.without_symbol(symbol))

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title.setWordWrap(True)
        self.title.setProperty("role", "muted")
        self.more.setProperty("role", "muted")
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.no_edges = QLabel("No edge leaves it; drag from its rim to a state.", self)
        self.no_edges.setWordWrap(True)
        self.no_edges.setProperty("role", "muted")
        self.name.setAccessibleName("Name of the state")
        self.note.setAccessibleName("Note on the state")
        self.note.setPlaceholderText("What this state remembers")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(64)
        self._of_state, self._of_some = QWidget(self), QWidget(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        inner = QVBoxLayout(self._of_state)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(_heading("State", self))
        inner.addWidget(self.name)
        inner.addWidget(_heading("Next symbol and state", self))
        inner.addLayout(self._list)
        for part in (self.more, self.no_edges, self.callout, _heading("Note", self), self.note):
            inner.addWidget(part)
        looks = QVBoxLayout(self._of_some)
        looks.setContentsMargins(0, 0, 0, 0)
        looks.addWidget(_heading("Colour", self))
        looks.addWidget(self.colour)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        machine = (_heading("Alphabet", self), self.symbols, _heading("Machine", self))
        for part in (self.title, self._of_state, self._of_some, *machine, self.summary):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self._document.changed.connect(self.refresh)
        self.name.editingFinished.connect(self._on_name)
        self.note.textChanged.connect(self._on_note)
        self.callout.pressed.connect(self._normalise)
        self.colour.chosen.connect(self.set_colour)
        self.colour.other_asked.connect(self.ask_colour)
        self.symbols.add_asked.connect(self.add_symbol)
        self.symbols.rename_asked.connect(self._rename_symbol)
        self.symbols.remove_asked.connect(self._remove_symbol)


def _heading(text: str, owner: QWidget) -> QLabel:
    label = QLabel(text, owner)
    label.setProperty("role", "heading")
    return label


def _summary(model: HiddenMarkovModel) -> str:
    if not model.n:
        return "Double-click on the canvas to add the first state."
    kind = "unifilar" if model.is_unifilar else "nonunifilar"
    bad = model.bad_rows()
    parts = [f"{counted(model.n, 'state')}, {model.k} symbols, {model.edge_count()} edges; {kind}"]
    if model.is_generalized:
        parts.append("generalized: entries may be negative")
    if bad:
        names = ", ".join(bad[:6]) + (", …" if len(bad) > 6 else "")
        parts.append(f"⚠ rows that do not sum to 1: {names}")
    return "\n".join(parts)
