"""Forward sampling: cases drawn from a Bayes net, each node after its parents.

The same seed gives the same cases, however many are drawn at a time. Cells can be left out
completely at random, which changes nothing else.

Source: Koller and Friedman (2009), algorithm 12.1; Rubin (1976) on missing data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
import numpy.typing as npt

from core.networks.columns import normalised_columns
from core.networks.errors import NetworkError
from core.networks.model import BayesNet
from core.networks.node import Table
from core.networks.questions.case_files import csv_cell, opened_for_writing
from core.progress import Progress

MISSING = -1
"""The state of a cell that is left out."""

BLOCK_CELLS = 2**18
"""Cells drawn between two looks at the cancel token."""

MAX_CASES = 10**9

States = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Cases of a model.

    Attributes
    ----------
    names : tuple of str
        The variables, in the order of the columns.
    states : int32[cases, variables]
        Indices of states; -1 where the cell is missing.
    """

    names: tuple[str, ...]
    states: States


def sample_cases(
    net: BayesNet, count: int, seed: int, progress: Progress | None = None, *, missing: float = 0.0
) -> Cases:
    """Return `count` cases drawn from `net`, each cell left out with probability `missing`.

    Raises
    ------
    NetworkError
        When the count, the seed or the share of missing cells makes no sense.
    """
    blocks = list(_blocks(net, count, seed, missing, progress))
    states = np.concatenate([*blocks, np.empty((0, len(net)), dtype=np.int32)])
    return Cases(net.names, states)


def sample_to_csv(
    net: BayesNet,
    count: int,
    seed: int,
    path: Path,
    progress: Progress | None = None,
    *,
    missing: float = 0.0,
) -> None:
    """Write cases drawn from `net` to a CSV file, a block at a time; errors as `sample_cases`."""
    with opened_for_writing(path) as file:
        _write_heading(net.names, file)
        for block in _blocks(net, count, seed, missing, progress):
            _write_block(net, Cases(net.names, block), file)


def write_cases(net: BayesNet, cases: Cases, path: Path) -> None:
    """Write cases as CSV: a row of names, then the labels of the states; missing cells empty."""
    with opened_for_writing(path) as file:
        _write_heading(cases.names, file)
        _write_block(net, cases, file)


def _blocks(
    net: BayesNet, count: int, seed: int, missing: float, progress: Progress | None
) -> Iterator[States]:
    _check(count, seed, missing)
    draw = _Drawing(net)
    # the mask has a stream of its own: the cases under it are the same whatever is missing
    cases, mask = map(np.random.default_rng, np.random.SeedSequence(seed).spawn(2))
    size = max(1, BLOCK_CELLS // max(1, len(net)))
    for start in range(0, count, size):
        if progress is not None:
            progress.report(start / count, "Drawing cases")
        states = draw(cases.random((min(size, count - start), len(net))))
        if missing:
            states[mask.random(states.shape) < missing] = MISSING
        yield states


def _check(count: int, seed: int, missing: float) -> None:
    if not 0 <= count <= MAX_CASES:
        raise NetworkError(f"{count:,} cases cannot be drawn; ask for 0 to {MAX_CASES:,}.")
    if seed < 0:
        raise NetworkError(f"{seed} is no seed; a seed is a whole number from 0 on.")
    if not 0 <= missing <= 1:
        raise NetworkError(f"A share of {missing:g} cannot be missing; it lies between 0 and 1.")


class _Drawing:
    """The tables of a net as the kernel reads them."""

    def __init__(self, net: BayesNet) -> None:
        number = {name: v for v, name in enumerate(net.names)}
        self._order = np.array([number[n] for n in net.topological_order()], dtype=np.int64)
        nodes: list[tuple[int, int, int, int]] = []
        parents: list[int] = []
        strides: list[int] = []
        ladders, cell = [np.empty(0)], 0
        for node in net:
            first = len(parents)
            parents += [number[name] for name in node.parents]
            strides += [stride // 8 for stride in node.table.strides[:-1]]
            nodes.append((len(node.states), first, len(parents), cell))
            ladders.append(_ladders(normalised_columns(net, node.name)).ravel())
            cell += node.table.size
        self._tables = (
            np.array(nodes, dtype=np.int64).reshape(-1, 4),
            np.array(parents, dtype=np.int64),
            np.array(strides, dtype=np.int64),
            np.concatenate(ladders),
        )

    def __call__(self, uniforms: Table) -> States:
        from core.networks.kernels_sampling import draw_cases

        states = np.empty(uniforms.shape, dtype=np.int32)
        draw_cases(self._order, *self._tables, uniforms, states)
        return states


def _ladders(table: Table) -> Table:
    """Return the cumulative sums of the columns, infinite from the last possible state on."""
    sums: Table = np.cumsum(table, axis=-1)
    last = table.shape[-1] - 1 - np.argmax(table[..., ::-1] > 0, axis=-1)
    sums[np.arange(table.shape[-1]) >= last[..., None]] = np.inf
    return sums


def _write_heading(names: tuple[str, ...], file: TextIO) -> None:
    file.write(",".join(map(csv_cell, names)) + "\n")


def _write_block(net: BayesNet, cases: Cases, file: TextIO) -> None:
    columns = []
    nothing = "" if len(cases.names) > 1 else '""'  # a row that is blank would be none
    for name, states in zip(cases.names, cases.states.T, strict=True):
        labels = np.array([*map(csv_cell, net[name].states), nothing], dtype=object)
        columns.append(labels[states])
    file.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))
