"""An ensemble of a region: what its viscera, boundary and environment did in many trajectories.

The world is split into V (viscera, inside), A (active boundary), P (passive boundary) and E
(environment); each part is told by some features at every time of every trajectory.

Source: Critch, Boundaries part 3a: Defining boundaries as directed Markov blankets (2022).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError, TooManyValues

Series = npt.NDArray[Any]
"""uint8 or int64 (symbols), or float64 (real values), of shape [trajectories, times, features]."""

PARTS = ("V", "A", "P", "E")
PART_TITLES = {
    "V": "viscera",
    "A": "active boundary",
    "P": "passive boundary",
    "E": "environment",
}

MOST_VALUES = 2**27
"""Values of one ensemble, all parts together."""

MOST_PIXELS = 2**22
"""Cells of the picture of the region."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What the four parts of a region did in many trajectories.

    Attributes
    ----------
    name : str
        Short and unique in a study.
    V, A, P, E : array[trajectories, times, features]
        As `Series` says; never written to. A and P may have no features at all: no boundary.
    times : int64[times]
        Generations since the trajectories began to be told, evenly spaced.
    seeds : int64[trajectories]
        From which the trajectories were drawn, one each.
    lag : int
        Generations from a state to the later one that is compared with it, unless asked otherwise.
    labels : mapping of part to tuple of str
        What the features are called.
    source : str
        Where it came from: rule, region, and what was varied.
    mask : uint8[H, W]
        The picture of the region: 0 outside of all parts, 1 V, 2 A, 3 P, 4 E. May be empty.
    frame : uint8[H, W] or float32[H, W]
        A state under the picture: states, or values of a field from 0 to 1. May be empty.
    note : str
        For whom opens it.
    system : str
        The name of the exactly known system that it was drawn from (`core.boundaries.known`);
        empty for none.
    """

    name: str
    V: Series
    A: Series
    P: Series
    E: Series
    times: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    seeds: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    lag: int = 1
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""
    mask: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 0), np.uint8))
    frame: npt.NDArray[Any] = field(default_factory=lambda: np.empty((0, 0), np.uint8))
    note: str = ""
    system: str = ""

    def __post_init__(self) -> None:
        for part in PARTS:
            object.__setattr__(self, part, _series(getattr(self, part), part))
        count, length = self.V.shape[:2]
        _check_sizes(self, count, length)
        times = self.times if np.size(self.times) else np.arange(length)
        seeds = self.seeds if np.size(self.seeds) else np.arange(count)
        object.__setattr__(self, "times", _times(times, length))
        object.__setattr__(self, "seeds", _whole(seeds, count, "seeds", "trajectory"))
        object.__setattr__(self, "labels", {part: self._labels_of(part) for part in PARTS})
        mask, frame = _picture(self.mask, self.frame)
        object.__setattr__(self, "mask", mask)
        object.__setattr__(self, "frame", frame)
        if not self.lag >= 1:
            raise BoundaryError(f"The lag of an ensemble is at least 1 generation, not {self.lag}.")

    @property
    def trajectories(self) -> int:
        """How many trajectories there are."""
        return int(self.V.shape[0])

    @property
    def length(self) -> int:
        """At how many times each trajectory is told."""
        return int(self.V.shape[1])

    @property
    def spacing(self) -> int:
        """Generations from one time to the next."""
        return int(self.times[1] - self.times[0]) if self.length > 1 else 1

    @property
    def is_symbolic(self) -> bool:
        """Whether all features are symbols rather than real values."""
        return all(self.part(name).dtype.kind != "f" for name in PARTS)

    def part(self, name: str) -> Series:
        """Return the features of V, A, P or E."""
        if name not in PARTS:
            raise BoundaryError(f"There is no part {name!r:.20}; parts are V, A, P and E.")
        series: Series = getattr(self, name)
        return series

    def features(self, name: str) -> int:
        """Return how many features a part has."""
        return int(self.part(name).shape[2])

    def renamed(self, name: str) -> "Ensemble":
        """Return the ensemble under another name."""
        return replace(self, name=name)

    def with_note(self, note: str) -> "Ensemble":
        """Return the ensemble with another note."""
        return replace(self, note=note)

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return the ensemble as plain JSON and arrays; `from_record` gives it back bit for bit."""
        from core.boundaries.ensemble_record import ensemble_record

        return ensemble_record(self)

    @staticmethod
    def from_record(
        record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
    ) -> "Ensemble":
        """Return the ensemble of a record; raises `BoundaryError` where it is damaged."""
        from core.boundaries.ensemble_record import ensemble_from_record

        return ensemble_from_record(record, arrays)

    def _labels_of(self, part: str) -> tuple[str, ...]:
        given = tuple(self.labels.get(part, ()))
        features = self.features(part)
        if given and len(given) != features:
            raise BoundaryError(
                f"{part} has {features} features, but {len(given)} labels; give one for each."
            )
        return given or tuple(f"{part}{number}" for number in range(features))


