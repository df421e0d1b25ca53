"""Reading the text of a UAI file: what is declared first, then the tables.

Sizes are checked as soon as they are declared, so that nothing is allocated for a file that only
claims to be large.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.files.errors import FormatError
from core.networks.errors import CycleError, NetworkError
from core.networks.formats.uai_tokens import Numbers, Tokens
from core.networks.markov_network import MAX_SCOPE, MarkovNetwork, Potential, Variable
from core.networks.model import MAX_CELLS, MAX_STATES, BayesNet, Node
from core.networks.node import Table, frozen

MAX_CELLS_IN_FILE = 2**25
"""Numbers in all tables of a file together."""

MAX_STATES_IN_FILE = 2**22
"""States of all variables of a file together."""

SUM_TOLERANCE = 1e-2
"""A column of a Bayes net that misses 1 by more than this is refused."""

INSTEAD = "write MARKOV in its first line to read it as a Markov network"


@dataclass(frozen=True, slots=True)
class Function:
    """The scope of one table, and where in the text it was declared."""

    scope: tuple[int, ...]
    cells: int
    place: int


class UaiReader:
    """Reads the text of one UAI file."""

    def __init__(self, text: str, source: str) -> None:
        self._tokens = Tokens(text, source)
        self._sizes: list[int] = []
        self._functions: list[Function] = []

    def read(self) -> MarkovNetwork | BayesNet:
        """Return the network, or raise `FormatError`."""
        word = self._tokens.word("MARKOV or BAYES").upper()
        if word not in ("MARKOV", "BAYES"):
            self._tokens.fail("a UAI network begins with the word MARKOV or BAYES.")
        self._read_sizes()
        self._read_scopes()
        if word == "BAYES":
            self._check_families()
        tables = self._read_tables()
        try:
            return self._bayes(tables) if word == "BAYES" else self._markov(tables)
        except CycleError as error:
            raise FormatError(
                f"{str(error).rstrip('.')}; {INSTEAD}.", self._tokens.source
            ) from None
        except NetworkError as error:
            raise FormatError(str(error), self._tokens.source) from None

    def _read_sizes(self) -> None:
        tokens = self._tokens
        count = tokens.whole("the number of variables")
        states = 0
        for v in range(count):
            size = tokens.whole(f"the number of states of variable {v} of {count}")
            if not 0 < size <= MAX_STATES:
                tokens.fail(
                    f"variable {v} has {size:,} states; from 1 to {MAX_STATES:,} are possible."
                )
            self._sizes.append(size)
            states += size
            if states > MAX_STATES_IN_FILE:
                tokens.fail(
                    f"the variables up to {v} have {states:,} states together "
                    f"and the limit is {MAX_STATES_IN_FILE:,}."
                )

    def _read_scopes(self) -> None:
        tokens, variables = self._tokens, len(self._sizes)
        count = tokens.whole("the number of functions")
        total = 0
        for k in range(count):
            length = tokens.whole(f"the number of variables of function {k} of {count}")
            place = tokens.place
            if length > min(variables, MAX_SCOPE):
                tokens.fail(
                    f"function {k} is over {length:,} variables; "
                    f"at most {min(variables, MAX_SCOPE)} are possible."
                )
            scope: list[int] = []
            for _ in range(length):
                v = tokens.whole(f"a variable of function {k}", variables)
                if v in scope:
                    tokens.fail(f"function {k} is over variable {v} twice.")
                scope.append(v)
            cells = math.prod(self._sizes[v] for v in scope)
            total += cells
            if cells > MAX_CELLS or total > MAX_CELLS_IN_FILE:
                tokens.fail(
                    f"the tables up to function {k} would have {total:,} numbers "
                    f"and the limit is {MAX_CELLS_IN_FILE:,}.",
                    place,
                )
            self._functions.append(Function(tuple(scope), cells, place))

    def _read_tables(self) -> list[Table]:
        numbers = self._tokens.numbers()
        tables = []
        for k, function in enumerate(self._functions):
            length = numbers.whole(f"the number of entries of function {k}")
            if length != function.cells:
                numbers.fail(
                    f"function {k} declares {length:,} entries and its variables have "
                    f"{function.cells:,} configurations."
                )
            table = numbers.take(length, f"the table of function {k}")
            _check_entries(numbers, table, k)
            tables.append(frozen(table.reshape([self._sizes[v] for v in function.scope])))
        if numbers.left:
            left = numbers.left
            numbers.take(1, "the rest")
            numbers.fail(f"{left:,} numbers are left over after the last table.")
        return tables

    def _markov(self, tables: Sequence[Table]) -> MarkovNetwork:
        variables = [Variable(str(v), _labels(size)) for v, size in enumerate(self._sizes)]
        potentials = [
            Potential(f"φ{k}", tuple(str(v) for v in function.scope), table)
            for k, (function, table) in enumerate(zip(self._functions, tables, strict=True))
        ]
        return MarkovNetwork(variables, potentials)

    def _check_families(self) -> None:
        """Refuse a Bayes net in which some variable is not the child of just one function."""
        seen: set[int] = set()
        for k, function in enumerate(self._functions):
            child = function.scope[-1] if function.scope else None
            if child is None or child in seen:
                said = "has no variable" if child is None else f"is the second one of {child}"
                reason = f"function {k} {said}, and in a Bayes net each variable is last in one; "
                self._tokens.fail(f"{reason}{INSTEAD}.", function.place)
            seen.add(child)
        missing = next((v for v in range(len(self._sizes)) if v not in seen), None)
        if missing is not None:
            self._tokens.fail(
                f"variable {missing} is last in no function, and in a Bayes net each is in one; "
                f"{INSTEAD}."
            )

    def _bayes(self, tables: Sequence[Table]) -> BayesNet:
        nodes = {}
        for k, (function, table) in enumerate(zip(self._functions, tables, strict=True)):
            *parents, child = function.scope
            names = tuple(str(v) for v in parents)
            nodes[child] = Node(str(child), _labels(self._sizes[child]), names, table)
            miss = np.abs(table.sum(axis=-1) - 1.0)
            if miss.max() > SUM_TOLERANCE:
                total = table.sum(axis=-1).ravel()[int(miss.argmax())]
                self._tokens.fail(
                    f"the table of function {k} has a column that sums to {total:.6g}, not 1; "
                    f"{INSTEAD}.",
                    function.place,
                )
        return BayesNet(nodes[v] for v in range(len(self._sizes)))


@cache
def _labels(size: int) -> tuple[str, ...]:
    return tuple(str(state) for state in range(size))


def _check_entries(numbers: Numbers, table: Table, k: int) -> None:
    wrong = np.flatnonzero(~((table >= 0) & (table < np.inf)))
    if wrong.size:
        entry = table[wrong[0]]
        said = "is negative" if entry < 0 else "is larger than numbers can be"
        numbers.fail(f"this entry of function {k} {said}.", len(table) - int(wrong[0]))
    if not table.any():
        numbers.fail(
            f"the table of function {k} holds only zeros, so nothing would be possible.", len(table)
        )
