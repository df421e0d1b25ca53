"""Run-length encoded patterns: Golly's .rle with states, topologies and #CXRLE.

Source: https://golly.sourceforge.io/Help/formats.html.
"""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadablePattern
from core.automata.formats.cell_codes import (
    LARGEST_COUNT,
    TOKEN,
    count_of,
    counted,
    letters,
    state_of,
)
from core.automata.formats.placement import placed_world, require_cells
from core.automata.formats.run_arrays import runs_of_text
from core.automata.rules.reading import FindTable, rule_and_topology
from core.automata.world import World
from core.labels import quoted

LINE_LENGTH = 70
LARGEST_HEADER = 2**22
"""More cells than this that are not in the body are not made because of a header."""

_HEADER = re.compile(
    r"\s*x\s*=\s*(\d+)\s*,\s*y\s*=\s*(\d+)\s*(?:,\s*rule\s*=\s*(.*?))?\s*,?\s*$", re.IGNORECASE
)
_PLACE = re.compile(r"Pos\s*=\s*(-?\d{1,10})\s*,\s*(-?\d{1,10})")
_GENERATION = re.compile(r"Gen\s*=\s*(\d{1,18})")

Cells = npt.NDArray[np.uint8]


def world_of_rle(text: str, source: str, find_table: FindTable | None = None) -> World:
    """Return the world of an .rle file's text.

    Raises
    ------
    UnreadablePattern
        With the line and column of what is wrong.
    UnreadableRule, TooLarge
        When the rule is not known, or the pattern has too many cells.
    """
    comments, rule_text, start, told = _heading(text, source)
    corner, generation = _extended(comments)
    cells = _filled_up(cells_of_runs(text, start, source), told)
    rule, topology = rule_and_topology(rule_text, find_table=find_table)
    notes = "\n".join(_note(line) for line in comments if line[1:2] in ("C", "c", "O", " "))
    title = next((line[2:].strip() for line in comments if line.startswith("#N")), "")
    return placed_world(
        source.rsplit(".", 1)[0],
        rule,
        topology,
        cells,
        corner=corner,
        source=source,
        generation=generation,
        title=title,
        notes=notes.strip(),
        palette=getattr(rule, "palette", ()),
    )


def rle_of_world(world: World) -> str:
    """Return the text of an .rle file; what a world of states has all goes in but its seed."""
    cells = np.atleast_2d(np.asarray(world.array))
    x, y = world.origin
    topology = world.topology
    if topology.kind != "unbounded":
        x, y = x - topology.width // 2, y - topology.height // 2
    lines = [f"#CXRLE Pos={x},{y}" + (f" Gen={world.generation}" if world.generation else "")]
    lines += [f"#N {world.title}"] if world.title else []
    lines += [f"#C {line}" for line in world.notes.split("\n") if world.notes]
    suffix = f":{topology.text}" if topology.text else ""
    height, width = cells.shape
    lines.append(f"x = {width}, y = {height}, rule = {world.rule.text}{suffix}")
    return "\n".join(lines) + "\n" + runs_of_cells(cells, world.rule.states == 2) + "\n"


def cells_of_runs(text: str, start: int, source: str) -> Cells:
    """Return the cells of a body of runs that begins at `start` in `text`."""
    found = runs_of_text(text[start:])
    if found is None:
        return _cells_letter_by_letter(text, start, source)
    tall, wide = found.extent
    require_cells(wide, tall, source)
    cells = np.zeros((tall, wide), dtype=np.uint8)
    found.fill(cells)
    return cells


def _cells_letter_by_letter(text: str, start: int, source: str) -> Cells:
    """Return the same, and say where a body is not what it should be."""
    runs: list[tuple[int, int, int, int]] = []
    x = y = wide = tall = 0
    offset = start
    while offset < len(text):
        token = TOKEN.match(text, offset)
        if token is None or (token[2] is not None and token[2][0] in "%#@"):
            raise UnreadablePattern.at(offset, text, _strange(text, offset), source)
        code = token[2]
        if code is not None:
            count = count_of(token[1])
            if count > LARGEST_COUNT:
                raise UnreadablePattern.at(offset, text, "a count is out of range.", source)
            if code == "!":
                break
            if code == "$":
                x, y = 0, y + count
            else:
                state = state_of(code)
                if state > 255:
                    raise UnreadablePattern.at(offset, text, "a state is above 255.", source)
                if state and count:
                    runs.append((y, x, count, state))
                    wide, tall = max(wide, x + count), y + 1
                x += count
            if x > LARGEST_COUNT or y > LARGEST_COUNT:
                raise UnreadablePattern.at(offset, text, "the pattern has no end here.", source)
        offset = token.end()
    require_cells(wide, tall, source)
    cells = np.zeros((tall, wide), dtype=np.uint8)
    for row, column, count, state in runs:
        cells[row, column : column + count] = state
    return cells


