"""Golly's .rule files: a table or tree of transitions, and colours.

Source: https://golly.sourceforge.io/Help/formats.html, RuleLoader.
"""

import re
from itertools import product
from pathlib import Path

import numpy as np

from core.automata.errors import TooLarge, UnreadablePattern
from core.automata.formats.rule_symmetries import SYMMETRIES, arrangements, orders
from core.automata.formats.transition_tree import LARGEST_TREE, Row, tree_of_rows
from core.automata.rules.rule_table import NEIGHBOURHOODS, RuleTable
from core.files.text_file import read_text
from core.labels import quoted

LARGEST_FILE = 16 * 2**20
MOST_ROWS = 500_000
"""A table that becomes more rows by its symmetries and variables is refused."""

TREE_MOORE = ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, -1), (-1, 0), (1, 0), (0, 1), (0, 0))
TREE_VON_NEUMANN = ((0, -1), (-1, 0), (1, 0), (0, 1), (0, 0))

Lines = list[tuple[int, str]]
"""Lines with their numbers, comments and blanks left out."""


def read_rule_file(path: Path) -> RuleTable:
    """Return the rule of a .rule file.

    Raises
    ------
    FormatError
        When the file cannot be read; an `UnreadablePattern` tells the line.
    """
    return rule_of_file_text(read_text(path, LARGEST_FILE), path.name)


def rule_of_file_text(text: str, source: str) -> RuleTable:
    """Return the rule of the text of a .rule file; raises `UnreadablePattern`."""
    name, sections = _sections(text, source)
    palette = _colours(sections.get("COLORS", []))
    if "TREE" in sections:
        states, offsets, tree, levels = _tree(sections["TREE"], source)
    elif "TABLE" in sections:
        states, offsets, tree, levels = _table(sections["TABLE"], source)
    else:
        raise UnreadablePattern("it has neither a @TABLE nor a @TREE.", source)
    shown = tuple(palette.get(state, "") for state in range(states)) if palette else ()
    return RuleTable(name, states, offsets, tree, levels, shown, text)


def _sections(text: str, source: str) -> tuple[str, dict[str, Lines]]:
    name, current = "", ""
    sections: dict[str, Lines] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.split("#", 1)[0].strip()
        if line.startswith("@"):
            word, _, rest = line[1:].partition(" ")
            current = word.strip()
            if current == "RULE":
                name = rest.strip()
            sections.setdefault(current, [])
        elif line and current:
            sections[current].append((number, line))
    if not name:
        raise UnreadablePattern("it has no line @RULE with the name of the rule.", source, 1, 1)
    return name, sections


def _colours(lines: Lines) -> dict[int, str]:
    found: dict[int, str] = {}
    for _, line in lines:
        numbers = re.findall(r"\d{1,3}", line)
        if len(numbers) == 4 and all(int(each) < 256 for each in numbers):
            red, green, blue = (int(each) for each in numbers[1:])
            found[int(numbers[0])] = f"#{red:02x}{green:02x}{blue:02x}"
    return found


def _tree(lines: Lines, source: str) -> tuple[int, tuple[tuple[int, int], ...], bytes, bytes]:
    given = {"num_states": 0, "num_neighbors": 0, "num_nodes": 0}
    rows: list[list[int]] = []
    levels: list[int] = []
    for number, line in lines:
        key, equals, value = line.partition("=")
        if equals and key.strip() in given and value.strip().isdigit():
            given[key.strip()] = int(value.strip()[:9])
            continue
        states, neighbours = given["num_states"], given["num_neighbors"]
        if not 2 <= states <= 256 or neighbours not in (4, 8):
            raise UnreadablePattern(
                "num_states (2 to 256) and num_neighbors (4 or 8) have to come first.",
                source,
                number,
                1,
            )
        parts = line.split()
        if not all(part.isdigit() and len(part) < 9 for part in parts):
            raise UnreadablePattern("a node has something that is no number.", source, number, 1)
        level, *children = (int(part) for part in parts)
        bound = states if level == 1 else len(rows)
        if len(children) != states or not 1 <= level <= neighbours + 1:
            raise UnreadablePattern(
                f"a node has a level from 1 to {neighbours + 1} and {states} children.",
                source,
                number,
                1,
            )
        if any(child >= bound for child in children) or (
            level > 1 and any(levels[child] != level - 1 for child in children)
        ):
            raise UnreadablePattern(
                "a node has a child that is no node of the level below.", source, number, 1
            )
        if len(rows) >= LARGEST_TREE:
            raise TooLarge(f"{source}: the tree has more than {LARGEST_TREE} nodes.")
        rows.append(children)
        levels.append(level)
    neighbours = given["num_neighbors"]
    if not rows or levels[-1] != neighbours + 1:
        raise UnreadablePattern("its tree ends without a root.", source)
    offsets = TREE_MOORE if neighbours == 8 else TREE_VON_NEUMANN
    asked = [neighbours + 1 - level for level in levels]
    tree = np.array(rows, dtype="<i4").tobytes()
    return given["num_states"], offsets, tree, np.array(asked, dtype=np.uint8).tobytes()


