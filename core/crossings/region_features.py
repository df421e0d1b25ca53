"""What is told of each part of a region: its cells one by one, or what lives in its sectors."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import PARTS
from core.crossings.region_parts import RegionParts
from core.crossings.region_settings import MOST_BITS, RegionSettings
from core.crossings.region_window import Planes


@dataclass(frozen=True, eq=False, slots=True)
class RegionFeatures:
    """Features of a window, those of V first, then of A, P and E.

    Attributes
    ----------
    labels : dict of part to tuple of str
    is_states : bool
        Whether they are states of cells rather than sums.
    cells : int64[n]
        Numbers of the cells that belong to a part.
    groups : int64[n]
        Which feature each cell goes into.
    sizes : int64[features]
        How many cells a feature has.
    planes : int
        Of the world; each has features of its own.
    """

    labels: dict[str, tuple[str, ...]]
    is_states: bool
    cells: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    planes: int

    @property
    def count(self) -> int:
        """How many features there are, of all parts together."""
        return sum(len(names) for names in self.labels.values())

    @property
    def dtype(self) -> type:
        """uint8 of states, else float64."""
        return np.uint8 if self.is_states else np.float64

    def of(self, planes: Planes) -> npt.NDArray[np.float64] | npt.NDArray[np.uint8]:
        """Return the features of a window."""
        flat = planes.reshape(len(planes), -1)[:, self.cells]
        if self.is_states:
            states: npt.NDArray[np.uint8] = flat[0]
            return states
        values = flat > 0 if planes.dtype.kind == "u" else flat
        sums = np.array(
            [np.bincount(self.groups, row, minlength=len(self.sizes)) for row in values]
        )
        if planes.dtype.kind != "u":
            sums = sums / self.sizes
        return sums.T.reshape(-1)

    def split(self, told: Planes) -> dict[str, Planes]:
        """Return features [..., all] by part."""
        found, at = {}, 0
        for part in PARTS:
            stop = at + len(self.labels[part])
            found[part] = told[..., at:stop]
            at = stop
        return found


def region_features(parts: RegionParts, settings: RegionSettings, planes: int) -> RegionFeatures:
    """Return what is told of the parts of a region.

    Parameters
    ----------
    planes : int
        1 for states, the channels of a field.
    """
    states = parts.window.setting.states
    largest = max(np.bincount(parts.mask.ravel(), minlength=5)[1:])
    is_single = settings.features == "bits" or (
        settings.features == "auto" and states > 0 and largest <= MOST_BITS
    )
    sectors = _cells_alone(parts) if is_single else _sectors(parts, settings.sectors)
    cells, groups = [], []
    labels: dict[str, tuple[str, ...]] = {}
    sizes: list[int] = []
    for number, part in enumerate(PARTS, start=1):
        inside = np.flatnonzero(parts.mask.ravel() == number)
        kinds, group = np.unique(sectors[inside], return_inverse=True)
        cells.append(inside)
        groups.append(group + len(sizes))
        sizes += np.bincount(group).tolist()
        names = [_name(parts, part, int(kind), settings, is_single) for kind in kinds]
        labels[part] = tuple(
            name if planes == 1 else f"{name}, channel {plane}"
            for name in names
            for plane in range(planes)
        )
    return RegionFeatures(
        labels,
        is_single and states > 0,
        np.concatenate(cells),
        np.concatenate(groups).astype(np.int64),
        np.array(sizes, dtype=np.int64),
        planes,
    )


def _cells_alone(parts: RegionParts) -> npt.NDArray[np.int64]:
    return np.arange(parts.mask.size)


def _sectors(parts: RegionParts, sectors: int) -> npt.NDArray[np.int64]:
    """Return for each cell its sector round the middle of the parts, from the right clockwise."""
    rows, columns = np.nonzero((parts.mask == 1) | (parts.mask == 2))
    y, x = np.indices(parts.mask.shape)
    turn = np.arctan2(y - rows.mean(), x - columns.mean()) / (2 * np.pi)
    numbers = np.floor((turn % 1.0) * sectors).astype(np.int64) % sectors
    flat: npt.NDArray[np.int64] = numbers.ravel()
    return flat


def _name(
    parts: RegionParts, part: str, kind: int, settings: RegionSettings, is_single: bool
) -> str:
    if is_single:
        y, x = divmod(kind, parts.mask.shape[1])
        return f"{part} {x},{y}"
    if settings.sectors == 1:
        return f"{part} whole"
    wide = 360 / settings.sectors
    return f"{part} {kind * wide:g}°-{(kind + 1) * wide:g}°"
