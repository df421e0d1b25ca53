"""New worlds to begin with, of every family of rules, in a size that suits the family."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.automata.patterns.flow import flow_world_of
from core.automata.patterns.others import RING
from core.automata.patterns.particles import USUAL_PARTICLES, particle_world
from core.automata.rules.elementary import Elementary
from core.automata.rules.flow_lenia import FlowLeniaRule
from core.automata.rules.flow_named import flow_rule
from core.automata.rules.lenia import LeniaRule, lenia
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.rules.rule import Rule
from core.automata.topology import Topology, torus
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject, blank_world

SIDES = {1: 512, 2: 256, 3: 64, 4: 24}
"""Cells along the sides of a field, by its dimensions."""

COVERED = 1 / 3
"""Share of a field of Lenia that random patches would cover if none lay on another."""

SOLID_PARTICLES = ParticleLeniaRule(w_k=0.0027, mu_g=0.2, sigma_g=0.06, dimensions=3)
"""In space, with the weight with which the field of one particle has the integral 1."""

MOST_SOLID_PARTICLES = 500


def fresh_world(rule: Rule) -> WorldSubject:
    """Return a world of a rule to begin with.

    Boards are empty, to be painted on. Else there is something that plays: patches of random
    values under Lenia, one living cell in a row, a patch of mass under Flow-Lenia, and particles
    that are strewn.
    """
    if isinstance(rule, ParticleLeniaRule):
        count = USUAL_PARTICLES if rule.dimensions == 2 else MOST_SOLID_PARTICLES
        return WorldSubject(particle_world(rule, count))
    if isinstance(rule, FlowLeniaRule):
        return WorldSubject(flow_world_of(rule, "flow-lenia"))
    if isinstance(rule, LeniaRule):
        side = SIDES[rule.dimensions]
        cells = _patches(rule, side)
        height = side if rule.dimensions > 1 else 1
        # with the largest of all planes in sight, what is painted would be painted on all
        look = WorldLook(plane=side // 2 if rule.dimensions == 3 else None)
        return WorldSubject(World("lenia", rule, torus(side, height), cells), look=look)
    if rule.dimensions == 1:
        row = np.zeros(RING, dtype=np.uint8)
        row[RING // 2] = 1
        return WorldSubject(World("row", rule, Topology("torus", RING, 1), row))
    blank = blank_world()
    return replace(blank, world=replace(blank.world, name="world", rule=rule))


def _patches(rule: LeniaRule, side: int) -> npt.NDArray[np.float64]:
    """Return squares of random values, a little larger than a kernel, on a third of a field."""
    rng = np.random.default_rng(3)
    cells = np.zeros((rule.channels, *(side,) * rule.dimensions))
    patch = int(min(max(2.3 * rule.radius, 4), side // 2))
    for _ in range(max(1, round(COVERED * (side / patch) ** rule.dimensions))):
        corner = rng.integers(0, side - patch, rule.dimensions)
        place = (slice(None), *(slice(each, each + patch) for each in corner.tolist()))
        cells[place] = rng.random(cells[place].shape)
    return cells


def is_fresh(subject: WorldSubject) -> bool:
    """Whether a world is empty, or as it was made, so that nothing is lost with it."""
    world = subject.world
    if subject.interventions:
        return False
    if not isinstance(world.cells, np.ndarray):
        return world.cells.population() == 0
    if not isinstance(world.rule, ParticleLeniaRule) and not world.cells.any():
        return True
    return np.array_equal(world.cells, np.asarray(fresh_world(world.rule).world.cells))


def takes_cells(rule: Rule, world: World) -> bool:
    """Whether a rule can go on with the cells of a world."""
    if rule.dimensions != world.rule.dimensions or (rule.states == 0) != world.is_field:
        return False
    if world.is_field:
        is_of_points = isinstance(rule, ParticleLeniaRule)
        if is_of_points != isinstance(world.rule, ParticleLeniaRule):
            return False
        return is_of_points or getattr(rule, "channels", 1) == world.array.shape[0]
    if rule.states >= world.rule.states:
        return True
    cells = world.cells
    if not isinstance(cells, np.ndarray):
        return False
    return not cells.size or int(cells.max()) < rule.states


@dataclass(frozen=True, slots=True)
class Fresh:
    """A kind of new world as it is offered: a short id, a title, what it is, and its rule."""

    id: str
    title: str
    hint: str
    rule: Callable[[], Rule]


FRESH: tuple[Fresh, ...] = (
    Fresh(
        "lenia",
        "Lenia",
        "A torus of Lenia with random patches, some of which become bodies that move.",
        lambda: lenia(13, 10, 0.15, 0.017),
    ),
    Fresh(
        "flow",
        "Flow-Lenia",
        "A patch of mass that flows and is never lost.",
        lambda: flow_rule("cells"),
    ),
    Fresh("particles", "Particle Lenia", "Two hundred particles in a plane.", ParticleLeniaRule),
    Fresh(
        "solid_particles",
        "Particle Lenia in space",
        "Five hundred particles in three dimensions.",
        lambda: SOLID_PARTICLES,
    ),
    Fresh(
        "row",
        "Row of cells",
        "A ring of cells with one alive in its middle, under an elementary rule.",
        lambda: Elementary(110),
    ),
)
"""Besides the empty board of Life, which is a new world without more words."""
