"""Which nodes and arcs are selected, in the order in which they were.

A large selection is marked in slices.
"""

from collections.abc import Iterable, Iterator

from app.canvas.building import Building
from app.canvas.scene import ArcId, GraphScene


class Selection:
    """The selected ids; the scene's items are marked to match, little by little."""

    def __init__(self, scene: GraphScene) -> None:
        self._scene = scene
        self._marking = Building(scene)
        self._unmarked_nodes: dict[str, None] = {}
        self._unmarked_arcs: dict[ArcId, None] = {}
        self.nodes: dict[str, None] = {}
        self.arcs: dict[ArcId, None] = {}

    def choose(self, nodes: Iterable[str] = (), arcs: Iterable[ArcId] = ()) -> bool:
        """Select exactly these, as far as they exist; return whether that is a change."""
        new_nodes = {name: None for name in nodes if name in self._scene.nodes}
        new_arcs = {arc: None for arc in arcs if arc in self._scene.arcs}
        is_change = list(new_nodes) != list(self.nodes) or list(new_arcs) != list(self.arcs)
        self._unmarked_nodes |= self.nodes | new_nodes
        self._unmarked_arcs |= self.arcs | new_arcs
        self.nodes, self.arcs = new_nodes, new_arcs
        self._marking.start(self._steps())
        return is_change

    def _steps(self) -> Iterator[None]:
        """Mark the items, one at a time, as they are selected by then."""
        while self._unmarked_nodes:
            name, _ = self._unmarked_nodes.popitem()
            if name in self._scene.nodes:
                self._scene.nodes[name].mark(is_selected=name in self.nodes)
            yield
        while self._unmarked_arcs:
            arc, _ = self._unmarked_arcs.popitem()
            if arc in self._scene.arcs:
                self._scene.arcs[arc].mark(is_selected=arc in self.arcs)
            yield

    def forget_missing(self) -> bool:
        """Drop what is no longer in the scene; return whether anything was."""
        nodes, arcs = self._scene.nodes, self._scene.arcs
        if self.nodes.keys() <= nodes.keys() and self.arcs.keys() <= arcs.keys():
            return False
        return self.choose(self.nodes, self.arcs)
