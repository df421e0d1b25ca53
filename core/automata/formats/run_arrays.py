"""The runs of an RLE body all at once, as arrays, where its text is as programs write it."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.formats.cell_codes import LARGEST_COUNT

BLANK, DIGIT, PREFIX, CODE, STRANGE = range(5)
MOST_DIGITS = 10
FILLED_AT_ONCE = 2**22

_KINDS = np.full(256, STRANGE, dtype=np.uint8)
_KINDS[[ord(letter) for letter in " \t\n"]] = BLANK
_KINDS[ord("0") : ord("9") + 1] = DIGIT
_KINDS[ord("p") : ord("y") + 1] = PREFIX
_KINDS[[ord(letter) for letter in ".bo$"]] = CODE
_KINDS[ord("A") : ord("X") + 1] = CODE

_STATES = np.zeros(256, dtype=np.int64)
_STATES[ord("o")] = 1
_STATES[ord("A") : ord("X") + 1] = np.arange(1, 25)

_BROKEN = re.compile(r"\d[ \t\n]+\d|[p-y][ \t\n]")
"""A token with a blank within, which is refused elsewhere."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of living cells in their order: where each begins, how long it is, and its state."""

    rows: Numbers
    columns: Numbers
    counts: Numbers
    states: Numbers

    @property
    def extent(self) -> tuple[int, int]:
        """Height and width of what they cover."""
        if not self.rows.size:
            return 0, 0
        return int(self.rows[-1]) + 1, int((self.columns + self.counts).max())

    def fill(self, cells: npt.NDArray[np.uint8]) -> None:
        """Put the runs into cells that they fit in, a bounded number at a time."""
        flat = cells.reshape(-1)
        begins = self.rows * cells.shape[1] + self.columns
        ends = np.cumsum(self.counts)
        first = 0
        while first < len(begins):
            done = int(ends[first] - self.counts[first])
            last = max(first + 1, int(np.searchsorted(ends, done + FILLED_AT_ONCE)))
            counts = self.counts[first:last]
            shifts = begins[first:last] - (ends[first:last] - counts) + done
            places = np.repeat(shifts, counts) + np.arange(int(counts.sum()))
            flat[places] = np.repeat(self.states[first:last], counts)
            first = last


def runs_of_text(text: str) -> Runs | None:
    """Return the runs of a body, None where something in it is not as it should be.

    Whoever reads it letter by letter then finds what it is, or that it may be so.
    """
    body = text.partition("!")[0]
    if not body.isascii() or _BROKEN.search(body) is not None:
        return None
    letters = np.frombuffer(body.encode("ascii"), dtype=np.uint8)
    letters = letters[_KINDS[letters] != BLANK]
    kinds = _KINDS[letters]
    if not letters.size:
        return Runs(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    prefixes = np.flatnonzero(kinds == PREFIX)
    if (kinds == STRANGE).any() or kinds[-1] != CODE:
        return None
    followers = letters[prefixes + 1]
    if ((followers < ord("A")) | (followers > ord("X"))).any():
        return None
    at = np.flatnonzero(kinds == CODE)
    has_prefix = np.zeros(len(at), dtype=bool)
    has_prefix[np.searchsorted(at, prefixes + 1)] = True
    counts = _counts(letters, at, has_prefix)
    if counts is None:
        return None
    states = _STATES[letters[at]]
    states[has_prefix] += 24 * (letters[prefixes].astype(np.int64) - ord("p") + 1)
    return _placed(counts, states, letters[at] == ord("$"))


def _counts(
    letters: npt.NDArray[np.uint8], at: Numbers, has_prefix: npt.NDArray[np.bool_]
) -> Numbers | None:
    """Return the number before each code, 1 where there is none; None for one that is too long."""
    ends = at - has_prefix
    digits = ends - np.append(0, at[:-1] + 1)
    most = int(digits.max())
    if most > MOST_DIGITS:
        return None
    counts = np.where(digits == 0, 1, 0).astype(np.int64)
    for place in range(most):
        has_digit = digits > place
        values = letters[ends[has_digit] - 1 - place].astype(np.int64) - ord("0")
        counts[has_digit] += values * 10**place
    return counts if int(counts.max()) <= LARGEST_COUNT else None


def _placed(counts: Numbers, states: Numbers, ends_row: npt.NDArray[np.bool_]) -> Runs | None:
    rows = np.cumsum(np.where(ends_row, counts, 0))
    widths = np.where(ends_row, 0, counts)
    passed = np.cumsum(widths)
    columns = passed - widths - np.maximum.accumulate(np.where(ends_row, passed, 0))
    if int(rows[-1]) > LARGEST_COUNT or int((columns + widths).max()) > LARGEST_COUNT:
        return None
    lives = (states > 0) & (widths > 0)
    if states.max() > 255:
        return None
    return Runs(rows[lives], columns[lives], counts[lives], states[lives])
