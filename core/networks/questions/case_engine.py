"""Posteriors of many cases: a block of them goes through one clique tree at once.

Where the tree is large, or the numbers of a case come near the end of the range of
doubles, cases are propagated one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import prod

import numpy as np
import numpy.typing as npt

from core.networks.conflict import ImpossibleEvidence
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.node import Table
from core.networks.potentials import spread
from core.networks.questions.clique_forest import CliqueForest, Scope, clique_forest
from core.progress import Progress

MAP_LIMIT = 2**19
"""Trees with more entries in their maps are propagated case by case: measured, that is faster."""

BLOCK_NUMBERS = 2**21
"""Numbers that one block of cases works on, about; measured, more does not help."""

STRETCH_WORK = 2**22
"""Clique cells times cases between two looks at the cancel token: some tens of milliseconds."""

SMALLEST_SAFE_LOGARITHM = -400.0

States = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class CasePosteriors:
    """The beliefs of some cases.

    Attributes
    ----------
    marginals : float64[states of all variables, cases]
        P(state | case), the variables in the model's order; without meaning where a case is
        impossible.
    log_evidence : float64[cases]
        ln P(case); -inf where a case is impossible.
    """

    marginals: Table
    log_evidence: Table


class CaseEngine:
    """A compiled network made ready for many cases."""

    def __init__(self, compiled: CompiledNetwork) -> None:
        self._compiled = compiled
        self._sizes = compiled.net.sizes(compiled.net.names)
        self.starts = np.cumsum([0, *self._sizes])

    @cached_property
    def block(self) -> int:
        """How many cases are best given at a time."""
        if self._layout is None:
            return 16
        return int(np.clip(BLOCK_NUMBERS // self._layout.rows, 32, 256))

    def posteriors(
        self, names: Sequence[str], states: States, progress: Progress | None = None
    ) -> CasePosteriors:
        """Return the beliefs of cases.

        Parameters
        ----------
        names : sequence of str
        states : int32[cases, names]
            -1 where nothing is known.
        """
        if self._layout is None:
            found = CasePosteriors(
                np.zeros((int(self.starts[-1]), len(states))), np.zeros(len(states))
            )
            alone: Sequence[int] = range(len(states))
        else:
            found, alone = self._propagated(self._layout, names, states, progress)
        for case in alone:
            self._propagate_alone(found, case, names, states[case], progress)
        return found

    def _propagated(
        self,
        layout: "_Layout",
        names: Sequence[str],
        states: States,
        progress: Progress | None,
    ) -> tuple[CasePosteriors, Sequence[int]]:
        from core.networks.kernels_batch import UNDERFLOW, collect_cases, distribute_cases

        cases = len(states)
        likelihoods = self._likelihoods(names, states)
        up, down = np.zeros((2, layout.separator_rows, cases))
        scales, logs = np.empty((len(layout.cliques), cases)), np.zeros(cases)
        status = np.zeros(cases, dtype=np.uint8)
        marginals = np.zeros(likelihoods.shape)
        tree = (layout.cliques, layout.links, layout.maps, layout.potentials, likelihoods)
        stretches = layout.stretches(cases)
        for begin, end in reversed(stretches):
            _check(progress)
            collect_cases(begin, end, *tree, up, scales, logs, status)
        for begin, end in stretches:
            _check(progress)
            distribute_cases(begin, end, *tree, up, scales, down, marginals)
        logs[status != 0] = -np.inf
        self._normalise(marginals)
        alone = np.flatnonzero(status == UNDERFLOW).tolist()
        return CasePosteriors(marginals, logs), alone

    def _likelihoods(self, names: Sequence[str], states: States) -> Table:
        likelihoods = np.ones((int(self.starts[-1]), len(states)))
        number = {name: v for v, name in enumerate(self._compiled.net.names)}
        for name, column in zip(names, states.T, strict=True):
            v = number[name]
            own = likelihoods[self.starts[v] : self.starts[v + 1]]
            known = np.flatnonzero(column >= 0)
            own[:, known] = 0.0
            own[column[known], known] = 1.0
        return likelihoods

    def _normalise(self, marginals: Table) -> None:
        if len(self._sizes):
            totals = np.add.reduceat(marginals, self.starts[:-1], axis=0)
            totals[totals == 0] = 1.0
            marginals /= np.repeat(totals, self._sizes, axis=0)

    def _propagate_alone(
        self,
        found: CasePosteriors,
        case: int,
        names: Sequence[str],
        states: npt.NDArray[np.int32],
        progress: Progress | None,
    ) -> None:
        known = {name: int(state) for name, state in zip(names, states, strict=True) if state >= 0}
        try:
            posteriors = self._compiled.propagate(Evidence(known), _quiet(progress))
        except ImpossibleEvidence:
            found.log_evidence[case] = -np.inf
            return
        found.log_evidence[case] = posteriors.log_evidence
        found.marginals[:, case] = np.concatenate(list(posteriors.marginals.values()))

    @cached_property
    def _layout(self) -> "_Layout | None":
        return _laid_out(self._compiled)


def _check(progress: Progress | None) -> None:
    if progress is not None:
        progress.check()


def _quiet(progress: Progress | None) -> Progress | None:
    """Return a token that is cancelled with `progress` but does not report for it."""
    return None if progress is None else _Silent(progress)


class _Silent(Progress):
    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def check(self) -> None:
        """Raise `Cancelled` once nobody waits for the answer."""
        self._progress.check()


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The tree as the kernels of the batch read it."""

    cliques: npt.NDArray[np.int64]
    links: npt.NDArray[np.int64]
    maps: npt.NDArray[np.uint32]
    potentials: Table
    separator_rows: int
    rows: int

    def stretches(self, cases: int) -> list[tuple[int, int]]:
        """Return the cliques in stretches of about `STRETCH_WORK`."""
        ends = np.cumsum(self.cliques[:, 1]) * cases // STRETCH_WORK
        cuts = np.flatnonzero(np.diff(ends)) + 1
        bounds = [0, *cuts.tolist(), len(ends)]
        return list(pairwise(bounds))