def _table(lines: Lines, source: str) -> tuple[int, tuple[tuple[int, int], ...], bytes, bytes]:
    reader = _TableReader(source)
    for number, line in lines:
        reader.read(number, line)
    offsets = NEIGHBOURHOODS[reader.neighbourhood]
    tree, levels = tree_of_rows(reader.rows, reader.states, len(offsets))
    return reader.states, offsets, tree, levels


class _TableReader:
    """Reads a @TABLE line by line into rows of sets of states."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.states = 0
        self.neighbourhood = "Moore"
        self.symmetries = "none"
        self.rows: list[Row] = []
        self._variables: dict[str, tuple[int, ...]] = {}
        self._number = 0

    def read(self, number: int, line: str) -> None:
        self._number = number
        key, colon, value = (part.strip() for part in line.partition(":"))
        if colon and key in ("n_states", "num_states"):
            self.states = int(value) if value.isdigit() and len(value) < 5 else 0
            if not 2 <= self.states <= 256:
                raise self._wrong("a rule has 2 to 256 states.")
        elif colon and key == "neighborhood":
            if value not in NEIGHBOURHOODS:
                raise self._wrong(
                    f"the neighbourhood {quoted(value)} is not one of {', '.join(NEIGHBOURHOODS)}."
                )
            self.neighbourhood = value
        elif colon and key == "symmetries":
            self.symmetries = value
        elif line.startswith("var ") or line.startswith("var\t"):
            self._variable(line[4:])
        else:
            self._transition(line)

    def _wrong(self, reason: str) -> UnreadablePattern:
        return UnreadablePattern(reason, self.source, self._number, 1)

    def _variable(self, line: str) -> None:
        name, equals, values = (part.strip() for part in line.partition("="))
        if equals and name and values in self._variables:  # a second name for the same states
            self._variables[name] = self._variables[values]
            return
        if not equals or not name or not (values.startswith("{") and values.endswith("}")):
            raise self._wrong("a variable is written like var a={0,1,2}.")
        states: list[int] = []
        for part in values[1:-1].split(","):
            states.extend(self._values(part.strip()))
        self._variables[name] = tuple(dict.fromkeys(states))

    def _values(self, text: str) -> tuple[int, ...]:
        if text in self._variables:
            return self._variables[text]
        if text.isdigit() and len(text) < 5 and int(text) < self.states:
            return (int(text),)
        raise self._wrong(
            f"{quoted(text)} is no variable and no state from 0 to {self.states - 1}."
        )

    def _transition(self, line: str) -> None:
        if not self.states:
            raise self._wrong("n_states has to come before the transitions.")
        known = SYMMETRIES[self.neighbourhood]
        if self.symmetries not in known:
            raise self._wrong(
                f"the symmetry {quoted(self.symmetries)} is not one of {', '.join(known)}."
            )
        parts = [part.strip() for part in line.split(",")] if "," in line else list(line)
        parts = [part for part in parts if part.strip()]
        cells = len(NEIGHBOURHOODS[self.neighbourhood])
        if len(parts) != cells + 1:
            raise self._wrong(f"a transition has {cells + 1} values here, not {len(parts)}.")
        values = [self._values(part) for part in parts]
        # a variable that stands twice has the same value at both places
        bound = sorted(
            {part for part in parts if part in self._variables and parts.count(part) > 1}
            | ({parts[-1]} if parts[-1] in self._variables else set())
        )
        for chosen in product(*(self._variables[name] for name in bound)):
            fixed = dict(zip(bound, chosen, strict=True))
            sets = tuple(
                1 << fixed[part] if part in fixed else _bits(each)
                for part, each in zip(parts, values, strict=True)
            )
            output = fixed.get(parts[-1], values[-1][0])
            self._add(sets[:-1], output)

    def _add(self, sets: tuple[int, ...], output: int) -> None:
        middle, around = sets[0], sets[1:]
        if self.symmetries == "permute":
            for order in arrangements(around):
                self._keep(((middle, *order), output))
            return
        for places in orders(self.symmetries, len(around)):
            self._keep(((middle, *(around[place] for place in places)), output))

    def _keep(self, row: Row) -> None:
        if len(self.rows) >= MOST_ROWS:
            raise TooLarge(
                f"{self.source}: its variables and symmetries make more than {MOST_ROWS} "
                "transitions."
            )
        self.rows.append(row)


def _bits(states: tuple[int, ...]) -> int:
    return sum(1 << state for state in states)
