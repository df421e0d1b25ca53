"""What a world is made of, as far as hands need to know."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.world import World


@dataclass(frozen=True)
class Traits:
    """What can be done to a world.

    Attributes
    ----------
    kind : str
        ``"states"``, ``"field"`` or ``"particles"``.
    states, channels, dimensions : int
    width, height : int
        Of a bounded world, else 0.
    """

    kind: str
    states: int
    channels: int
    dimensions: int
    width: int
    height: int

    @property
    def is_field(self) -> bool:
        """Whether cells hold real numbers."""
        return self.kind == "field"

    @property
    def is_particles(self) -> bool:
        """Whether there are particles in place of cells."""
        return self.kind == "particles"

    @property
    def is_bounded(self) -> bool:
        """Whether the world has an edge all round."""
        return bool(self.width and self.height)

    def drawn(self, value: float, channel: int = 0) -> npt.NDArray[np.generic]:
        """Return one cell as a frame would show it, for its colour."""
        if self.kind == "states":
            return np.array([[round(value)]], dtype=np.uint8)
        cell = np.zeros((max(1, self.channels), 1, 1), dtype=np.float32)
        cell[min(channel, len(cell) - 1)] = value
        return cell


def traits_of(world: World) -> Traits:
    """Return the traits of a world."""
    topology = world.topology
    sides = (topology.width, topology.height) if topology.is_bounded else (0, 0)
    if not world.is_field:
        return Traits("states", world.rule.states, 1, world.rule.dimensions, *sides)
    if type(world.rule).__name__ == "ParticleLeniaRule":
        return Traits("particles", 0, 1, world.rule.dimensions, *sides)
    channels = getattr(world.rule, "channels", None) or world.array.shape[0]
    return Traits("field", 0, int(channels), world.rule.dimensions, *sides)
