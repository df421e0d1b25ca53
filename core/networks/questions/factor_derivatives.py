"""Derivatives of P(evidence) with respect to every entry of every factor.

P(evidence) is linear in each entry, so the derivative is the sum of the product of all other
factors over all states that agree with the entry: the messages into a clique times its other
factors, no division by the entry itself, which may be 0.

Source: Darwiche, A differential approach to inference in Bayesian networks (2003).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.networks.node import Table
from core.networks.questions.clique_forest import CliqueForest, LogFactor, Scope
from core.progress import Progress


def log_factor_derivatives(
    forest: CliqueForest, wanted: Sequence[bool], progress: Progress | None = None
) -> tuple[float, dict[int, Table]]:
    """Return ln P(evidence) and, for each factor wanted, the logarithms of the derivatives.

    The axes are those of the factor without variables of one state; -inf stands for 0.
    """
    messages = _collected(forest, progress)
    below = forest.below
    down: list[LogFactor] = [LogFactor((), np.zeros(()))] * len(forest.scopes)
    total = sum(float(messages[i].table) for i, up in enumerate(forest.above) if up < 0)
    found: dict[int, Table] = {}
    for i, scope in enumerate(forest.scopes):
        if progress is not None:
            progress.report(0.5 + 0.5 * i / len(forest.scopes), "Following every parameter")
        elsewhere = down[i]
        if forest.above[i] < 0:  # the other parts of a forest scale everything in this one
            elsewhere = LogFactor((), _sum_of_others(forest, messages, i))
        incoming = [messages[k] for k in below[i]]
        product = _Product(
            forest, scope, [*forest.members[i], *forest.findings[i], elsewhere, *incoming]
        )
        for part, k in zip(forest.members[i], forest.factors_of[i], strict=True):
            if wanted[k]:
                found[k] = product.without(part)
        for k, message in zip(below[i], incoming, strict=True):
            down[k] = LogFactor(message.scope, product.without(message))
    return total, found


def _collected(forest: CliqueForest, progress: Progress | None) -> list[LogFactor]:
    """Return the message of each clique towards its root."""
    messages = [LogFactor((), np.zeros(()))] * len(forest.scopes)
    below = forest.below
    for i in reversed(range(len(forest.scopes))):
        if progress is not None:
            progress.report(0.5 - 0.5 * i / len(forest.scopes), "Following every parameter")
        scope, separator = forest.scopes[i], forest.separators[i]
        incoming = [messages[k] for k in below[i]]
        table = forest.log_table(scope, [*forest.members[i], *forest.findings[i], *incoming])
        messages[i] = LogFactor(separator, log_marginal(table, scope, separator))
    return messages


def _sum_of_others(forest: CliqueForest, messages: list[LogFactor], root: int) -> Table:
    roots = [i for i, up in enumerate(forest.above) if up < 0 and i != root]
    return np.array(sum(float(messages[i].table) for i in roots))


def log_marginal(table: Table, scope: Scope, kept: Scope) -> Table:
    """Return the logarithm of the sum of exp(table) over all but `kept`, in that order of axes."""
    own = tuple(axis for axis, v in enumerate(scope) if v not in kept)
    largest = table.max(axis=own, keepdims=True)
    largest = np.where(np.isneginf(largest), 0.0, largest)
    with np.errstate(divide="ignore"):
        summed = np.log(np.exp(table - largest).sum(axis=own)) + largest.squeeze(axis=own)
    left = [v for v in scope if v in kept]
    result: Table = np.transpose(summed, [left.index(v) for v in kept])
    return result


class _Product:
    """The product of several factors over a clique, from which one can be taken away again.

    Zeros are counted apart from the sum of the finite logarithms, so taking one away is exact.
    """

    def __init__(self, forest: CliqueForest, scope: Scope, parts: Sequence[LogFactor]) -> None:
        self._forest, self._scope = forest, scope
        self._finite = forest.log_table(scope, map(_finite, parts))
        with_zeros = [part for part in parts if np.isneginf(part.table).any()]
        self._zeros = None
        if with_zeros:
            self._zeros = forest.log_table(scope, map(_zeros, with_zeros)).astype(np.int32)

    def without(self, part: LogFactor) -> Table:
        """Return the logarithm of the product of all other parts, summed onto the part's scope."""
        table = self._finite - self._spread(_finite(part))
        if self._zeros is not None:
            table = np.where(self._zeros > self._spread(_zeros(part)), -np.inf, table)
        return log_marginal(table, self._scope, part.scope)

    def _spread(self, part: LogFactor) -> npt.NDArray[np.float64]:
        place = [v for v in self._scope if v in part.scope]
        table = np.transpose(part.table, [part.scope.index(v) for v in place])
        sizes = self._forest.sizes(self._scope)
        return table.reshape(
            [size if v in part.scope else 1 for v, size in zip(self._scope, sizes, strict=True)]
        )


def _finite(part: LogFactor) -> LogFactor:
    return LogFactor(part.scope, np.where(np.isneginf(part.table), 0.0, part.table))


def _zeros(part: LogFactor) -> LogFactor:
    return LogFactor(part.scope, np.isneginf(part.table).astype(np.float64))
