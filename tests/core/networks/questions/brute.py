"""Answers read off the joint table of a small net, the plainest way there is."""

import math

import numpy as np

from core.networks.brute_force import joint_table


def weights(model, evidence):
    """The joint table times the likelihoods: P(x, evidence), an axis for each variable."""
    table = joint_table(model)
    for name in evidence:
        shape = [1] * table.ndim
        shape[model.names.index(name)] = -1
        table = table * evidence.likelihood(model, name).reshape(shape)
    return table


def marginal(model, evidence, names):
    """P(names, evidence), axes in the order of the names."""
    table = weights(model, evidence)
    kept = [model.names.index(name) for name in names]
    summed = table.sum(axis=tuple(axis for axis in range(table.ndim) if axis not in kept))
    return np.transpose(summed, [sorted(kept).index(axis) for axis in kept])


def mutual_information(joint):
    """I(X; Y) in nats of a table P(x, y)."""
    joint = joint / joint.sum()
    px, py = joint.sum(axis=1), joint.sum(axis=0)
    return math.fsum(
        p * math.log(p / (px[i] * py[j])) for (i, j), p in np.ndenumerate(joint) if p > 0
    )


def conditional_information(net, x, y, given):
    """I(x; y | given) in nats."""
    table = marginal(net, (), [x, y, *given])
    table = table.reshape(*table.shape[:2], -1)
    parts = (table[:, :, k] for k in range(table.shape[2]))
    return math.fsum(part.sum() * mutual_information(part) for part in parts if part.sum() > 0)
