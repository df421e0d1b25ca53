"""Two gliders on the plane so far apart that no array holds both."""

import numpy as np

from core.automata.rules.life_like import LIFE
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED
from core.automata.world import World, pattern

GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)
APART = 40_000


def gliders_far_apart() -> World:
    """Return a world whose cells are a quadtree, with a glider at (0, 0) and one far away."""
    stepper = make_stepper(pattern("glider", LIFE, GLIDER))
    stepper.paste(GLIDER, APART, APART)
    return World("gliders", LIFE, UNBOUNDED, stepper.quadtree())