def runs_of_cells(cells: Cells, is_two_state: bool) -> str:
    """Return the body: lines of at most 70 letters, ended by an exclamation mark."""
    codes: list[str] = []
    at = 0
    for row, count, state in _runs(cells):
        if row > at:
            codes.append(counted(row - at, "$"))
            at = row
        codes.append(counted(count, letters(state, is_two_state)))
    return "\n".join(_broken([*codes, "!"]))


def _runs(cells: Cells) -> Iterator[tuple[int, int, int]]:
    """Yield row, length and state of every run but those of empty cells at the end of a row."""
    if not cells.size:
        return
    starts_run = np.ones(cells.shape, dtype=bool)
    np.not_equal(cells[:, 1:], cells[:, :-1], out=starts_run[:, 1:])
    starts = np.flatnonzero(starts_run)
    ends = np.append(starts[1:], cells.size)
    rows, states = starts // cells.shape[1], cells.reshape(-1)[starts]
    is_told = (states > 0) | (ends % cells.shape[1] > 0)
    lengths = ends - starts
    told = (each[is_told].tolist() for each in (rows, lengths, states))
    yield from zip(*told, strict=True)


def _broken(codes: list[str]) -> list[str]:
    lines, line = [], ""
    for code in codes:
        if len(line) + len(code) > LINE_LENGTH:
            lines.append(line)
            line = ""
        line += code
    return [*lines, line]


def _filled_up(cells: Cells, told: tuple[int, int]) -> Cells:
    """Return the cells with the empty rows and columns at the end that the header counts in.

    The header's size is a hint: the pattern may be larger, and one too large is not believed.
    """
    height, width = max(cells.shape[0], told[0]), max(cells.shape[1], told[1])
    if (height, width) == cells.shape or not cells.size or height * width > LARGEST_HEADER:
        return cells
    return np.pad(cells, ((0, height - cells.shape[0]), (0, width - cells.shape[1])))


def _heading(text: str, source: str) -> tuple[list[str], str, int, tuple[int, int]]:
    """Return the comments, the rule's text, where the body begins, and (height, width)."""
    comments: list[str] = []
    offset, old_rule = 0, ""
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        line = text[offset:end]
        if line.startswith("#"):
            comments.append(line)
            if line[1:2] == "r":
                old_rule = line[2:].strip()
        elif line.strip():
            header = _HEADER.match(line)
            if header is None:
                raise UnreadablePattern.at(
                    offset,
                    text,
                    f"{quoted(line[:40])} stands where the line x = ..., y = ..., rule = ... is "
                    "expected.",
                    source,
                )
            width, height = (int(side[:12]) for side in (header[1], header[2]))
            rule_text = header[3] if header[3] is not None else old_rule
            return comments, rule_text, end, (height, width)
        offset = end + 1
    raise UnreadablePattern("it has no line x = ..., y = ..., rule = ....", source)


def _extended(comments: list[str]) -> tuple[tuple[int, int] | None, int]:
    for line in comments:
        if line.startswith("#CXRLE"):
            place, generation = _PLACE.search(line), _GENERATION.search(line)
            corner = (int(place[1]), int(place[2])) if place else None
            return corner, int(generation[1]) if generation else 0
        if line[:2] in ("#P", "#R"):
            numbers = re.findall(r"-?\d{1,9}", line)
            if len(numbers) == 2:
                return (int(numbers[0]), int(numbers[1])), 0
    return None, 0


def _note(line: str) -> str:
    return "" if line.startswith("#CXRLE") else re.sub(r"^#[A-Za-z]?\s?", "", line)


def _strange(text: str, offset: int) -> str:
    end = offset
    while end < len(text) and text[end].isdigit():
        end += 1
    letter = text[end : end + 1]
    return f"{letter!r} is no cell of a pattern." if letter else "a count stands at the end."
