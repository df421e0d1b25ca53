"""The clique tree as nodes and arcs of a canvas: cliques by their members, messages as arcs."""

from collections.abc import Sequence

from app.benches.networks.levels.tree_layout import (
    Position,
    clique_id,
    clique_label,
    clique_number,
)
from app.benches.networks.levels.tree_moments import TreePicture
from app.canvas.graph import GraphArc, GraphNode
from app.graphical.amounts import counted
from core.networks.levels.triangulation_steps import TriangulationRun
from core.networks.levels.watched_tree import Direction

SENT, WAITING, STALE, RESTS = "accent", "faint", "warning", "success"
"""How messages stand out: sent in this run, not yet sent, to be sent again, still right."""


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
    return STALE if picture.is_again else WAITING


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
