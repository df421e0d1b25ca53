"""The worlds of the gallery: what everybody knows, and worlds that begin with random cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.automata.patterns import PATTERNS, Pattern
from core.automata.patterns.creatures import CREATURES
from core.automata.patterns.flow import flow_world
from core.automata.patterns.fresh import SOLID_PARTICLES
from core.automata.patterns.life import LIFE_PATTERNS
from core.automata.rules.cyclic import Cyclic
from core.automata.rules.generations import Generations
from core.automata.rules.ising import Ising
from core.automata.rules.lenia import lenia
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.rules.reading import rule_of
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
    """A world as the gallery offers it; attributes as of every example.

    `keywords` are words by which it is found too, such as those for the family of its rule.
    """

    name: str
    title: str
    source: str
    hint: str
    build: Callable[[], WorldSubject]
    keywords: str = ""


def of_pattern(pattern: Pattern) -> WorldExample:
    """Return a pattern of the library as an example."""
    return WorldExample(
        f"world-{pattern.name}",
        pattern.title,
        pattern.source,
        pattern.look_at,
        lambda: WorldSubject(pattern.build()),
        _family(pattern),
    )


def _family(pattern: Pattern) -> str:
    """Return words for the rule of a pattern, without making its world."""
    if pattern in CREATURES:
        return "Lenia creature"
    if pattern in LIFE_PATTERNS:
        return "Game of Life B3/S23"
    return "elementary rule of a row" if pattern.name.startswith("rule-") else ""


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
    world = World("solid-particles", SOLID_PARTICLES, UNBOUNDED, places)
    return WorldSubject(replace(world, title="Particle Lenia in three dimensions"))


def flow(name: str, title: str) -> WorldSubject:
    """Return a patch of mass of Flow-Lenia, which moves and is never lost."""
    world = flow_world(name)
    return WorldSubject(replace(world, name=f"flow-{name}", title=title))


TRIO = (
    "lenia:R=10,T=5,c=3;gn=2,m=0.235,s=0.0256,h=0.38;b=1|0.37,gn=2,m=0.274,s=0.0313,h=0.46,c=0>1;"
    "b=1|14/25,gn=2,m=0.183,s=0.0191,h=0.25,c=0>2;gn=2,m=0.217,s=0.0321,h=0.41,c=1>0;"
    "gn=2,m=0.123,s=0.0179,h=0.68,c=1>1;b=1|0.86,gn=2,m=0.289,s=0.0292,h=0.23,c=1>2;"
    "gn=2,m=0.272,s=0.0451,h=0.42,c=2>0;b=1|0.33,gn=2,m=0.21,s=0.0244,h=0.35,c=2>1;"
    "b=1|3/10,gn=2,m=0.201,s=0.0297,h=0.98,c=2>2"
)
"""Three channels that feed each other, drawn at random: the 24th of a few dozen that lived."""


def trio() -> WorldSubject:
    """Return patches of three channels of Lenia."""
    rng = np.random.default_rng(23)
    cells = np.zeros((3, 192, 192))
    for _ in range(32):
        y, x = rng.integers(0, 172, 2)
        cells[:, y : y + 20, x : x + 20] = rng.random((3, 20, 20))
    world = World("lenia-trio", rule_of(TRIO), torus(192, 192), cells)
    return WorldSubject(replace(world, title="Lenia of three channels"))


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
        "world-flow-cells",
        "Flow-Lenia, a cell",
        "Plantec and others, Flow-Lenia (2023)",
        "A patch gathers into a body with a skin and a core that divides; no mass is ever lost.",
        lambda: flow("cells", "Flow-Lenia, a cell"),
    ),
    WorldExample(
        "world-flow-reef",
        "Flow-Lenia, a reef of three channels",
        "Plantec and others, Flow-Lenia (2023)",
        "Three substances part into a core with lobes around it, each in its own colour.",
        lambda: flow("reef", "Flow-Lenia, a reef of three channels"),
    ),
    WorldExample(
        "world-trio",
        "Lenia of three channels",
        "Chan, Lenia and expanded universe (2020), for the family",
        "Nine kernels let three channels grow on each other; each has its own colour.",
        trio,
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
