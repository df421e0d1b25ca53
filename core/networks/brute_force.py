"""Naive marginalisation: the whole joint distribution, reduced by the evidence and summed.

It costs the product of all numbers of states, so it is for small nets only; there it is the
plainest answer there is, and the one against which every other engine is tested.

Source: Koller and Friedman (2009), section 9.1.
"""

import math

import numpy as np

from core.networks.conflict import ImpossibleEvidence, minimal_conflict
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.factor_model import factor_model
from core.networks.graphical_model import GraphicalModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet, Table
from core.networks.posteriors import Posteriors

MAX_JOINT_CELLS = 2**22
"""The joint table is refused beyond this many cells."""

MAX_AXES = 64
"""An array has at most so many axes."""


def joint_table(model: BayesNet | MarkovNetwork) -> Table:
    """Return P(all variables), one axis for each in the order of the model.

    Of a Markov network it is the product of the potentials, which sums to Z.

    Raises
    ------
    NetworkError
        When the table would have more than `MAX_JOINT_CELLS` cells, or more than 64 variables.
    """
    shape = model.sizes(model.names)
    cells = math.prod(shape)
    if cells > MAX_JOINT_CELLS or len(shape) > MAX_AXES:
        raise NetworkError(
            f"The joint table of {model.name} would have {cells:,} cells over {len(shape)} "
            f"variables, and the limits are {MAX_JOINT_CELLS:,} and {MAX_AXES}; "
            "use the clique tree."
        )
    joint = np.ones(shape)
    for factor in factor_model(model).factors:
        table = np.transpose(factor.table, np.argsort(factor.scope))
        joint *= table.reshape([shape[i] if i in factor.scope else 1 for i in range(len(shape))])
    return joint


def infer_by_enumeration(
    model: BayesNet | MarkovNetwork, evidence: Evidence | None = None
) -> Posteriors:
    """Return the posterior of every variable and ln P(evidence), by summing the joint table.

    Of a Markov network the logarithm is ln Z of the network reduced by the evidence.

    Likelihoods are scaled so that their largest is 1; otherwise probabilities are multiplied as
    doubles, and below 1e-308 they count as 0.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        When the joint table is too large.
    """
    evidence = evidence or Evidence()
    evidence.check(model)
    joint = joint_table(model)
    reduced = _reduced(model, joint, evidence)
    total = float(reduced.sum())
    if total <= 0:
        conflict = minimal_conflict(evidence, lambda e: bool(_reduced(model, joint, e).any()))
        raise ImpossibleEvidence(model, conflict)
    marginals = {}
    for i, name in enumerate(model.names):
        others = tuple(k for k in range(joint.ndim) if k != i)
        marginals[name] = reduced.sum(axis=others) / total
    scales = (float(evidence.likelihood(model, name).max()) for name in evidence)
    return Posteriors(marginals, math.log(total) + sum(map(math.log, scales)))


def _reduced(model: GraphicalModel, joint: Table, evidence: Evidence) -> Table:
    for name in evidence:
        shape = [1] * joint.ndim
        shape[model.names.index(name)] = -1
        likelihood = evidence.likelihood(model, name)
        joint = joint * (likelihood / likelihood.max()).reshape(shape)
    return joint
