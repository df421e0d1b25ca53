"""The joint distribution of chosen variables, inside a clique or across several.

The smallest part of the calibrated tree that holds the variables is a network of its own: the
belief of its root times, for every other clique, its belief given what it shares with the clique
above. From the leaves upwards each clique sums out what nobody above asks for.

Source: Koller and Friedman (2009), section 10.3.3.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from string import ascii_letters

import numpy as np

from core.networks.calibrated_tree import CalibratedTree
from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.node import Table
from core.networks.questions.errors import TooManyCells
from core.progress import Progress

JOINT_CELL_LIMIT = 2**24
"""Neither the joint table nor a table on the way to it has more cells."""

Scope = tuple[int, ...]


def joint(
    compiled: CompiledNetwork,
    names: Sequence[str],
    evidence: Evidence | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return P(names | evidence), one axis for each name in the order given.

    Raises
    ------
    TooManyCells
        When the table, or one on the way to it, would have more than `JOINT_CELL_LIMIT` cells.
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        For a name that is unknown or given twice.
    """
    sizes = compiled.net.sizes(names)
    _check(names, sizes)
    return joint_in(compiled.calibrate(evidence, progress), names, progress)


def joint_in(tree: CalibratedTree, names: Sequence[str], progress: Progress | None = None) -> Table:
    """Return P(names | evidence) of a tree that is calibrated already; errors as for `joint`."""
    _check(names, tree.model.sizes(names))
    number = {name: i for i, name in enumerate(tree.model.names)}
    sizes = tree.model.sizes(tree.model.names)
    wanted = tuple(number[name] for name in names)
    query = frozenset(v for v in wanted if sizes[v] > 1)  # one state is no axis: arrays have few
    parts = _parts(tree, query)
    for part in parts:
        _check_steps(part, query, sizes)
    scope: Scope = ()
    table: Table = np.ones(())
    for part in parts:
        found, marginal = _summed(tree, part, query, sizes, progress)
        scope, table = (*scope, *found), np.multiply.outer(table, marginal)
    order = [scope.index(v) for v in wanted if sizes[v] > 1]
    asked = np.transpose(table, order).reshape([sizes[v] for v in wanted])
    result: Table = asked / asked.sum()
    return result


