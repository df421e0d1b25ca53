"""The methods of inference that the command line offers, each answering the same questions."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from app.cli.network_files import tell
from core.networks.brute_force import infer_by_enumeration, joint_table
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork, compile_network
from core.networks.levels.entered_model import model_scopes
from core.networks.levels.naive_marginalization import predicted_naive
from core.networks.levels.operations import Operations
from core.networks.levels.variable_elimination import eliminate
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.node import Table
from core.networks.posteriors import Posteriors
from core.networks.questions.joint import joint_in
from core.networks.questions.marginal_map import marginal_map
from core.networks.questions.most_probable import Explanation, most_probable_explanation
from core.networks.questions.propagation_cost import propagation_cost, watched
from core.progress import Progress

METHODS = ("clique-tree", "variable-elimination", "naive")
CALIBRATIONS = ("sum-product", "belief-update")
ORDERS = ("min-fill", "weighted-min-fill", "min-weight", "min-degree", "search")

Model = BayesNet | MarkovNetwork

WATCHED_CELLS = 2**16
"""Trees up to so many cells are calibrated message by message, when a calibration is chosen."""


class Answers(Protocol):
    """A network that evidence is entered in and questions are put to."""

    net: Model
    compiled: CompiledNetwork

    @property
    def marginals(self) -> dict[str, Table]:
        """P(variable | evidence) of every variable."""

    @property
    def log_evidence(self) -> float:
        """The logarithm ln P(evidence), or ln Z of a Markov network reduced by the evidence."""

    def enter(self, evidence: Evidence) -> None:
        """Find the marginals given the evidence."""

    def joint(self, names: Sequence[str]) -> Table:
        """Return P(names | evidence)."""

    def most_probable_explanation(self) -> Explanation:
        """Return the most probable state of all variables."""

    def marginal_map(self, names: Sequence[str]) -> Explanation:
        """Return the most probable joint state of some variables."""

    def mutual_information(self) -> Table:
        """Return the mutual information of every two variables in nats."""

    def cost(self, joints: Sequence[Sequence[str]]) -> dict[str, int]:
        """Return the size of the clique tree, and the operations that the answers took."""


def answering(
    net: Model, method: str, calibration: str | None, order: str | None, progress: Progress
) -> Answers:
    """Return `net` made ready for `method`, by the elimination order of a rule."""
    chosen: dict[str, Any] = {} if order is None else {"rule": order}
    compiled = compile_network(net, progress, **chosen)
    if method == "naive":
        return _Naive(compiled, progress)
    if method == "variable-elimination":
        return _VariableElimination(compiled, order or "min-fill", progress)
    return _CliqueTree(compiled, calibration, progress)


class _CompiledAnswers:
    """What is answered from the clique tree whatever the method for marginals and joints."""

    def __init__(self, compiled: CompiledNetwork, progress: Progress) -> None:
        self.net = compiled.net
        self.compiled = compiled
        self._progress = progress
        self._evidence, self._found = Evidence(), Posteriors({}, 0.0)

    @property
    def marginals(self) -> dict[str, Table]:
        return self._found.marginals

    @property
    def log_evidence(self) -> float:
        return self._found.log_evidence

    def most_probable_explanation(self) -> Explanation:
        return most_probable_explanation(self.compiled, self._evidence, self._progress)

    def marginal_map(self, names: Sequence[str]) -> Explanation:
        return marginal_map(self.net, names, self._evidence, self._progress)

    def mutual_information(self) -> Table:
        from core.networks.levels.mutual_information import mutual_information_matrix

        return mutual_information_matrix(self.compiled, self._evidence, self._progress)

    def _cost(self, operations: Operations) -> dict[str, int]:
        size = self.compiled.cost
        return {
            "treewidth": int(size.treewidth),
            "cliques": int(size.cliques),
            "clique_cells": int(size.clique_cells),
            "multiplications": int(operations.multiplications),
            "additions": int(operations.additions),
        }


class _CliqueTree(_CompiledAnswers):
    """Messages over the clique tree: the fast engine, or each message by itself if it is told."""

    def __init__(
        self, compiled: CompiledNetwork, calibration: str | None, progress: Progress
    ) -> None:
        super().__init__(compiled, progress)
        self._calibration = calibration
        self._is_watched = calibration is not None and compiled.cost.clique_cells <= WATCHED_CELLS
        if calibration is not None and not self._is_watched:
            tell(
                f"With {compiled.cost.clique_cells:,} clique cells the fast engine calibrates the "
                f"tree; the operations told are those of {calibration}."
            )

    def enter(self, evidence: Evidence) -> None:
        self._evidence = evidence
        if self._is_watched:
            self._found = self._watched(evidence)
        else:
            self._found = self.compiled.propagate(evidence, self._progress)

    def _watched(self, evidence: Evidence) -> Posteriors:
        from core.networks.levels.calibration import calibrate_tree
        from core.networks.levels.tree_reading import read_query

        tree = watched(self.compiled)
        run = calibrate_tree(self.net, tree, evidence, self._calibration)
        marginals = {
            name: read_query(tree, run.beliefs, (v,)).result.table
            for v, name in enumerate(self.net.names)
        }
        return Posteriors(marginals, run.log_evidence)

    def joint(self, names: Sequence[str]) -> Table:
        tree = self.compiled.calibrate(self._evidence, self._progress)
        return joint_in(tree, names, self._progress)

    def cost(self, joints: Sequence[Sequence[str]]) -> dict[str, int]:
        method = self._calibration or "belief-update"
        return self._cost(propagation_cost(self.compiled, self._evidence, method, joints))


class _VariableElimination(_CompiledAnswers):
    """Every question by itself: variables are summed out one at a time."""

    def __init__(self, compiled: CompiledNetwork, order: str, progress: Progress) -> None:
        super().__init__(compiled, progress)
        self._order = elimination_order_of(compiled) if order == "search" else order
        self._operations = Operations()

    def enter(self, evidence: Evidence) -> None:
        self._evidence, self._operations = evidence, Operations()
        # the logarithm first: impossible evidence is told before anything is summed
        run = eliminate(self.net, evidence, (), self._order)
        self._operations += run.operations
        marginals = {}
        for k, name in enumerate(self.net.names):
            self._progress.report(k / len(self.net), "Eliminating variables")
            marginals[name] = self.joint((name,))
        # columns sum to one, so without evidence the mass is 1 and not 1 up to rounding
        is_certain = isinstance(self.net, BayesNet) and not len(evidence)
        self._found = Posteriors(marginals, 0.0 if is_certain else run.log_evidence)

    def joint(self, names: Sequence[str]) -> Table:
        run = eliminate(self.net, self._evidence, names, self._order, prune=True)
        self._operations += run.operations
        return run.result.table

    def cost(self, joints: Sequence[Sequence[str]]) -> dict[str, int]:
        return self._cost(self._operations)


class _Naive(_CompiledAnswers):
    """Every question from the table over all variables."""

    def enter(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._found = infer_by_enumeration(self.net, evidence)

    def joint(self, names: Sequence[str]) -> Table:
        table = joint_table(self.net)
        for name in self._evidence:
            shape = [1] * table.ndim
            shape[self.net.names.index(name)] = -1
            table = table * self._evidence.likelihood(self.net, name).reshape(shape)
        kept = [self.net.names.index(name) for name in names]
        summed = table.sum(axis=tuple(axis for axis in range(table.ndim) if axis not in kept))
        order = np.argsort(np.argsort(kept))
        result: Table = np.transpose(summed, order) / summed.sum()
        return result

    def cost(self, joints: Sequence[Sequence[str]]) -> dict[str, int]:
        scopes = model_scopes(self.net, self._evidence)
        queries = [*((name,) for name in self.net.names), *joints]
        costs = (predicted_naive(scopes, scopes.numbers(query)) for query in queries)
        return self._cost(sum(costs, Operations()))


def elimination_order_of(compiled: CompiledNetwork) -> tuple[str, ...]:
    """Return an elimination order that makes the cliques of the compiled tree and no larger."""
    tree = compiled.tree
    own = [scope[k:] for scope, k in zip(tree.scopes, tree.separators, strict=True)]
    return tuple(compiled.net.names[v] for members in reversed(own) for v in members)
