"""Life 1.05 and 1.06, the files of old programs.

Source: https://conwaylife.com/wiki/Life_1.05 and https://conwaylife.com/wiki/Life_1.06.
"""

import re

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.formats.placement import placed_world, require_cells
from core.automata.rules.life_like import LIFE
from core.automata.rules.reading import rule_and_topology
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World

FAR = 10**10
NOWHERE = np.zeros((0, 2), dtype=np.int64)
_STRANGE = re.compile(r"[^.*]")
_NUMBER = re.compile(r"[+-]?\d{1,10}")

Points = npt.NDArray[np.int64]
"""int64[n, 2], the x and y of the cells that live."""


def world_of_life_file(text: str, source: str) -> World:
    """Return the world of a .lif file's text, Life 1.05 or 1.06."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if "1.06" in first:
        points = _listed(lines, source)
        rule: Rule = LIFE
        topology, notes = UNBOUNDED, ""
    else:
        rule, topology, points, notes = _blocks(lines, source)
    cells, corner = _cells(points, source)
    return placed_world(
        source.rsplit(".", 1)[0],
        rule,
        topology,
        cells,
        corner=corner,
        source=source,
        notes=notes,
    )


def life_106_of_world(world: World) -> str:
    """Return the text of a Life 1.06 file; raises `AutomataError` for what it cannot hold."""
    if world.rule.text != "B3/S23":
        raise AutomataError(f"Life 1.06 holds Life alone, not {world.rule.text}; use .rle.")
    cells = np.asarray(world.array)
    left, top = world.origin
    rows, columns = np.nonzero(cells)
    places = zip((columns + left).tolist(), (rows + top).tolist(), strict=True)
    pairs = map("%d %d".__mod__, places)
    return "\n".join(["#Life 1.06", *pairs]) + "\n"


def _listed(lines: list[str], source: str) -> Points:
    told = [line for line in lines if line.strip() and not line.startswith("#")]
    try:
        points = np.loadtxt(told, dtype=np.int64, comments=None, ndmin=2) if told else NOWHERE
    except ValueError:
        points = None
    if points is not None and points.shape[1] == 2 and (np.abs(points) < FAR).all():
        return points
    number = next((n for n, line in enumerate(lines, 1) if not _is_place(line)), 1)
    raise UnreadablePattern("a line is the x and y of one cell.", source, number, 1)


def _is_place(line: str) -> bool:
    """Whether a line of Life 1.06 is the place of a cell, or has nothing to say."""
    parts = line.split()
    is_pair = len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts)
    return is_pair or not parts or line.startswith("#")


def _blocks(lines: list[str], source: str) -> tuple[Rule, Topology, Points, str]:
    rule: Rule = LIFE
    topology, notes = UNBOUNDED, []
    pieces: list[Points] = [NOWHERE]
    left = top = row = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("#P"):
            numbers = re.findall(r"-?\d{1,10}(?!\d)", line[2:])
            if not line[2:].strip():
                numbers = ["0", "0"]  # as in rabbits.lif of Golly's collection
            if len(numbers) != 2:
                raise UnreadablePattern("#P is followed by x and y.", source, number, 1)
            left, top = int(numbers[0]), int(numbers[1])
            row = 0
        elif line.startswith("#R"):
            rule, topology = rule_and_topology(line[2:].strip())
        elif line.startswith(("#D", "#C")):
            notes.append(line[2:].strip())
        elif line.strip() and not line.startswith("#"):
            plain = line.strip()
            strange = _STRANGE.search(plain)
            if strange is not None:
                raise UnreadablePattern(
                    f"{strange[0]!r} is no cell; a cell is . or *.",
                    source,
                    number,
                    strange.start() + 1,
                )
            letters = np.frombuffer(plain.encode("ascii"), dtype=np.uint8)
            columns = np.flatnonzero(letters == ord("*")) + left
            pieces.append(np.stack([columns, np.full_like(columns, top + row)], axis=1))
            row += 1
    return rule, topology, np.concatenate(pieces), "\n".join(notes)


def _cells(points: Points, source: str) -> tuple[npt.NDArray[np.uint8], tuple[int, int]]:
    if not len(points):
        return np.zeros((0, 0), dtype=np.uint8), (0, 0)
    xs, ys = points.T
    left, top = int(xs.min()), int(ys.min())
    width, height = int(xs.max()) - left + 1, int(ys.max()) - top + 1
    require_cells(width, height, source)
    cells = np.zeros((height, width), dtype=np.uint8)
    cells[ys - top, xs - left] = 1
    return cells, (left, top)
