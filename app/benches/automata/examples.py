"""The worlds of the gallery: what everybody knows, and worlds that begin with random cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.automata.patterns import PATTERNS, Pattern
from core.automata.rules.cyclic import Cyclic
from core.automata.rules.generations import Generations
from core.automata.rules.ising import Ising
from core.automata.rules.lenia import lenia
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject

FIRST = (
    "swift-glider",
    "gosper-gun",
    "circler",
    "glider",
    "r-pentomino",
    "acorn",
    "rule-30",
    "rule-110",
)
"""The most telling patterns first; then the rest in their own order."""


@dataclass(frozen=True, slots=True)
class WorldExample:
    """A world as the gallery offers it; attributes as of every example."""

    name: str
    title: str
    source: str
    hint: str
    build: Callable[[], WorldSubject]


def of_pattern(pattern: Pattern) -> WorldExample:
    """Return a pattern of the library as an example."""
    return WorldExample(
        f"world-{pattern.name}",
        pattern.title,
        pattern.source,
        pattern.look_at,
        lambda: WorldSubject(pattern.build()),
    )


def lenia_soup() -> WorldSubject:
    """Return patches of random values that Lenia shapes into moving bodies, or into nothing."""
    rng = np.random.default_rng(3)
    cells = np.zeros((1, 256, 256))
    for _ in range(24):
        y, x = rng.integers(0, 226, 2)
        cells[0, y : y + 30, x : x + 30] = rng.random((30, 30))
    world = World("lenia", lenia(13, 10, 0.15, 0.017), torus(256, 256), cells)
    return WorldSubject(replace(world, title="Lenia, random patches"))


def particles() -> WorldSubject:
    """Return 200 particles that gather into bodies."""
    places = np.random.default_rng(1).random((200, 2)) * 12.0
    world = World("particles", ParticleLeniaRule(), UNBOUNDED, places)
    return WorldSubject(replace(world, title="Particle Lenia"))


def solid_lenia() -> WorldSubject:
    """Return balls of random values in space; some last, some grow into a labyrinth."""
    side, radius = 64, 4.7
    rng = np.random.default_rng(2)
    places = np.indices((side, side, side))
    cells = np.zeros((1, side, side, side))
    for _ in range(10):
        middle = rng.integers(0, side, 3).reshape(3, 1, 1, 1)
        away = (places - middle + side // 2) % side - side // 2
        coarse = np.kron(rng.random((16, 16, 16)), np.ones((4, 4, 4)))
        inside = (away**2).sum(axis=0) < radius**2
        cells[0][inside] = np.minimum(1.5 * coarse[inside], 1.0)
    rule = lenia(8, 10, 0.1506, 0.0191, dimensions=3)
    world = World("solid-lenia", rule, torus(side, side), cells)
    look = WorldLook(plane=side // 2)
    return WorldSubject(replace(world, title="Lenia in three dimensions"), look=look)


def solid_particles() -> WorldSubject:
    """Return 500 particles in space; the weight of the kernel is that of three dimensions."""
    places = np.random.default_rng(1).random((500, 3)) * 9.0
    rule = ParticleLeniaRule(w_k=0.0027, mu_g=0.2, sigma_g=0.06, dimensions=3)
    world = World("solid-particles", rule, UNBOUNDED, places)
    return WorldSubject(replace(world, title="Particle Lenia in three dimensions"))


def soup(rule: Rule, side: int, share: float, seed: int = 1) -> WorldSubject:
    """Return a torus of random cells, a share of which are not in state 0."""
    rng = np.random.default_rng(seed)
    states = rng.integers(1, rule.states, (side, side), dtype=np.uint8)
    cells = np.where(rng.random((side, side)) < share, states, 0).astype(np.uint8)
    look = WorldLook(palette="inferno") if rule.states > 9 else WorldLook()
    return WorldSubject(World("soup", rule, torus(side, side), cells, seed=seed), look=look)


RANDOM = (
    WorldExample(
        "world-lenia",
        "Lenia, random patches",
        "Chan, Lenia: biology of artificial life (2019)",
        "Play, and watch bodies form and glide; then move mu until they die.",
        lenia_soup,
    ),
    WorldExample(
        "world-particle-lenia",
        "Particle Lenia",
        "Mordvintsev, Niklasson and Randazzo (2022)",
        "Two hundred particles descend their own energy and gather into bodies.",
        particles,
    ),
    WorldExample(
        "world-solid-lenia",
        "Lenia in three dimensions",
        "Chan, Lenia and expanded universe (2020)",
        "Balls grow into a labyrinth, seen in one plane; Depth in the World tab moves it.",
        solid_lenia,
    ),
    WorldExample(
        "world-solid-particles",
        "Particle Lenia in three dimensions",
        "Mordvintsev, Niklasson and Randazzo (2022)",
        "Five hundred particles fold into shells; the nearer, the larger and lighter.",
        solid_particles,
    ),
    WorldExample(
        "world-brian",
        "Brian's Brain, a soup",
        "Silverman (1984)",
        "Every cell fires once and rests: nothing stays, everything moves.",
        lambda: soup(Generations("2", "", 3), 256, 0.3),
    ),
    WorldExample(
        "world-ising",
        "Ising magnet at its critical point",
        "Onsager, Crystal statistics (1944)",
        "Islands of every size; lower the temperature and they grow without end.",
        lambda: soup(Ising(), 256, 0.5),
    ),
    WorldExample(
        "world-cyclic",
        "Cyclic automaton",
        "Griffeath, Cyclic random competition (1988)",
        "Droplets nucleate and spirals take the torus over.",
        lambda: soup(Cyclic(1, 1, 14, "N"), 256, 13 / 14),
    ),
)


def _ordered() -> tuple[WorldExample, ...]:
    known = {pattern.name: pattern for pattern in PATTERNS}
    first = [of_pattern(known[name]) for name in FIRST if name in known]
    rest = [of_pattern(each) for each in PATTERNS if each.name not in FIRST]
    return (*first[:2], *RANDOM[:2], *first[2:], *RANDOM[2:], *rest)


EXAMPLES = _ordered()
