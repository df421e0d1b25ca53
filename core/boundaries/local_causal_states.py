"""Local causal states of a space-time block: past light cones with alike futures.

Two past cones are equivalent where the same distribution of future cones follows them. The classes
are the local causal states; the field of states shows domains as regular patterns, and particles
as what breaks them. A cell's local statistical complexity is the surprise at its state.

Sources: Shalizi, Optimal nonlinear prediction of random fields on networks (2003); Shalizi et al.,
Automatic filters for the detection of coherent structure in spatiotemporal systems (2006); Rupe
and Crutchfield, Local causal states and discrete coherent structures (2018).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.boundaries.alike_pasts import MOST_STATES, Counts, Seen, grouped
from core.boundaries.errors import BoundaryError
from core.boundaries.light_cones import (
    PIECE,
    SMALL_RANGE,
    Block,
    Cones,
    LightCones,
    pieces,
    require_block,
    symbol_cones,
)
from core.progress import Progress

ALPHA = 0.001
MOST_FUTURES = 2**15
"""Futures beyond the most frequent ones count as one."""

MOST_SYMBOLS = 256
WORTH_TELLING = 0.005
"""Share of the cells from which on a simplification is told."""

Field = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class LocalCausalStates:
    """The states of a block, the most frequent first.

    Attributes
    ----------
    cones : LightCones
    alpha : float
    labels : int32[T, ...]
        The state of every cell of the block, -1 where a cone is not whole.
    counts : int64[n]
        Cells in each state.
    future_counts : int64[n, F]
        How often each future came after a state; futures are sorted by frequency.
    futures : [F, m]
        What they hold, in the order of `LightCones.future_offsets`.
    pasts : [n, m]
        The most frequent past of each state, in the order of `LightCones.past_offsets`.
    past_count : int
        How many different pasts there are.
    transitions : int64[1 + axes, n, n]
        How often a state is followed by another in the next slice, and by which along each axis.
    future_entropy : float
        H[future | state] in bits: what even the states leave open.
    predictive_information : float
        I[state; future] in bits, as counted and so a little high.
    notes : tuple of str
        What was simplified, a sentence each.
    """

    cones: LightCones
    alpha: float
    labels: Field
    counts: Counts
    future_counts: Counts
    futures: npt.NDArray[Any]
    pasts: npt.NDArray[Any]
    past_count: int
    transitions: Counts
    future_entropy: float
    predictive_information: float
    notes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of states."""
        return len(self.counts)

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """P(state), float64[n]."""
        return np.asarray(self.counts / self.counts.sum())

    @property
    def complexities(self) -> npt.NDArray[np.float64]:
        """Local statistical complexity -log2 P(state) of each state, bits."""
        return np.asarray(-np.log2(self.shares))

    @property
    def C_mu(self) -> float:
        """Statistical complexity, the mean of the local one: the entropy of the states, bits."""
        return float((self.shares * self.complexities).sum())

    def P(self) -> npt.NDArray[np.float64]:
        """Return P(future | state), float64[n, F]; rows sum to one."""
        return np.asarray(self.future_counts / self.counts[:, None])

    def complexity_field(self) -> npt.NDArray[np.float32]:
        """Return the local statistical complexity of every cell in bits, NaN where it has none."""
        known = np.append(self.complexities, np.nan).astype(np.float32)
        field: npt.NDArray[np.float32] = known[self.labels]  # -1 takes the last
        return field


def local_causal_states(
    block: Block,
    symbols: int,
    cones: LightCones,
    *,
    alpha: float = ALPHA,
    progress: Progress | None = None,
) -> LocalCausalStates:
    """Return the local causal states of a block of symbols.

    Parameters
    ----------
    block : uint8[T, W] or uint8[T, H, W]
        Symbols from 0 to ``symbols - 1``, slices of time first.
    alpha : float
        The chance that of pasts which are all alike any is told apart.

    Raises
    ------
    BoundaryError
        For a block that is none, too large, or too small for its cones.
    """
    if not 1 <= symbols <= MOST_SYMBOLS:
        raise BoundaryError(f"Cells have 1 to {MOST_SYMBOLS} symbols, not {symbols}.")
    require_block(block, cones)
    if block.size and int(block.max()) >= symbols:
        raise BoundaryError(f"A cell has the symbol {int(block.max())}, but there are {symbols}.")
    if progress is not None:
        progress.report(0.0, "Reading past cones")
    past = symbol_cones(block, symbols, cones, cones.past_offsets(), progress)
    if progress is not None:
        progress.report(0.25, "Reading future cones")
    future = symbol_cones(block, symbols, cones, cones.future_offsets(), progress)
    return states_of_cones(past, future, block.shape, cones, alpha=alpha, progress=progress)


