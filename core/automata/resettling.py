"""Puts the state of a world on another board: in its middle, cut where it is smaller."""

from dataclasses import replace
from typing import Any

import numpy as np

from core.automata.errors import AutomataError, TooLarge
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import Topology
from core.automata.world import World

MOST_CELLS = 2**28


def resettled(world: World, topology: Topology) -> World:
    """Return the world on another topology, its cells in the middle.

    Raises
    ------
    AutomataError
        Where the world cannot be without end, or the board is too large.
    """
    if isinstance(world.rule, ParticleLeniaRule):
        return replace(world, topology=topology)
    cells: Any = world.array
    if not topology.is_bounded:
        if world.is_field:
            raise AutomataError("A field of real numbers needs a board with sides.")
        return replace(world, topology=topology, cells=cells, origin=_middle(cells.shape))
    sides = (topology.height, topology.width)[2 - min(world.rule.dimensions, 2) :]
    lead = cells.shape[: cells.ndim - len(sides)]
    if int(np.prod(lead, dtype=np.int64)) * int(np.prod(sides, dtype=np.int64)) > MOST_CELLS:
        raise TooLarge(f"A board of {' by '.join(map(str, sides[::-1]))} cells is too large.")
    board = np.zeros((*lead, *sides), dtype=cells.dtype)
    into: list[slice] = [slice(None)] * len(lead)
    source: list[slice] = [slice(None)] * len(lead)
    for new, old in zip(sides, cells.shape[len(lead) :], strict=True):
        shift = (new - old) // 2
        into.append(slice(max(shift, 0), max(shift, 0) + min(old, new)))
        source.append(slice(max(-shift, 0), max(-shift, 0) + min(old, new)))
    board[tuple(into)] = cells[tuple(source)]
    return replace(world, topology=topology, cells=board, origin=(0, 0))


def _middle(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return where the upper left cell lies when the middle is at the origin."""
    if len(shape) == 1:
        return -(shape[0] // 2), 0
    return -(shape[1] // 2), -(shape[0] // 2)
