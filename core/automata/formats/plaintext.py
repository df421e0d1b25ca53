"""Patterns as one letter a cell: the .cells files of the LifeWiki."""

import re

import numpy as np

from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.formats.placement import placed_world, require_cells
from core.automata.rules.life_like import LIFE
from core.automata.topology import UNBOUNDED
from core.automata.world import World

ALIVE = b"O*"
_STRANGE = re.compile(r"[^O*. \n]")
_STATES = bytes(code in ALIVE for code in range(256))


def world_of_plaintext(text: str, source: str) -> World:
    """Return the world of a .cells file's text, which is always one of Life."""
    lines = text.split("\n")
    notes = [line[1:].strip() for line in lines if line.startswith("!")]
    titles = [note[5:].strip() for note in notes if note.lower().startswith("name:")]
    rows = [line.rstrip() for line in lines if not line.startswith("!")]
    while rows and not rows[-1]:
        rows.pop()
    if _STRANGE.search("\n".join(rows)) is not None:
        raise _strange(lines, source)
    width = max(map(len, rows), default=0)
    require_cells(width, len(rows), source)
    filled = "".join(row.ljust(width, ".") for row in rows).encode("ascii").translate(_STATES)
    cells = np.frombuffer(filled, dtype=np.uint8).reshape(len(rows), width)
    return placed_world(
        source.rsplit(".", 1)[0],
        LIFE,
        UNBOUNDED,
        cells,
        source=source,
        title=titles[-1] if titles else "",
        notes="\n".join(notes),
    )


def _strange(lines: list[str], source: str) -> UnreadablePattern:
    for number, line in enumerate(lines, 1):
        found = _STRANGE.search(line.rstrip())
        if found is not None and not line.startswith("!"):
            return UnreadablePattern(
                f"{found[0]!r} is no cell; a cell is . or O.", source, number, found.start() + 1
            )
    raise AssertionError("there is a strange letter")


def plaintext_of_world(world: World) -> str:
    """Return the text of a .cells file; raises `AutomataError` beyond two states."""
    if world.rule.states != 2:
        raise AutomataError(
            f"{world.rule.text} has {world.rule.states or 'no'} states; .cells holds two, use .rle."
        )
    cells = np.atleast_2d(np.asarray(world.array))
    lines = [f"!Name: {world.title or world.name}"]
    lines += [f"!{line}" for line in world.notes.split("\n") if world.notes]
    letters = np.full((cells.shape[0], cells.shape[1] + 1), ord("\n"), dtype=np.uint8)
    letters[:, :-1] = np.where(cells, ord("O"), ord("."))
    return "\n".join(lines) + "\n" + letters.tobytes().decode("ascii")
