"""What the panel asks for: a level, on a net, with its evidence, its query and its options."""

from dataclasses import dataclass

from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel
from core.networks.model import BayesNet

NAIVE, ELIMINATION, CLIQUE_TREE, ALL_PAIRS = range(4)

RULES = (
    ("min-fill", "Min-fill"),
    ("weighted-min-fill", "Weighted min-fill"),
    ("min-weight", "Min-weight"),
    ("min-degree", "Min-degree"),
    ("exact", "Exact treewidth"),
)
"""How the elimination order is found, and how it is called."""

OWN = "own"
"""The choice of the order that was dragged by hand."""


@dataclass(frozen=True)
class Request:
    """One level on one net.

    Attributes
    ----------
    net : BayesNet, or a Markov network where only a figure is asked for
    evidence : Evidence
    level : int
        0 naive, 1 variable elimination, 2 clique tree, 3 all pairs.
    query : tuple of str
    rule : str
        A name in `RULES`, or `OWN`.
    order : tuple of str
        All nodes in the order of elimination; counts where the rule is `OWN`.
    method : str
        "sum-product" or "belief-update".
    """

    net: GraphicalModel
    evidence: Evidence
    level: int
    query: tuple[str, ...]
    rule: str = "min-fill"
    order: tuple[str, ...] = ()
    method: str = "sum-product"

    @property
    def elimination(self) -> str | tuple[str, ...]:
        """The rule, or the order itself."""
        return self.order if self.rule == OWN else self.rule


def likely_query(net: GraphicalModel, evidence: Evidence) -> tuple[str, ...]:
    """Return a node worth asking for: the last one without children that is not observed."""
    is_directed = isinstance(net, BayesNet)
    order = net.topological_order() if is_directed else net.names
    order = [name for name in order if name not in evidence]
    leaves = [name for name in order if is_directed and not net.children(name)]
    return tuple((leaves or order or list(net.names))[-1:])
