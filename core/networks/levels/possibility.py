"""Whether evidence has a positive probability: elimination over tables of 0 and 1.

Where numbers are only asked whether they are positive, nothing can underflow.
"""

import numpy as np

from core.networks.evidence import Evidence
from core.networks.levels.entered_model import Model, entered_model
from core.networks.levels.greedy import greedy_order
from core.networks.levels.table_factor import TableFactor, multiplied, summed, union_scope


def is_possible(model: Model, evidence: Evidence) -> bool:
    """Return whether P(evidence) > 0."""
    entered = entered_model(model, evidence)
    pool = [_support(factor) for _, factor in entered.reduced_factors()]
    order = greedy_order([factor.scope for factor in pool], entered.sizes, "min-fill")
    for variable in order:
        near = [factor for factor in pool if variable in factor.scope]
        scope = union_scope(factor.scope for factor in near)
        product, _ = multiplied(near, scope, entered.sizes)
        total, _ = summed(product, [v for v in scope if v != variable])
        pool = [factor for factor in pool if variable not in factor.scope] + [_support(total)]
    return all(bool(factor.table.all()) for factor in pool)


def _support(factor: TableFactor) -> TableFactor:
    return TableFactor(factor.scope, (factor.table > 0).astype(np.float64))
