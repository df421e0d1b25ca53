"""Where the cliques of a tree stand, laid out once on the worker in both directions."""

from dataclasses import dataclass

from app.canvas.arc_geometry import Box, bounds
from app.canvas.geometry import ROW_TEXT_SIZE, node_size
from app.canvas.layered_layout import layered_positions
from app.canvas.text_width import approximate_width
from core.networks.levels.triangulation_steps import TriangulationRun
from core.networks.levels.watched_tree import WatchedTree

Position = tuple[float, float]

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""

TALL_SPACING = (30.0, 56.0)
WIDEST_LABEL = 120.0


@dataclass(frozen=True, eq=False)
class TreeLayout:
    """Places of the cliques in layers from left to right, and from top to bottom."""

    wide: dict[str, Position]
    tall: dict[str, Position]
    wide_bounds: Bounds
    tall_bounds: Bounds

    def is_wider_in(self, width: float, height: float) -> bool:
        """Whether the tree is shown larger from left to right, in a room of this size."""
        zooms = [
            min(width / max(right - left, 1.0), height / max(bottom - top, 1.0), 1.0)
            for left, top, right, bottom in (self.wide_bounds, self.tall_bounds)
        ]
        return zooms[0] >= zooms[1]


def clique_id(clique: int) -> str:
    """Return the node that stands for a clique."""
    return f"C{clique + 1}"


def clique_number(node_id: str) -> int:
    """Return the clique that a node stands for."""
    return int(node_id[1:]) - 1


def clique_label(run: TriangulationRun, clique: int) -> str:
    """Return the members of a clique."""
    return ", ".join(run.names[v] for v in run.cliques[clique])


def tree_layout(run: TriangulationRun) -> TreeLayout:
    """Return where cliques stand, the first one first."""
    cliques = run.cliques
    tree = WatchedTree(run.names, run.sizes, cliques, run.links, run.clique_of_factor)
    ids = [clique_id(i) for i in range(len(cliques))]
    arcs = [(clique_id(up), clique_id(i)) for i, up in enumerate(tree.above) if up >= 0]
    sizes = {clique_id(i): node_size(clique_label(run, i)) for i in range(len(cliques))}
    labels = [", ".join(run.names[v] for v in link.separator) for link in run.links]
    widest = max((approximate_width(text, ROW_TEXT_SIZE) for text in labels), default=0.0)
    tall = layered_positions(ids, arcs, sizes, spacing=TALL_SPACING)
    turned = {name: (height, width) for name, (width, height) in sizes.items()}
    spacing = (24.0, min(widest, WIDEST_LABEL) + 26.0)
    places = layered_positions(ids, arcs, turned, spacing=spacing)
    wide = {name: (y, x) for name, (x, y) in places.items()}
    return TreeLayout(wide, tall, _bounds(wide, sizes), _bounds(tall, sizes))


def _bounds(places: dict[str, Position], sizes: dict[str, Position]) -> Bounds:
    return bounds(Box(*place, *sizes[name]) for name, place in places.items())
