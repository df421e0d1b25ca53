"""Patterns as one letter a cell: the .cells files of the LifeWiki."""

import re

import numpy as np

from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.formats.placement import placed_world, require_cells
from core.automata.rules.life_like import LIFE
from core.automata.topology import UNBOUNDED
from core.automata.world import World

ALIVE = "O*"
_STRANGE = re.compile(r"[^O*. ]")


def world_of_plaintext(text: str, source: str) -> World:
    """Return the world of a .cells file's text, which is always one of Life."""
    notes, rows = [], []
    title = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("!"):
            note = line[1:].strip()
            title = note[5:].strip() if note.lower().startswith("name:") else title
            notes.append(note)
            continue
        strange = _STRANGE.search(line.rstrip())
        if strange is not None:
            raise UnreadablePattern(
                f"{strange[0]!r} is no cell; a cell is . or O.", source, number, strange.start() + 1
            )
        rows.append(line.rstrip())
    while rows and not rows[-1]:
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    require_cells(width, len(rows), source)
    cells = np.zeros((len(rows), width), dtype=np.uint8)
    for y, row in enumerate(rows):
        letters = np.frombuffer(row.encode("ascii"), dtype=np.uint8)
        cells[y, : len(row)] = np.isin(letters, [ord(letter) for letter in ALIVE])
    return placed_world(
        source.rsplit(".", 1)[0],
        LIFE,
        UNBOUNDED,
        cells,
        source=source,
        title=title,
        notes="\n".join(notes),
    )


def plaintext_of_world(world: World) -> str:
    """Return the text of a .cells file; raises `AutomataError` beyond two states."""
    if world.rule.states != 2:
        raise AutomataError(
            f"{world.rule.text} has {world.rule.states or 'no'} states; .cells holds two, use .rle."
        )
    cells = np.atleast_2d(np.asarray(world.array))
    lines = [f"!Name: {world.title or world.name}"]
    lines += [f"!{line}" for line in world.notes.split("\n") if world.notes]
    lines += ["".join(".O"[int(state)] for state in row) for row in cells]
    return "\n".join(lines) + "\n"
