"""Kernels that find which messages a changed finding makes stale, and which of them are needed.

The message from clique i to j is stale when a changed clique lies on i's side.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_cliques import HARD, IS_ONE, IS_PARTIAL, SEND_DOWN, SEND_UP, WANTED
from core.networks.kernels_message_plan import (
    ABOVE,
    CLIQUES,
    HOME,
    READ_AT,
    VARIABLES,
    at,
)
from core.networks.kernels_messages import mark_ones

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]


@nb.njit(cache=True, nogil=True)
def ask_for_changes(
    plan: Integers, marks: Integers, changed: Integers, wanted: Flags, valid_up: Flags,
    valid_down: Flags, valid_read: Flags,
) -> None:  # fmt: skip
    """Mark the messages to be sent and the variables to be read.

    changed : int64[...], the variables whose findings are others now; `marks` holds the new ones
    wanted : uint8[variables], 1 where the marginal is asked for
    valid_up, valid_down : uint8[cliques], 1 where the message is good; changed
    valid_read : uint8[variables], 1 where the marginal is good; changed
    """
    count, variables = plan[CLIQUES], plan[VARIABLES]
    inside = np.zeros(count, np.int64)
    for c in range(changed.size):
        inside[at(plan, HOME, changed[c])] += 1
    for k in range(count - 1, 0, -1):
        if at(plan, ABOVE, k) >= 0:
            inside[at(plan, ABOVE, k)] += inside[k]
    everything = inside.copy()
    for k in range(count):
        if at(plan, ABOVE, k) >= 0:
            everything[k] = everything[at(plan, ABOVE, k)]
    mark_ones(plan, marks)
    is_one, send_up, send_down = marks[IS_ONE], marks[SEND_UP], marks[SEND_DOWN]
    for k in range(count):
        if inside[k] > 0:
            valid_up[k] = 0
            if at(marks, IS_PARTIAL, k) == 1:
                valid_down[k] = 0
        if everything[k] > inside[k]:
            valid_down[k] = 0
        if marks[is_one + k] == 1:
            valid_up[k] = 0  # it is not there to be read once it is 1 no more
        marks[send_up + k] = 0 if valid_up[k] == 1 or marks[is_one + k] == 1 else 1
    needed = np.zeros(count, np.uint8)
    for v in range(variables):
        if everything[at(plan, HOME, v)] > 0:
            valid_read[v] = 0
        ask = wanted[v] == 1 and valid_read[v] == 0
        marks[marks[WANTED] + v] = 1 if ask else 0
        if ask and at(marks, HARD, v) < 0:
            k = at(plan, READ_AT, v)
            needed[k if k >= 0 else at(plan, HOME, v)] = 1
    for k in range(count - 1, -1, -1):
        if needed[k] == 1 and at(plan, ABOVE, k) >= 0:
            needed[at(plan, ABOVE, k)] = 1
        marks[send_down + k] = 1 if needed[k] == 1 and valid_down[k] == 0 else 0


@nb.njit(cache=True, nogil=True)
def note_what_was_sent(plan: Integers, marks: Integers, valid_up: Flags, valid_down: Flags) -> None:
    """Note the messages that were sent as good."""
    for k in range(plan[CLIQUES]):
        if at(marks, SEND_UP, k) == 2:
            valid_up[k] = 1
        if at(marks, SEND_DOWN, k) == 2:
            valid_down[k] = 1
