"""The tables of .xdsl nodes: full, deterministic, or a noisy-MAX that is made full.

In a noisy-MAX each parent's states have a column of numbers in ``<parameters>`` and the leak has
the last. Their strengths order the states from the strongest to the one without effect; where that
order is not the states' own, the column that is certain of the child's last state shows whether
the columns follow the states or the strengths.

Source: F. J. Díez and M. J. Druzdzel, Canonical probabilistic models for knowledge engineering
(2006), section 4.3.
"""

from typing import NoReturn

import numpy as np

from core.networks.errors import NetworkError, quoted
from core.networks.formats.assembly import (
    SUM_TOLERANCE,
    Fail,
    Family,
    States,
    check_columns,
    numbers,
    shaped,
    table_from_text,
    table_size,
)
from core.networks.formats.xml_tree import Document, Element
from core.networks.model import Table, frozen
from core.networks.tables import noisy_max


def node_table(
    document: Document, element: Element, family: Family, states: States, ids: tuple[str, ...]
) -> Table:
    """Return the table of the node that `element` declares; `ids` are the ids of its states."""
    if element.tag == "deterministic":
        return _deterministic(document, element, family, states, ids)
    if element.tag == "noisymax":
        return _noisy_max(document, element, family, states)
    inner = _inner(document, element, "probabilities", family.child)
    return table_from_text(inner.text, family, states, _failing(document, inner))


def turned_table(document: Document, element: Element, family: Family, states: States) -> Table:
    """Return the table of a node in a file with the first parent's state fastest, not the last's.

    aGrUM writes its .xdsl files so.
    """
    inner = _inner(document, element, "probabilities", family.child)
    turned = Family(family.child, family.parents[::-1], family.place)
    table = table_from_text(inner.text, turned, states, _failing(document, inner))
    axes = [*reversed(range(len(family.parents))), len(family.parents)]
    return frozen(table.transpose(axes))


def _inner(document: Document, element: Element, tag: str, whose: str) -> Element:
    inner = list(element.all(tag))
    if len(inner) != 1:
        document.fail(f"one <{tag}> is expected for {whose}, not {len(inner)}.", element.start)
    return inner[0]


def _failing(document: Document, element: Element) -> Fail:
    def fail(reason: str, word: int) -> NoReturn:
        """Raise the error for the place of a word."""
        document.fail_at_word(reason, element, word)

    return fail


def _deterministic(
    document: Document, element: Element, family: Family, states: States, ids: tuple[str, ...]
) -> Table:
    inner = _inner(document, element, "resultingstates", family.child)
    count = table_size(family, states) // len(ids)
    words = inner.text.split(None, count + 1)[: count + 1]
    if len(words) != count:
        found = "more" if len(words) > count else f"{len(words):,}"
        document.fail(
            f"{count:,} states are expected for {family.child}, not {found}.", inner.start
        )
    places = {id: place for place, id in enumerate(ids)}
    columns = np.zeros((count, len(ids)))
    for column, word in enumerate(words):
        if word not in places:
            reason = f"{family.child} has no state {quoted(word, 30)}."
            document.fail_at_word(reason, inner, column)
        columns[column, places[word]] = 1.0
    return shaped(columns, family, states)


def _noisy_max(document: Document, element: Element, family: Family, states: States) -> Table:
    inner = _inner(document, element, "parameters", family.child)
    fail = _failing(document, inner)
    size = len(states[family.child])
    sizes = [len(states[parent]) for parent in family.parents]
    columns = numbers(inner.text, (sum(sizes) + 1) * size, family.child, fail)
    columns = columns.reshape(-1, size)
    _check_each(columns, family, states, fail)
    links = []
    for parent_columns, order in zip(
        np.split(columns[:-1], np.cumsum(sizes)[:-1]) if sizes else [],
        _strengths(document, element, family, sizes),
        strict=True,
    ):
        links.append(_by_state(parent_columns, order))
    try:
        return noisy_max([_whole(link) for link in links], _whole(columns[-1]), absent=-1)
    except NetworkError as error:
        document.fail(str(error), element.start)


def _check_each(columns: Table, family: Family, states: States, fail: Fail) -> None:
    alone = Family(family.child, (), family.place)
    for number in range(len(columns)):
        start = number * columns.shape[-1]

        def fail_here(reason: str, _column: int, start: int = start) -> NoReturn:
            """Raise the error for the place where the column starts."""
            fail(reason, start)

        check_columns(columns[number : number + 1], alone, states, fail_here)


def _strengths(
    document: Document, element: Element, family: Family, sizes: list[int]
) -> list[list[int]]:
    """Return for each parent its states from the strongest to the one without effect."""
    inner = element.first("strengths")
    orders = [list(range(size)) for size in sizes]
    if inner is None:
        return orders
    words = inner.text.split(None, sum(sizes) + 1)
    place = 0
    for number, order in enumerate(orders):
        given = words[place : place + len(order)]
        if sorted(given) != sorted(map(str, order)):
            document.fail(
                f"the strengths of {family.child} do not order the states of "
                f"{family.parents[number]}.",
                inner.start,
            )
        orders[number] = list(map(int, given))
        place += len(order)
    return orders


def _by_state(columns: Table, order: list[int]) -> Table:
    """Return the columns of one parent in the order of its states."""
    silent = columns[:, -1] >= 1.0 - SUM_TOLERANCE / 100
    if silent[order[-1]] or not silent[-1]:
        return columns
    result = np.empty_like(columns)
    result[order] = columns
    return result


def _whole(columns: Table) -> Table:
    """Return the columns with sums of exactly 1, which products of cumulated sums ask for."""
    result: Table = columns / columns.sum(axis=-1, keepdims=True)
    return result
