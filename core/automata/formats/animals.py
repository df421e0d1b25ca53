"""Lenia's animals files, of every year: species with parameters and cells.

Source: Chan, https://github.com/Chakazul/Lenia; the cells are runs with values from 0 to 255.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge, UnreadablePattern, naming
from core.automata.formats.cell_codes import (
    LARGEST_COUNT,
    TOKEN,
    count_of,
    counted,
    letters,
    state_of,
)
from core.automata.formats.placement import CELL_LIMIT
from core.automata.rules.lenia import LeniaRule
from core.automata.rules.lenia_params import params_of_rule, rule_of_params
from core.automata.topology import Topology
from core.automata.world import World
from core.labels import quoted

DELIMITERS = "$%#"
Field = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Animal:
    """One entry of a file that is an animal, not a heading."""

    index: int
    group: str
    code: str
    name: str
    cname: str
    params: Any
    settings: Mapping[str, Any]
    cells: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name, or its code where it has none."""
        return self.name or self.code or f"#{self.index}"


def animals_of_text(text: str, source: str) -> list[Animal]:
    """Return the animals of a file; entries count all, headings too.

    Raises
    ------
    UnreadablePattern
        When the text is no JSON, or not one of animals.
    """
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadablePattern(
            f"it is no JSON ({error.msg}).", source, error.lineno, error.colno
        ) from None
    except (RecursionError, ValueError):
        raise UnreadablePattern("it is no JSON that can be read.", source) from None
    groups = given if isinstance(given, dict) else {"": given}
    if isinstance(given, dict) and "cells" in given:
        groups = {"": [given]}
    elif isinstance(given, dict) and "creatures" in given:
        groups = {"": given["creatures"]}
    animals = []
    for group, entries in groups.items():
        if not isinstance(entries, list):
            raise UnreadablePattern("it is no list of animals.", source)
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict):
                raise UnreadablePattern(f"entry {index} is no object.", source)
            if "cells" in entry and "params" in entry:
                animals.append(_animal(index, group, entry, source))
    if not animals:
        raise UnreadablePattern("it has no animal with params and cells.", source)
    return animals


def chosen_animal(animals: list[Animal], which: str, source: str) -> Animal:
    """Return the first animal with a code, or the one at a position (of a group: ``212/0``).

    The name of a group alone means its first animal.
    """
    if not which:
        return animals[0]
    for animal in animals:
        if which == animal.code:
            return animal
    for animal in animals:
        if which == animal.group:
            return animal
    group, slash, index = which.rpartition("/")
    for animal in animals:
        if index == str(animal.index) and (not slash or animal.group == group):
            return animal
    raise UnreadablePattern(
        f"it has no animal {quoted('#' + which)}; there is no such code, and no animal at such a "
        "position (counted from 0, headings too).",
        source,
    )


def animal_world(animal: Animal, source: str, side: int | tuple[int, ...] = 0) -> World:
    """Return a torus with the animal in its middle, 128 cells wide or what it needs.

    Parameters
    ----------
    animal : Animal
    source : str
        The file's name, for errors.
    side : int or tuple of int
        The sides of the torus, height first; 0 for the usual.

    Raises
    ------
    UnreadablePattern, UnreadableRule, TooLarge
        When the cells or the parameters make no sense, or there are too many cells.
    """
    body = _field(animal, source)
    dimensions = body.ndim - 1
    with naming(source):
        rule = rule_of_params(
            animal.params,
            channels=len(body),
            dimensions=dimensions,
            settings=animal.settings,
        )
    if isinstance(side, tuple) and len(side) == dimensions:
        sides = side
    else:
        first = side if isinstance(side, int) else side[0]
        sides = (first or _usual_side(body, rule),) * dimensions
    if int(np.prod([float(each) for each in sides])) * len(body) > CELL_LIMIT:
        raise TooLarge(f"{source}: a world of {' by '.join(map(str, sides))} cells is too large.")
    if any(size > whole for size, whole in zip(body.shape[1:], sides, strict=True)):
        there, wanted = (" by ".join(map(str, each)) for each in (body.shape[1:], sides))
        raise UnreadablePattern(
            f"{quoted(animal.title)} is {there} cells and does not fit on a torus of {wanted}.",
            source,
        )
    cells = np.zeros((len(body), *sides))
    window: list[slice] = [slice(None)]
    for size, whole in zip(body.shape[1:], sides, strict=True):
        start = (whole - size) // 2
        window.append(slice(start, start + size))
    cells[tuple(window)] = body
    height = sides[-2] if dimensions > 1 else 1
    return World(
        animal.code or animal.title,
        rule,
        Topology("torus", sides[-1], height),
        cells,
        title=animal.title,
        notes=animal.cname,
    )


