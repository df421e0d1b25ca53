"""MCell's .mcl files.

Source: Wojtowicz, MCell, http://www.mirekw.com/ca/ca_files_formats.html.
"""

import re

import numpy as np

from core.automata.errors import UnreadablePattern
from core.automata.formats.cell_codes import LARGEST_COUNT
from core.automata.formats.placement import placed_world, require_cells
from core.automata.rules.reading import rule_of
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World

GAMES = {
    "Standard Life": "{}",
    "Life": "{}",
    "Non-totalistic Life": "{}",
    "Generations": "{}",
    "Larger than Life": "{}",
    "Margolus": "{}",
    "Cyclic CA": "{}",
}
"""The games that are read, with how their rule is written."""

_CODE = re.compile(r"(\d*)([.$]|[A-Z]|[a-j][A-X])")


def world_of_mcell(text: str, source: str) -> World:
    """Return the world of an .mcl file's text; raises `UnreadablePattern`."""
    game, rule_text, wraps, board = "Life", "", False, (0, 0)
    notes: list[str] = []
    runs: list[tuple[int, int, int, int]] = []
    x = y = 0
    has_cells = False
    for number, line in enumerate(text.split("\n"), 1):
        word, _, rest = line.partition(" ")
        if word == "#GAME":
            game = rest.strip()
        elif word == "#RULE":
            rule_text += rest.strip()
        elif word == "#WRAP":
            wraps = rest.strip() == "1"
        elif word == "#BOARD":
            sides = re.findall(r"\d{1,9}", rest)
            board = (int(sides[0]), int(sides[1])) if len(sides) == 2 else (0, 0)
        elif word == "#D":
            notes.append(rest.strip())
        elif word == "#L":
            has_cells = True
            x, y = _runs(rest, x, y, runs, (source, number))
    if "#MCell" not in text[:200] and not has_cells:
        raise UnreadablePattern("it has neither #MCell nor a line #L of cells.", source)
    if game not in GAMES:
        raise UnreadablePattern(f"the game {game[:40]!r} is not one of {', '.join(GAMES)}.", source)
    rule = rule_of(GAMES[game].format(rule_text))
    wide = max((column + count for _, column, count, _ in runs), default=0)
    tall = max((row + 1 for row, *_ in runs), default=0)
    require_cells(wide, tall, source)
    cells = np.zeros((tall, wide), dtype=np.uint8)
    for row, column, count, state in runs:
        cells[row, column : column + count] = state
    topology = UNBOUNDED
    if board[0] and board[1]:
        topology = Topology("torus" if wraps else "plane", *board)
    title = next((note for note in notes if note), "")
    return placed_world(
        source.rsplit(".", 1)[0],
        rule,
        topology,
        cells,
        source=source,
        title=title,
        notes="\n".join(notes).strip(),
    )


def _runs(
    line: str,
    x: int,
    y: int,
    runs: list[tuple[int, int, int, int]],
    at: tuple[str, int],
) -> tuple[int, int]:
    offset = 0
    line = line.rstrip()
    while offset < len(line):
        token = _CODE.match(line, offset)
        if token is None or len(token[1]) > 10 or x > LARGEST_COUNT or y > LARGEST_COUNT:
            raise UnreadablePattern(
                f"{line[offset]!r} is no cell of a pattern.", at[0], at[1], offset + 4
            )
        count, code = int(token[1] or 1), token[2]
        if code == "$":
            x, y = 0, y + count
        else:
            state = 0 if code == "." else ord(code[-1]) - ord("A") + 1
            if len(code) == 2:
                state += 24 * (ord(code[0]) - ord("a") + 1)
            if state > 255:
                raise UnreadablePattern("a state is above 255.", at[0], at[1], offset + 4)
            if state and count:
                runs.append((y, x, count, state))
            x += count
        offset = token.end()
    return x, y
