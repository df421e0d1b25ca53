"""Samples over time: a column for each number, in bounded memory."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOST_SAMPLES = 2**17


@dataclass(frozen=True, eq=False, slots=True)
class Samples:
    """Samples as they were at one moment.

    Attributes
    ----------
    columns : tuple of str
    generations : int64[n]
    rows : float64[n, columns]
    """

    columns: tuple[str, ...]
    generations: npt.NDArray[np.int64]
    rows: Floats

    def column(self, name: str) -> Floats:
        """Return the numbers of a column, float64[n]; nan where there was none."""
        return self.rows[:, self.columns.index(name)]

    def arrays(self) -> dict[str, npt.NDArray[np.int64] | Floats]:
        """Return all columns by name, the generations first."""
        found: dict[str, npt.NDArray[np.int64] | Floats] = {"generation": self.generations}
        return found | {name: self.column(name) for name in self.columns}


class Series:
    """A table of samples, one row for each generation looked at, in order.

    Past `most` samples every second one is left out, so that a run of any length fits.
    """

    def __init__(self, columns: Sequence[str], most: int = MOST_SAMPLES) -> None:
        self.columns = tuple(columns)
        self._most = max(4, most)
        self._rows = np.empty((64, len(self.columns)))
        self._generations = np.empty(64, dtype=np.int64)
        self._count = 0
        self.thinned = 0
        """How often samples were left out."""

    def __len__(self) -> int:
        return self._count

    @property
    def generations(self) -> npt.NDArray[np.int64]:
        """When the samples were taken, int64[n], a view."""
        return self._generations[: self._count]

    def column(self, name: str) -> Floats:
        """Return the numbers of a column, float64[n], a view; nan where there was none."""
        return self._rows[: self._count, self.columns.index(name)]

    def latest(self) -> dict[str, float]:
        """Return the last sample by column."""
        if not self._count:
            return {}
        return dict(zip(self.columns, self._rows[self._count - 1].tolist(), strict=True))

    def append(self, generation: int, values: Mapping[str, float]) -> None:
        """Add a sample; a column that is not named gets nan."""
        if self._count == self._most:
            self._thin()
        if self._count == len(self._generations):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._generations = np.concatenate(
                [self._generations, np.empty_like(self._generations)]
            )
        self._rows[self._count] = [values.get(name, np.nan) for name in self.columns]
        self._generations[self._count] = generation
        self._count += 1

    def truncate(self, generation: int) -> None:
        """Forget the samples taken after a generation."""
        kept = int(np.searchsorted(self.generations, generation, side="right"))
        if kept < self._count:
            self._keep(slice(kept))

    def adopt(self, samples: "Samples") -> None:
        """Begin with what was sampled before, as far as the columns are the same."""
        room = max(64, len(samples.generations))
        self._rows = np.full((room, len(self.columns)), np.nan)
        self._generations = np.empty(room, dtype=np.int64)
        self._count = len(samples.generations)
        self._generations[: self._count] = samples.generations
        for index, name in enumerate(self.columns):
            if name in samples.columns:
                self._rows[: self._count, index] = samples.column(name)

    def samples(self) -> "Samples":
        """Return what was sampled so far; what is sampled later does not change it."""
        return Samples(self.columns, self.generations, self._rows[: self._count])

    def _thin(self) -> None:
        self._keep(slice(0, self._count, 2))
        self.thinned += 1

    def _keep(self, chosen: slice) -> None:
        """Keep some samples, in new arrays, since others may look at the old ones."""
        rows, generations = self._rows[: self._count][chosen], self.generations[chosen]
        self._count = len(generations)
        room = max(64, self._count)
        self._rows = np.empty((room, len(self.columns)))
        self._generations = np.empty(room, dtype=np.int64)
        self._rows[: self._count], self._generations[: self._count] = rows, generations


def write_series(path: Path, arrays: Mapping[str, npt.NDArray[np.int64] | Floats]) -> None:
    """Write columns as NPZ, or as CSV with an empty field where there is no number."""
    if path.suffix.lower() == ".npz":
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(arrays)
    lists = [column.tolist() for column in arrays.values()]
    for row in zip(*lists, strict=True):
        writer.writerow(["" if value != value else value for value in row])
    path.write_text(text.getvalue(), encoding="utf-8")