def field_of_runs(text: str, source: str) -> Field:
    """Return the values from 0 to 1 of one channel, float64[..., height, width]."""
    runs: list[tuple[list[int], int, int]] = []
    at = [0, 0, 0, 0]
    extent = [0, 0, 0, 0]
    offset = 0
    while offset < len(text):
        token = TOKEN.match(text, offset)
        if token is None:
            raise UnreadablePattern.at(offset, text, "this is no cell of an animal.", source)
        code = token[2]
        offset = token.end()
        if code is None:
            continue
        if code == "!":
            break
        count = count_of(token[1])
        if count > LARGEST_COUNT or code[0] == "@":
            raise UnreadablePattern.at(offset - 1, text, "a count is out of range.", source)
        if code in DELIMITERS:
            axis = DELIMITERS.index(code) + 1
            at = [0] * axis + [at[axis] + count] + at[axis + 1 :]
            extent[axis] = max(extent[axis], at[axis])
        else:
            state = state_of(code, on=255)
            if state > 255:
                raise UnreadablePattern.at(offset - 1, text, "a value is above 255.", source)
            if state:
                runs.append(([*at], count, state))
            at[0] += count
            extent[0] = max(extent[0], at[0])
    dimensions = max([2, *(axis + 1 for axis in (2, 3) if extent[axis])])
    shape = tuple([each + 1 for each in extent[dimensions - 1 : 0 : -1]] + [max(extent[0], 1)])
    if np.prod([float(side) for side in shape]) > CELL_LIMIT:
        raise TooLarge(f"{source}: an animal of {' by '.join(map(str, shape))} cells is too large.")
    field = np.zeros(shape)
    for place, count, state in runs:
        row = tuple(place[dimensions - 1 : 0 : -1])
        field[row][place[0] : place[0] + count] = state / 255
    return field


def runs_of_field(field: Field) -> str:
    """Return the runs of one channel, its values rounded to 255ths."""
    states = np.rint(np.clip(field, 0, 1) * 255).astype(np.uint8)
    if states.ndim == 1:
        return _row(states) + "!"
    return _joined(states) + "!"


def text_of_animal(world: World) -> str:
    """Return the text of an animals file with the world as its one animal."""
    assert isinstance(world.rule, LeniaRule)
    cells = np.asarray(world.array)
    lived = [
        np.flatnonzero(cells.any(axis=tuple(other for other in range(cells.ndim) if other != axis)))
        for axis in range(1, cells.ndim)
    ]
    if all(each.size for each in lived):
        cells = cells[(slice(None), *(slice(int(e[0]), int(e[-1]) + 1) for e in lived))]
    runs = [runs_of_field(channel) for channel in cells]
    animal = {
        "code": world.name,
        "name": world.title,
        "cname": "",
        "params": params_of_rule(world.rule),
        "cells": runs[0] if len(runs) == 1 else runs,
    }
    return json.dumps([animal], ensure_ascii=False, indent=1) + "\n"


def _joined(states: npt.NDArray[np.uint8]) -> str:
    if states.ndim == 1:
        return _row(states)
    return DELIMITERS[states.ndim - 2].join(_joined(part) for part in states)


def _row(row: npt.NDArray[np.uint8]) -> str:
    codes, start = [], 0
    ends = [*(np.flatnonzero(row[1:] != row[:-1]) + 1).tolist(), len(row)]
    for end in ends:
        state = int(row[start]) if end > start else 0
        codes += [counted(end - start, letters(state, False))] if end > start else []
        start = end
    return "".join(codes)


def _animal(index: int, group: str, entry: Mapping[str, Any], source: str) -> Animal:
    cells = entry["cells"]
    parts = [cells] if isinstance(cells, str) else cells
    if not isinstance(parts, list) or not parts or not all(isinstance(p, str) for p in parts):
        raise UnreadablePattern(f"entry {index} has cells that are no text.", source)
    settings = entry.get("settings")
    return Animal(
        index,
        group,
        str(entry.get("code", "")),
        str(entry.get("name", "")),
        str(entry.get("cname", "")),
        entry["params"],
        settings if isinstance(settings, dict) else {},
        tuple(parts),
    )


def _field(animal: Animal, source: str) -> Field:
    channels = [field_of_runs(text, f"{source}#{animal.index}") for text in animal.cells]
    dimensions = max(channel.ndim for channel in channels)
    channels = [c.reshape((1,) * (dimensions - c.ndim) + c.shape) for c in channels]
    shape = np.max([channel.shape for channel in channels], axis=0)
    field = np.zeros((len(channels), *shape.tolist()))
    for whole, channel in zip(field, channels, strict=True):
        whole[tuple(slice(0, side) for side in channel.shape)] = channel
    return field


def _usual_side(body: Field, rule: LeniaRule) -> int:
    least = 64 if rule.dimensions > 2 else 128
    needed = max(max(body.shape[1:]) + 2 * int(rule.radius), 2 * max(body.shape[1:]))
    return int(max(least, 1 << (needed - 1).bit_length()))