def states_of_cones(
    past: Cones,
    future: Cones,
    shape: tuple[int, ...],
    cones: LightCones,
    *,
    alpha: float = ALPHA,
    progress: Progress | None = None,
) -> LocalCausalStates:
    """Return the local causal states of a block whose cones are told apart already."""
    ranks, kept, pooled = _most_frequent(future, progress)
    seen = _seen(past, future, ranks, len(kept), progress)
    counts = seen.counts()
    order = np.lexsort((past.first, -counts))
    grouping = grouped(seen, order, alpha=alpha, progress=progress)
    by_past, representatives = _numbered(grouping.state, counts, past.first, order)
    n = len(representatives)
    labels = np.full(shape, -1, dtype=np.int32)
    inside = cones.inside(shape)
    for to, codes in zip(labels[inside], past.codes, strict=True):
        to[...] = by_past[codes]
        if progress is not None:
            progress.check()
    state_counts = np.bincount(by_past, weights=counts, minlength=n).astype(np.int64)
    future_counts = seen.by_state(by_past.astype(np.int64), n, progress)
    entropies = np.array([_entropy(row) for row in future_counts])
    left_open = float((state_counts * entropies).sum() / state_counts.sum())
    told = max(0.0, _entropy(future_counts.sum(axis=0)) - left_open)
    notes = _notes(int(counts[grouping.untested].sum()), pooled, past, has_all=grouping.has_all)
    return LocalCausalStates(
        cones,
        alpha,
        labels,
        state_counts,
        future_counts,
        future.held(kept),
        past.held(representatives),
        past.n,
        _transitions(labels[inside], n, cones.wraps, progress),
        left_open,
        told,
        notes,
    )


def _most_frequent(future: Cones, progress: Progress | None) -> tuple[Counts, Counts, int]:
    """Return the rank of each future, those that are kept, and how many cells have others."""
    counts = np.zeros(future.n, dtype=np.int64)
    for piece in pieces(future.codes.size, progress):
        counts += np.bincount(future.codes.reshape(-1)[piece], minlength=future.n)
    order = np.lexsort((future.first, -counts))
    ranks = np.empty(future.n, dtype=np.int64)
    ranks[order] = np.arange(future.n)
    last = MOST_FUTURES - 1
    pooled = int(counts[order[last:]].sum()) if future.n > MOST_FUTURES else 0
    return np.minimum(ranks, last), order[:MOST_FUTURES], pooled


