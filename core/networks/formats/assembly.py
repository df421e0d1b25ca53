"""Making a net of what a file declares: the checks that all formats share.

Every count is checked before anything of its size is allocated.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

import numpy as np

from core.files.errors import FormatError
from core.networks.errors import CycleError, NetworkError, quoted
from core.networks.model import BayesNet, Node, Table, check_cells, frozen

MAX_PARENTS = 64
MAX_NODES_IN_FILE = 100_000
MAX_CELLS_IN_FILE = 2**25
"""Numbers in all tables of a file together, checked before any is allocated."""

SUM_TOLERANCE = 1e-2
"""A column that misses 1 by more than this is refused; a smaller miss is kept as it is."""

Fail = Callable[[str, int], NoReturn]
"""Raises the error of a reason and a place, which only the reader of the format understands."""

States = Mapping[str, tuple[str, ...]]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Family:
    """A node and its parents, and where the file gives their probabilities."""

    child: str
    parents: tuple[str, ...]
    place: int


def check_families(families: Iterable[Family], states: States, fail: Fail) -> None:
    """Check the names and the sizes of all tables of a file."""
    families = list(families)
    for family in families:
        _check_names(family, states, fail)
    total = 0
    for family in families:
        cells = math.prod(len(states[name]) for name in (family.child, *family.parents))
        total += cells
        try:
            check_cells([cells], family.child)
        except NetworkError as error:
            fail(str(error), family.place)
        if total > MAX_CELLS_IN_FILE:
            fail(
                f"up to here the tables have {total:,} entries, and the most that is read "
                f"from one file is {MAX_CELLS_IN_FILE:,}.",
                family.place,
            )


def _check_names(family: Family, states: States, fail: Fail) -> None:
    for name in (family.child, *family.parents):
        if name not in states:
            fail(
                f"there is no variable called {quoted(name)}; its states are not declared.",
                family.place,
            )
    if family.child in family.parents:
        fail(f"{family.child} is its own parent.", family.place)
    if len(set(family.parents)) < len(family.parents):
        fail(f"{family.child} has the same parent twice.", family.place)
    if len(family.parents) > MAX_PARENTS:
        fail(f"{family.child} has more than {MAX_PARENTS} parents.", family.place)


def assembled(
    nodes: Sequence[Node], name: str, families: Mapping[str, Family], source: str, fail: Fail
) -> BayesNet:
    """Return the net of `nodes`; a cycle is reported where the file gives one of its nodes."""
    try:
        return BayesNet(nodes, name)
    except CycleError as error:
        fail(str(error), families[error.cycle[0]].place)
    except NetworkError as error:
        raise FormatError(str(error), source) from None


def table_from_text(text: str, family: Family, states: States, fail_at_word: Fail) -> Table:
    """Return the table whose numbers are the words of `text`.

    The child's state is fastest and the last parent's next. `fail_at_word` takes the index of a
    word as its place, -1 for the table as a whole.
    """
    size = len(states[family.child])
    columns = numbers(text, table_size(family, states), family.child, fail_at_word)
    columns = columns.reshape(-1, size)
    check_columns(
        columns, family, states, lambda reason, column: fail_at_word(reason, column * size)
    )
    return shaped(columns, family, states)


def table_size(family: Family, states: States) -> int:
    """Return the number of entries of a table; `check_families` has found it bearable."""
    return math.prod(len(states[name]) for name in (*family.parents, family.child))


def shaped(columns: Table, family: Family, states: States) -> Table:
    """Return the columns of a table with an axis for each parent."""
    return frozen(columns.reshape([len(states[name]) for name in (*family.parents, family.child)]))


def numbers(text: str, count: int, whose: str, fail_at_word: Fail) -> Table:
    """Return the words of `text` as numbers, of which there have to be `count`."""
    words = text.split(None, count + 1)[: count + 1]  # however many more there are
    try:
        if "_" in text or not text.isascii():
            raise ValueError
        values = list(map(float, words))
    except ValueError:
        wrong = ((place, word) for place, word in enumerate(words) if not _is_number(word))
        place, word = next(wrong, (count, "more"))
        fail_at_word(f"a number is expected for {whose}, not {quoted(word, 30)}.", place)
    if len(values) > count:
        fail_at_word(f"{count:,} numbers are expected for {whose}, not more.", count)
    if len(values) < count:
        fail_at_word(f"{count:,} numbers are expected for {whose}, not {len(values):,}.", -1)
    return np.array(values, dtype=np.float64)


def _is_number(word: str) -> bool:
    return _NUMBER.match(word) is not None or word.lower().lstrip("+-") in ("nan", "inf")


def check_columns(columns: Table, family: Family, states: States, fail_at_column: Fail) -> None:
    """Check that every column is a distribution, or nearly so."""
    with np.errstate(invalid="ignore", over="ignore"):
        sums = columns.sum(axis=-1)
    for column in islice(np.flatnonzero(~np.isfinite(sums) | (columns.min(axis=-1) < 0)), 1):
        wrong = next(v for v in columns[column].tolist() if not 0 <= v < math.inf)
        what = f"the number {wrong:g}, which is not a probability"
        fail_at_column(_complaint(family, states, int(column), what), int(column))
    for column in islice(np.flatnonzero(np.abs(sums - 1.0) > SUM_TOLERANCE), 1):
        what = f"numbers that sum to {sums[column]:.6g} and not to 1"
        fail_at_column(_complaint(family, states, int(column), what), int(column))


def _complaint(family: Family, states: States, column: int, what: str) -> str:
    return f"{family.child}{given(family, states, column)} has {what}."


def given(family: Family, states: States, column: int) -> str:
    """Return the parents' states at a column in words, such as " given Rain = yes"."""
    if not family.parents:
        return ""
    indices = np.unravel_index(column, [len(states[name]) for name in family.parents])
    return " given " + ", ".join(
        f"{name} = {states[name][int(index)]}"
        for name, index in zip(family.parents, indices, strict=True)
    )


def sums_to_one(columns: Table) -> bool:
    """Return whether every column nearly sums to 1."""
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.abs(columns.sum(axis=-1) - 1.0) <= SUM_TOLERANCE).all())


def check_writable(net: BayesNet, format_name: str, source: str) -> None:
    """Raise `FormatError` when a column is so far from 1 that no reader would take it."""
    for name in net.names:
        for states in net.bad_columns(name, SUM_TOLERANCE)[:1]:
            total = net[name].table[states].sum()
            raise FormatError(
                f"{name} has a column that sums to {total:.6g}, which {format_name} file cannot "
                "hold; normalise it or save the study instead.",
                source,
            )
