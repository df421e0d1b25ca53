"""The mutual information of every two variables, fast: columns walk outward over a clique tree.

Each variable X starts in its home clique as columns P(S, X = x), one for each state, over the
separators S around it, and walks on from separator to separator. Variables are taken in the order
of their homes in the tree, so that those of a subtree are neighbours; each pair is met once, by
the later variable receiving the earlier one. All columns of a block walk together.

Source: Koller and Friedman (2009), section 10.3.3.3, for single variables in place of cliques.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.networks.calibrated_tree import CalibratedTree
from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.levels.dependence import entropy
from core.networks.levels.transitions import Transition, margin, transition
from core.networks.node import Table
from core.progress import Progress

MAX_CLIQUE_CELLS = 2**26
"""Beyond so many cells in the cliques together the matrix is refused."""

MAX_COLUMNS = 512
"""Columns that walk together at most, and fewer where separators are large."""

WALKING_CELLS = 2**25
"""Cells of the largest separator times columns, at most."""

REMEMBERED_BYTES = 2**29
"""Steps through cliques are remembered up to so many bytes."""


def mutual_information_matrix(
    compiled: CompiledNetwork,
    evidence: Evidence | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return the mutual information of every two variables given the evidence, in nats.

    Symmetric; the diagonal holds the entropies. Rows are in the order of the model.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        When the cliques have more than `MAX_CLIQUE_CELLS` cells together.
    """
    if compiled.cost.clique_cells > MAX_CLIQUE_CELLS:
        raise NetworkError(
            f"The cliques have {compiled.cost.clique_cells:,} cells, and the matrix of mutual "
            f"information is made up to {MAX_CLIQUE_CELLS:,}; remove arcs or states."
        )
    return information_of_tree(compiled.calibrate(evidence, progress), progress)


def information_of_tree(tree: CalibratedTree, progress: Progress | None = None) -> Table:
    """Return the mutual information of every two variables of a calibrated tree, in nats."""
    walks = _Walks(tree, progress)
    count = len(walks.sizes)
    matrix = np.zeros((count, count))
    for a, name in enumerate(tree.model.names):
        matrix[a, a] = entropy(tree.marginals[name])
    blocks = walks.blocks()
    for k, block in enumerate(blocks):
        _Block(walks, block, matrix, _Share(progress, k, len(blocks))).run()
    return matrix


def joint_of_pair(tree: CalibratedTree, first: str, second: str) -> Table:
    """Return P(first, second | evidence) of two different variables, the first outermost.

    Raises
    ------
    NetworkError
        For an unknown name, or the same one twice.
    """
    number = {name: v for v, name in enumerate(tree.model.names)}
    for name in (first, second):
        if name not in number:
            raise NetworkError(f"There is no variable called {quoted(name)} in this network.")
    if first == second:
        raise NetworkError(f"A joint is of two different variables, and {first} is one.")
    walks = _Walks(tree)
    a, b = number[first], number[second]
    together = walks.smallest([a, b])
    if together >= 0:
        joint = margin(tree.belief(together), tree.scopes[together], (a, b))
        return np.array(joint / joint.sum())
    path = walks.path(walks.homes[a], walks.homes[b])
    if path is None:
        return np.outer(tree.marginals[first], tree.marginals[second])
    columns = np.diag(tree.marginals[first])
    entered: tuple[int, ...] = (a,)
    for here, after in zip(path, [*path[1:], -1], strict=True):
        left = (b,) if after < 0 else walks.shared(here, after)
        step = transition(tree.belief(here), tree.scopes[here], entered, left)
        out = np.zeros((step.cells_out, walks.sizes[a]))
        step.carry(columns, out, 0, lambda: None)
        columns, entered = out, left
    return np.array(columns.T / columns.sum())


@dataclass(frozen=True, slots=True)
class _Share:
    """The share of the progress that one of several blocks has."""

    progress: Progress | None
    index: int
    blocks: int

    def report(self, fraction: float) -> None:
        """Tell how far this block, and with it the whole, has come."""
        if self.progress is not None:
            done = (self.index + fraction) / self.blocks
            self.progress.report(done, "Comparing all pairs of variables")


