"""Exact posteriors of every variable, by messages over a clique tree.

Each clique sends what it knows about its separator towards a root; then the roots answer, each
answer divided by what had come from there. Messages are scaled, and the logarithms of the scales
add up to ln P(evidence). Where a product comes near the end of the range of doubles, the same
passes are made again on logarithms.

Sources: Lauritzen and Spiegelhalter (1988); Jensen, Lauritzen and Olesen (1990); Koller and
Friedman (2009), chapter 10.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.networks.calibrated_tree import CalibratedTree
from core.networks.clique_tree import CELL_LIMIT, CliqueTree, Cost, TooLarge, plan_clique_tree
from core.networks.conflict import ImpossibleEvidence, minimal_conflict
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.message_plan import MessagePlan, plan_messages
from core.networks.messages import DISTRIBUTE, SMALLEST_CONTRACTED, Outcome, Passes
from core.networks.model import BayesNet, Node, Table
from core.networks.posteriors import Posteriors
from core.networks.potentials import Content, Potentials, potentials_of, spread
from core.progress import Progress

if TYPE_CHECKING:
    from core.networks.live_engine import LiveEngine

__all__ = [
    "CompiledNetwork",
    "Cost",
    "ImpossibleEvidence",
    "Posteriors",
    "TooLarge",
    "compile_network",
    "infer",
    "warm_up",
    "warm_up_contraction",
    "warm_up_for",
]


@dataclass(frozen=True, eq=False)
class CompiledNetwork:
    """A model made ready for inference; immutable, and safe to use from several threads at once.

    Attributes
    ----------
    net : BayesNet or MarkovNetwork
        The model whose tables are in.
    tree : CliqueTree
        The cliques, good for every model with the same names, arcs and numbers of states.
    plan : MessagePlan
        Where the messages between them lie.
    potentials : Potentials
        The factors.
    """

    net: BayesNet | MarkovNetwork
    tree: CliqueTree
    plan: MessagePlan
    potentials: Potentials

    @property
    def model(self) -> BayesNet | MarkovNetwork:
        """The model whose tables are in."""
        return self.net

    @property
    def cost(self) -> Cost:
        """Treewidth, number of cliques and their cells."""
        return self.tree.cost

    def matches(self, net: BayesNet | MarkovNetwork) -> bool:
        """Return whether `net` has the same names, arcs and numbers of states, in this order."""
        if net is self.net:
            return True
        if isinstance(net, BayesNet) and isinstance(self.net, BayesNet):
            pairs = zip(self.net, net, strict=True)
            return len(net) == len(self.net) and all(_alike(*pair) for pair in pairs)
        if isinstance(net, MarkovNetwork) and isinstance(self.net, MarkovNetwork):
            return _shape_of(net) == _shape_of(self.net)
        return False

    def with_tables(
        self, net: BayesNet | MarkovNetwork, progress: Progress | None = None
    ) -> "CompiledNetwork":
        """Return the compiled `net`, which must match; the cliques and the plan stay.

        Raises
        ------
        TableError
            When a column of a table holds only zeros.
        """
        assert self.matches(net), "with_tables takes a net of the same structure"
        if net is self.net:
            return self
        if _tables_of(net) == _tables_of(self.net):
            return replace(self, net=net)
        if progress is not None:
            progress.check()
        return replace(self, net=net, potentials=potentials_of(net))

    def with_tree(self, tree: CliqueTree) -> "CompiledNetwork":
        """Return the same model compiled with another tree of it, as `better_trees` finds them."""
        return CompiledNetwork(
            self.net, tree, plan_messages(tree, self.potentials), self.potentials
        )

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
            When the token was cancelled, within some tens of milliseconds.
        """
        evidence = evidence or Evidence()
        return self._posteriors(self._passed(evidence, progress), evidence)

    def calibrate(
        self, evidence: Evidence | None = None, progress: Progress | None = None
    ) -> CalibratedTree:
        """Return the calibrated clique tree given the evidence; errors as for `propagate`."""
        evidence = evidence or Evidence()
        passes = self._passed(evidence, progress)
        posteriors = self._posteriors(passes, evidence)
        tree, sizes = self.tree, self.tree.sizes
        return CalibratedTree(
            model=self.net,
            evidence=evidence,
            scopes=tree.scopes,
            above=tree.above,
            separators=tuple(
                scope[:k] for scope, k in zip(tree.scopes, tree.separators, strict=True)
            ),
            clique_of_factor=tree.clique_of_factor,
            log_evidence=posteriors.log_evidence,
            marginals=posteriors.marginals,
            product=lambda i: passes.clique_product(i, sizes, tree.scopes[i]),
        )

    def clique_potential(self, clique: int) -> Table:
        """Return the product of the factors of a clique, axes in the order of its scope."""
        sizes, scope = self.tree.sizes, self.tree.scopes[clique]
        starts = self.tree.triangulation.structure.scope_starts
        members = self.tree.triangulation.structure.scope_members
        result = np.ones([sizes[v] for v in scope])
        for f in np.flatnonzero(self.tree.arrays.clique_of_factor == clique).tolist():
            family = members[starts[f] : starts[f + 1]].tolist()
            table = self.potentials.table(f).reshape([sizes[v] for v in family])
            result *= spread(table, family, scope)
        return result

    def _passed(self, evidence: Evidence, progress: Progress | None) -> Passes:
        evidence.check(self.net)
        passes = self.entered(evidence, Content.PROBABILITIES)
        outcome = passes.run(progress)
        if outcome is Outcome.UNDERFLOW:
            passes = self.entered(evidence, Content.LOGARITHMS)
            outcome = passes.run(progress)
        if outcome is not Outcome.FINE:
            raise ImpossibleEvidence(self.net, self.conflict(evidence, progress))
        return passes

    def entered(self, evidence: Evidence, content: Content) -> Passes:
        """Return passes of messages, not yet begun, with evidence entered."""
        passes = Passes(self.plan, self.potentials, content)
        if len(evidence):
            passes.enter(self.net, evidence, self.number)
        return passes

    def conflict(self, evidence: Evidence, progress: Progress | None = None) -> Evidence:
        """Return a minimal impossible part of impossible evidence."""

        def is_possible(part: Evidence) -> bool:
            """Whether some of the findings agree with each other."""
            passes = self.entered(part, Content.SUPPORT)
            return passes.run(progress, until=DISTRIBUTE) is Outcome.FINE

        return minimal_conflict(evidence, is_possible)

    def _posteriors(self, passes: Passes, evidence: Evidence) -> Posteriors:
        marginals, starts = passes.marginals, self.plan.state_starts
        marginals.setflags(write=False)
        by_name = {
            name: marginals[first:last]
            for name, first, last in zip(self.net.names, starts, starts[1:], strict=False)
        }
        # Columns sum to one, so without evidence the mass is 1 exactly and not 1 up to rounding.
        is_sure = self.potentials.is_bayes and not len(evidence)
        return Posteriors(by_name, 0.0 if is_sure else passes.log_evidence)

    @cached_property
    def live(self) -> "LiveEngine":
        """An engine that keeps its messages from one question to the next."""
        from core.networks.live_engine import LiveEngine

        return LiveEngine(self)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each variable."""
        return {name: v for v, name in enumerate(self.net.names)}


def _tables_of(net: BayesNet | MarkovNetwork) -> list[int]:
    factors = net if isinstance(net, BayesNet) else net.potentials
    return [id(factor.table) for factor in factors]


def _shape_of(net: MarkovNetwork) -> tuple[object, ...]:
    sizes = [(variable.name, len(variable.states)) for variable in net]
    return sizes, [potential.scope for potential in net.potentials]


def _alike(mine: Node, other: Node) -> bool:
    return mine is other or (
        mine.name == other.name
        and mine.parents == other.parents
        and len(mine.states) == len(other.states)
    )


def compile_network(
    model: BayesNet | MarkovNetwork,
    progress: Progress | None = None,
    *,
    cell_limit: int = CELL_LIMIT,
    rule: str | Sequence[str] = "search",
) -> CompiledNetwork:
    """Return a Bayes net or Markov network made ready for inference.

    Clique trees are remembered, so an undone edit costs next to nothing, and so are the better ones
    that `better_trees` finds.

    Parameters
    ----------
    rule : str or sequence of str
        One of `RULES` of `elimination_order`, or all variables in an order of one's own.

    Raises
    ------
    TooLarge
        When the cliques would have more than `cell_limit` cells; nothing was allocated then.
    TableError
        When a column of a table holds only zeros.
    """
    tree = plan_clique_tree(model, progress, cell_limit=cell_limit, rule=rule)
    if progress is not None:
        progress.check()
    potentials = potentials_of(model)
    return CompiledNetwork(model, tree, plan_messages(tree, potentials), potentials)


def infer(net: BayesNet | MarkovNetwork, evidence: Evidence | None = None) -> Posteriors:
    """Return the posterior of every variable of `net` and ln P(evidence)."""
    return compile_network(net).propagate(evidence)


def warm_up() -> None:
    """Run every kernel once on a tiny net, so that the first real net need not wait for them.

    The passes in logarithms (taken when products underflow) and over the support (taken when the
    evidence seems impossible) are among them; what only large cliques need is not.
    """
    net = _tiny_net()
    compile_network(net, rule="min-fill")
    compiled = compile_network(net)
    compiled.propagate(Evidence({"effect": 1}))
    tiny = (1e-300, 1e-300)
    compiled.propagate(Evidence({"cause": tiny, "effect": tiny}))
    with contextlib.suppress(ImpossibleEvidence):
        compiled.propagate(Evidence({"cause": 1, "effect": 0}))
    compiled.live.update(Evidence({"effect": 1}))


@cache
def warm_up_contraction() -> None:
    """Run the kernels of large cliques once on a tiny net; compiling them takes long."""
    passes = compile_network(_tiny_net()).entered(Evidence(), Content.PROBABILITIES)
    passes.smallest_contracted = 0
    passes.run()


def warm_up_for(compiled: CompiledNetwork) -> None:
    """Run what `warm_up` leaves out, where propagation in this network may need it."""
    if compiled.cost.clique_cells >= SMALLEST_CONTRACTED:
        warm_up_contraction()


def _tiny_net() -> BayesNet:
    return BayesNet(
        [
            Node("cause", ("no", "yes"), (), np.array([1.0, 0.0])),
            Node("effect", ("no", "yes"), ("cause",), np.array([[0.8, 0.2], [0.3, 0.7]])),
        ]
    )
