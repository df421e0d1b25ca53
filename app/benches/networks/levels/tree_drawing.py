"""The clique tree as nodes and arcs of a canvas: cliques by their members, messages as arcs."""

from collections.abc import Sequence

from app.benches.networks.levels.moments import counted
from app.benches.networks.levels.tree_moments import TreePicture
from app.canvas.arc_geometry import Box, bounds
from app.canvas.geometry import ROW_TEXT_SIZE, node_size
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.layered_layout import layered_positions
from app.canvas.text_width import approximate_width
from core.networks.levels.triangulation_steps import TriangulationRun
from core.networks.levels.watched_tree import Direction, WatchedTree

SENT, WAITING, STALE, RESTS = "accent", "faint", "warning", "success"
"""How messages stand out: sent in this run, not yet sent, to be sent again, still right."""

ROOM = 40.0
"""Free room around the tree, in canvas units."""

Position = tuple[float, float]


def clique_id(clique: int) -> str:
    """Return the node that stands for a clique."""
    return f"C{clique + 1}"


def clique_number(node_id: str) -> int:
    """Return the clique that a node stands for."""
    return int(node_id[1:]) - 1


def clique_label(run: TriangulationRun, clique: int) -> str:
    """Return the members of a clique."""
    return ", ".join(run.names[v] for v in run.cliques[clique])


def tree_positions(run: TriangulationRun, *, is_wide: bool = True) -> dict[str, Position]:
    """Return where cliques stand: the first one's side first, in layers from left to right."""
    cliques = run.cliques
    tree = WatchedTree(run.names, run.sizes, cliques, run.links, run.clique_of_factor)
    ids = [clique_id(i) for i in range(len(cliques))]
    arcs = [(clique_id(up), clique_id(i)) for i, up in enumerate(tree.above) if up >= 0]
    sizes = {clique_id(i): node_size(clique_label(run, i)) for i in range(len(cliques))}
    labels = [", ".join(run.names[v] for v in link.separator) for link in run.links]
    widest = max((approximate_width(text, ROW_TEXT_SIZE) for text in labels), default=0.0)
    if not is_wide:
        return layered_positions(ids, arcs, sizes, spacing=(26.0, 38.0))
    turned = {name: (height, width) for name, (width, height) in sizes.items()}
    places = layered_positions(ids, arcs, turned, spacing=(24.0, min(widest, 120.0) + 26.0))
    return {name: (y, x) for name, (x, y) in places.items()}


def tree_extent(run: TriangulationRun, positions: dict[str, Position]) -> tuple[float, float]:
    """Return width and height of the tree with some room around it."""
    boxes = []
    for i in range(len(run.cliques)):
        width, height = node_size(clique_label(run, i))
        boxes.append(Box(*positions[clique_id(i)], width, height))
    left, top, right, bottom = bounds(boxes)
    return (right - left + 2 * ROOM, bottom - top + 2 * ROOM)


def tree_nodes(picture: TreePicture, positions: dict[str, Position]) -> list[GraphNode]:
    """Return the cliques that there are yet."""
    run = picture.triangulation
    message = picture.message
    nodes = []
    for i in picture.cliques:
        label = clique_label(run, i)
        cells = counted(_cells(run, i), "cell")
        nodes.append(
            GraphNode(
                clique_id(i),
                label,
                positions[clique_id(i)],
                emphasis=_node_role(picture, i, message),
                tooltip=f"Clique {i + 1}: {label}; {cells}. Click for its belief.",
            )
        )
    return nodes


def _node_role(picture: TreePicture, clique: int, message: Direction | None) -> str:
    if clique not in picture.lit:
        return ""
    if picture.is_entering:
        return "warning"
    if message is not None and picture.lit == message:
        return "accent" if clique == message[0] else "category_1"
    return "accent"


def tree_arcs(picture: TreePicture) -> list[GraphArc]:
    """Return the links; once there are messages, one arc for each direction."""
    run = picture.triangulation
    arcs: list[GraphArc] = []
    for k, link in enumerate(run.links[: picture.links]):
        label = ", ".join(run.names[v] for v in link.separator)
        if picture.run is None:
            lit = "accent" if k == picture.links - 1 and picture.lit else ""
            tip = f"Separator {label}: {counted(link.cells, 'cell')}"
            a, b = clique_id(link.first), clique_id(link.second)
            arcs.append(GraphArc(a, b, "link", label, lit, tip, directed=False))
            continue
        for way in ((link.first, link.second), (link.second, link.first)):
            arcs.append(_message_arc(picture, way, label if way[0] == link.first else ""))
    return arcs


def message_state(picture: TreePicture, way: Direction) -> str:
    """Return the role of a message: one of `SENT`, `WAITING`, `STALE`, `RESTS`."""
    run = picture.run
    assert run is not None
    if way in run.schedule[: picture.sent]:
        return SENT
    if way in run.resting:
        return RESTS
    return STALE if _was_sent(picture, way) else WAITING


def _was_sent(picture: TreePicture, way: Direction) -> bool:
    """Whether a message of an earlier run stands there still."""
    run = picture.run
    assert run is not None
    if run.resting or run.is_restart:
        return True
    return run.method == "sum-product" and run.states[0].separator(*way) is not None


_WORDS = {
    SENT: "sent",
    WAITING: "not sent yet",
    STALE: "must be sent again",
    RESTS: "rests: still right",
}


def _message_arc(picture: TreePicture, way: Direction, label: str) -> GraphArc:
    state = message_state(picture, way)
    tip = (
        f"{clique_label(picture.triangulation, way[0])} → "
        f"{clique_label(picture.triangulation, way[1])}: {_WORDS[state]}"
    )
    return GraphArc(
        clique_id(way[0]),
        clique_id(way[1]),
        "message",
        label,
        state,
        tip,
        dashed=state in (STALE, WAITING),
    )


def _cells(run: TriangulationRun, clique: int) -> int:
    cells = 1
    for v in run.cliques[clique]:
        cells *= run.sizes[v]
    return cells


def as_message(arc: GraphArc) -> Sequence[int]:
    """Return the cliques at the ends of an arc."""
    return (clique_number(arc.source), clique_number(arc.target))
