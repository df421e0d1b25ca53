"""What a format cannot hold of a world that it is written in, told before or after."""

import numpy as np

from core.automata.formats.png_world import is_flat
from core.automata.rules.rule import Rule
from core.automata.world import World

_PLAIN = (".cells", ".lif")
"""Formats that hold cells of Life and nothing else."""

ROUNDING = 1e-9
"""Of a value that is a number of 255ths, in these."""

_OF_PATTERNS = (*_PLAIN, ".rle", ".mc", ".mc.gz")


def lost_in(world: World, name: str) -> tuple[str, ...]:
    """Return one sentence for everything that a file of that name will not hold.

    What makes a format impossible is no loss: writing raises an error then.
    """
    ending = name.lower()
    lost = []
    if ending.endswith(_PLAIN):
        if world.rule.text != "B3/S23":
            lost.append(f"The rule {world.rule.text} is left out; it will be read as Life.")
        if world.topology.text:
            lost.append(f"That the sides are joined ({world.topology.text}) is left out.")
        if world.generation:
            lost.append(f"The generation {world.generation:,} is left out.")
    if ending.endswith(".cells") and world.origin != (0, 0):
        lost.append(f"The place {world.origin} of the pattern is left out.")
    if ending.endswith(_OF_PATTERNS) and _draws(world.rule):
        lost.append(f"The seed {world.seed} is left out; a run goes on with other random numbers.")
    if ending.endswith(".png") and world.is_field and not is_flat(world):
        lost.append("A picture shows the field and does not hold it; .json and .npy do.")
    elif ending.endswith(".png") and world.is_field and _is_finer(world):
        lost.append("A picture rounds values to 255ths; .json and .npy hold every number.")
    if ending.endswith(".animals.json") and world.is_field:
        lost.append("The size of the torus and the place on it are left out.")
        if _is_finer(world):
            lost.append("Values are rounded to 255ths; .json holds every number.")
    return tuple(lost)


def _is_finer(world: World) -> bool:
    """Whether a field has values that are no 255ths."""
    codes = np.asarray(world.array) * 255
    return bool(np.abs(codes - np.rint(codes)).max(initial=0.0) > ROUNDING)


def _draws(rule: Rule) -> bool:
    """Whether steps of a rule draw random numbers."""
    names = ("Noisy", "Asynchronous", "DomanyKinzel", "Ising", "Voter", "Contact", "Sir")
    inner = getattr(rule, "rule", None)
    return type(rule).__name__ in names or (inner is not None and _draws(inner))
