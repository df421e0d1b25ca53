"""An ensemble as plain JSON with its arrays beside it, and back, with every field checked."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.errors import BoundaryError
from core.labels import quoted

RECORD_FORMAT = "macroscope-ensemble"
ARRAYS = (*PARTS, "times", "seeds", "mask", "frame")


def ensemble_record(ensemble: Ensemble) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Return the ensemble as plain JSON, and its numbers as arrays."""
    return {
        "format": RECORD_FORMAT,
        "name": ensemble.name,
        "note": ensemble.note,
        "source": ensemble.source,
        "lag": ensemble.lag,
        "system": ensemble.system,
        "labels": {part: list(ensemble.labels[part]) for part in PARTS},
    }, {name: getattr(ensemble, name) for name in ARRAYS}


def ensemble_from_record(
    record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
) -> Ensemble:
    """Return the ensemble of a record; without A or P it has no boundary.

    Raises
    ------
    BoundaryError
        When something is missing, of the wrong kind, or does not fit the rest.
    """
    for part in ("V", "E"):
        if part not in arrays:
            raise BoundaryError(f"The ensemble has no array {part}.")
    nothing = np.empty((*np.shape(arrays["V"])[:2], 0), dtype=np.uint8)
    parts = {part: np.asarray(arrays.get(part, nothing)) for part in PARTS}
    others = {name: np.asarray(arrays[name]) for name in ARRAYS[len(PARTS) :] if name in arrays}
    return Ensemble(
        name=_field(record, "name", str, ""),
        note=_field(record, "note", str, ""),
        source=_field(record, "source", str, ""),
        lag=_field(record, "lag", int, 1),
        system=_field(record, "system", str, ""),
        labels=_labels(_field(record, "labels", dict, {})),
        **parts,
        **others,
    )


def _labels(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {}
    for part in PARTS:
        names = given.get(part, [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BoundaryError(f"The labels of {part} are not a list of names.")
        found[part] = tuple(names)
    return found


def _field(record: Mapping[str, Any], key: str, kind: type, usual: Any) -> Any:
    value = record.get(key, usual)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BoundaryError(
            f"{quoted(key)} of an ensemble's record is {value!r:.40}, which it cannot be."
        )
    return value
