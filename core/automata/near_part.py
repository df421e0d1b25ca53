"""A part of a plane without end, with all round it that can reach it in some steps."""

from core.automata.errors import TooLarge
from core.automata.regions import Box
from core.automata.rules.life_like import LifeLike
from core.automata.stepper import make_stepper
from core.automata.world import World

MOST_CELLS = 2**24
"""Of a part with its surroundings."""


def can_be_cut(world: World) -> bool:
    """Whether parts can be taken out of a world: of a plane that stays empty far away."""
    rule = world.rule
    is_plane = world.topology.kind == "unbounded" and isinstance(rule, LifeLike)
    return is_plane and not getattr(rule, "has_lightning", True)


def near_part(world: World, box: Box, margin: int) -> World:
    """Return a world with only what lies in a box or at most `margin` cells from it.

    In the box it does what the whole does for `margin` steps, for influence travels a cell a step.

    Raises
    ------
    TooLarge
        When the box with its margin has more than `MOST_CELLS` cells.
    """
    x, y, width, height = box
    across, down = width + 2 * margin, height + 2 * margin
    if across * down > MOST_CELLS:
        raise TooLarge(
            f"What can reach {width:,} by {height:,} cells in {margin:,} steps is {across:,} by "
            f"{down:,} cells, more than {MOST_CELLS:,}; take a smaller region or fewer steps."
        )
    left, top = x - margin, y - margin
    cells = make_stepper(world).frame(left, top, across, down)
    return world.with_cells(cells, (left, top))