def _laid_out(compiled: CompiledNetwork) -> _Layout | None:
    """Return the layout, or None when it would be too large or too close to underflow."""
    forest = clique_forest(compiled, Evidence())
    cells = [prod(forest.sizes(scope)) for scope in forest.scopes]
    home = _homes(forest, cells)
    below = forest.below
    links_of = (1 + len(k) + len(h) for k, h in zip(below, home, strict=True))
    if sum(n * count for n, count in zip(cells, links_of, strict=True)) > MAP_LIMIT:
        return None
    potentials = []
    for i in range(len(forest.scopes)):
        potential = _potential(compiled, forest, i)
        if potential is None:
            return None
        potentials.append(potential)
    sizes = forest.factors.sizes
    starts = np.cumsum([0, *sizes])
    places = np.cumsum([0, *(prod(forest.sizes(s)) for s in forest.separators)])
    cliques, links, maps, start, at = [], [], [np.empty(0, np.uint32)], 0, 0

    def link(i: int, target: Scope, row: int, owner: int) -> None:
        """Add the map from clique `i` to a neighbour."""
        nonlocal at
        links.append((at, row, prod(forest.sizes(target)), owner))
        maps.append(_map(forest.scopes[i], target, sizes))
        at += cells[i]

    for i in range(len(forest.scopes)):
        first = len(links)
        link(i, forest.separators[i], int(places[i]), forest.above[i])
        for child in below[i]:
            link(i, forest.separators[child], int(places[child]), child)
        homes = len(links)
        for v in home[i]:
            link(i, (v,), int(starts[v]), i)
        cliques.append((start, cells[i], first, homes, len(links)))
        start += cells[i]
    rows = 2 * int(places[-1]) + 2 * int(starts[-1]) + len(cells)
    return _Layout(
        np.array(cliques, dtype=np.int64).reshape(-1, 5),
        np.array(links, dtype=np.int64).reshape(-1, 4),
        np.concatenate(maps),
        np.concatenate([np.empty(0), *potentials]),
        int(places[-1]),
        max(1, rows),
    )


def _homes(forest: CliqueForest, cells: Sequence[int]) -> list[list[int]]:
    """Return for each clique the variables read there: those that no smaller one contains.

    A variable of one state is in no scope; it is read at the first clique.
    """
    home: dict[int, int] = {}
    for i, scope in enumerate(forest.scopes):
        for v in scope:
            if v not in home or cells[i] < cells[home[v]]:
                home[v] = i
    found: list[list[int]] = [[] for _ in forest.scopes]
    for v in range(len(forest.factors.sizes)):
        found[home.get(v, 0)].append(v)
    return found


def _potential(compiled: CompiledNetwork, forest: CliqueForest, clique: int) -> Table | None:
    """Return the product of a clique's factors, or None when it may come near underflow."""
    scope, floor = forest.scopes[clique], 0.0
    result: Table = np.ones(forest.sizes(scope))
    for k in forest.factors_of[clique]:
        factor = forest.factors.factors[k]
        positive = factor.table[factor.table > 0]
        floor += float(np.log(positive.min())) if positive.size else 0.0
        kept = [v for v in factor.scope if forest.factors.sizes[v] > 1]
        result *= spread(factor.table.reshape(forest.sizes(kept)), kept, scope)
    return result.ravel() if floor > SMALLEST_SAFE_LOGARITHM else None


def _map(scope: Scope, target: Scope, sizes: Sequence[int]) -> npt.NDArray[np.uint32]:
    """Return for each cell of a table over `scope` the cell of the table over `target`."""
    strides, step = dict.fromkeys(scope, 0), 1
    for v in reversed(target):
        strides[v] = step
        step *= sizes[v]
    index = np.zeros([sizes[v] for v in scope], dtype=np.uint32)
    for axis, v in enumerate(scope):
        shape = [1] * len(scope)
        shape[axis] = sizes[v]
        index += np.arange(sizes[v], dtype=np.uint32).reshape(shape) * np.uint32(strides[v])
    return index.ravel()
