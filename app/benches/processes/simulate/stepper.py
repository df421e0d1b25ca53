"""A process that emits symbol after symbol, and an observer who believes: one live simulation."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.processes.matrices import Vector
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution

TAPE = 240
"""Symbols, beliefs and entropies that are kept to be shown."""

WATCHED = 64
"""Larger steps at a time are too fast to be watched: only their last symbols are followed."""


@dataclass(frozen=True, slots=True)
class Observe:
    """Begin anew and let the observer see these symbols; the process itself rests."""

    word: tuple[int, ...]


@dataclass(frozen=True)
class SimulationFrame:
    """What is seen at one time.

    Attributes
    ----------
    model : HiddenMarkovModel
        What emits.
    time : int
        Symbols so far.
    state : int
        Where the process is; -1 where only the observer is asked.
    edge : (int, int, int) or None
        Source, target and symbol of the edge taken last.
    tape : tuple of int
        The last symbols.
    belief : float64[n]
        What the observer believes about the state now.
    trail : float64[m, n]
        The last beliefs, the newest last.
    entropies : float64[m]
        H[S | word] in bits after each of these symbols, the first before any of them.
    first : int
        The time of the first entry of `entropies`.
    surprise : float
        Minus the logarithm to base 2 of the probability of the last symbol, in bits.
    mean_surprise : float
        Its mean so far, which tends to the entropy rate; NaN before the first symbol.
    """

    model: HiddenMarkovModel
    time: int
    state: int
    edge: tuple[int, int, int] | None
    tape: tuple[int, ...]
    belief: Vector
    trail: Vector
    entropies: Vector
    first: int
    surprise: float
    mean_surprise: float
    counts: tuple[int, ...]


class Simulation:
    """A stepper for `app.jobs.live`: n steps at once are n symbols, whatever the chunks."""

    def __init__(self, model: HiddenMarkovModel, seed: int = 0) -> None:
        from core.processes.sampling import Sampler

        self.model = model
        self._sampler = Sampler(model, seed)
        self._prior = stationary_distribution(model)
        self._matrices = [np.ascontiguousarray(matrix) for matrix in model.T]
        self._begin()
        self._state = self._sampler.state
        self.first = self.frame()

    @property
    def prior(self) -> Vector:
        """What the observer believes before the first symbol."""
        return self._prior

    def _begin(self) -> None:
        self._time = 0
        self._belief = self._prior
        self._tape: deque[int] = deque(maxlen=TAPE)
        self._trail: deque[Vector] = deque([self._prior], maxlen=TAPE)
        self._entropies: deque[float] = deque([entropy(self._prior)], maxlen=TAPE)
        self._counts = np.zeros(self.model.k, np.int64)
        self._edge: tuple[int, int, int] | None = None
        self._state = -1
        self._surprise = self._total = 0.0
        self._surprised = 0

    def step(self, n: int) -> None:
        """Emit `n` symbols; the observer follows all that can be watched."""
        before = self._state if self._state >= 0 else self._sampler.state
        symbols, states = self._sampler.draw(n)
        self._counts += np.bincount(symbols, minlength=self.model.k)
        self._time += n
        skipped = max(0, n - TAPE) if n > WATCHED else 0
        if skipped:
            self._forget(symbols[max(0, skipped - TAPE) : skipped])
        self._see(symbols[skipped:].tolist())
        source = int(states[-2]) if n > 1 else before
        self._state = int(states[-1])
        self._edge = (source, self._state, int(symbols[-1]))

    def frame(self) -> SimulationFrame:
        """Return what is seen now."""
        mean = self._total / self._surprised if self._surprised else float("nan")
        return SimulationFrame(
            self.model,
            self._time,
            self._state,
            self._edge,
            tuple(self._tape),
            self._belief,
            np.array(self._trail),
            np.array(self._entropies),
            self._time - len(self._entropies) + 1,
            self._surprise,
            mean,
            tuple(int(count) for count in self._counts),
        )

    def apply(self, command: Observe) -> None:
        """Let the observer see a word from the beginning."""
        self._begin()
        self._see(command.word)
        for symbol in command.word:
            self._counts[symbol] += 1
        self._time = len(command.word)

    def _see(self, symbols: Sequence[int]) -> None:
        """Let the observer see symbols, each possible after those before."""
        if not symbols:
            return
        beliefs, chances = self._followed(self._belief, symbols)
        self._belief = beliefs[-1]
        self._tape.extend(symbols)
        self._trail.extend(beliefs)
        self._entropies.extend(_entropies(np.array(beliefs)).tolist())
        with np.errstate(divide="ignore"):
            surprises = -np.log2(np.array(chances))
        self._surprise = float(surprises[-1])
        self._total += float(surprises.sum())
        self._surprised += len(symbols)

    def _followed(self, belief: Vector, symbols: Sequence[int]) -> tuple[list[Vector], list[float]]:
        """Return the belief after each symbol, and the probability of each.

        A plain loop without checks: it runs while the window waits for the interpreter.
        """
        matrices = self._matrices
        beliefs, chances = [], []
        for symbol in symbols:
            joint = belief @ matrices[symbol]
            p = float(joint.sum())
            belief = joint / p if p > 0 else self._prior
            beliefs.append(belief)
            chances.append(p)
        return beliefs, chances

    def _forget(self, symbols: np.ndarray) -> None:
        """Find the belief after a long unwatched run from its last symbols: the rest is forgotten.

        The observer of those alone starts from the prior, as at any time.
        """
        belief = self._prior if len(symbols) == TAPE else self._belief
        beliefs, _ = self._followed(belief, symbols.tolist())
        self._belief = beliefs[-1] if beliefs else belief


def _entropies(beliefs: np.ndarray) -> Vector:
    """Return the entropy of each belief, float64[m, n], in bits."""
    logs = np.log2(beliefs, where=beliefs > 0, out=np.zeros_like(beliefs))
    return np.asarray(np.abs((beliefs * logs).sum(axis=1)))


def entropy(belief: Vector) -> float:
    """Return the entropy of a belief in bits."""
    known = belief[belief > 0]
    return abs(float(-(known * np.log2(known)).sum()))
