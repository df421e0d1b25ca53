"""Exact posteriors of every variable, by messages over a clique tree.

Each clique sends what it knows about its separator towards a root; then the roots answer, each
answer divided by what had come from there. Messages are scaled, and the logarithms of the scales
add up to ln P(evidence). Where a product comes near the end of the range of doubles, the same
passes are made again on logarithms.

Sources: Lauritzen and Spiegelhalter (1988); Jensen, Lauritzen and Olesen (1990); Koller and
Friedman (2009), chapter 10.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.networks.calibrated_tree import CalibratedTree
from core.networks.clique_tree import CELL_LIMIT, CliqueTree, Cost, TooLarge, plan_clique_tree
from core.networks.conflict import ImpossibleEvidence, minimal_conflict
from core.networks.evidence import Evidence
from core.networks.messages import Outcome, Passes, findings
from core.networks.model import BayesNet, Node, Table
from core.networks.posteriors import Posteriors
from core.networks.potentials import (
    Content,
    Potentials,
    clique_potentials,
    replaced_potentials,
)
from core.progress import Progress

__all__ = [
    "CompiledNetwork",
    "Cost",
    "ImpossibleEvidence",
    "Posteriors",
    "TooLarge",
    "compile_network",
    "infer",
    "warm_up",
]


@dataclass(frozen=True, eq=False)
class CompiledNetwork:
    """A net made ready for inference; immutable, and safe to use from several threads at once.

    Attributes
    ----------
    net : BayesNet
        The net whose tables are in.
    tree : CliqueTree
        The plan, good for every net with the same names, arcs and numbers of states.
    potentials : Potentials
        The clique tables.
    """

    net: BayesNet
    tree: CliqueTree
    potentials: Potentials

    @property
    def cost(self) -> Cost:
        """Treewidth, number of cliques and their cells."""
        return self.tree.cost

    def matches(self, net: BayesNet) -> bool:
        """Return whether `net` has the same names, arcs and numbers of states, in this order."""
        return net is self.net or (
            len(net) == len(self.net)
            and all(_alike(mine, other) for mine, other in zip(self.net, net, strict=True))
        )

    def with_tables(self, net: BayesNet, progress: Progress | None = None) -> "CompiledNetwork":
        """Return the compiled `net`, which must match; only cliques of other tables are made anew.

        Raises
        ------
        TableError
            When a column of a table holds only zeros.
        """
        assert self.matches(net), "with_tables takes a net of the same structure"
        pairs = enumerate(zip(self.net, net, strict=True))
        changed = [v for v, (mine, other) in pairs if mine.table is not other.table]
        if not changed:
            return self if net is self.net else CompiledNetwork(net, self.tree, self.potentials)
        potentials = replaced_potentials(self.potentials, net, self.tree, changed, progress)
        return CompiledNetwork(net, self.tree, potentials)

    def propagate(
        self, evidence: Evidence | None = None, progress: Progress | None = None
    ) -> Posteriors:
        """Return the posterior of every variable and ln P(evidence).

        Raises
        ------
        ImpossibleEvidence
            When the evidence has probability 0; it names a minimal conflicting part.
        EvidenceError
            When a finding does not fit the net.
        Cancelled
            When the token was cancelled, within a few chunks of work.
        """
        return self._posteriors(evidence or Evidence(), progress)[1]

    def calibrate(
        self, evidence: Evidence | None = None, progress: Progress | None = None
    ) -> CalibratedTree:
        """Return the calibrated clique tree given the evidence; errors as for `propagate`."""
        evidence = evidence or Evidence()
        passes, posteriors = self._posteriors(evidence, progress)
        tree = self.tree
        return CalibratedTree(
            model=self.net,
            evidence=evidence,
            scopes=tree.scopes,
            above=tree.above,
            separators=tuple(
                scope[:k] for scope, k in zip(tree.scopes, tree.separators, strict=True)
            ),
            clique_of_factor=tree.clique_of_family,
            log_evidence=posteriors.log_evidence,
            marginals=posteriors.marginals,
            product=passes.clique_product,
        )

    def clique_potential(self, clique: int) -> Table:
        """Return the product of the factors of a clique, axes in the order of its scope."""
        start, rows, length = map(int, self.tree.cliques[clique, :3])
        cells = self.potentials.cells[start : start + rows * length]
        return cells.reshape([self.tree.sizes[v] for v in self.tree.scopes[clique]]).copy()

    def _posteriors(
        self, evidence: Evidence, progress: Progress | None
    ) -> tuple[Passes, Posteriors]:
        evidence.check(self.net)
        outcome = Outcome.UNDERFLOW
        if self.potentials.is_safe:
            cells = self.potentials.cells
            passed = self._passed(cells, evidence, Content.PROBABILITIES, progress)
            outcome, passes, posteriors = passed
        if outcome is Outcome.UNDERFLOW:
            cells = self._logarithms.cells
            passed = self._passed(cells, evidence, Content.LOGARITHMS, progress)
            outcome, passes, posteriors = passed
        if outcome is not Outcome.FINE:
            raise ImpossibleEvidence(self.net, self._conflict(evidence, progress))
        return passes, posteriors

    def _passed(
        self, cells: Table, evidence: Evidence, content: Content, progress: Progress | None
    ) -> tuple[Outcome, Passes, Posteriors]:
        found = findings(self.net, self.tree, evidence, content)
        passes = Passes(self.tree, cells, found, content)
        outcome = passes.collect(progress, share=0.5)
        if outcome is not Outcome.FINE:
            return outcome, passes, Posteriors({}, -np.inf)
        outcome, marginals = passes.distribute(progress)
        # Columns sum to one, so without evidence the mass is 1 exactly and not 1 up to rounding.
        log_evidence = passes.log_evidence if len(evidence) else 0.0
        return outcome, passes, Posteriors(self._by_name(marginals), log_evidence)

    def _by_name(self, marginals: Table) -> dict[str, Table]:
        marginals.setflags(write=False)
        starts = self.tree.state_starts.tolist()
        return {
            name: marginals[start : start + size]
            for name, start, size in zip(self.net.names, starts, self.tree.sizes, strict=True)
        }

    @cached_property
    def _logarithms(self) -> Potentials:
        return clique_potentials(self.net, self.tree, Content.LOGARITHMS)

    def _conflict(self, evidence: Evidence, progress: Progress | None) -> Evidence:
        support = clique_potentials(self.net, self.tree, Content.SUPPORT, progress)
        return minimal_conflict(evidence, self._possibility(support.cells, progress))

    def _possibility(self, support: Table, progress: Progress | None) -> Callable[[Evidence], bool]:
        def is_possible(evidence: Evidence) -> bool:
            found = findings(self.net, self.tree, evidence, Content.SUPPORT)
            passes = Passes(self.tree, support, found, Content.SUPPORT)
            return passes.collect(progress) is Outcome.FINE

        return is_possible


def _alike(mine: Node, other: Node) -> bool:
    return mine is other or (
        mine.name == other.name
        and mine.parents == other.parents
        and len(mine.states) == len(other.states)
    )


def compile_network(
    net: BayesNet, progress: Progress | None = None, *, cell_limit: int = CELL_LIMIT
) -> CompiledNetwork:
    """Return the net made ready for inference.

    Elimination orders of connected parts are remembered, so after an edit only the part that was
    edited is triangulated again, and an undone edit costs next to nothing.

    Raises
    ------
    TooLarge
        When the clique tables would have more than `cell_limit` cells; nothing was allocated then.
    TableError
        When a column of a table holds only zeros.
    """
    tree = plan_clique_tree(net, progress, cell_limit=cell_limit)
    return CompiledNetwork(net, tree, clique_potentials(net, tree, progress=progress))


def infer(net: BayesNet, evidence: Evidence | None = None) -> Posteriors:
    """Return the posterior of every variable of `net` and ln P(evidence)."""
    return compile_network(net).propagate(evidence)


def warm_up() -> None:
    """Run every kernel once on a tiny net, so that the first real net need not wait for them.

    The passes in logarithms (taken when products underflow) and over the support (taken when the
    evidence seems impossible) are among them.
    """
    net = BayesNet(
        [
            Node("cause", ("no", "yes"), (), np.array([1.0, 0.0])),
            Node("effect", ("no", "yes"), ("cause",), np.array([[0.8, 0.2], [0.3, 0.7]])),
        ]
    )
    compiled = compile_network(net)
    compiled.propagate(Evidence({"effect": 1}))
    tiny = (1e-300, 1e-300)
    compiled.propagate(Evidence({"cause": tiny, "effect": tiny}))
    with contextlib.suppress(ImpossibleEvidence):
        compiled.propagate(Evidence({"cause": 1, "effect": 0}))
