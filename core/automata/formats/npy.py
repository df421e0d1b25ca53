"""Arrays in NumPy's .npy files, never with pickled objects."""

import io
import math
import warnings
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadablePattern
from core.automata.formats.carried_world import CARRIED, world_of_carried
from core.automata.formats.placement import require_cells
from core.automata.rules.life_like import LIFE
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World
from core.files.text_file import read_bytes


def world_of_npy(path: Path, rule: Rule | None = None) -> World:
    """Return the world of an array.

    It is of `rule`, else of the rule that the file tells behind its array, as ours do, else of
    Life on a torus.

    Raises
    ------
    UnreadablePattern
        When it is no array of numbers that the rule can have.
    """
    data = read_bytes(path, 2**31)
    if data[:6] != b"\x93NUMPY":
        raise UnreadablePattern("it is no .npy file.", path.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old heads are read too, if slowly
            end = _end_of_array(data)
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
    if cells.dtype.kind not in "biuf" or cells.ndim < 1:
        raise UnreadablePattern("it holds no array of numbers.", path.name)
    if rule is None and data[end : end + len(CARRIED)] == CARRIED:
        return world_of_carried(data[end + len(CARRIED) :], cells, path.name)
    if not cells.size:
        raise UnreadablePattern("it holds no array of numbers.", path.name)
    return _world_of_array(cells, rule or LIFE, path)


def _world_of_array(cells: npt.NDArray[Any], rule: Rule, path: Path) -> World:
    """Return a torus with an array as its cells."""
    if rule.states:
        if cells.dtype.kind == "f" and not np.array_equal(cells, np.clip(np.rint(cells), 0, 255)):
            raise UnreadablePattern(
                f"it holds real numbers, which {rule.text[:60]} has not; say of which rule it is, "
                f"such as {path.name}#lenia:R=13,T=10;m=0.15,s=0.015.",
                path.name,
            )
        cells = cells.astype(np.uint8) if cells.dtype.kind == "f" else cells
    elif type(rule).__name__ == "ParticleLeniaRule":
        return World(path.stem, rule, UNBOUNDED, cells)
    elif cells.ndim == rule.dimensions:
        cells = cells[None]
    dimensions = cells.ndim if rule.states else cells.ndim - 1
    if dimensions != rule.dimensions:
        raise UnreadablePattern(
            f"its array has {cells.ndim} dimensions; {rule.text[:60]} has {rule.dimensions}.",
            path.name,
        )
    height = cells.shape[-2] if dimensions > 1 else 1
    require_cells(cells.shape[-1], cells.size // cells.shape[-1], path.name)
    return World(path.stem, rule, Topology("torus", cells.shape[-1], height), cells)


def _end_of_array(data: bytes) -> int:
    """Return how many bytes the head and its numbers are.

    Raises `ValueError` where the head tells of more numbers than there are.
    """
    stream = io.BytesIO(data)
    version = np.lib.format.read_magic(stream)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read is None:
        raise ValueError("its version is not known")
    shape, _, dtype = read(stream)
    end = stream.tell() + math.prod(shape) * dtype.itemsize
    if end > len(data) or min(shape, default=0) < 0:
        raise ValueError("it ends before its numbers do")
    return end
