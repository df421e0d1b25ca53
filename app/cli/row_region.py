"""A row of cells has no y and no height, and a region of it should not pretend to."""

from typing import TYPE_CHECKING

from app.cli.errors import UsageError

if TYPE_CHECKING:
    from core.automata.regions import Box
    from core.automata.world import World


def require_row_region(world: "World", region: "Box | None") -> None:
    """Refuse a region of a row of cells with another y than 0 or another height than 1."""
    if region is None or world.rule.dimensions != 1:
        return
    x, y, width, height = region
    if (y, height) != (0, 1):
        raise UsageError(
            f"This world is a row of cells, to which y {y} and height {height} do not apply; "
            f"write --region={x},0,{width},1."
        )
