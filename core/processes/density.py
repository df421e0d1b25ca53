"""The density of beliefs in a picture, made bit by bit from as many points as one waits for.

Source: A. M. Jurgens and J. P. Crutchfield, Shannon entropy rate of hidden Markov processes (2021),
for the mixed-state sets that are drawn.
"""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from core.processes.chaos_game import LANES, ChaosGame, chaos_game
from core.processes.colours import Colouring
from core.processes.errors import NotPossible, ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection, Window, natural_projection
from core.processes.window_words import WindowWords, whole, window_words
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint32]

LARGEST_PICTURE = 8192
MOST_POINTS = 4 * 10**9
LARGEST_STAGE = 2 * 10**7
MOST_STATES_TO_REFINE = 64
"""Processes with more states are zoomed without conditioning: only points inside are counted."""


class BeliefDensity:
    """Counts of beliefs per pixel, which grow with every call of `add`.

    Parameters
    ----------
    model : HiddenMarkovModel
    size : int
        Width of the picture in pixels, and its height, except for 2 states: they make one row.
    projection : Projection, optional
        Where each state lies; the one natural for the number of states if it is left out.
    window : (left, bottom, right, top), optional
        The part of the plane that is shown; by default all of the simplex. Where it is small,
        only words of last symbols that lead into it are played, so that every point counts.
    colouring : Colouring, optional
        Colours to add up in each pixel; without it there are counts alone.
    seed : int
    is_uniform : bool
        Draw the possible symbols alike. It fills the set faster but gives another measure.

    Attributes
    ----------
    counts : uint32[height, width]
        Row 0 is at the top.
    sums : float64[height, width, 3]
        The sum of the colours in each pixel; empty without `colouring`.
    drawn : int
        Points made so far, inside and outside the window.
    inside : int
        The sum of `counts`.

    Raises
    ------
    NotPossible
        For a generalized process without a projection: no simplex holds its beliefs.
    """

    def __init__(
        self,
        model: HiddenMarkovModel,
        *,
        size: int = 1024,
        projection: Projection | None = None,
        window: Window | None = None,
        colouring: Colouring | None = None,
        seed: int = 0,
        is_uniform: bool = False,
    ) -> None:
        if not 1 <= size <= LARGEST_PICTURE:
            raise ProcessError(
                f"A picture has 1 to {LARGEST_PICTURE} pixels on each side, not {size}."
            )
        if model.is_generalized and projection is None:
            raise NotPossible(
                "The beliefs of a generalized process do not lie in a simplex; choose a projection."
            )
        self.projection = projection or natural_projection(model.n)
        if len(self.projection.vertices) != model.n:
            raise ProcessError(
                f"The projection has {len(self.projection.vertices)} rows "
                f"and the process has {model.n} states."
            )
        self.game = chaos_game(model, seed=seed, is_uniform=is_uniform)
        self.window = window or self.projection.view()
        is_row = self.projection.is_interval
        self.counts: Counts = np.zeros((1 if is_row else size, size), np.uint32)
        self.plane = self.projection.pixels(self.window, self.shape)
        self.colouring = colouring
        self.sums: Floats = np.zeros((*self.shape, 3) if colouring else (0, 0, 3))
        self.words = self._chosen_words(model)
        self.drawn = 0
        self.inside = 0
        self._next_chunk = 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the picture."""
        return (self.counts.shape[0], self.counts.shape[1])

    @property
    def mass_per_count(self) -> float:
        """What one count stands for in probability, so that counts become a measure."""
        return self.words.share / max(self.drawn, 1)

    @property
    def measure(self) -> Floats:
        """The estimated probability of each pixel, float64[height, width]."""
        measure: Floats = self.counts.astype(np.float64) * self.mass_per_count
        return measure

    def add(
        self,
        points: int,
        progress: Progress | None = None,
        *,
        threads: int = 1,
        goal: int | None = None,
    ) -> None:
        """Draw at least `points` more points, a whole number of chunks.

        A chunk takes a few milliseconds; between chunks a cancelled `progress` stops the work. What
        was drawn until then stays, and is what an undisturbed run would have had at that point.
        The counts are the same for any number of threads. Progress is told as the part of `goal`
        that is drawn, which is all that this call draws if it is left out.
        """
        from core.processes import kernels_chaos_game  # noqa: F401  compile before the threads do

        chunks = -(-points // self.game.chunk)
        if self.drawn + chunks * self.game.chunk > MOST_POINTS:
            raise ProcessError(f"A picture holds at most {MOST_POINTS:,} points.")
        numbers = iter(range(self._next_chunk, self._next_chunk + chunks))
        span = (0, chunks)
        if goal is not None:
            span = (self.drawn // self.game.chunk, -(-goal // self.game.chunk))
        if threads <= 1 or chunks < 2 * threads:
            self._work(numbers, span, progress, self)
        else:
            self._work_together(numbers, span, progress, threads)
        if progress is not None:
            progress.check()

    def stages(
        self, points: int, progress: Progress | None = None, *, threads: int = 1
    ) -> Iterator[int]:
        """Iterate over the points drawn so far, after 10^5 or so, then after each threefold more.

        A coarse picture is there at once and the fine one follows; no stage draws more than
        `LARGEST_STAGE` points, so that a long game is seen to go on.
        """
        goal = min(points, 10**5)
        while True:
            if goal > self.drawn:
                self.add(goal - self.drawn, progress, threads=threads, goal=points)
            yield self.drawn
            if goal >= points:
                return
            goal = min(3 * goal, goal + LARGEST_STAGE, points)

    def merge(self, other: "BeliefDensity") -> None:
        """Add the points of a density of the same process and window with another seed."""
        same = (
            self.window == other.window
            and self.shape == other.shape
            and self.words.words == other.words.words
            and self.sums.shape == other.sums.shape
        )
        if not same or self.game.seed == other.game.seed:
            raise ProcessError("Only densities of one window with different seeds can be merged.")
        self.counts += other.counts
        self.sums += other.sums
        self.drawn += other.drawn
        self.inside += other.inside

    def _chosen_words(self, model: HiddenMarkovModel) -> WindowWords:
        """Return the words to condition on; none where the window shows about everything."""
        shows_all = bool(np.all((self.plane >= 0.0) & (self.plane <= self.shape[::-1])))
        cannot = model.is_generalized or model.n > MOST_STATES_TO_REFINE or self.game.is_uniform
        if shows_all or cannot:
            return whole(model.n)
        remembered = self.colouring.remembered if self.colouring else 0
        return window_words(model.T, self.plane, self.shape, at_least=remembered)

    def _work_together(
        self,
        numbers: Iterator[int],
        span: tuple[int, int],
        progress: Progress | None,
        threads: int,
    ) -> None:
        lock = threading.Lock()

        def guarded() -> Iterator[int]:
            """Yield numbers, each to one thread alone."""
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                yield number

        parts = [_Part(self) for _ in range(threads)]
        with ThreadPoolExecutor(threads) as pool:
            waiting = [
                pool.submit(self._work, guarded(), span, progress, part, threads) for part in parts
            ]
            for future in waiting:
                future.result()
        for part in parts:
            self.counts += part.counts
            self.sums += part.sums
            self.drawn += part.drawn
            self.inside += part.inside
            self._next_chunk = max(self._next_chunk, part._next_chunk)

    def _work(
        self,
        numbers: Iterator[int],
        span: tuple[int, int],
        progress: Progress | None,
        into: Any,
        workers: int = 1,
    ) -> None:
        """Play chunks into `into`; stop quietly between chunks once `progress` is cancelled.

        `span` says how many chunks were played before and how many there will be in the end.
        """
        before, wanted = span
        room = _Room(self.game)
        for done in itertools.count():
            # The token is asked before a number is taken, so that no chunk is left out.
            if progress is not None:
                if progress.is_cancelled:
                    return
                share = (before + done * workers) / max(wanted, 1)
                progress.report(min(share, 1.0), "Playing the chaos game")
            number = next(numbers, None)
            if number is None:
                return
            into.inside += self._play(number, room, into.counts, into.sums)
            into.drawn += self.game.chunk
            into._next_chunk = max(into._next_chunk, number + 1)

    def _play(self, number: int, room: "_Room", counts: Counts, sums: Floats) -> int:
        from core.processes import kernels_chaos_game as kernels

        game, words = self.game, self.words
        remembered = self.colouring.remembered if self.colouring else 0
        k = len(game.choice)
        return int(
            kernels.play(
                *game.edges(), game.starts.copy(), game.generators(number), room.discarded,
                game.blocks, room.out, room.symbols, room.pixels, np.zeros(LANES, np.int32),
                k**remembered if remembered else 0,
                words.highest, words.state_mass, words.threshold, words.alias, words.maps,
                words.codes(k, remembered), self.plane, self.shape, counts.reshape(-1),
                self.colouring.of_state if self.colouring else np.empty((0, 3)),
                self.colouring.of_code if self.colouring else np.empty((0, 3)),
                sums.reshape(-1, 3),
            )
        )  # fmt: skip


class _Part:
    """What one thread has counted."""

    def __init__(self, density: BeliefDensity) -> None:
        self.counts: Counts = np.zeros_like(density.counts)
        self.sums: Floats = np.zeros_like(density.sums)
        self.drawn = 0
        self.inside = 0
        self._next_chunk = 0


class _Room:
    """Arrays for one block of points."""

    def __init__(self, game: ChaosGame) -> None:
        self.out: Floats = np.empty((game.n, game.block))
        self.symbols = np.empty(game.block, np.int32)
        self.pixels = np.empty(game.block, np.int32)
        self.discarded = max(1, min(64 * LANES // game.block, game.blocks))
