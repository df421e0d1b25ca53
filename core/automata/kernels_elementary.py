"""The kernel of elementary cellular automata on rows of bits, 64 cells in a word.

Source: Wolfram, Statistical mechanics of cellular automata (1983).
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

RING, FIXED, MIRROR, BACKGROUND = 0, 1, 2, 3
ONE = np.uint64(1)
TOP = np.uint64(63)


@nb.njit(cache=True, nogil=True)
def step_row(
    rows: Words,
    which: int,
    width: int,
    edge: int,
    left: int,
    right: int,
    outcomes: Words,
    steps: int,
    record: Words,
) -> int:
    """Make generations and return which of the two rows holds the last one.

    rows : uint64[2, words + 2], a word on each side for what lies beyond the edges; changed
    which : the row with the present generation
    edge : what lies beyond: the other end of a `RING`, the bits `left` and `right` where it is
        `FIXED`, the last cell again at a `MIRROR`, or a `BACKGROUND` of such bits that steps too
    outcomes : uint64[8], all bits set where the rule gives 1 for 4 l + 2 c + r
    record : uint64[n, words], the first n new generations are written there
    """
    words = rows.shape[1] - 2
    used = np.uint64(width - 64 * (words - 1))
    last_bit = used - ONE
    mask = (ONE << used) - ONE if used < np.uint64(64) else ~np.uint64(0)
    zero, four = outcomes[0], outcomes[4]
    two, six = outcomes[2], outcomes[6]
    zero_one, four_five = zero ^ outcomes[1], four ^ outcomes[5]
    two_three, six_seven = two ^ outcomes[3], six ^ outcomes[7]
    for step in range(steps):
        row, out = rows[which], rows[1 - which]
        first, last = row[1] & ONE, (row[words] >> last_bit) & ONE
        before, after = np.uint64(left), np.uint64(right)
        if edge == RING:
            before, after = last, first
        elif edge == MIRROR:
            before, after = first, last
        row[0] = before << TOP
        row[words] &= mask
        if used < np.uint64(64):
            row[words] |= after << used
        else:
            row[words + 1] = after
        west, here, east, target = row[:words], row[1 : words + 1], row[2:], out[1 : words + 1]
        for i in range(words):
            c = here[i]
            l = (c << ONE) | (west[i] >> TOP)  # noqa: E741
            r = (c >> ONE) | (east[i] << TOP)
            a, b = zero ^ (r & zero_one), two ^ (r & two_three)
            d, e = four ^ (r & four_five), six ^ (r & six_seven)
            a ^= c & (a ^ b)
            d ^= c & (d ^ e)
            target[i] = a ^ (l & (a ^ d))
        which = 1 - which
        if edge == BACKGROUND:
            left = 1 if outcomes[7 if left else 0] != 0 else 0
            right = left
        if step < record.shape[0]:
            for i in range(words):
                record[step, i] = target[i]
            record[step, words - 1] &= mask
    rows[which, words] &= mask
    return which
