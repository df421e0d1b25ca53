"""A world as plain JSON and arrays, so that a run goes on bit for bit after it was read back."""

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.formats.rule_file import rule_of_file_text
from core.automata.quadtree import Quadtree
from core.automata.rules.reading import rule_of
from core.automata.rules.rule import Rule
from core.automata.rules.rule_table import RuleTable
from core.automata.topology import topology_of
from core.automata.world import World
from core.labels import is_colour, quoted

RECORD_FORMAT = "macroscope-world"
TREE_ARRAYS = ("levels", "children", "leaves")

Arrays = Mapping[str, npt.NDArray[Any]]


def world_record(world: World) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Return the world as plain JSON, and its cells as arrays."""
    record: dict[str, Any] = {
        "format": RECORD_FORMAT,
        "name": world.name,
        "rule": world.rule.text,
        "topology": world.topology.text,
        "generation": world.generation,
        "seed": world.seed,
        "origin": list(world.origin),
        "title": world.title,
        "notes": world.notes,
        "palette": list(world.palette),
    }
    table = table_of(world.rule)
    if table is not None:
        record["table"] = table.source
    if world.layout:
        record["layout"] = [list(each) for each in world.layout]
    if isinstance(world.cells, Quadtree):
        tree = world.cells
        record["tree"] = {
            "root": tree.root,
            "level": tree.level,
            "centre": list(tree.centre),
            "states": tree.states,
        }
        return record, {name: getattr(tree, name) for name in TREE_ARRAYS}
    return record, {"cells": world.cells}


def world_from_record(record: Mapping[str, Any], arrays: Arrays) -> World:
    """Return the world of a record.

    Raises
    ------
    AutomataError
        When something is missing, of the wrong kind, or does not fit the rest.
    """
    palette = _field(record, "palette", list, [])
    if not all(isinstance(each, str) and (not each or is_colour(each)) for each in palette):
        raise AutomataError("The palette of a world names colours such as #1f4e9c.")
    text = _field(record, "rule", str, "")
    table_text = _field(record, "table", str, "")
    table = rule_of_file_text(table_text, "table") if table_text else None
    rule = rule_of(text, find_table=lambda name: _named(table, name))
    generation, seed = (_field(record, key, int, 0) for key in ("generation", "seed"))
    if generation < 0 or seed < 0:
        raise AutomataError("The generation and the seed of a world are not below 0.")
    return World(
        _field(record, "name", str, ""),
        rule,
        topology_of(_field(record, "topology", str, "")),
        _cells(record, arrays),
        generation,
        seed,
        _pair(_field(record, "origin", list, [0, 0])),
        _field(record, "title", str, ""),
        _field(record, "notes", str, ""),
        tuple(palette),
        _layout(_field(record, "layout", list, [])),
    )


def table_of(rule: Rule) -> RuleTable | None:
    """Return the table of a rule, or of the rule that it is built on."""
    if isinstance(rule, RuleTable):
        return rule
    inner = getattr(rule, "rule", None)
    return table_of(inner) if inner is not None else None


def _named(table: RuleTable | None, name: str) -> RuleTable | None:
    return table if table is not None and table.name == name else None


def _cells(record: Mapping[str, Any], arrays: Arrays) -> Any:
    tree = record.get("tree")
    if tree is None:
        if "cells" not in arrays:
            raise AutomataError("The cells of the world are missing.")
        return arrays["cells"]
    if not isinstance(tree, dict) or not all(name in arrays for name in TREE_ARRAYS):
        raise AutomataError("The quadtree of the world is incomplete.")
    numbers = [_field(tree, key, int, 0) for key in ("root", "level", "states")]
    return Quadtree(
        arrays["levels"],
        arrays["children"],
        arrays["leaves"],
        root=numbers[0],
        level=numbers[1],
        centre=_pair(_field(tree, "centre", list, [0, 0])),
        states=numbers[2],
    )


def _field(record: Mapping[str, Any], key: str, kind: type, usual: Any) -> Any:
    value = record.get(key, usual)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise AutomataError(
            f"{quoted(key)} of a world's record is {value!r:.40}, which it cannot be."
        )
    return value


def _layout(rows: list[Any]) -> tuple[tuple[int, ...], ...]:
    if not all(isinstance(row, list) and all(type(each) is int for each in row) for row in rows):
        raise AutomataError("The layout of a world is a list of lists of whole numbers.")
    return tuple(tuple(row) for row in rows)


def _pair(value: list[Any]) -> tuple[int, int]:
    if len(value) != 2 or not all(type(each) is int for each in value):
        raise AutomataError("A place is a pair of whole numbers.")
    return value[0], value[1]
