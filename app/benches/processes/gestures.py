"""What drawing on the canvas does to the machine: states, edges, names and places."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

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
from app.graphical.drawing_gestures import DrawingGestures, Places
from core.errors import MacroscopeError
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject


class MachineGestures(DrawingGestures):
    """Turns what is drawn into edits of a process."""

    clipping = clipping
    part, line = "state", "edge"
    paste_step = 60.0

    def __init__(self, canvas: GraphCanvas, document: ProcessDocument) -> None:
        super().__init__(canvas, document)
        self.edge_editing = EdgeEditing(canvas, self._edge_problem)
        self.edge_editing.committed.connect(self._on_typed)
        self.edge_editing.closed.connect(document.end_merge)
        canvas.allows_loops = canvas.allows_parallel = True
        canvas.node_requested.connect(self.add_state)
        canvas.node_with_arc_requested.connect(self.add_successor)
        canvas.arc_requested.connect(self.add_edge)
        canvas.arc_activated.connect(self._on_arc_activated)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_state(self, x: float, y: float) -> None:
        """Add a state and let its name be typed."""
        name = self._free_name()
        if self._document.edit(f"Add state {name}", lambda s: s.with_state(name, (x, y))):
            self._show_new(name)

    @Slot(str, float, float)
    def add_successor(self, source: str, x: float, y: float) -> None:
        """Add a state where an edge was dropped, with the edge that leads there."""
        name = self._free_name()

        def extended(subject: ProcessSubject) -> ProcessSubject:
            grown = subject.with_state(name, (x, y))
            return grown.edited(lambda model: with_new_edge(model, source, name))

        if self._document.edit(f"Add state {name} after {source}", extended):
            self._show_new(name)

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

    # -- removing --------------------------------------------------------------------------------

    def delete(self, states: Sequence[str], edges: Sequence[GraphArc]) -> None:
        """Remove states and edges as one step; the edges left over fill up to 1."""

        def without(model: HiddenMarkovModel) -> HiddenMarkovModel:
            for edge in edges:
                model = model.without_edge(edge.source, edge.key, edge.target)
            return model.without_states(states) if states else model

        self._document.edit_model(f"Remove {self._counted(states, edges)}", without)

    # -- what it is drawn on ---------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return name in self._document.model.states

    @property
    def _whole(self) -> ProcessSubject:
        return self._document.subject

    def _fragment(self, names: Sequence[str]) -> ProcessSubject:
        return clipping.fragment_of(self._whole, names)

    def _places(self, fragment: ProcessSubject) -> Places:
        return {state: fragment.position(state) for state in fragment.model.states}

    def _renamed(self, subject: ProcessSubject, old: str, new: str) -> ProcessSubject:
        return subject.renamed_state(old, new)

    def _moved(self, subject: ProcessSubject, places: Places) -> ProcessSubject:
        return subject.moved(places)

    def _joined(
        self, subject: ProcessSubject, fragment: ProcessSubject, shift: float
    ) -> tuple[ProcessSubject, Sequence[str]]:
        return with_pasted(subject, fragment, (shift, shift))

    def _one(self, name: str) -> str:
        return f"state {name}"

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

    def _free_name(self) -> str:
        return self._document.model.with_state().states[-1]


def _merge_key(source: str) -> str:
    return f"edge of {source}"
