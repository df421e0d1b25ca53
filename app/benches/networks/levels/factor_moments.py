"""Levels 0 and 1 as moments: factors on cards, multiplied and summed."""

from dataclasses import dataclass
from functools import partial

from app.benches.networks.levels.moments import (
    Moment,
    Programme,
    ShownTable,
    factor_table,
    listed,
    named,
)
from app.benches.networks.levels.request import Request
from app.benches.networks.panel import CanvasDecoration
from app.graphical.amounts import counted
from core.networks.levels.elimination_plan import order_cost
from core.networks.levels.naive_marginalization import NaiveStep, naive_steps
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import FactorView
from core.networks.levels.variable_elimination import EliminationStep, eliminate
from core.networks.model import BayesNet

SUMMED, SCOPE, GONE = "accent", "category_1", "faint"
"""How the variable at work, the scope of the new factor and what is summed out stand out."""


@dataclass(frozen=True, eq=False)
class FactorPicture:
    """The factors at one moment.

    Attributes
    ----------
    used : tuple of FactorView
        What the step multiplies.
    verb : str
        What is done with the product, such as "Σ bronc".
    made : FactorView or None
    pool : tuple of FactorView
        All factors after the step.
    eliminated : tuple of str
        The variables summed out so far; the last one in this step where `verb` sums.
    """

    used: tuple[FactorView, ...]
    verb: str
    made: FactorView | None
    pool: tuple[FactorView, ...]
    eliminated: tuple[str, ...] = ()


def naive_programme(request: Request) -> Programme:
    """Return naive marginalisation step by step."""
    run = naive_steps(request.net, request.evidence, request.query)
    pool = list(run.factors)
    moments = [_beginning(request, run.factors)]
    spent, gone = Operations(), []
    for step in run.steps:
        used = {view.id for view in step.factors_in}
        pool = [view for view in pool if view.id not in used] + [step.factor_out]
        if step.kind == "sum" and step.variable is not None:
            gone.append(step.variable)
        spent += step.operations
        verb = {"sum": f"Σ {step.variable}", "reduce": "evidence", "normalise": "÷ sum"}
        picture = FactorPicture(
            step.factors_in, verb.get(step.kind, ""), step.factor_out, tuple(pool), tuple(gone)
        )
        active = step.variable if step.kind == "sum" else None
        moments.append(_moment(request.net, _naive_sentence(step), spent, picture, active))
    return Programme(request, tuple(moments), run=run)


def elimination_programme(request: Request) -> Programme:
    """Return variable elimination step by step."""
    order = request.elimination
    if order == "exact":
        from core.networks.levels.triangulation_steps import triangulation_steps

        names = request.net.names
        order = tuple(names[v] for v in triangulation_steps(request.net, "exact").order)
    run = eliminate(request.net, request.evidence, request.query, order)
    moments = [_beginning(request, run.factors)]
    spent, gone = Operations(), []
    for step in run.steps:
        if step.variable is not None:
            gone.append(step.variable)
        spent += step.operations
        verb = f"Σ {step.variable}" if step.kind == "eliminate" else "÷ sum"
        picture = FactorPicture(step.factors_in, verb, step.factor_out, step.pool, tuple(gone))
        sentence = _elimination_sentence(step)
        moments.append(_moment(request.net, sentence, spent, picture, step.variable))
    cost = order_cost(request.net, request.evidence, request.query, run.order)
    return Programme(request, tuple(moments), order=run.order, run=run, cost=cost)


def _beginning(request: Request, factors: tuple[FactorView, ...]) -> Moment:
    cells = sum(view.size for view in factors)
    many = f"There are {counted(len(factors), 'factor')} with {counted(cells, 'cell')} together"
    asked = f"asked is {question(request)}" if request.query else "asked is ln P(e)"
    picture = FactorPicture((), "", None, factors)
    return Moment(f"{many}; {asked}.", Operations(), picture, partial(_asked, request.query))


def question(request: Request) -> str:
    """Return such as ``P(dysp | asia = yes)``; long evidence is only counted."""
    evidence, net = request.evidence, request.net
    findings = [
        f"{name} = {net[name].states[found]}" if isinstance(found, int) else f"λ({name})"
        for name, found in evidence.items()
    ]
    given = f" | {', '.join(findings)}" if 0 < len(findings) <= 3 else " | e" * bool(findings)
    return f"P({', '.join(request.query)}{given})"


def _asked(query: tuple[str, ...]) -> CanvasDecoration:
    return CanvasDecoration(dict.fromkeys(query, "success"))


def _moment(
    net: BayesNet, sentence: str, spent: Operations, picture: FactorPicture, active: str | None
) -> Moment:
    made = picture.made
    table = None if made is None else partial(_made_table, net, made)
    return Moment(sentence, spent, picture, partial(_decoration, net, picture, active), table)


def _made_table(net: BayesNet, made: FactorView) -> ShownTable:
    return factor_table(net, made, made.label)


def _decoration(net: BayesNet, picture: FactorPicture, active: str | None) -> CanvasDecoration:
    nodes = dict.fromkeys(picture.eliminated, GONE)
    if picture.made is not None:
        nodes.update(dict.fromkeys(named(net, picture.made.scope), SCOPE))
    if active is not None:
        nodes[active] = SUMMED
    arcs = {
        (parent, node.name): GONE
        for node in net
        for parent in node.parents
        if nodes.get(parent) == GONE or nodes.get(node.name) == GONE
    }
    return CanvasDecoration(nodes, arcs)


def _naive_sentence(step: NaiveStep) -> str:
    cells = counted(step.factor_out.size, "cell")
    match step.kind:
        case "product":
            return f"Multiply {step.factors_in[-1].label} in: the table grows to {cells}."
        case "reduce":
            return f"Keep the cells that agree with the evidence: {cells} stay."
        case "weigh":
            return f"Multiply the likelihood of {step.variable} in."
        case "sum":
            return f"Sum {step.variable} out: {cells} are left."
        case _:
            return f"Divide by the sum: {step.factor_out.label} is the answer."


def _elimination_sentence(step: EliminationStep) -> str:
    labels = [view.label for view in step.factors_in]
    if step.kind == "prune":
        return f"Leave out {counted(len(labels), 'factor')} that cannot matter to the query."
    product = f"{listed(labels, 3)} ({counted(step.product_size, 'cell')})"
    verb = "multiply " if len(labels) > 1 else "take "
    out = step.factor_out
    if step.kind == "combine" or out is None:
        return f"Nothing is left to sum: {verb}{product}, divide by the sum."
    return (
        f"Eliminate {step.variable}: {verb}{product}, sum {step.variable} out; "
        f"{out.label} with {counted(out.size, 'cell')} appears."
    )
