"""A machine estimated from one sequence of symbols, by joining histories with alike futures.

Histories are all words of up to L symbols that were seen often enough. Two are put into one state
where a chi-square test cannot tell the words of F symbols that follow them apart; a state whose
histories lead to different states on one symbol is divided. What is left of it in the long run is
the estimate: unifilar by construction, and no better than length and order allow.

Source: Shalizi and Klinkner, Blind construction of optimal nonlinear recursive predictors for
discrete sequences (2004), with futures of several symbols in place of one.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.shannon import entropy
from core.processes.stationary import stationary_distribution
from core.progress import Progress

Symbols = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
Word = tuple[int, ...]

SIGNIFICANCE = 1e-4
"""A test that would come out so by chance less often than this tells two histories apart."""

FUTURE = 3
LEAST_COUNT = 100
LEAST_SYMBOLS = 1000
LONGEST_HISTORY = 12
MOST_STATES = 200


@dataclass(frozen=True, eq=False, slots=True)
class Reconstruction:
    """An estimated machine and what it was estimated from.

    Attributes
    ----------
    model : HiddenMarkovModel
    history, future : int
        L and F.
    symbols : int
        Length of the sequence.
    entropy_rate, complexity : float
        h_mu and C_mu of the estimate, bits.
    """

    model: HiddenMarkovModel
    history: int
    future: int
    symbols: int
    entropy_rate: float
    complexity: float


def reconstruct(
    sequence: npt.ArrayLike,
    alphabet: tuple[str, ...],
    *,
    history: int | None = None,
    significance: float = SIGNIFICANCE,
    name: str = "",
    progress: Progress | None = None,
) -> Reconstruction:
    """Return the machine of a sequence of numbers of symbols.

    Parameters
    ----------
    history : int, optional
        L; by default as long as the sequence has counts for.

    Raises
    ------
    ProcessError
        When the sequence is too short, or has a longer memory than its length shows.
    """
    numbers = np.asarray(sequence, dtype=np.int64)
    if numbers.ndim != 1 or len(numbers) < LEAST_SYMBOLS:
        raise ProcessError(
            f"A machine is estimated from at least {LEAST_SYMBOLS:,} symbols, not {numbers.size:,}."
        )
    used, numbers = np.unique(numbers, return_inverse=True)
    names = tuple(alphabet[each] for each in used)
    k = len(names)
    longest = _longest_history(len(numbers), k) if history is None else history
    if not 1 <= longest <= LONGEST_HISTORY:
        raise ProcessError(f"Histories have 1 to {LONGEST_HISTORY} symbols, not {longest}.")
    counts = _futures(numbers, k, longest, progress)
    states = _joined(counts, significance, progress)
    model = _machine(counts, states, k, longest, names, name)
    pi = stationary_distribution(model)
    rate = float(sum(pi[i] * entropy(model.emission[i]) for i in range(model.n)))
    return Reconstruction(model, longest, FUTURE, len(numbers), rate, entropy(pi))


def _longest_history(length: int, k: int) -> int:
    if k == 1:
        return 1
    fitting = int(log(length / LEAST_COUNT) / log(k)) - 1
    return min(max(fitting, 2), LONGEST_HISTORY)


def _futures(
    numbers: Symbols, k: int, longest: int, progress: Progress | None
) -> dict[Word, Counts]:
    """Return for each history how often each word of `FUTURE` symbols came next."""
    found: dict[Word, Counts] = {}
    words = k**FUTURE
    for length in range(longest + 1):
        if progress is not None:
            progress.report(0.5 * length / (longest + 1), f"Histories of {length} symbols")
        count = len(numbers) - length - FUTURE + 1
        code = np.zeros(count, dtype=np.int64)
        for place in range(length + FUTURE):
            code = code * k + numbers[place : place + count]
        which, times = np.unique(code, return_counts=True)
        for history, begin in _groups(which // words):
            part = slice(begin[0], begin[1])
            table = np.zeros(words, dtype=np.int64)
            table[which[part] % words] = times[part]
            if table.sum() >= LEAST_COUNT:
                found[_word(history, length, k)] = table
    return found


def _groups(sorted_codes: Symbols) -> list[tuple[int, tuple[int, int]]]:
    codes, first = np.unique(sorted_codes, return_index=True)
    ends = [*first[1:].tolist(), len(sorted_codes)]
    return [
        (int(code), (start, end))
        for code, start, end in zip(codes.tolist(), first.tolist(), ends, strict=True)
    ]


def _word(code: int, length: int, k: int) -> Word:
    digits = []
    for _ in range(length):
        code, digit = divmod(code, k)
        digits.append(digit)
    return tuple(reversed(digits))


def _joined(
    counts: dict[Word, Counts], significance: float, progress: Progress | None
) -> dict[Word, int]:
    """Return the state of every history: the likeliest that the test does not exclude."""
    pooled: list[Counts] = []
    found: dict[Word, int] = {}
    # Long histories first: short ones are mixtures, and would draw apart states together.
    order = sorted(counts, key=lambda word: (-len(word), -int(counts[word].sum()), word))
    for place, word in enumerate(order):
        if progress is not None:
            progress.report(0.5 + 0.5 * place / len(order), "Joining histories")
        chances = [_chance_alike(counts[word], state) for state in pooled]
        best = int(np.argmax(chances)) if chances else -1
        if best >= 0 and chances[best] > significance:
            found[word] = best
            pooled[best] = pooled[best] + counts[word]
        elif len(pooled) < MOST_STATES:
            found[word] = len(pooled)
            pooled.append(counts[word])
        else:
            raise ProcessError(
                f"More than {MOST_STATES} states would be needed; take shorter histories."
            )
    return found


def _chance_alike(one: Counts, other: Counts) -> float:
    """Return the chance that samples of one distribution differ as much: chi-square of a table."""
    from scipy.special import chdtrc

    both = np.stack([one, other]).astype(np.float64)
    both = both[:, both.sum(axis=0) > 0]
    if both.shape[1] < 2:
        return 1.0
    expected = both.sum(axis=1, keepdims=True) * both.sum(axis=0) / both.sum()
    statistic = float(((both - expected) ** 2 / expected).sum())
    return float(chdtrc(both.shape[1] - 1, statistic))


def _machine(
    counts: dict[Word, Counts],
    states: dict[Word, int],
    k: int,
    longest: int,
    names: tuple[str, ...],
    name: str,
) -> HiddenMarkovModel:
    """Return the recurrent part of the states, each divided until symbols decide what follows."""
    states = dict(states)
    while _divided(counts, states, k, longest):
        pass
    count = max(states.values()) + 1
    weights = np.zeros((count, k))
    after: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for word, state in states.items():
        following = _next_symbols(counts[word], k)
        weights[state] += following
        for symbol in range(k):
            target = states.get((*word, symbol)) if len(word) < longest else None
            if target is not None:
                after[state, symbol][target] += int(following[symbol])
    T = np.zeros((k, count, count))
    for (state, symbol), targets in after.items():
        T[symbol, state, max(targets, key=lambda each: targets[each])] = weights[state, symbol]
    members = _recurrent(T.sum(axis=0), weights.sum(axis=1))
    T = T[np.ix_(range(k), members, members)]
    total = T.sum(axis=(0, 2))
    if not total.size or total.min() <= 0 or _lost(T, weights, members) > 0.05:
        raise ProcessError(
            f"Histories of {longest} symbols leave open where the sequence goes on; it has a "
            "longer memory than its length shows, so take more symbols."
        )
    T /= total[None, :, None]
    labels = tuple(_label(number) for number in range(len(members)))
    emitted = T.sum(axis=(1, 2)) > 0
    shown = tuple(each for each, is_used in zip(names, emitted, strict=True) if is_used)
    return HiddenMarkovModel(name, shown, labels, np.ascontiguousarray(T[emitted]))


def _divided(counts: dict[Word, Counts], states: dict[Word, int], k: int, longest: int) -> bool:
    """Divide the first state from whose histories one symbol leads to different states."""
    members: dict[int, list[Word]] = defaultdict(list)
    for word, state in states.items():
        members[state].append(word)
    if len(members) >= MOST_STATES:
        return False
    for words in members.values():
        for symbol in range(k):
            by_target: dict[int, list[Word]] = defaultdict(list)
            for word in words:
                target = states.get((*word, symbol)) if len(word) < longest else None
                if target is not None:
                    by_target[target].append(word)
            if len(by_target) < 2:
                continue
            weight = {t: sum(int(counts[w].sum()) for w in ws) for t, ws in by_target.items()}
            kept = max(weight, key=lambda each: weight[each])
            fresh = max(states.values()) + 1
            for target in sorted(by_target):
                if target != kept:
                    for word in by_target[target]:
                        states[word] = fresh
                    fresh += 1
            return True
    return False


def _recurrent(transition: npt.NDArray[np.float64], weight: npt.NDArray[np.float64]) -> list[int]:
    """Return the strongly connected states in which most of the sequence is spent."""
    from scipy.sparse.csgraph import connected_components

    _, component = connected_components(transition > 0, directed=True, connection="strong")
    inside = np.array(
        [transition[np.ix_(component == each, component == each)].sum() for each in component]
    )
    # Of a component that leads nowhere but into another the weight is that of short histories.
    leaves = np.array(
        [transition[np.ix_(component == each, component != each)].sum() for each in component]
    )
    score = np.where(inside > 0, inside / (inside + leaves + 1e-300), 0.0)
    best = max(range(len(component)), key=lambda i: (score[i] > 0.95, inside[i], -i))
    return [i for i in range(len(component)) if component[i] == component[best]]


def _lost(
    T: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], members: list[int]
) -> float:
    """Return which share of the symbols leads out of the recurrent states, or nowhere."""
    whole = float(weights[members].sum())
    return 1.0 - float(T.sum()) / whole if whole > 0 else 1.0


def _next_symbols(table: Counts, k: int) -> npt.NDArray[np.float64]:
    """Return how often each symbol came next, float64[k]."""
    following: npt.NDArray[np.float64] = table.reshape(k, -1).sum(axis=1).astype(np.float64)
    return following


def _label(number: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[number % 26] + (str(number // 26) if number >= 26 else "")
