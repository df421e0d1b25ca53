"""The panel for what is selected: a state with its edges, or the machine and its alphabet."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.benches.processes.edge_row import EdgeRow
from app.benches.processes.presentation import symbol_role
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.symbols_row import SymbolsRow
from app.graphical.amounts import counted
from app.graphical.callout import Callout
from app.graphical.panel_parts import heading
from app.graphical.part_panel import PartPanel
from app.shell.dialogs import Dialogs
from core.processes.model import Edge, HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

MOST_ROWS = 60
EMPTY = "Select a state to change its probabilities. Below is what the whole machine has."


class StatePanel(PartPanel):
    """Edits one state: its name, the probabilities of its edges, its colour and its note."""

    colour_step, colour_title = "Colour states", "Colour of the states"
    note_step = "Note on"

    def __init__(
        self, document: ProcessDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(document, dialogs, owner)
        self._edge: tuple[str, str, str] | None = None
        self._palette: Mapping[str, str] = {}
        self._base: HiddenMarkovModel | None = None
        self._shown: tuple[object, ...] = ()
        self.rows: list[EdgeRow] = []
        self.callout = Callout("Normalise row", self)
        self.more = QLabel(self)
        self.symbols = SymbolsRow(self)
        self._lay_out()
        self.callout.pressed.connect(self._normalise)
        self.symbols.add_asked.connect(self.add_symbol)
        self.symbols.rename_asked.connect(self._rename_symbol)
        self.symbols.remove_asked.connect(self._remove_symbol)
        self.show_parts([])

    # -- what is shown ---------------------------------------------------------------------------

    def show_selection(self, states: list[str], edges: list[tuple[str, str, str]]) -> None:
        """Show other states, or the state that the only selected edge leaves."""
        self._edge = edges[0] if len(edges) == 1 and not states else None
        self.show_parts([self._edge[0]] if self._edge is not None else states)

    def _has(self, name: str) -> bool:
        return name in self._document.model.states

    def _colour_of(self, name: str) -> str | None:
        return self._document.subject.colours.get(name)

    def _note_of(self, name: str) -> str:
        return self._document.subject.notes.get(name, "")

    def _coloured(
        self, subject: ProcessSubject, names: Sequence[str], colour: str | None
    ) -> ProcessSubject:
        return subject.coloured(names, colour)

    def _noted(self, subject: ProcessSubject, name: str, note: str) -> ProcessSubject:
        return subject.with_note(name, note)

    def _invitation(self, names: Sequence[str]) -> str:
        if names:
            return f"{len(names)} states are selected."
        return EMPTY if self._document.model.n else "The machine has no states yet."

    def _show_more(self) -> None:
        model = self._document.model
        self._of_state.setVisible(self.only is not None)
        self._of_some.setVisible(bool(self._present))
        self.summary.setText(_summary(model))
        self.symbols.show_symbols(model.alphabet)
        if self.only is not None:
            self._show_edges_of(self.only, model)

    def _show_edges_of(self, state: str, model: HiddenMarkovModel) -> None:
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

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self._palette = palette
        self.callout.apply_palette(palette)
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
        state = self.only
        if state is not None:
            self._document.edit_model(f"Normalise {state}", lambda m: m.normalised_row(state))

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
        self.more.setProperty("role", "muted")
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.no_edges = QLabel("No edge leaves it; drag from its rim to a state.", self)
        self.no_edges.setWordWrap(True)
        self.no_edges.setProperty("role", "muted")
        self.name.setAccessibleName("Name of the state")
        self.note.setAccessibleName("Note on the state")
        self.note.setPlaceholderText("What this state remembers")
        self.note.setFixedHeight(64)
        self._of_state, self._of_some = QWidget(self), QWidget(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        inner = QVBoxLayout(self._of_state)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(heading("State", self))
        inner.addWidget(self.name)
        inner.addWidget(heading("Next symbol and state", self))
        inner.addLayout(self._list)
        for part in (self.more, self.no_edges, self.callout, heading("Note", self), self.note):
            inner.addWidget(part)
        looks = QVBoxLayout(self._of_some)
        looks.setContentsMargins(0, 0, 0, 0)
        looks.addWidget(heading("Colour", self))
        looks.addWidget(self.colour)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        machine = (heading("Alphabet", self), self.symbols, heading("Machine", self))
        for part in (self.title, self._of_state, self._of_some, *machine, self.summary):
            column.addWidget(part)
        column.addStretch(1)
        self._put_page(page, sideways=False)


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
