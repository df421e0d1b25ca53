"""Reading the body of a ``probability`` block into a table.

Rows are placed by the labels in front of them, never by their order. The format's grammar lists
the numbers of a ``table`` with parents with the child's state slowest and the last parent's
fastest; some writers do the opposite, so the order is taken in which the columns sum to 1, and the
grammar's when both do.
"""

import math
import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from core.networks.errors import quoted
from core.networks.formats.bif_lexer import Lexer
from core.networks.model import Table, frozen

SUM_TOLERANCE = 1e-2
"""A column that misses 1 by more than this is refused; a smaller miss is kept as it is."""

_ROW = re.compile(r'\s*+\(([^()"]*+)\)([^;"(){}]*+);')


class TableReader:
    """Reads the table of one node.

    Parameters
    ----------
    lexer : Lexer
        Stands at the beginning of the body.
    child : str
        Name of the node.
    parents : sequence of (str, sequence of str)
        Names and states of its parents.
    states : sequence of str
        Its own states.
    head : int
        Offset of the block, for errors about what it lacks.
    """

    def __init__(
        self,
        lexer: Lexer,
        child: str,
        parents: Sequence[tuple[str, Sequence[str]]],
        states: Sequence[str],
        head: int,
    ) -> None:
        self._lexer = lexer
        self._child = child
        self._parents = parents
        self._states = states
        self._head = head
        self._indices = [{s: i for i, s in enumerate(labels)} for _, labels in parents]
        self._shape = tuple(len(labels) for _, labels in parents)
        self._columns: dict[int, list[float]] = {}
        self._places: dict[int, int] = {}
        self._default: list[float] | None = None
        self._default_place = head
        self._table: list[float] | None = None

    def read(self) -> Table:
        """Return the table, or raise `FormatError`."""
        while self._read_row() or self._read_statement():
            pass
        result = self._from_rows() if self._table is None else self._from_table(self._table)
        self._check(result)
        return frozen(result.reshape(*self._shape, len(self._states)))

    # -- statements ------------------------------------------------------------------------------

    def _read_row(self) -> bool:
        """Read a row of the plainest kind, ``(a, b) 0.1, 0.9;``; return False at anything else."""
        found = _ROW.match(self._lexer.text, self._lexer.offset)
        if found is None:
            return False
        labels = found[1].split(",")
        column = 0
        if len(labels) != len(self._shape):
            return False
        for label, indices, size in zip(labels, self._indices, self._shape, strict=True):
            state = indices.get(label.strip())
            if state is None:
                return False
            column = column * size + state
        numbers = found[2]
        if not numbers.isascii() or "_" in numbers or column in self._columns:
            return False
        try:
            values = list(map(float, numbers.split(",")))
        except ValueError:
            return False
        if len(values) != len(self._states):
            return False
        self._columns[column] = values
        self._places[column] = found.start(1) - 1
        self._lexer.offset = found.end()
        return True

    def _read_statement(self) -> bool:
        """Read a statement of any kind, or the end of the body, at which it returns False."""
        lexer = self._lexer
        lexer.skip()
        start = lexer.offset
        if lexer.takes("("):
            column = self._column(lexer.words(")", "a state", len(self._shape) + 1), start)
            if column in self._columns:
                lexer.fail(f"this row of {self._child} is given twice.", start)
            self._columns[column] = self._numbers(len(self._states), start)
            self._places[column] = start
            return True
        if lexer.takes("}"):
            return False
        keyword = lexer.keyword()
        if keyword == "table":
            if self._table is not None:
                lexer.fail(f"the table of {self._child} is given twice.", start)
            self._table = self._numbers(math.prod(self._shape) * len(self._states), start)
            self._head = start
        elif keyword == "default":
            if self._default is not None:
                lexer.fail(f"the default of {self._child} is given twice.", start)
            self._default = self._numbers(len(self._states), start)
            self._default_place = start
        elif keyword == "property":
            lexer.until_semicolon()
        elif not lexer.takes(";"):
            lexer.offset = start
            lexer.fail(
                f"a row, table, default or “}}” is expected for {self._child}, not {lexer.found()}."
            )
        return True

    def _column(self, labels: Sequence[str], start: int) -> int:
        if len(labels) != len(self._shape):
            self._lexer.fail(
                f"this row of {self._child} does not name one state for each of its "
                f"{len(self._shape)} parents.",
                start,
            )
        column = 0
        for label, indices, (parent, _) in zip(labels, self._indices, self._parents, strict=True):
            if label not in indices:
                self._lexer.fail(f"{parent} has no state {quoted(label)}.", start)
            column = column * len(indices) + indices[label]
        return column

    def _numbers(self, count: int, start: int) -> list[float]:
        lexer = self._lexer
        values: list[float] = []
        lexer.skip(commas=True)
        while not lexer.takes(";"):
            if len(values) == count or lexer.text.startswith("}", lexer.offset):
                break
            values.append(lexer.number())
            lexer.skip(commas=True)
        else:
            if len(values) == count:
                return values
        if len(values) == count and not lexer.text.startswith("}", lexer.offset):
            lexer.fail(f"{count} numbers are expected for {self._child}, not more.")
        if len(values) == count:
            lexer.fail("these numbers are not closed with “;”.", start)
        lexer.fail(f"{count} numbers are expected for {self._child}, not {len(values)}.", start)

    # -- assembling ------------------------------------------------------------------------------

    def _from_rows(self) -> Table:
        count = math.prod(self._shape)
        if self._default is None and len(self._columns) < count:
            missing = next(i for i in range(count) if i not in self._columns)
            more = count - len(self._columns) - 1
            self._lexer.fail(
                f"the numbers of {self._child}{self._given(missing)} are missing"
                + (f", and those of {more:,} more of its columns." if more else "."),
                self._head,
            )
        if self._default is None:
            return np.array([self._columns[i] for i in range(count)], dtype=np.float64)
        result = np.empty((count, len(self._states)))
        result[:] = self._default
        for column, values in self._columns.items():
            result[column] = values
        return result

    def _from_table(self, values: Sequence[float]) -> Table:
        if self._columns:
            self._lexer.fail(f"{self._child} has a table and rows; one of them is enough.")
        array = np.array(values, dtype=np.float64)
        slowest = array.reshape(len(self._states), -1).T
        fastest = array.reshape(-1, len(self._states))
        return fastest if _sums(fastest) and not _sums(slowest) else slowest

    def _check(self, columns: Table) -> None:
        with np.errstate(invalid="ignore", over="ignore"):
            sums = columns.sum(axis=-1)
        for column in islice(np.flatnonzero(~np.isfinite(sums) | (columns.min(axis=-1) < 0)), 1):
            wrong = next(v for v in columns[column].tolist() if not 0 <= v < math.inf)
            self._fail_at(int(column), f"the number {wrong:g}, which is not a probability")
        for column in islice(np.flatnonzero(np.abs(sums - 1.0) > SUM_TOLERANCE), 1):
            self._fail_at(int(column), f"numbers that sum to {sums[column]:.6g} and not to 1")

    def _fail_at(self, column: int, what: str) -> None:
        default = self._head if self._table is not None else self._default_place
        self._lexer.fail(
            f"{self._child}{self._given(column)} has {what}.", self._places.get(column, default)
        )

    def _given(self, column: int) -> str:
        if not self._shape:
            return ""
        states = np.unravel_index(column, self._shape)
        return " given " + ", ".join(
            f"{name} = {labels[int(state)]}"
            for (name, labels), state in zip(self._parents, states, strict=True)
        )


def _sums(columns: Table) -> bool:
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.abs(columns.sum(axis=-1) - 1.0) <= SUM_TOLERANCE).all())
