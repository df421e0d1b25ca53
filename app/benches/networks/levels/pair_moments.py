"""Level 3 as moments: joints of cliques by growing distance, then every pair of variables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.benches.networks.levels.moments import Moment, Programme, ShownTable, factor_table
from app.benches.networks.levels.request import Request
from app.benches.networks.levels.tree_moments import said
from app.benches.networks.panel import CanvasDecoration
from app.graphical.amounts import counted
from core.networks.calibrated_tree import CalibratedTree
from core.networks.errors import NetworkError
from core.networks.levels.calibration import calibrate_tree
from core.networks.levels.clique_pairs import (
    CliquePairsRun,
    PairStep,
    clique_pairs,
    predicted_pair_reading,
)
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import TableFactor
from core.networks.levels.triangulation_steps import triangulation_steps
from core.networks.levels.watched_tree import watched_tree
from core.networks.model import BayesNet
from core.networks.node import Table
from core.progress import Progress


@dataclass(frozen=True, eq=False)
class PairPicture:
    """The pairs at one moment.

    Attributes
    ----------
    run : CliquePairsRun or None
        None where the joints of cliques are too large and only variables are paired.
    made : int
        How many joints of two cliques there are yet.
    matrix : float64[n, n] or None
        Mutual information in nats, entropies on the diagonal, once it is read.
    joint : callable or None
        Returns the joint table of two variables; meant for a worker.
    """

    run: CliquePairsRun | None
    made: int = 0
    matrix: Table | None = None
    joint: Callable[[int, int], ShownTable] | None = None


def pair_programme(request: Request, progress: Progress | None = None) -> Programme:
    """Return the joints of all cliques, then the mutual information of all variables.

    Where the joints are too many or too large, only the mutual information.
    """
    try:
        return _watched(request)
    except NetworkError as problem:
        return _matrix_alone(request, str(problem), progress)


def _matrix_alone(request: Request, refusal: str, progress: Progress | None) -> Programme:
    from core.networks.inference import compile_network
    from core.networks.levels.mutual_information import information_of_tree

    net = request.net
    tree = compile_network(net, progress).calibrate(request.evidence, progress)
    matrix = information_of_tree(tree, progress)
    picture = PairPicture(None, 0, matrix, partial(_tree_joint, net, tree))
    sentence = "The mutual information of every two variables, in nats."
    decorate = partial(_strongest_decoration, net, matrix)
    return Programme(
        request, (Moment(sentence, Operations(), picture, decorate),), refusal, (), matrix
    )


def _tree_joint(net: BayesNet, tree: CalibratedTree, first: int, second: int) -> ShownTable:
    from core.networks.levels.mutual_information import joint_of_pair

    a, b = net.names[first], net.names[second]
    if first == second:
        return factor_table(net, TableFactor((first,), tree.marginals[a]), f"P({a} | e)")
    joint = joint_of_pair(tree, a, b)
    return factor_table(net, TableFactor((first, second), joint), f"P({a}, {b} | e)")


def _watched(request: Request) -> Programme:
    net = request.net
    triangulation = triangulation_steps(net, request.elimination)
    tree = watched_tree(triangulation)
    calibration = calibrate_tree(net, tree, request.evidence, request.method)
    run = clique_pairs(tree, calibration.beliefs)
    spent = calibration.operations + run.preparation
    count = len(tree.cliques)
    moments = [
        Moment(
            f"The calibrated tree holds P(C | e) of each of {counted(count, 'clique')}: "
            "the diagonal of the table of pairs.",
            spent,
            PairPicture(run),
        )
    ]
    for k, step in enumerate(run.steps, start=1):
        spent += step.operations
        decorate = partial(_pair_decoration, net, run, step)
        table = partial(pair_table, net, step)
        sentence = _sentence(net, run, step)
        moments.append(Moment(sentence, spent, PairPicture(run, k), decorate, table))
    matrix, _ = run.mutual_information_matrix()
    cost = _reading_cost(request, run)
    moments.append(
        Moment(
            "Every pair of variables is read from a joint; their mutual information in nats. "
            "Click a cell for the joint table.",
            spent + cost,
            PairPicture(run, len(run.steps), matrix, partial(joint_table, net, run)),
            partial(_strongest_decoration, net, matrix),
        )
    )
    order = tuple(triangulation.names[v] for v in triangulation.order)
    return Programme(request, tuple(moments), "", order, run)


def _reading_cost(request: Request, run: CliquePairsRun) -> Operations:
    """Return what reading the pairs costs; those with an observed variable are of no interest."""
    evidence = request.evidence
    names = enumerate(request.net.names)
    free = [v for v, name in names if not isinstance(evidence.get(name), int)]
    cost = Operations()
    for k, a in enumerate(free):
        for b in free[k + 1 :]:
            cost += predicted_pair_reading(run.tree, a, b)
    return cost


def pair_table(net: BayesNet, step: PairStep) -> ShownTable:
    """Return the joint of two cliques."""
    scope = step.joint.scope
    names = ", ".join(net.names[v] for v in scope)
    return factor_table(net, step.joint, f"P({names} | e)")


def clique_table(net: BayesNet, run: CliquePairsRun, clique: int) -> ShownTable:
    """Return the distribution of one clique."""
    factor = run.cliques[clique]
    return factor_table(net, factor, f"P({', '.join(net.names[v] for v in factor.scope)} | e)")


def joint_table(net: BayesNet, run: CliquePairsRun, first: int, second: int) -> ShownTable:
    """Return P(first, second | evidence), or P(first | evidence) where both are the same."""
    if first == second:
        table = run.cliques[run.tree.home([first])]
        axes = tuple(k for k, v in enumerate(table.scope) if v != first)
        margin = TableFactor((first,), table.table.sum(axis=axes))
        return factor_table(net, margin, f"P({net.names[first]} | e)")
    joint, _ = run.joint_of_pair(first, second)
    names = f"{net.names[first]}, {net.names[second]}"
    return factor_table(net, TableFactor((first, second), joint), f"P({names} | e)")


def pair_names(net: BayesNet, first: int, second: int) -> CanvasDecoration:
    """Ring two variables."""
    return CanvasDecoration({net.names[first]: "accent", net.names[second]: "accent"})


def _sentence(net: BayesNet, run: CliquePairsRun, step: PairStep) -> str:
    plan = step.plan
    first, second = said(net, run.tree, plan.start), said(net, run.tree, plan.end)
    cells = counted(step.joint.size, "cell")
    if plan.via < 0:
        return f"{first} and {second} are not linked: their joint is the product ({cells})."
    way = f"Distance {plan.distance}: {first} with {second}"
    if plan.via == plan.start:
        return f"{way}, neighbours: P(C₁) times P(C₂ | separator) ({cells})."
    return f"{way}, from the joint with {said(net, run.tree, plan.via)} ({cells})."


def _pair_decoration(net: BayesNet, run: CliquePairsRun, step: PairStep) -> CanvasDecoration:
    tree, plan = run.tree, step.plan
    nodes = {net.names[v]: "category_1" for v in tree.cliques[plan.end]}
    nodes.update({net.names[v]: "accent" for v in tree.cliques[plan.start]})
    return CanvasDecoration(nodes)


def _strongest_decoration(net: BayesNet, matrix: Table) -> CanvasDecoration:
    if len(matrix) < 2:
        return CanvasDecoration()
    off = np.where(np.eye(len(matrix), dtype=bool), -1.0, matrix)
    first, second = np.unravel_index(int(off.argmax()), off.shape)
    return pair_names(net, int(first), int(second))
