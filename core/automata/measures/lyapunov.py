"""How fast two nearly equal states part: the largest Lyapunov exponent, by a twin.

The twin is put back to a small distance after every step; the mean logarithm of the stretching is
the exponent. Source: Benettin, Galgani, Giorgilli and Strelcyn, Lyapunov characteristic exponents
for smooth dynamical systems (1980).
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.measures.board import setting_of
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.progress import Progress

PERTURBATION = 1e-8


@dataclass(frozen=True, eq=False, slots=True)
class LyapunovExponent:
    """The stretching of each step.

    Attributes
    ----------
    stretchings : float64[steps]
        Natural logarithm of the factor by which the distance grew in each step.
    steps_per_unit : float
        T of Lenia.
    died : bool
        The twins became equal: everything forgot the perturbation.
    """

    stretchings: npt.NDArray[np.float64]
    steps_per_unit: float
    died: bool = False

    @property
    def _settled(self) -> npt.NDArray[np.float64]:
        return self.stretchings[len(self.stretchings) // 2 :]

    @property
    def per_step(self) -> float:
        """Nats a step, over the second half, when the fastest direction has taken over."""
        if self.died:
            return -np.inf
        return float(self._settled.mean()) if len(self._settled) else np.nan

    @property
    def per_time(self) -> float:
        """Nats a unit of time."""
        return self.per_step * self.steps_per_unit

    @property
    def error(self) -> float:
        """Standard error of `per_step` from ten stretches that count as independent."""
        parts = [each.mean() for each in np.array_split(self._settled, 10) if each.size]
        return float(np.std(parts, ddof=1) / sqrt(len(parts))) if len(parts) > 1 else np.nan

    @property
    def running(self) -> npt.NDArray[np.float64]:
        """Mean stretching up to each step, float64[steps]."""
        return np.cumsum(self.stretchings) / np.arange(1, len(self.stretchings) + 1)


def lyapunov_exponent(
    world: World, steps: int = 1000, seed: int = 0, progress: Progress | None = None
) -> LyapunovExponent:
    """Return the exponent of a world of real numbers from its present state on.

    The perturbation is drawn from `seed`, on cells that live or are next to living ones. A pattern
    that keeps its shape and drifts freely has the exponent 0, that of being moved along.

    Raises
    ------
    AutomataError
        For a world of states; `damage` is made for those.
    """
    setting = setting_of(world)
    if setting.family == "states":
        raise AutomataError("States cannot part by a little; ask for the spreading of damage.")
    one = make_stepper(world, precision="float64")
    other = make_stepper(replace(world), precision="float64")
    before = one.cells()
    random = np.random.default_rng(seed)
    direction = random.standard_normal(before.shape)
    if setting.family == "field":
        direction *= before > 0
    distance = _norm(direction)
    if not distance > 0:
        raise AutomataError("Nothing lives here, so there is nothing to perturb.")
    other.replace(before + direction * (PERTURBATION / distance))
    apart = _norm(other.cells() - before)
    found = np.empty(steps)
    for step in range(steps):
        if progress is not None:
            progress.report(step / steps, f"Step {step:,}")
        one.step()
        other.step()
        first = one.cells()
        difference = other.cells() - first
        distance = _norm(difference)
        if not distance > 0 or not apart > 0:
            return LyapunovExponent(found[:step].copy(), setting.steps_per_unit, died=True)
        found[step] = np.log(distance / apart)
        other.replace(first + difference * (PERTURBATION / distance))
        apart = _norm(other.cells() - first)
    return LyapunovExponent(found, setting.steps_per_unit)


def _norm(array: npt.NDArray[np.float64]) -> float:
    return float(np.sqrt(np.square(array).sum()))  # not by BLAS, whose threads wake up slowly
