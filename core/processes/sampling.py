"""Symbols drawn from a process.

The random number of a step depends on the seed and the number of the step alone, so that a sample
is the same however it is cut into chunks.

Source: A. J. Walker, An efficient method for generating discrete random variables with general
distributions (1977).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.generalized import require_states
from core.processes.matrices import Vector
from core.processes.model import HiddenMarkovModel
from core.processes.word import start_belief
from core.progress import Progress

Labels = npt.NDArray[np.uint16]

CHUNK = 2**20
"""Symbols between two looks at the token: some ten milliseconds."""

MOST_EVEN_COLUMNS = 2**20
"""Tables that are all as large as the largest are quicker, as long as they stay small."""

MOST_AT_ONCE = 2**31
"""Symbols that are returned in one array."""


class Sampler:
    """A process that emits, from a seed on.

    Attributes
    ----------
    state : int
        Where the process is now.
    time : int
        Symbols emitted so far.
    """

    def __init__(
        self, model: HiddenMarkovModel, seed: int = 0, start: npt.ArrayLike | None = None
    ) -> None:
        require_states(model, "A sequence of states")
        if seed < 0:
            raise ProcessError(f"A seed is a whole number from 0 on, not {seed}.")
        belief = start_belief(model, start)
        words = np.random.SeedSequence(seed)
        self._key = words.generate_state(1, np.uint64)[0]
        self.state = _drawn(belief, np.random.default_rng(words.spawn(1)[0]).random())
        self.time = 0
        self._prepare(model)

    def _prepare(self, model: HiddenMarkovModel) -> None:
        from core.processes.kernels_sampling import fill_alias_tables

        by_state = model.T.transpose(1, 0, 2)
        source, symbol, target = np.nonzero(by_state)
        weights = by_state[source, symbol, target]
        counts = np.bincount(source, minlength=model.n)
        weights = weights / np.bincount(source, weights, model.n)[source]
        bits = np.maximum(np.ceil(np.log2(counts)).astype(np.int64), 1)
        self._is_even = model.n << int(bits.max()) <= MOST_EVEN_COLUMNS
        if self._is_even:
            bits[:] = bits.max()
        first = np.concatenate([[0], np.cumsum(counts)])
        self._columns = np.concatenate([[0], np.cumsum(1 << bits)])
        self._bits = bits.astype(np.uint64)
        self._thresholds = np.empty(self._columns[-1], dtype=np.uint64)
        edges = np.empty(2 * self._columns[-1], dtype=np.int64)
        fill_alias_tables(first, weights, self._columns, self._thresholds, edges)
        self._edge = (65536 * symbol[edges] + target[edges]).astype(np.uint32)

    def draw(self, count: int) -> tuple[Labels, Labels]:
        """Return the next `count` symbols and the states after each, as indices."""
        from core.processes.kernels_sampling import walk, walk_evenly

        symbols, states = np.empty(count, np.uint16), np.empty(count, np.uint16)
        rest = (self._thresholds, self._edge, self._key, np.uint64(self.time), np.int64(self.state))
        if self._is_even:
            last = walk_evenly(self._bits[0], *rest, symbols, states)
        else:
            last = walk(self._columns, self._bits, *rest, symbols, states)
        self.state = int(last)
        self.time += count
        return symbols, states

    def chunks(self, count: int, progress: Progress | None = None) -> Iterator[Labels]:
        """Iterate over `count` symbols in chunks, with a look at the token between two."""
        done = 0
        while done < count:
            if progress is not None:
                progress.report(done / count, f"Drew {done:,} of {count:,} symbols")
            size = min(CHUNK, count - done)
            yield self.draw(size)[0]
            done += size


def sample(
    model: HiddenMarkovModel,
    count: int,
    seed: int = 0,
    *,
    start: npt.ArrayLike | None = None,
    progress: Progress | None = None,
) -> Labels:
    """Return `count` symbols as indices into the alphabet, uint16[count].

    Raises
    ------
    NotPossible
        For a generalized model, which has no states to walk over.
    ProcessError
        When `count` is negative or more than fits in memory.
    """
    if not 0 <= count <= MOST_AT_ONCE:
        raise ProcessError(
            f"A sample has 0 to {MOST_AT_ONCE:,} symbols at once, and not {count:,}; write longer "
            "ones to a file."
        )
    symbols = np.empty(count, dtype=np.uint16)
    done = 0
    for chunk in Sampler(model, seed, start).chunks(count, progress):
        symbols[done : done + chunk.size] = chunk
        done += chunk.size
    return symbols


def _drawn(belief: Vector, u: float) -> int:
    ladder = np.cumsum(belief)
    return int(np.searchsorted(ladder, u * ladder[-1], side="right"))
