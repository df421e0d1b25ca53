"""The chaos game: beliefs drawn from the stationary (Blackwell) measure by playing the process.

Draw the next symbol x from p_x(eta), move to eta T[x] / p_x(eta), and write the belief down. Points
are made in chunks; what a chunk contains depends on the seed and on its number alone, so that
neither interruptions nor the number of threads change a picture.

Sources: M. F. Barnsley, Fractals everywhere (1988); A. M. Jurgens and J. P. Crutchfield, Shannon
entropy rate of hidden Markov processes (2021).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.int32]

LANES = 32
"""Chains that advance side by side; the kernels know the number too."""
BLOCK_STEPS = 64
CHUNK_POINTS = 2**17
CHUNK_WORK = 2**23
"""Multiplications in a chunk of a large process: about ten milliseconds."""
MOST_ENTRIES = 2**18
"""Probabilities in a block, so that it stays in the processor's cache."""
BURN_IN_STEPS = 1024


@dataclass(frozen=True, eq=False)
class ChaosGame:
    """A process made ready for the kernels, with beliefs on the attractor to start chunks from.

    Attributes
    ----------
    T : float64[k, n, n]; empty for more than 4 states
    first, target, weight
        The edges, grouped by symbol and source.
    choice : float64[k, n]
        The probability of each symbol in each state, as it is drawn.
    starts : float64[n, LANES]
        One belief for each chain of a chunk.
    seed : int
    is_uniform : bool
        Possible symbols are drawn alike: the same set of beliefs, another measure on it.
    looks_before : bool
        Whether that takes finding out at each step which symbols are possible.
    block, blocks : int
        Points in a block, and blocks in a chunk.
    """

    T: Floats
    first: Symbols
    target: Symbols
    weight: Floats
    choice: Floats
    starts: Floats
    seed: int
    is_uniform: bool
    looks_before: bool
    block: int
    blocks: int

    @property
    def n(self) -> int:
        """Number of states."""
        return int(self.choice.shape[1])

    @property
    def chunk(self) -> int:
        """Points in a chunk."""
        return self.block * self.blocks

    def edges(self) -> tuple[Floats, Symbols, Symbols, Floats, Floats, bool]:
        """Return the first arguments of the kernels."""
        return self.T, self.first, self.target, self.weight, self.choice, self.looks_before

    def generators(self, chunk: int) -> npt.NDArray[np.uint64]:
        """Return the random generators of a chunk, uint64[2, LANES]."""
        words = np.random.SeedSequence([self.seed, chunk]).generate_state(2 * LANES, np.uint64)
        return words.reshape(2, LANES) | np.uint64(1)


def chaos_game(model: HiddenMarkovModel, *, seed: int = 0, is_uniform: bool = False) -> ChaosGame:
    """Return the process ready to play; its chains have run `BURN_IN_STEPS` steps.

    Raises
    ------
    NotErgodic
        With more than one recurrent class there is more than one measure.
    """
    from core.processes import kernels_chaos_game as kernels

    if seed < 0:
        raise ProcessError(f"A seed is a whole number from 0 on, not {seed}.")
    pi = stationary_distribution(model)
    T = model.T
    x, i, j = np.nonzero(T)
    first = np.zeros(model.k * model.n + 1, np.int32)
    first[1:] = np.cumsum(np.bincount(x * model.n + i, minlength=model.k * model.n))
    choice = T.sum(axis=2)
    always_possible = bool((choice > 0.0).all())
    if is_uniform and always_possible:
        choice = np.full_like(choice, 1.0 / model.k)
    work = max(len(x) // model.k + model.k * model.n, 1)
    steps = int(np.clip(MOST_ENTRIES // (LANES * model.n), 1, BLOCK_STEPS))
    block = LANES * steps
    game = ChaosGame(
        T=T.copy() if model.n <= 4 else np.empty((0, 0, 0)),
        first=first,
        target=j.astype(np.int32),
        weight=np.ascontiguousarray(T[x, i, j]),
        choice=np.ascontiguousarray(choice),
        starts=np.repeat(pi[:, None], LANES, axis=1),
        seed=seed,
        is_uniform=is_uniform,
        looks_before=is_uniform and not always_possible,
        block=block,
        blocks=int(np.clip(CHUNK_WORK // (work * block), 1, CHUNK_POINTS // block)),
    )
    out, symbols = np.empty((model.n, block)), np.empty(block, np.int32)
    generators = game.generators(0)
    burn_in = int(np.clip(CHUNK_WORK // (work * LANES), 64, BURN_IN_STEPS))
    for _ in range(-(-burn_in // steps)):
        kernels.advance(*game.edges(), game.starts, generators, out, symbols)
    return game


def sample_beliefs(
    model: HiddenMarkovModel,
    points: int,
    seed: int = 0,
    *,
    is_uniform: bool = False,
    progress: Progress | None = None,
) -> Floats:
    """Return beliefs drawn from the stationary measure, float64[points, n].

    They come from `LANES` chains; the rows of one chain stand `LANES` apart.
    """
    return sample_steps(model, points, seed, is_uniform=is_uniform, progress=progress)[0]


def sample_steps(
    model: HiddenMarkovModel,
    points: int,
    seed: int = 0,
    *,
    is_uniform: bool = False,
    progress: Progress | None = None,
) -> tuple[Floats, Symbols]:
    """Return beliefs float64[points, n] and the symbol that led to each, int32[points]."""
    from core.processes import kernels_chaos_game as kernels

    game = chaos_game(model, seed=seed, is_uniform=is_uniform)
    beliefs, led_by = np.empty((points, game.n)), np.empty(points, np.int32)
    out, symbols = np.empty((game.n, game.block)), np.empty(game.block, np.int32)
    eta, generators = game.starts.copy(), game.generators(1)
    for start in range(0, points, game.block):
        if progress is not None:
            progress.report(start / points)
        kernels.advance(*game.edges(), eta, generators, out, symbols)
        stop = min(start + game.block, points)
        beliefs[start:stop] = out[:, : stop - start].T
        led_by[start:stop] = symbols[: stop - start]
    return beliefs, led_by
