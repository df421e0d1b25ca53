"""Interventions as plain JSON and arrays, and back bit for bit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.formats.rule_file import rule_of_file_text
from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Push,
    Randomise,
    Stroke,
)
from core.automata.rules.reading import rule_of
from core.automata.rules.rule import Rule
from core.automata.stepper import PASTE_MODES
from core.automata.world_record import table_of
from core.labels import quoted

Arrays = dict[str, npt.NDArray[Any]]

KINDS: Mapping[str, type[Any]] = {
    "stroke": Stroke,
    "patch": Patch,
    "fill": Fill,
    "randomise": Randomise,
    "push": Push,
    "rule": ChangeRule,
    "obstacle": Obstacle,
    "food": Food,
    "noise": NoiseBrush,
    "gun": Gun,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_NOT_NEGATIVE = ("radius", "width", "height", "density", "level", "spread", "channel", "plane")
_PERHAPS = ("until", "plane")
_POSITIVE = ("every", "life", "states", "channels")


def interventions_record(
    interventions: Iterable[Intervention],
) -> tuple[list[dict[str, Any]], Arrays]:
    """Return one JSON object per intervention, and the cells of its patches by name."""
    records: list[dict[str, Any]] = []
    arrays: Arrays = {}
    for number, each in enumerate(interventions):
        record: dict[str, Any] = {"kind": _NAMES[type(each)]}
        for field in fields(each):
            value = getattr(each, field.name)
            if field.name == "cells":
                value = f"intervention-{number}"
                arrays[value] = np.asarray(getattr(each, field.name))
            elif field.name == "rule":
                table = table_of(value)
                if table is not None:
                    record["table"] = table.source
                value = value.text
            elif field.name == "points":
                value = [[float(x), float(y)] for x, y in value]
            record[field.name] = value
        records.append(record)
    return records, arrays


def interventions_from_record(
    records: Sequence[Any], arrays: Mapping[str, npt.NDArray[Any]]
) -> tuple[Intervention, ...]:
    """Return the interventions of a record, checked.

    Raises
    ------
    AutomataError
        Telling the intervention that cannot be read, and why.
    """
    found = []
    for number, record in enumerate(records, start=1):
        try:
            found.append(_read(record, arrays))
        except (AutomataError, TypeError, ValueError, KeyError) as problem:
            told = problem if isinstance(problem, AutomataError) else _told(problem)
            raise AutomataError(f"Intervention {number} cannot be read: {told}") from None
    return tuple(found)


def _read(record: Any, arrays: Mapping[str, npt.NDArray[Any]]) -> Intervention:
    if not isinstance(record, Mapping) or record.get("kind") not in KINDS:
        kind = record.get("kind") if isinstance(record, Mapping) else record
        raise AutomataError(f"{quoted(str(kind)[:40])} is no kind of intervention.")
    kind = KINDS[record["kind"]]
    names = {field.name for field in fields(kind)}
    given = {name: value for name, value in record.items() if name in names}
    if "cells" in names:
        given["cells"] = _cells(arrays, given["cells"])
        if given.get("mode", "copy") not in PASTE_MODES:
            raise AutomataError(f"there is no way {given['mode']!r} to paste.")
    if "rule" in names:
        given["rule"] = _rule(record)
    if "points" in names:
        given["points"] = tuple((_real(x), _real(y)) for x, y in given["points"])
    for name, value in given.items():
        if name not in ("cells", "rule", "points", "mode", *_PERHAPS) or (
            name in _PERHAPS and value is not None
        ):
            _check(name, value)
    made: Intervention = kind(**given)
    return made


def _rule(record: Mapping[str, Any]) -> Rule:
    text = record.get("table")
    table = rule_of_file_text(text, "table") if isinstance(text, str) else None

    def named(name: str) -> Rule | None:
        return table if table is not None and table.name == name else None

    return rule_of(str(record["rule"]), find_table=named)


def _cells(arrays: Mapping[str, npt.NDArray[Any]], name: Any) -> npt.NDArray[Any]:
    if name not in arrays:
        raise AutomataError("the cells of its patch are missing.")
    cells = np.asarray(arrays[name])
    if cells.dtype.kind not in "uif" or not 1 <= cells.ndim <= 4:
        raise AutomataError("its patch is no array of cells.")
    if not np.isfinite(cells).all():
        raise AutomataError("its patch has values that are no finite numbers.")
    cells = cells.copy()
    cells.setflags(write=False)
    return cells


def _check(name: str, value: Any) -> None:
    number = _real(value)
    if name in ("generation", "seed", "until", "plane", "width", "height", *_POSITIVE):
        if isinstance(value, float):
            raise AutomataError(f"its {name} is {value}, not a whole number.")
    if (name in _NOT_NEGATIVE and number < 0) or (name in _POSITIVE and number < 1):
        raise AutomataError(f"its {name} is {value}, which is too small.")


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise AutomataError(f"{quoted(str(value)[:40])} stands where a number is expected.")
    return value


def _told(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"its {problem.args[0]} is missing."
    return "it has values that make no sense."