def _seen(
    past: Cones, future: Cones, ranks: Counts, futures: int, progress: Progress | None
) -> Seen:
    """Return how often each future, by rank, came after each past."""
    flat_past, flat_future = past.codes.reshape(-1), future.codes.reshape(-1)
    counted: list[tuple[Counts, Counts]] = []
    table = np.zeros(past.n * futures if past.n * futures <= SMALL_RANGE else 0, dtype=np.int64)
    for piece in pieces(len(flat_past), progress):
        pairs = flat_past[piece].astype(np.int64) * futures + ranks[flat_future[piece]]
        if len(table):
            np.add.at(table, pairs, 1)
        else:
            counted.append(np.unique(pairs, return_counts=True))
    if len(table):
        pairs = np.flatnonzero(table)
        times = table[pairs]
    else:
        pairs, times = _added_up(counted, progress)
    start = np.searchsorted(pairs // futures, np.arange(past.n + 1))
    return Seen(start.astype(np.int64), pairs % futures, times, futures)


def _added_up(
    counted: list[tuple[Counts, Counts]], progress: Progress | None
) -> tuple[Counts, Counts]:
    """Return sorted codes with their counts, from several such lists, range after range."""
    lengths = sum(len(codes) for codes, _ in counted)
    sample = np.sort(np.concatenate([codes[:: -(-len(codes) // 256)] for codes, _ in counted]))
    ranges = -(-lengths // PIECE)
    edges = np.unique(sample[np.linspace(0, len(sample) - 1, ranges + 1).astype(int)[1:-1]])
    cuts = [[0, *np.searchsorted(codes, edges), len(codes)] for codes, _ in counted]
    found: list[tuple[Counts, Counts]] = []
    for number in range(len(edges) + 1):
        if progress is not None:
            progress.check()
        parts = [slice(cut[number], cut[number + 1]) for cut in cuts]
        codes = np.concatenate([c[part] for (c, _), part in zip(counted, parts, strict=True)])
        times = np.concatenate([t[part] for (_, t), part in zip(counted, parts, strict=True)])
        known, places = np.unique(codes, return_inverse=True)
        found.append((known, np.bincount(places, weights=times).astype(np.int64)))
    codes, times = (np.concatenate(each) for each in zip(*found, strict=True))
    return codes, times


def _numbered(
    state: Counts, counts: Counts, first: Counts, order: Counts
) -> tuple[npt.NDArray[np.int32], Counts]:
    """Return states renumbered by frequency, and the most frequent past of each.

    Ties go to what is seen first, so that other names of the symbols change nothing.
    """
    n = int(state.max()) + 1
    totals = np.bincount(state, weights=counts, minlength=n)
    seen_first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(seen_first, state, first)
    by_rank = np.lexsort((seen_first, -totals))
    ranks = np.empty(n, dtype=np.int32)
    ranks[by_rank] = np.arange(n)
    renumbered = ranks[state]
    representatives = np.empty(n, dtype=np.int64)
    backwards = order[::-1]  # of several the last stays, which is the most frequent
    representatives[renumbered[backwards]] = backwards
    return renumbered, representatives


def _transitions(
    labels: Field, n: int, wraps: tuple[bool, ...], progress: Progress | None
) -> Counts:
    found = np.zeros((labels.ndim, n, n), dtype=np.int64)
    for time, here in enumerate(labels):
        if progress is not None:
            progress.check()
        if time + 1 < len(labels):
            found[0] += _pairs(here, labels[time + 1], n)
        for axis, is_circle in enumerate(wraps):
            ahead = np.roll(here, -1, axis=axis)
            part = [slice(None)] * here.ndim
            part[axis] = slice(None) if is_circle else slice(-1)
            found[1 + axis] += _pairs(here[tuple(part)], ahead[tuple(part)], n)
    return found


def _pairs(before: Field, after: Field, n: int) -> Counts:
    codes = before.reshape(-1).astype(np.int64) * n + after.reshape(-1)
    return np.bincount(codes, minlength=n * n).reshape(n, n)


def _entropy(counts: Counts) -> float:
    """Return the entropy of how often outcomes came, in bits."""
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def _notes(untested: int, pooled: int, past: Cones, *, has_all: bool) -> tuple[str, ...]:
    cells = past.codes.size
    notes = []
    if past.n > cells / 10:
        notes.append(
            f"There are {past.n:,} different pasts in {cells:,} cells: too few of each to compare "
            "what follows; take a shallower past or a larger block."
        )
    if untested > cells * WORTH_TELLING:
        notes.append(f"{untested / cells:.2%} of the cells have a past too rare to be tested.")
    if pooled > cells * WORTH_TELLING:
        notes.append(
            f"{pooled / cells:.2%} of the cells have a future beyond the {MOST_FUTURES - 1:,} most "
            "frequent, which count as one."
        )
    if not has_all:
        notes.append(
            f"More than {MOST_STATES} states would be needed: the rest went to the most alike."
        )
    return tuple(notes)


def verdict(found: LocalCausalStates) -> str:
    """Return in a sentence what was found."""
    if found.n == 1:
        return "One state: what a past cone holds tells nothing of the future."
    frequent = int(np.searchsorted(np.cumsum(found.shares), 0.9)) + 1
    if frequent == found.n:
        return f"{found.n} states, all of them frequent."
    which = "the most frequent one holds" if frequent == 1 else f"the {frequent} most frequent hold"
    return f"{found.n} states; {which} nine tenths of the cells."
