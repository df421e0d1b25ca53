"""What drawing on the canvas does to the machine: states, edges, names and places."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot

from app.benches.processes import clipping
from app.benches.processes.edge_editing import EdgeEditing
from app.benches.processes.edges import (
    changed_edge,
    read_edge,
    symbol_for_new_edge,
    with_new_edge,
)
from app.benches.processes.joining import with_pasted
from app.benches.processes.presentation import ArcId
from app.benches.processes.process_document import ProcessDocument
from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from core.errors import MacroscopeError
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

PASTE_STEP = 60.0


class MachineGestures(QObject):
    """Turns the canvas's intentions into edits with a name."""

    def __init__(self, canvas: GraphCanvas, document: ProcessDocument) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._pasted: tuple[object, int] = (None, 0)
        self.edge_editing = EdgeEditing(canvas, self._edge_problem)
        self.edge_editing.committed.connect(self._on_typed)
        self.edge_editing.closed.connect(document.end_merge)
        canvas.allows_loops = canvas.allows_parallel = True
        canvas.node_requested.connect(self.add_state)
        canvas.node_with_arc_requested.connect(self.add_successor)
        canvas.arc_requested.connect(self.add_edge)
        canvas.arc_activated.connect(self._on_arc_activated)
        canvas.moved.connect(self._on_moved)
        canvas.rename_requested.connect(self.rename)
        canvas.delete_requested.connect(self.delete_selected)
        canvas.set_name_check(self._name_problem)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_state(self, x: float, y: float) -> None:
        """Add a state and let its name be typed."""
        name = self._free_name()
        if self._document.edit(f"Add state {name}", lambda s: s.with_state(name, (x, y))):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

    @Slot(str, float, float)
    def add_successor(self, source: str, x: float, y: float) -> None:
        """Add a state where an edge was dropped, with the edge that leads there."""
        name = self._free_name()

        def extended(subject: ProcessSubject) -> ProcessSubject:
            grown = subject.with_state(name, (x, y))
            return grown.edited(lambda model: with_new_edge(model, source, name))

        if self._document.edit(f"Add state {name} after {source}", extended):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

    @Slot(str, str)
    def add_edge(self, source: str, target: str) -> None:
        """Add an edge and let its symbol and probability be typed, all as one step."""
        symbol = symbol_for_new_edge(self._document.model, source, target)
        edge = (source, target, symbol)
        if self._document.edit_model(
            f"Add {source} → {target}",
            lambda model: with_new_edge(model, source, target),
            merge_key=_merge_key(source),
        ):
            self._canvas.finish_motion()
            self._canvas.select(arcs=[edge])
            self.edge_editing.begin(edge)

    # -- changing --------------------------------------------------------------------------------

    def edit_edge(self, edge: ArcId) -> None:
        """Let symbol and probability of an edge be typed."""
        self._canvas.select(arcs=[edge])
        self.edge_editing.begin(edge)

    def set_edge(self, edge: ArcId, text: str, *, merge_key: str | None = None) -> bool:
        """Give an edge the symbol and the probability that a text says."""
        source, target, symbol = edge
        typed = None
        try:
            typed = read_edge(text, self._document.model)
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return False
        done = self._document.edit_model(
            f"Edit {source} → {target}",
            lambda model: changed_edge(model, source, symbol, target, typed),
            merge_key=merge_key,
        )
        if done:
            self._canvas.finish_motion()
            self._canvas.select(arcs=[(source, target, typed.symbol or symbol)])
        return done

    @Slot(str, str)
    def rename(self, old: str, new: str) -> None:
        """Give a state another name and keep it selected."""
        new = new.strip()
        selected = [new if name == old else name for name in self._canvas.selected()]
        if new != old and self._document.edit(f"Rename {old}", lambda s: s.renamed_state(old, new)):
            self._canvas.set_selected(selected)

    @Slot(object, bool)
    def _on_moved(self, places: Mapping[str, tuple[float, float]], is_finished: bool) -> None:
        self.move("Move states", places, merge_key="move")
        if is_finished:
            self._document.end_merge()

    def move(
        self, text: str, places: Mapping[str, tuple[float, float]], merge_key: str | None = None
    ) -> None:
        """Put states elsewhere."""
        known = {s: at for s, at in places.items() if s in self._document.model.states}
        if known:
            self._document.edit(text, lambda subject: subject.moved(known), merge_key=merge_key)

    # -- removing --------------------------------------------------------------------------------

    @Slot()
    def delete_selected(self) -> None:
        """Remove the selected states and edges."""
        names = self._canvas.selected()
        edges = [
            arc
            for arc in self._canvas.selected_arcs()
            if arc.source not in names and arc.target not in names
        ]
        if names or edges:
            self.delete(names, edges)

    def delete(self, states: Sequence[str], edges: Sequence[GraphArc]) -> None:
        """Remove states and edges as one step; the edges left over fill up to 1."""

        def without(model: HiddenMarkovModel) -> HiddenMarkovModel:
            for edge in edges:
                model = model.without_edge(edge.source, edge.key, edge.target)
            return model.without_states(states) if states else model

        self._document.edit_model(f"Remove {_counted(states, edges)}", without)

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> bool:
        """Copy the selected states with the edges among them."""
        states = self._canvas.selected()
        if states:
            clipping.copy(self._document.subject, states)
            self._pasted = (None, 0)
        return bool(states)

    def cut(self) -> None:
        """Copy and remove the selected states."""
        states = self._canvas.selected()
        if self.copy():
            self.delete(states, [])

    def paste(self) -> None:
        """Paste states from the clipboard and select them."""
        try:
            fragment = clipping.pasted()
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        states = fragment.model.states
        times = self._pasted[1] + 1 if self._pasted[0] == states else 1
        self._pasted = (states, times)
        taken = set(self._document.subject.positions.values())
        overlaps = any(at in taken for at in fragment.positions.values())
        shift = times * PASTE_STEP if overlaps or times > 1 else 0.0
        self._insert(f"Paste {_counted(states, [])}", fragment, shift)

    def duplicate(self) -> None:
        """Put a copy of the selected states beside them."""
        states = self._canvas.selected()
        if states:
            fragment = clipping.fragment_of(self._document.subject, states)
            self._insert(f"Duplicate {_counted(states, [])}", fragment, PASTE_STEP)

    def _insert(self, text: str, fragment: ProcessSubject, shift: float) -> None:
        copies: list[str] = []

        def extended(subject: ProcessSubject) -> ProcessSubject:
            joined, names = with_pasted(subject, fragment, (shift, shift))
            copies.extend(names)
            return joined

        if self._document.edit(text, extended):
            self._canvas.set_selected(copies)
            if copies:
                self._canvas.reveal(copies[0])

    # -- what the canvas asks --------------------------------------------------------------------

    @Slot(object)
    def _on_arc_activated(self, arc: GraphArc) -> None:
        self.edit_edge(arc.id)

    @Slot(object, str)
    def _on_typed(self, edge: ArcId, text: str) -> None:
        self.set_edge(edge, text, merge_key=_merge_key(edge[0]))

    def _edge_problem(self, edge: ArcId, text: str) -> str:
        source, target, symbol = edge
        model = self._document.model
        try:
            changed_edge(model, source, symbol, target, read_edge(text, model))
        except MacroscopeError as problem:
            return str(problem)
        return ""

    def _name_problem(self, old: str, new: str) -> str:
        try:
            self._document.model.renamed_state(old, new.strip())
        except MacroscopeError as problem:
            return str(problem)
        return ""

    def _free_name(self) -> str:
        return self._document.model.with_state().states[-1]


def _merge_key(source: str) -> str:
    return f"edge of {source}"


def _counted(states: Sequence[str], edges: Sequence[GraphArc]) -> str:
    if len(states) == 1 and not edges:
        return f"state {states[0]}"
    if len(edges) == 1 and not states:
        return f"the edge {edges[0].source} → {edges[0].target}"
    parts = []
    if states:
        parts.append(f"{len(states)} state{'' if len(states) == 1 else 's'}")
    if edges:
        parts.append(f"{len(edges)} edge{'' if len(edges) == 1 else 's'}")
    return " and ".join(parts)