class _Walks:
    """The tree in depth-first order, the variables in the order of their homes, and the steps."""

    def __init__(self, tree: CalibratedTree, progress: Progress | None = None) -> None:
        self.tree, self._progress = tree, progress
        self.sizes = tuple(tree.marginals[name].size for name in tree.model.names)
        self.cells = [_cells(scope, self.sizes) for scope in tree.scopes]
        self.order, self.end = _depth_first(tree)
        self.place = {i: k for k, i in enumerate(self.order)}
        self.homes = self._homes()
        self._remembered: dict[tuple[int, int, int], Transition] = {}
        self._room = REMEMBERED_BYTES
        self._latest: tuple[int, Table] = (-1, np.ones(()))

    def _homes(self) -> list[int]:
        homes = [-1] * len(self.sizes)
        for i, scope in enumerate(self.tree.scopes):
            for v in scope:
                if homes[v] < 0 or self.cells[i] < self.cells[homes[v]]:
                    homes[v] = i
        return homes

    @cached_property
    def living(self) -> dict[int, list[int]]:
        """The variables whose home each clique is."""
        found: dict[int, list[int]] = {}
        for v, i in enumerate(self.homes):
            found.setdefault(i, []).append(v)
        return found

    def blocks(self) -> list[list[int]]:
        """Cut the variables, in the order of their homes, into blocks that walk together."""
        largest = max((_cells(s, self.sizes) for s in self.tree.separators), default=1)
        room = min(MAX_COLUMNS, max(1, WALKING_CELLS // largest))
        blocks: list[list[int]] = []
        left = 0
        for v in sorted(range(len(self.sizes)), key=lambda v: (self.place[self.homes[v]], v)):
            if left < self.sizes[v] or not blocks:
                blocks.append([])
                left = max(room, self.sizes[v])
            blocks[-1].append(v)
            left -= self.sizes[v]
        return blocks

    def step(self, clique: int, source: int, target: int) -> Transition:
        """Return the step through a clique, from one neighbour to another."""
        key = (clique, source, target)
        if key not in self._remembered:
            made = self._made(clique, self.shared(clique, source), self.shared(clique, target))
            if made.bytes > self._room:
                return made
            self._room -= made.bytes
            self._remembered[key] = made
        return self._remembered[key]

    def arrival(self, clique: int, variable: int) -> Transition:
        """Return P(variable | separator) for what arrives at a clique from above."""
        return self._made(clique, self.tree.separators[clique], (variable,))

    def _made(self, clique: int, given: Sequence[int], out: Sequence[int]) -> Transition:
        return transition(self.belief(clique), self.tree.scopes[clique], given, out, self.check)

    def belief(self, clique: int) -> Table:
        """Return the belief of a clique; the last one is at hand."""
        if self._latest[0] != clique:
            self.check()
            self._latest = (clique, self.tree.belief(clique))
            self.check()
        return self._latest[1]

    def check(self) -> None:
        """Raise `Cancelled` where nobody waits any more."""
        if self._progress is not None:
            self._progress.check()

    def start(self, clique: int, variable: int, separator: Sequence[int]) -> Table:
        """Return P(separator, variable), a row for each cell of the separator."""
        scope = self.tree.scopes[clique]
        if variable not in separator:
            joint = margin(self.belief(clique), scope, (*separator, variable))
            return joint.reshape(-1, self.sizes[variable])
        cells = margin(self.belief(clique), scope, separator)
        shape = [1] * len(separator)
        axis = separator.index(variable)
        shape[axis] = self.sizes[variable]
        states = np.eye(self.sizes[variable]).reshape([*shape, self.sizes[variable]])
        result: Table = (cells[..., None] * states).reshape(-1, self.sizes[variable])
        return result

    def shared(self, clique: int, neighbour: int) -> tuple[int, ...]:
        """Return the separator of two neighbours."""
        below = clique if self.tree.above[clique] == neighbour else neighbour
        return self.tree.separators[below]

    def smallest(self, variables: Sequence[int]) -> int:
        """Return the smallest clique that holds all of `variables`, or -1."""
        holding = [i for i, s in enumerate(self.tree.scopes) if set(variables) <= set(s)]
        return min(holding, key=lambda i: self.cells[i], default=-1)

    def path(self, start: int, end: int) -> list[int] | None:
        """Return the cliques between two, both included; None between parts of a forest."""
        ways = []
        for i in (start, end):
            way = [i]
            while self.tree.above[way[-1]] >= 0:
                way.append(self.tree.above[way[-1]])
            ways.append(way)
        up, down = ways
        if up[-1] != down[-1]:
            return None
        while len(up) > 1 and len(down) > 1 and up[-2] == down[-2]:
            up.pop()
            down.pop()
        return [*up, *reversed(down[:-1])]


class _Block:
    """Some variables on their walk over the tree, all later ones receiving them.

    Columns stand in the order of the variables' homes, so that the ones from a subtree, and the
    ones from before it, are ranges.
    """

    def __init__(
        self, walks: _Walks, variables: Sequence[int], matrix: Table, share: _Share
    ) -> None:
        self.walks, self.tree = walks, walks.tree
        self.variables, self.matrix, self.share = variables, matrix, share
        self.ends = np.cumsum([0, *(walks.sizes[v] for v in variables)])
        self.stands = [walks.place[walks.homes[v]] for v in variables]
        self.up: dict[int, Table] = {}
        self.down: dict[int, Table] = {}

    def run(self) -> None:
        """Walk towards the roots, then down into everything that comes later."""
        walks, first, last = self.walks, self.stands[0], self.stands[-1]
        for place in range(last, -1, -1):
            i = walks.order[place]
            if self.tree.above[i] >= 0 and self._inside(i)[1]:
                self._upward(i)
        count = len(walks.order)
        for place in range(count):
            if place % 8 == 0:
                self.share.report(place / count)
            i = walks.order[place]
            self._at_home(i)
            for child in self.tree.below[i]:
                if walks.place[child] > first:
                    self._downward(i, child)
            self._forget(i)

    def _columns(self, begin: int, end: int) -> tuple[int, int, int, int]:
        """Return which variables have their homes at places begin to end, and their columns."""
        a = int(np.searchsorted(self.stands, begin))
        b = int(np.searchsorted(self.stands, end))
        return a, b, int(self.ends[a]), int(self.ends[b])

    def _inside(self, clique: int) -> tuple[int, int]:
        """Return the first column from the subtree of a clique, and how many there are."""
        place = self.walks.place[clique]
        *_, begin, end = self._columns(place, self.walks.end[clique])
        return begin, end - begin

    def _before(self, clique: int) -> int:
        """Return how many columns come from before a clique."""
        return self._columns(0, self.walks.place[clique])[3]

    def _upward(self, clique: int) -> None:
        above = self.tree.above[clique]
        separator = self.tree.separators[clique]
        begin, count = self._inside(clique)
        out = np.zeros((_cells(separator, self.walks.sizes), count))
        self._depart(clique, separator, out, begin)
        for child in self.tree.below[clique]:
            if child in self.up:
                first, _ = self._inside(child)
                step = self.walks.step(clique, child, above)
                step.carry(self.up[child], out, first - begin, self.walks.check)
        self.up[clique] = out

    def _downward(self, clique: int, child: int) -> None:
        count = self._before(child)
        if count == 0:
            return
        separator = self.tree.separators[child]
        out = np.zeros((_cells(separator, self.walks.sizes), count))
        if clique in self.down:
            step = self.walks.step(clique, self.tree.above[clique], child)
            step.carry(self.down[clique], out, 0, self.walks.check)
        self._depart(clique, separator, out, 0)
        for other in self.tree.below[clique]:
            if other in self.up and self.walks.place[other] < self.walks.place[child]:
                first, _ = self._inside(other)
                step = self.walks.step(clique, other, child)
                step.carry(self.up[other], out, first, self.walks.check)
        self.down[child] = out

    def _depart(self, clique: int, separator: Sequence[int], out: Table, origin: int) -> None:
        """Write the columns of the variables that live in a clique."""
        place = self.walks.place[clique]
        a, b, *_ = self._columns(place, place + 1)
        for k in range(a, b):
            begin, end = int(self.ends[k]) - origin, int(self.ends[k + 1]) - origin
            out[:, begin:end] = self.walks.start(clique, self.variables[k], separator)

    def _at_home(self, clique: int) -> None:
        """Compare the variables of a clique with all that arrive, and with one another."""
        from core.networks.kernels_pairs import pair_information

        here = self.walks.living.get(clique, [])
        if here and clique in self.down:
            arriving = self.down[clique]
            count = self._columns(0, self.walks.place[clique])[1]
            earlier = self.variables[:count]
            result = np.empty(count)
            for v in here:
                step = self.walks.arrival(clique, v)
                joint = np.zeros((step.cells_out, arriving.shape[1]))
                step.carry(arriving, joint, 0, self.walks.check)
                pair_information(joint, self.ends[: count + 1], result)
                self.matrix[v, earlier] = self.matrix[earlier, v] = result
        self._among(clique, here)

    def _among(self, clique: int, here: Sequence[int]) -> None:
        from core.networks.kernels_pairs import pair_information

        scope = self.tree.scopes[clique]
        for k, a in enumerate(here):
            if a not in self.variables:
                continue
            for b in here[k + 1 :]:
                joint = np.ascontiguousarray(margin(self.walks.belief(clique), scope, (a, b)))
                result = np.empty(1)
                pair_information(joint, np.array([0, joint.shape[1]]), result)
                self.matrix[a, b] = self.matrix[b, a] = result[0]

    def _forget(self, clique: int) -> None:
        """Let go of what nothing later reads."""
        self.down.pop(clique, None)
        for child in self.tree.below[clique]:
            self.up.pop(child, None)


def _cells(scope: Sequence[int], sizes: Sequence[int]) -> int:
    return int(np.prod([sizes[v] for v in scope], dtype=np.int64))


def _depth_first(tree: CalibratedTree) -> tuple[list[int], npt.NDArray[np.int64]]:
    """Return the cliques depth first, and for each the place where its subtree ends."""
    waiting = [i for i, above in enumerate(tree.above) if above < 0][::-1]
    order = []
    while waiting:
        i = waiting.pop()
        order.append(i)
        waiting += reversed(tree.below[i])
    below = np.ones(len(order), dtype=np.int64)
    for i in reversed(order):
        if tree.above[i] >= 0:
            below[tree.above[i]] += below[i]
    end = np.empty(len(order), dtype=np.int64)
    for place, i in enumerate(order):
        end[i] = place + below[i]
    return order, end
