"""Kernel that contracts the messages of one clique of a plan, where that is the quicker way.

It stands apart from the passes, so that only who has large cliques waits until it is compiled.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_cliques import (
    IS_ONE,
    SEND_DOWN,
    SEND_UP,
    make_bench,
    place_axes,
    place_targets,
    place_terms,
)
from core.networks.kernels_contraction import LEFT_OUT, NOT_FORMED, form_targets
from core.networks.kernels_message_plan import (
    ABOVE,
    BELOW_STARTS,
    CLIQUES,
    HELD_STARTS,
    MESSAGE_CELLS,
    MESSAGE_STARTS,
    STATES,
    at,
)
from core.networks.kernels_messages import (
    CLIQUE,
    CONTRACTED,
    DISTRIBUTE,
    EVERYWHERE,
    FORMED,
    STAGE,
    answered_mass,
    clear_targets,
)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def find_left_out(
    k: int, downward: bool, terms: int, all_terms: int, plan: Integers, marks: Integers
) -> Integers:
    """Return for each target the term not to be answered with; see `form_targets`.

    What a clique says to one below it needs nothing that came from there. The total of a root
    follows from what it says and what came from there.
    """
    left_out, target = np.full(all_terms - terms, LEFT_OUT, np.int64), 0
    if not downward:
        return left_out
    t = at(plan, HELD_STARTS, k + 1) - at(plan, HELD_STARTS, k)
    has_total = at(plan, ABOVE, k) < 0 and at(marks, SEND_UP, k) == 1
    if has_total:
        target = 1
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        came = at(marks, IS_ONE, plan[b]) == 0
        if at(marks, SEND_DOWN, plan[b]) == 1:
            left_out[target] = t if came else LEFT_OUT
            target += 1
            if has_total:
                left_out[0] = NOT_FORMED
        if came:
            t += 1
    return left_out


@nb.njit(cache=True, nogil=True)
def root_total(k: int, plan: Integers, work: Floats, marks: Integers) -> float:
    """Return the sum over root `k`, once it was formed what it says to those below it."""
    chosen, fewest = -1, plan[MESSAGE_CELLS] + 1
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        child = plan[b]
        cells = at(plan, MESSAGE_STARTS, child + 1) - at(plan, MESSAGE_STARTS, child)
        if at(marks, SEND_DOWN, child) == 1 and cells < fewest:
            chosen, fewest = child, cells
    return answered_mass(chosen, plan, work, marks)


@nb.njit(cache=True, nogil=True)
def contract_clique(
    plan: Integers, tables: Floats, work: Floats, marks: Integers, control: Integers
) -> None:
    """Form the messages of the clique that `control` stands at; note there whether it was done."""
    k, downward = control[CLIQUE], control[STAGE] == DISTRIBUTE
    bench = make_bench(plan)
    axes = place_axes(
        k, downward or control[EVERYWHERE] == 1, plan, marks, bench.position, bench.shape
    )
    terms = place_terms(
        k, downward, axes, plan, marks, bench.position, bench.strides, bench.base, bench.term
    )
    all_terms = place_targets(
        k, downward, terms, axes, plan, marks, bench.position, bench.strides, bench.base,
        bench.term,
    )  # fmt: skip
    clear_targets(k, downward, 0.0, plan, work, marks)
    left_out = find_left_out(k, downward, terms, all_terms, plan, marks)
    totals = 2 * plan[MESSAGE_CELLS] + 2 * plan[STATES]
    is_formed = form_targets(
        axes, terms, all_terms, totals + 3 * plan[CLIQUES], control[CONTRACTED], left_out, tables,
        work, bench.shape, bench.strides, bench.base, bench.term,
    )  # fmt: skip
    control[FORMED] = 1 if is_formed else 2
    if is_formed and left_out[0] == NOT_FORMED:
        work[totals + k] = root_total(k, plan, work, marks)