def _check(names: Sequence[str], sizes: Sequence[int]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise NetworkError(f"{quoted(name)} is asked for twice in one joint; name it once.")
    _refuse_above_limit(prod(sizes))


def _refuse_above_limit(cells: float) -> None:
    if cells > JOINT_CELL_LIMIT:
        raise TooManyCells("This joint", cells, JOINT_CELL_LIMIT, "ask for fewer variables at once")


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected piece of the tree: its cliques from the root on, the clique above each in it."""

    cliques: tuple[int, ...]
    above: dict[int, int]
    scopes: dict[int, Scope]

    def below(self, clique: int) -> list[int]:
        """Return the cliques whose message goes to `clique`."""
        return [each for each in self.cliques if self.above[each] == clique]


def _parts(tree: CalibratedTree, query: frozenset[int]) -> list[_Part]:
    """Return the smallest pieces of the tree that hold every variable of the query."""
    held: list[frozenset[int]] = [query.intersection(scope) for scope in tree.scopes]
    shared = [query.intersection(separator) for separator in tree.separators]
    waiting = [len(below) for below in tree.below]
    kept = [True] * len(held)
    for i in reversed(range(len(held))):
        up = tree.above[i]
        if waiting[i] == 0 and (held[i] <= shared[i] if up >= 0 else not held[i]):
            kept[i] = False
            if up >= 0:
                waiting[up] -= 1
    root_of: dict[int, int] = {}
    pieces: dict[int, list[int]] = {}
    for i in range(len(held)):
        if not kept[i]:
            continue
        up = tree.above[i]
        if up >= 0 and kept[up]:
            root_of[i] = root_of[up]
            pieces[root_of[i]].append(i)
        else:
            root_of[i] = i
            pieces[i] = [i]
    return [_trimmed(tree, cliques, held, shared) for cliques in pieces.values()]


def _trimmed(
    tree: CalibratedTree,
    cliques: list[int],
    held: list[frozenset[int]],
    shared: list[frozenset[int]],
) -> _Part:
    """Drop roots that hold nothing which their only neighbour does not hold too."""
    inside = set(cliques)
    while True:
        root = cliques[0]
        below = [each for each in tree.below[root] if each in inside]
        if len(below) != 1 or not held[root] <= shared[below[0]]:
            break
        inside.remove(root)
        cliques = cliques[1:]
    above = {i: tree.above[i] if i != cliques[0] else -1 for i in cliques}
    sizes = tree.model.sizes(tree.model.names)
    scopes = {i: tuple(v for v in tree.scopes[i] if sizes[v] > 1) for i in cliques}
    return _Part(tuple(cliques), above, scopes)


def _kept_scope(joined: Scope, wanted: frozenset[int]) -> Scope:
    return tuple(v for v in joined if v in wanted)


def _steps(
    part: _Part, clique: int, messages: dict[int, Scope], query: frozenset[int]
) -> list[Scope]:
    """Return the scopes that remain after each message into a clique was multiplied in."""
    own = part.scopes[clique]
    up = part.above[clique]
    outside = query.union(part.scopes[up] if up >= 0 else ())
    below = part.below(clique)
    scopes, current = [], own
    for k in range(len(below) + 1):
        waiting = frozenset(v for each in below[k:] for v in messages[each])
        incoming = messages[below[k - 1]] if k else ()
        joined = (*current, *(v for v in incoming if v not in current))
        current = _kept_scope(joined, outside | waiting)
        scopes.append(current)
    return scopes


def _check_steps(part: _Part, query: frozenset[int], sizes: Sequence[int]) -> None:
    """Raise `TooManyCells` when a table on the way would be too large."""
    messages: dict[int, Scope] = {}
    for i in reversed(part.cliques):
        steps = _steps(part, i, messages, query)
        for scope in steps[1:]:
            _refuse_above_limit(prod(sizes[v] for v in scope))
        messages[i] = steps[-1]


def _summed(
    tree: CalibratedTree,
    part: _Part,
    query: frozenset[int],
    sizes: Sequence[int],
    progress: Progress | None,
) -> tuple[Scope, Table]:
    """Return the joint of the variables of the query that this part holds, and their order."""
    scopes: dict[int, Scope] = {}
    tables: dict[int, Table] = {}
    for done, i in enumerate(reversed(part.cliques)):
        if progress is not None:
            progress.report(done / len(part.cliques), "Joining cliques")
        own = part.scopes[i]
        table = tree.belief(i).reshape([sizes[v] for v in own])
        up = part.above[i]
        if up >= 0:
            table = _given(table, [axis for axis, v in enumerate(own) if v not in part.scopes[up]])
        steps = _steps(part, i, scopes, query)
        current = steps[0]
        table = table.sum(axis=tuple(axis for axis, v in enumerate(own) if v not in current))
        for child, kept in zip(part.below(i), steps[1:], strict=True):
            table = _contracted(table, current, tables.pop(child), scopes[child], kept)
            current = kept
        scopes[i], tables[i] = current, table
    root = part.cliques[0]
    return scopes[root], tables[root]


def _given(belief: Table, own_axes: list[int]) -> Table:
    """Return P(own variables | separator); 0 where the separator is impossible."""
    total = belief.sum(axis=tuple(own_axes), keepdims=True)
    result: Table = np.divide(belief, total, out=np.zeros_like(belief), where=total > 0)
    return result


def _contracted(one: Table, first: Scope, other: Table, second: Scope, kept: Scope) -> Table:
    # neither table has more than 2**24 cells of two states or more, so the letters suffice
    letter = dict(zip(dict.fromkeys((*first, *second)), ascii_letters, strict=False))
    written = ["".join(letter[v] for v in scope) for scope in (first, second, kept)]
    subscripts = f"{written[0]},{written[1]}->{written[2]}"
    result: Table = np.einsum(subscripts, one, other, optimize=True)
    return result
