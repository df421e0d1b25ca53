"""What the messages over a compiled clique tree cost, in multiplications and additions.

The count is that of the textbook's algorithm on this tree, by the convention of
`core.networks.levels.operations`, and known without running anything. The engine itself does less
where tables hold zeros.
"""

from collections.abc import Iterable, Sequence

from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.levels.belief_update import predicted_belief_update
from core.networks.levels.calibration import Method
from core.networks.levels.entered_model import model_scopes
from core.networks.levels.operations import Operations
from core.networks.levels.sum_product import predicted_sum_product
from core.networks.levels.table_factor import cells_of
from core.networks.levels.tree_reading import predicted_reading
from core.networks.levels.triangulation_steps import TreeLink
from core.networks.levels.watched_potentials import predicted_potentials
from core.networks.levels.watched_tree import WatchedTree


def watched(compiled: CompiledNetwork) -> WatchedTree:
    """Return the clique tree of `compiled` as the levels of dynamic programming take it."""
    net, tree = compiled.net, compiled.tree
    links = []
    for i, (up, scope, count) in enumerate(
        zip(tree.above, tree.scopes, tree.separators, strict=True)
    ):
        if up >= 0:
            shared = tuple(sorted(scope[:count]))
            links.append(TreeLink(up, i, shared, cells_of(shared, tree.sizes)))
    return WatchedTree(
        net.names, tree.sizes, tree.scopes, tuple(links), tuple(tree.clique_of_family)
    )


def propagation_cost(
    compiled: CompiledNetwork,
    evidence: Evidence,
    method: Method = "belief-update",
    joints: Iterable[Sequence[str]] = (),
) -> Operations:
    """Return what calibrating the tree and reading every variable and `joints` costs."""
    tree, scopes = watched(compiled), model_scopes(compiled.net, evidence)
    messages = {
        "sum-product": predicted_sum_product,
        "belief-update": predicted_belief_update,
    }[method]
    cost = predicted_potentials(tree, scopes) + messages(tree)
    for v, i in enumerate(compiled.tree.home):
        size = tree.sizes[v]
        cost += Operations.sum(tree.cells[i], size) + Operations.normalisation(size)
    for names in joints:
        cost += predicted_reading(tree, scopes.numbers(names))
    return cost
