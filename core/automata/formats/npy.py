"""Arrays in NumPy's .npy files, never with pickled objects."""

import io
import math
from pathlib import Path
from tokenize import TokenError

import numpy as np

from core.automata.errors import UnreadablePattern
from core.automata.formats.placement import require_cells
from core.automata.rules.life_like import LIFE
from core.automata.rules.rule import Rule
from core.automata.topology import Topology
from core.automata.world import World
from core.files.text_file import read_bytes


def world_of_npy(path: Path, rule: Rule | None = None) -> World:
    """Return a torus with the array of a file as its cells, of Life where no rule is told.

    Raises
    ------
    UnreadablePattern
        When it is no array of numbers that the rule can have.
    """
    data = read_bytes(path, 2**31)
    if data[:6] != b"\x93NUMPY":
        raise UnreadablePattern("it is no .npy file.", path.name)
    try:
        _require_whole(data)
        cells = np.load(io.BytesIO(data), allow_pickle=False)
    except (
        ValueError,
        EOFError,
        OSError,
        SyntaxError,
        TypeError,
        OverflowError,
        TokenError,
    ) as error:
        raise UnreadablePattern(f"it is damaged ({str(error)[:80]}).", path.name) from None
    rule = rule or LIFE
    if cells.dtype.kind not in "biuf" or cells.ndim < 1 or not cells.size:
        raise UnreadablePattern("it holds no array of numbers.", path.name)
    if rule.states and cells.ndim != rule.dimensions:
        raise UnreadablePattern(
            f"its array has {cells.ndim} dimensions; {rule.text} has {rule.dimensions}.", path.name
        )
    height = cells.shape[-2] if cells.ndim > 1 else 1
    require_cells(cells.shape[-1], cells.size // cells.shape[-1], path.name)
    return World(path.stem, rule, Topology("torus", cells.shape[-1], height), cells)


def _require_whole(data: bytes) -> None:
    """Raise `ValueError` where the head tells of more numbers than there are."""
    stream = io.BytesIO(data)
    version = np.lib.format.read_magic(stream)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read is None:
        raise ValueError("its version is not known")
    shape, _, dtype = read(stream)
    if math.prod(shape) * dtype.itemsize > len(data):
        raise ValueError("it ends before its numbers do")