def _series(values: Any, part: str) -> Series:
    array = np.asarray(values)
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3:
        raise BoundaryError(
            f"{part} has {array.ndim} dimensions; trajectories, times and features are expected."
        )
    if array.dtype.kind == "f":
        array = np.array(array, dtype=np.float64, order="C")
        if not np.isfinite(array).all():
            raise BoundaryError(f"{part} has values that are no finite numbers.")
    elif array.dtype.kind in "iub":
        if array.dtype.kind == "u" and array.size and int(array.max()) >= 2**63:
            raise BoundaryError(f"{part} has symbols beyond 64 bits.")
        small = array.dtype.itemsize == 1 and array.dtype.kind in "ub"
        array = np.array(array, dtype=np.uint8 if small else np.int64, order="C")
    else:
        raise BoundaryError(f"{part} holds neither symbols nor real values, but {array.dtype}.")
    array.setflags(write=False)
    return array


def _check_sizes(ensemble: Ensemble, count: int, length: int) -> None:
    for part in PARTS:
        shape = ensemble.part(part).shape
        if shape[:2] != (count, length):
            raise BoundaryError(
                f"{part} tells {shape[0]} trajectories at {shape[1]} times, V {count} at {length}."
            )
    if count < 1 or length < 1:
        raise BoundaryError("An ensemble has at least one trajectory and one time.")
    if not ensemble.features("V") or not ensemble.features("E"):
        raise BoundaryError("The viscera V and the environment E need at least one feature each.")
    check_values(count, length, sum(ensemble.features(part) for part in PARTS))


def check_values(trajectories: int, times: int, features: int) -> None:
    """Raise `TooManyValues` where an ensemble of this size is not kept."""
    values = trajectories * times * features
    if values > MOST_VALUES:
        raise TooManyValues(
            f"{trajectories:,} trajectories of {times:,} times with {features:,} features are "
            f"{values:,} values, and at most {MOST_VALUES:,} are kept; ask for fewer."
        )


def _times(times: Any, length: int) -> npt.NDArray[np.int64]:
    found = _whole(times, length, "times", "time")
    if length > 1:
        gaps = np.diff(found)
        if gaps[0] < 1 or (gaps != gaps[0]).any():
            raise BoundaryError("The times of an ensemble rise by the same number of generations.")
    return found


def _whole(values: Any, count: int, name: str, each: str) -> npt.NDArray[np.int64]:
    array = np.asarray(values)
    if array.dtype.kind not in "iu" or array.shape != (count,):
        raise BoundaryError(
            f"The {name} of an ensemble are whole numbers, one for each {each} ({count})."
        )
    found = np.array(array, dtype=np.int64)
    found.setflags(write=False)
    return found


def _picture(mask: Any, frame: Any) -> tuple[npt.NDArray[np.uint8], npt.NDArray[Any]]:
    mask, frame = np.asarray(mask), np.asarray(frame)
    if mask.ndim != 2 or mask.dtype.kind not in "iu" or mask.size > MOST_PIXELS:
        raise BoundaryError(f"The picture of a region is a grid of up to {MOST_PIXELS:,} cells.")
    if mask.size and not 0 <= int(mask.min()) <= int(mask.max()) <= len(PARTS):
        raise BoundaryError("The picture of a region has the numbers 0 to 4, 1 to 4 for V A P E.")
    if frame.size and frame.shape != mask.shape:
        raise BoundaryError("The state under the picture of a region is not of the same size.")
    if frame.dtype.kind not in "iufb" or not np.isfinite(frame).all():
        raise BoundaryError("The state under the picture of a region has no finite numbers.")
    kind = np.float32 if frame.dtype.kind == "f" else np.uint8
    kept, under = np.array(mask, dtype=np.uint8), np.array(frame, dtype=kind)
    kept.setflags(write=False)
    under.setflags(write=False)
    return kept, under
