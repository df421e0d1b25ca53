"""Compiles the kernels that step and show worlds, before anyone waits for them.

Compiling takes seconds for each family of worlds and is done once: a later call reads machine code
from the disk. Every family is a few small worlds that are stepped and looked at.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from core.automata import lenia_board
from core.automata.hash_life import HashLifeStepper
from core.automata.patterns.flow import flow_world
from core.automata.patterns.others import elementary_world, margolus_world
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LifeLike
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.rules.reading import rule_of
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World

SIDE = 64

Worlds = Iterator[World]


def warm_up_automata(
    families: tuple[str, ...] = (), is_wanted: Callable[[], bool] = lambda: True
) -> None:
    """Step and draw the worlds of some families, of all without a name, until not wanted any more.

    Parameters
    ----------
    families : tuple of str
        Keys of `FAMILIES`.
    is_wanted : function
        Asked before each world, since one may take seconds.
    """
    for name in families or tuple(FAMILIES):
        for world in FAMILIES[name]():
            if not is_wanted():
                return
            stepper = make_stepper(world)
            stepper.step(2)
            stepper.frame(0, 0, 8, 8)
            stepper.frame(0, 0, 8, 8, 2)
            stepper.bounding_box()


def _life() -> Worlds:
    rule, cells = rule_of("B3/S23"), _random(2)
    yield World("torus", rule, torus(SIDE, SIDE), cells)
    yield World("plane", rule, UNBOUNDED, cells)
    assert isinstance(rule, LifeLike)
    fast = HashLifeStepper(cells, rule.table)
    fast.step(SIDE)
    fast.frame(0, 0, 8, 8, 2)


def _rows() -> Worlds:
    yield elementary_world(30, SIDE + 1)


def _lenia() -> Worlds:
    lenia_board.warm_up()
    yield World(
        "lenia", lenia(3, 10, 0.15, 0.015), torus(SIDE, SIDE), _random(2)[None].astype(np.float64)
    )


def _states() -> Worlds:
    for text in ("/2/3", "R2,C0,M0,S5..9,B6..8,NM", "cyclic:R1/T3/C3/NM"):
        rule = rule_of(text)
        yield World(text, rule, torus(SIDE, SIDE), _random(rule.states))
    yield margolus_world("critters", SIDE, SIDE)


def _particles() -> Worlds:
    yield World("particles", ParticleLeniaRule(), UNBOUNDED, _random(8)[:8, :2].astype(np.float64))


def _flow() -> Worlds:
    yield flow_world("drops", SIDE, SIDE)


FAMILIES: dict[str, Callable[[], Worlds]] = {
    "life": _life,
    "lenia": _lenia,
    "rows": _rows,
    "states": _states,
    "particles": _particles,
    "flow": _flow,
}
"""What is opened most comes first. Rules of chance are quick to compile and wait for their use."""


def _random(states: int) -> npt.NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, states, (SIDE, SIDE), dtype=np.uint8)
