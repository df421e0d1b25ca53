"""What hands did to a world as plain JSON with the patches beside it, and back, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Randomise,
    Stroke,
)
from core.automata.rules.reading import rule_of
from core.automata.rules.rule import Rule
from core.automata.stepper import PASTE_MODES

Arrays = Mapping[str, npt.NDArray[Any]]

KINDS: dict[str, type] = {
    "stroke": Stroke,
    "patch": Patch,
    "fill": Fill,
    "randomise": Randomise,
    "rule": ChangeRule,
    "obstacle": Obstacle,
    "food": Food,
    "noise": NoiseBrush,
    "gun": Gun,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_WHOLE = {"generation", "width", "height", "channel", "seed", "every", "life"}
"""Fields that are whole numbers everywhere; x and y are so in patches and rectangles."""

_POSITIVE = {"every", "life"}


def interventions_record(
    interventions: Sequence[Intervention],
) -> tuple[list[dict[str, Any]], dict[str, npt.NDArray[Any]]]:
    """Return interventions as JSON, the cells of patches as arrays called ``patch-0`` and so on."""
    records: list[dict[str, Any]] = []
    arrays: dict[str, npt.NDArray[Any]] = {}
    for number, each in enumerate(interventions):
        record: dict[str, Any] = {"kind": _NAMES[type(each)]}
        for part in fields(each):
            value = getattr(each, part.name)
            if part.name == "cells":
                arrays[f"patch-{number}"] = value
            elif part.name == "points":
                record["points"] = [list(point) for point in value]
            elif part.name == "rule":
                record["rule"] = value.text
            else:
                record[part.name] = value
        records.append(record)
    return records, arrays


def interventions_from_record(records: object, arrays: Arrays) -> tuple[Intervention, ...]:
    """Return the interventions of a record.

    Raises
    ------
    AutomataError
        When something is missing or of the wrong kind; the message says in which intervention.
    """
    if not isinstance(records, list):
        raise AutomataError("The interventions of the world are no list.")
    return tuple(_intervention(number, each, arrays) for number, each in enumerate(records))


def _intervention(number: int, record: object, arrays: Arrays) -> Intervention:
    where = f"Intervention {number + 1}"
    kind = KINDS.get(str(record.get("kind"))) if isinstance(record, dict) else None
    if kind is None or not isinstance(record, dict):
        raise AutomataError(f"{where} is of no kind that is known.")
    values: dict[str, Any] = {}
    for part in fields(kind):
        if part.name == "cells":
            values["cells"] = _cells(number, arrays, where)
        elif part.name not in record:
            raise AutomataError(f"{where} lacks {part.name!r}.")
        elif part.name == "rule":
            values["rule"] = _rule(record["rule"], where)
        else:
            is_placed = part.name in ("x", "y") and kind in (Patch, Fill, Randomise)
            values[part.name] = _value(part.name, record[part.name], where, is_placed)
    made: Intervention = kind(**values)
    return made


def _value(name: str, value: object, where: str, is_placed: bool) -> Any:
    if name == "mode":
        if value not in PASTE_MODES:
            raise AutomataError(f"{where} has the unknown mode {value!r}.")
        return value
    if name == "points":
        return _points(value, where)
    if name == "until" and value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise AutomataError(f"{where} has no number where {name!r} belongs.")
    if (name in _WHOLE or name == "until" or is_placed) and type(value) is not int:
        raise AutomataError(f"{where} has no whole number where {name!r} belongs.")
    if name in _POSITIVE and value < 1:
        raise AutomataError(f"{where} has a number below 1 where {name!r} belongs.")
    return value


def _points(value: object, where: str) -> tuple[tuple[float, float], ...]:
    try:
        points = np.asarray(value, dtype=np.float64).reshape(-1, 2)
    except (TypeError, ValueError):
        points = np.full((1, 2), np.nan)
    if not np.isfinite(points).all():
        raise AutomataError(f"{where} has points that are no pairs of numbers.")
    return tuple((float(x), float(y)) for x, y in points)


def _cells(number: int, arrays: Arrays, where: str) -> npt.NDArray[Any]:
    cells = arrays.get(f"patch-{number}")
    if cells is None or cells.dtype.kind not in "uif" or not np.isfinite(cells).all():
        raise AutomataError(f"{where} has lost the cells of its patch.")
    return cells


def _rule(record: object, where: str) -> Rule:
    if not isinstance(record, str):
        raise AutomataError(f"{where} has no rule.")
    return rule_of(record)
