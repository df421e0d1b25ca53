"""Which nodes and arcs are selected, in the order in which they were."""

from collections.abc import Iterable

from app.canvas.scene import ArcId, GraphScene


class Selection:
    """The selected ids; the scene's items are marked to match."""

    def __init__(self, scene: GraphScene) -> None:
        self._scene = scene
        self.nodes: dict[str, None] = {}
        self.arcs: dict[ArcId, None] = {}

    def choose(self, nodes: Iterable[str] = (), arcs: Iterable[ArcId] = ()) -> bool:
        """Select exactly these, as far as they exist; return whether that is a change."""
        new_nodes = {name: None for name in nodes if name in self._scene.nodes}
        new_arcs = {arc: None for arc in arcs if arc in self._scene.arcs}
        is_change = list(new_nodes) != list(self.nodes) or list(new_arcs) != list(self.arcs)
        for name in self.nodes.keys() - new_nodes.keys():
            if name in self._scene.nodes:
                self._scene.nodes[name].mark(is_selected=False)
        for arc in self.arcs.keys() - new_arcs.keys():
            if arc in self._scene.arcs:
                self._scene.arcs[arc].mark(is_selected=False)
        self.nodes, self.arcs = new_nodes, new_arcs
        for name in new_nodes:
            self._scene.nodes[name].mark(is_selected=True)
        for arc in new_arcs:
            self._scene.arcs[arc].mark(is_selected=True)
        return is_change

    def with_toggled(self, name: str) -> list[str]:
        """Return the selected nodes with `name` added, or taken out when it is among them."""
        if name in self.nodes:
            return [each for each in self.nodes if each != name]
        return [*self.nodes, name]

    def forget_missing(self) -> bool:
        """Drop what is no longer in the scene; return whether anything was."""
        return self.choose(self.nodes, self.arcs)
