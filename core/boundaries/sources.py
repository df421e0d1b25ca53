"""Samples for a question about a boundary, taken from an ensemble at one time or at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.flow_result import FlowSettings
from core.boundaries.gaussian import GaussianSample
from core.boundaries.joint_symbols import Symbols, joint_symbols, merged
from core.boundaries.plug_in import SymbolSample
from core.progress import Progress

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """A conditional mutual information I(X; Y | Z) of parts.

    Attributes
    ----------
    formula : str
    later : tuple of str
        Parts that X is, one lag later.
    now : tuple of str
        Parts that X is, at present.
    other, given : tuple of str
        Parts that Y and Z are, at present.
    """

    formula: str
    later: tuple[str, ...]
    now: tuple[str, ...]
    other: tuple[str, ...]
    given: tuple[str, ...]


INFIL = Question("I(V', A'; E | V, A, P)", ("V", "A"), (), ("E",), ("V", "A", "P"))
EXFIL = Question("I(E', P'; V | A, P, E)", ("E", "P"), (), ("V",), ("A", "P", "E"))
STATIC = Question("I(V; E | A, P)", (), ("V",), ("E",), ("A", "P"))
MEMORY = Question("I(V'; V)", ("V",), (), ("V",), ())


@dataclass(frozen=True, slots=True)
class Moment:
    """From when samples are taken.

    Attributes
    ----------
    times : slice
        Numbers of the earlier times.
    lag : int
        Times from there to the later state.
    """

    times: slice
    lag: int

    @property
    def later(self) -> slice:
        """Numbers of the later times."""
        return slice(self.times.start + self.lag, self.times.stop + self.lag)


@dataclass(frozen=True, eq=False, slots=True)
class Swap:
    """Other samples in place of those of Y, for a control.

    Attributes
    ----------
    trajectories : int64[trajectories]
        Whose Y is taken.
    shift : int
        So many times before its own Y is taken.
    """

    trajectories: npt.NDArray[np.int64]
    shift: int = 0


class Sample(Protocol):
    """What an estimator makes of samples; see `SymbolSample` and `GaussianSample`."""

    value: float
    bias: float
    occupied: int

    def entropies(self) -> tuple[float, float]:
        """Return H(Y | Z) and H(X | Z)."""

    def shuffled(
        self, random: np.random.Generator, count: int, progress: Progress | None = None
    ) -> Floats:
        """Return what chance alone gives."""

    def resampled(self, draws: npt.NDArray[np.integer]) -> Floats:
        """Return the estimate from drawn samples."""


class SymbolSource:
    """An ensemble in joint symbols.

    Attributes
    ----------
    sizes : dict of part to int
        How many symbols each has.
    """

    def __init__(
        self, ensemble: Ensemble, settings: FlowSettings, progress: Progress | None = None
    ) -> None:
        self.sizes: dict[str, int] = {}
        self._parts: dict[str, Symbols] = {}
        for part in PARTS:
            found = joint_symbols(ensemble, part, settings, progress)
            self._parts[part], self.sizes[part] = found

    def sample(self, question: Question, moment: Moment, swap: Swap | None = None) -> SymbolSample:
        """Return the samples of a question."""
        x = [self._parts[part][:, moment.later] for part in question.later]
        x += [self._parts[part][:, moment.times] for part in question.now]
        y = [_swapped(self._parts[part], moment, swap) for part in question.other]
        z = [self._parts[part][:, moment.times] for part in question.given]
        length = y[0].size
        codes = [merged([each.reshape(-1) for each in columns], length) for columns in (x, y, z)]
        sizes = (codes[0][1], codes[1][1], codes[2][1])
        return SymbolSample(codes[0][0], codes[1][0], codes[2][0], sizes)

    def entropy(self, parts: Sequence[str], moment: Moment) -> float:
        """Return the entropy in bits of some parts together, from counts."""
        columns = [self._parts[part][:, moment.times].reshape(-1) for part in parts]
        shares = np.bincount(merged(columns)[0]) / len(columns[0])
        return float(-(shares * np.log2(shares)).sum()) + 0.0


class GaussianSource:
    """An ensemble in its features as they are."""

    sizes: dict[str, int] = dict.fromkeys(PARTS, 0)

    def __init__(self, ensemble: Ensemble) -> None:
        self._parts = {part: ensemble.part(part).astype(np.float64) for part in PARTS}

    def sample(
        self, question: Question, moment: Moment, swap: Swap | None = None
    ) -> GaussianSample:
        """Return the samples of a question."""
        x = [self._parts[part][:, moment.later] for part in question.later]
        x += [self._parts[part][:, moment.times] for part in question.now]
        y = [_swapped(self._parts[part], moment, swap) for part in question.other]
        z = [self._parts[part][:, moment.times] for part in question.given]
        z.append(np.empty((*y[0].shape[:2], 0)))
        joined = (np.concatenate(each, axis=2) for each in (x, y, z))
        rows = [each.reshape(y[0].shape[0] * y[0].shape[1], -1) for each in joined]
        return GaussianSample(*rows)

    def entropy(self, parts: Sequence[str], moment: Moment) -> float:
        """Return NaN: real values have no entropy that says anything by itself."""
        return float("nan")


Source = SymbolSource | GaussianSource


def source_of(
    ensemble: Ensemble, settings: FlowSettings, progress: Progress | None = None
) -> Source:
    """Return the ensemble as the estimator of the settings takes it."""
    if settings.estimator == "gaussian":
        return GaussianSource(ensemble)
    return SymbolSource(ensemble, settings, progress)


def _swapped(part: npt.NDArray[Any], moment: Moment, swap: Swap | None) -> npt.NDArray[Any]:
    if swap is None:
        return part[:, moment.times]
    times = np.arange(moment.times.start, moment.times.stop) - swap.shift
    taken: npt.NDArray[Any] = part[swap.trajectories[:, None], times[None]]
    return taken
