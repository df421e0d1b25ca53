"""Reading the body of a ``probability`` block into a table.

Rows are placed by the labels in front of them, never by their order. The format's grammar lists
the numbers of a ``table`` with parents with the child's state slowest and the last parent's
fastest; some writers do the opposite, so the order is taken in which the columns sum to 1, and the
grammar's when both do.
"""

import math
import re
from collections.abc import Sequence
from typing import NoReturn

import numpy as np

from core.networks.errors import quoted
from core.networks.formats.assembly import (
    Family,
    States,
    check_columns,
    given,
    shaped,
    sums_to_one,
    table_size,
)
from core.networks.formats.bif_lexer import BifLexer
from core.networks.model import Table

_ROW = re.compile(r'\s*+\(([^()"]*+)\)([^;"(){}]*+);')


class TableReader:
    """Reads the table of one node.

    Parameters
    ----------
    lexer : BifLexer
        Stands at the beginning of the body.
    family : Family
        The node and its parents.
    states : mapping of str to tuple of str
        The states of every variable of the file.
    """

    def __init__(self, lexer: BifLexer, family: Family, states: States) -> None:
        self._lexer = lexer
        self._family = family
        self._labels = states
        self._child = family.child
        self._states = states[family.child]
        self._head = family.place
        self._indices = [{s: i for i, s in enumerate(states[name])} for name in family.parents]
        self._shape = tuple(len(states[name]) for name in family.parents)
        self._columns: dict[int, list[float]] = {}
        self._places: dict[int, int] = {}
        self._default: list[float] | None = None
        self._default_place = family.place
        self._table: list[float] | None = None

    def read(self) -> Table:
        """Return the table, or raise `FormatError`."""
        while self._read_row() or self._read_statement():
            pass
        result = self._from_rows() if self._table is None else self._from_table(self._table)
        check_columns(result, self._family, self._labels, self._fail_at)
        return shaped(result, self._family, self._labels)

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
            self._table = self._numbers(table_size(self._family, self._labels), start)
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
        for label, indices, parent in zip(labels, self._indices, self._family.parents, strict=True):
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
            where = given(self._family, self._labels, missing)
            self._lexer.fail(
                f"the numbers of {self._child}{where} are missing"
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
        return fastest if sums_to_one(fastest) and not sums_to_one(slowest) else slowest

    def _fail_at(self, reason: str, column: int) -> NoReturn:
        default = self._head if self._table is not None else self._default_place
        self._lexer.fail(reason, self._places.get(column, default))
