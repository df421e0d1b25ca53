"""Cells as text for the clipboard: run-length codes that other programs read, JSON for fields."""

import base64
import json
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from app.benches.automata.hands.traits import Traits
from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.formats.plaintext import world_of_plaintext
from core.automata.formats.rle import cells_of_runs, runs_of_cells, world_of_rle
from core.automata.regions import trimmed
from core.automata.rules.rule import Rule

SOURCE = "The clipboard"
MARK = "macroscope-cells"
LONGEST = 2**24

_HEADER = re.compile(r"^[ \t]*x[ \t]*=.*$", re.MULTILINE | re.IGNORECASE)
_BARE_RUNS = re.compile(r"[\s\dbo$.A-Xp-y]+!?")
_PLAIN = re.compile(r"(![^\n]*\n|[.O*\s])+")


def text_of_cells(cells: npt.NDArray[Any], rule: Rule) -> str:
    """Return cells as text; `cells_of_text` gives the same cells."""
    if cells.dtype == np.uint8:
        height, width = cells.shape
        return (
            f"x = {width}, y = {height}, rule = {rule.text}\n"
            f"{runs_of_cells(cells, rule.states == 2)}\n"
        )
    numbers = np.ascontiguousarray(cells, dtype="<f8")
    packed = base64.b64encode(numbers.tobytes()).decode("ascii")
    return json.dumps({"format": MARK, "shape": list(cells.shape), "float64": packed})


def cells_of_text(text: str, traits: Traits) -> npt.NDArray[Any]:
    """Return the cells of a text, fit for a world: RLE with or without a header, plain, JSON.

    Raises
    ------
    AutomataError
        When the text is no pattern, or one that the world cannot take.
    """
    if len(text) > LONGEST:
        raise AutomataError("The text on the clipboard is too long for a pattern.")
    stripped = text.strip()
    if not stripped:
        raise UnreadablePattern("there is no text on it.", SOURCE)
    if stripped[0] in "{[":
        return fitting(_cells_of_json(stripped), traits)
    if _HEADER.search(text):
        return fitting(_cells_of_rle(text), traits)
    if _PLAIN.fullmatch(stripped):
        return fitting(np.asarray(world_of_plaintext(text, SOURCE).array), traits)
    if _BARE_RUNS.fullmatch(stripped):
        return fitting(cells_of_runs(stripped, 0, SOURCE), traits)
    raise UnreadablePattern(
        "its text is no pattern; RLE, plain text and cells copied here can be pasted.", SOURCE
    )


def _cells_of_rle(text: str) -> npt.NDArray[Any]:
    """Return the cells whatever the rule of the file, which may be one that is not known here."""
    header = _HEADER.search(text)
    assert header is not None
    if header.start() and not all(
        line.startswith("#") or not line.strip() for line in text[: header.start()].splitlines()
    ):
        return np.asarray(world_of_rle(text, SOURCE).array)
    return cells_of_runs(text, header.end(), SOURCE)


def _cells_of_json(text: str) -> npt.NDArray[Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadablePattern("its text is no JSON.", SOURCE) from None
    if isinstance(record, dict) and record.get("format") == MARK:
        try:
            shape = tuple(int(side) for side in record["shape"])
            numbers = np.frombuffer(base64.b64decode(record["float64"]), dtype="<f8")
            cells = numbers.reshape(shape).astype(np.float64)
        except (KeyError, TypeError, ValueError):
            raise UnreadablePattern("its cells are damaged.", SOURCE) from None
        if not np.isfinite(cells).all():
            raise UnreadablePattern("its cells are no finite numbers.", SOURCE)
        return cells
    from core.automata.formats.animals import animal_world, animals_of_text

    return trimmed(np.asarray(animal_world(animals_of_text(text, SOURCE)[0], SOURCE).array))[0]


def fitting(cells: npt.NDArray[Any], traits: Traits) -> npt.NDArray[Any]:
    """Return cells of some world as cells of this one.

    Raises
    ------
    AutomataError
        Where they do not fit.
    """
    if traits.is_particles:
        if cells.dtype.kind != "f" or cells.ndim != 2:
            raise AutomataError("Cells cannot be put among particles.")
        return cells
    if cells.ndim == 1:
        cells = cells[None]
    if traits.kind == "states":
        if cells.dtype.kind == "f":
            if cells.ndim > 3:
                raise AutomataError("A pattern with depth does not fit a flat world.")
            flat = cells if cells.ndim == 2 else cells.max(axis=0)
            return (flat >= 0.5).astype(np.uint8)
        top = int(cells.max()) if cells.size else 0
        if top >= traits.states:
            raise AutomataError(
                f"The pattern has a cell of state {top}, but this rule knows only 0 to "
                f"{traits.states - 1}."
            )
        return cells.astype(np.uint8)
    if cells.dtype.kind != "f":
        top = max(1, int(cells.max())) if cells.size else 1
        return (cells / top).astype(np.float64)[None]
    if cells.ndim == 2:
        cells = cells[None]
    if cells.shape[0] > traits.channels:
        raise AutomataError(
            f"The pattern has {cells.shape[0]} channels, but this world has {traits.channels}."
        )
    if cells.ndim == 4 and traits.dimensions < 3:
        raise AutomataError("A pattern with depth does not fit a flat world.")
    return cells
