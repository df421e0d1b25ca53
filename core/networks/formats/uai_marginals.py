"""UAI marginals: ``MAR``, the number of variables, then ``r p1 … pr`` for each; ``.MAR`` files.

Older files have the number of samples, 1, before the number of variables.

Source: the file format pages of the UAI competitions of 2008 to 2014.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from core.files.errors import FormatError
from core.files.text_file import read_text, write_text
from core.networks.formats.uai_tokens import Tokens
from core.networks.node import Table, frozen


def read(path: str | Path) -> tuple[Table, ...]:
    """Return the distribution of each variable in the file `path`, in the order of its numbers.

    Raises
    ------
    FormatError
        When it is no such file, or its counts do not fit.
    """
    path = Path(path)
    return parse(read_text(path), path.name)


def parse(text: str, name: str = "text") -> tuple[Table, ...]:
    """Return the distributions in `text`; `name` stands for the file's name in errors."""
    tokens = Tokens(text, name)
    if tokens.word("MAR").upper() != "MAR":
        tokens.fail("a file of marginals begins with the word MAR.")
    numbers = tokens.numbers()
    found = _split(numbers.values)
    if found is None and numbers.values[:1].tolist() == [1.0]:
        found = _split(numbers.values[1:])
    if found is None:
        raise FormatError("its counts do not fit its numbers.", name)
    return found


def _split(values: Table) -> tuple[Table, ...] | None:
    """Return `values` as a count and so many tables after their lengths, if they are that."""
    if not values.size:
        return None
    found = []
    place = 1
    while place < len(values):
        length = float(values[place])
        if not (length >= 1 and length.is_integer() and place + length < len(values)):
            return None
        table = frozen(values[place + 1 : place + 1 + int(length)])
        if not (table.min() >= 0 and table.max() < np.inf):
            return None
        found.append(table)
        place += 1 + int(length)
    return tuple(found) if len(found) == values[0] else None


def write(marginals: Mapping[str, Table], names: Sequence[str], path: str | Path) -> None:
    """Write the distributions of `names`, in this order, to the file `path`."""
    words = ["MAR\n" + str(len(names))]
    for name in names:
        distribution = marginals[name].tolist()
        words.append(" ".join([str(len(distribution)), *map(repr, distribution)]))
    write_text(Path(path), " ".join(words) + "\n")
