"""What lies under the pointer: a node's rim, a bar, a node's body, an arc, or nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from app.canvas.arc_item import ArcItem, ArcLabel
from app.canvas.geometry import Row
from app.canvas.node_item import NodeItem
from app.canvas.scene import GraphScene

RIM_OUTSIDE = 7.0
RIM_INSIDE = 4.0
ARC_REACH = 6.0
"""In pixels on the screen."""

SMALLEST_WITH_RIM = 18.0
"""Nodes lower than this on the screen can only be taken by their body."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found; `part` is "rim", "row", "body", "arc" or "empty"."""

    part: str
    node: NodeItem | None = None
    row: Row | None = None
    arc: ArcItem | None = None

    @property
    def node_id(self) -> str | None:
        """Id of the node, None when there is none."""
        return None if self.node is None else self.node.node.id


EMPTY = Hit("empty")


def hit_at(scene: GraphScene, point: QPointF, zoom: float) -> Hit:
    """Return what lies under a point of the scene that is shown at `zoom`."""
    reach = max(RIM_OUTSIDE, ARC_REACH) / zoom
    nearest: tuple[float, ArcItem | None] = (ARC_REACH / zoom, None)
    rim: Hit | None = None
    for item in scene.items_near(point, reach):
        if isinstance(item, NodeItem):
            found = _node_hit(item, point, zoom)
            if found is not None and found.part != "rim":
                return found if rim is None else rim
            rim = rim or found
        elif isinstance(item, ArcItem):
            distance = item.distance(point)
            if distance < nearest[0]:
                nearest = (distance, item)
        elif isinstance(item, ArcLabel) and item.sceneBoundingRect().contains(point):
            if not item.owner.arc.inert:
                nearest = (0.0, item.owner)
    if rim is not None:
        return rim
    return EMPTY if nearest[1] is None else Hit("arc", arc=nearest[1])


def node_at(scene: GraphScene, point: QPointF, zoom: float) -> NodeItem | None:
    """Return the topmost node under a point or so close to it that it is meant."""
    for item in scene.items_near(point, RIM_OUTSIDE / zoom):
        if isinstance(item, NodeItem) and item.rim_distance(point) <= RIM_OUTSIDE / zoom:
            return item
    return None


def _node_hit(item: NodeItem, point: QPointF, zoom: float) -> Hit | None:
    distance = item.rim_distance(point)
    height = item.layout.height
    has_rim = height * zoom >= SMALLEST_WITH_RIM
    inside = min(RIM_INSIDE / zoom, 0.14 * height) if has_rim else 0.0
    if distance > (RIM_OUTSIDE / zoom if has_rim else 0.0):
        return None
    if has_rim and distance > -inside:
        return Hit("rim", node=item)
    row = item.row_at(point) if has_rim else None
    return Hit("body", node=item) if row is None else Hit("row", node=item, row=row)
