"""Level 2 as moments: the clique tree is built, then messages calibrate it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.benches.networks.levels.factor_moments import GONE, SCOPE, SUMMED, question
from app.benches.networks.levels.moments import (
    Moment,
    Programme,
    ShownTable,
    compared,
    factor_table,
    listed,
)
from app.benches.networks.levels.request import Request
from app.benches.networks.levels.tree_layout import TreeLayout, tree_layout
from app.benches.networks.panel import CanvasDecoration
from app.canvas.graph import GraphArc
from app.graphical.amounts import counted
from core.networks.errors import NetworkError
from core.networks.levels.calibration import CalibrationRun, calibrate_tree
from core.networks.levels.elimination_plan import order_cost
from core.networks.levels.table_factor import TableFactor
from core.networks.levels.tree_reading import read_query
from core.networks.levels.triangulation_steps import TriangulationRun, triangulation_steps
from core.networks.levels.watched_tree import WatchedTree, watched_tree
from core.networks.model import BayesNet

MORALISE, TRIANGULATE, CLIQUES, TREE, CALIBRATE = STAGES = (
    "Moralise",
    "Triangulate",
    "Cliques",
    "Tree",
    "Calibrate",
)

MARRIED, FILLED_NOW, FILLED = "category_3", "accent", "category_4"
"""How edges between married parents, new fill-in edges and earlier ones stand out."""


@dataclass(frozen=True, eq=False)
class TreePicture:
    """The clique tree at one moment.

    Attributes
    ----------
    triangulation : TriangulationRun
    layout : TreeLayout
    cliques : tuple of int
        Which of the maximal cliques there are yet.
    links : int
        How many links of the spanning tree there are yet.
    run : CalibrationRun or None
        The calibration that is played.
    sent : int
        Messages of it that were sent.
    is_entering : bool
        Whether evidence was just entered.
    is_again : bool
        Whether the run goes on from another with new evidence.
    lit : tuple of int
        The cliques at work.
    """

    triangulation: TriangulationRun
    layout: TreeLayout
    cliques: tuple[int, ...] = ()
    links: int = 0
    run: CalibrationRun | None = None
    sent: int = 0
    is_entering: bool = False
    is_again: bool = False
    lit: tuple[int, ...] = ()

    @property
    def message(self) -> tuple[int, int] | None:
        """The message that this moment sends."""
        return self.run.schedule[self.sent - 1] if self.run is not None and self.sent else None


def tree_programme(request: Request) -> Programme:
    """Return the clique tree from the moral graph to the answer of the query."""
    triangulation = triangulation_steps(request.net, request.elimination)
    layout = tree_layout(triangulation)
    moments = _building(request.net, triangulation, layout)
    order = tuple(triangulation.names[v] for v in triangulation.order)
    cost = order_cost(request.net, None, (), order)
    try:
        tree = watched_tree(triangulation)
    except NetworkError as problem:
        return Programme(request, tuple(moments), str(problem), order, triangulation, cost=cost)
    run = calibrate_tree(request.net, tree, request.evidence, request.method)
    moments += _calibrating(request, TreePicture(triangulation, layout), run)
    return Programme(request, tuple(moments), "", order, run, cost=cost)


def continued(request: Request, before: Programme, at: int) -> Programme | None:
    """Return `before` up to moment `at` and from there the messages that new evidence makes stale.

    Their operations are counted from nothing: what resting messages spare is seen.

    None where moment `at` plays no calibration.
    """
    picture = before.moments[at].picture
    if not isinstance(picture, TreePicture) or picture.run is None:
        return None
    run = picture.run.observe(request.evidence, picture.sent)
    kept = [m for m in before.moments[: at + 1] if _belongs(m, picture.run)]
    earlier = (picture.run, picture.sent)
    fresh = _calibrating(request, picture, run, earlier)
    start, cost = len(kept), before.cost
    return Programme(request, (*kept, *fresh), "", before.order, run, start, cost)


def _belongs(moment: Moment, run: CalibrationRun) -> bool:
    """Whether a moment builds the tree or plays this run; what was before it is let go."""
    picture = moment.picture
    return isinstance(picture, TreePicture) and (picture.run is None or picture.run is run)


# -- building ------------------------------------------------------------------------------------


def _building(net: BayesNet, run: TriangulationRun, layout: TreeLayout) -> list[Moment]:
    moments = [
        Moment("The net as it is drawn.", picture=TreePicture(run, layout), stage=MORALISE),
        Moment(
            _married_sentence(net, run),
            picture=TreePicture(run, layout),
            decorate=partial(moral_decoration, net, run, 0),
            stage=MORALISE,
        ),
    ]
    place = {clique: k for k, clique in enumerate(run.cliques)}
    found: list[int] = []
    for k, step in enumerate(run.steps):
        lit: tuple[int, ...] = ()
        if step.is_maximal:
            lit = (place[step.clique],)
            found.append(place[step.clique])
        picture = TreePicture(run, layout, tuple(found), lit=lit)
        decorate = partial(moral_decoration, net, run, k + 1)
        sentence = _triangulation_sentence(net, run, k)
        moments.append(Moment(sentence, picture=picture, decorate=decorate, stage=TRIANGULATE))
    whole = partial(moral_decoration, net, run, len(run.steps), is_done=True)
    everything = tuple(range(len(run.cliques)))
    moments.append(
        Moment(
            f"{counted(len(run.cliques), 'clique')} are in no other; "
            f"{counted(run.cells, 'cell')} together, the largest of {run.width + 1} variables.",
            picture=TreePicture(run, layout, everything),
            decorate=whole,
            stage=CLIQUES,
        )
    )
    for k, link in enumerate(run.links, start=1):
        shared = listed([run.names[v] for v in link.separator])
        many = counted(link.weight, "variable")
        moments.append(
            Moment(
                f"Link {k} of {len(run.links)}: the heaviest that closes no cycle shares {many}, "
                f"{shared} ({counted(link.cells, 'cell')}).",
                picture=TreePicture(run, layout, everything, k, lit=(link.first, link.second)),
                decorate=partial(_ringed, [run.names[v] for v in link.separator]),
                stage=TREE,
            )
        )
    return moments


def _ringed(names: Sequence[str]) -> CanvasDecoration:
    return CanvasDecoration(dict.fromkeys(names, SCOPE))


def _married_sentence(net: BayesNet, run: TriangulationRun) -> str:
    if not run.married:
        return "No node has parents that are not linked already: the moral graph is the skeleton."
    pairs = [f"{run.names[a]} and {run.names[b]}" for a, b in run.married]
    if len(pairs) > 3:
        return f"Marry the parents of common children: {len(pairs)} edges; arcs lose their heads."
    return f"Marry parents of a common child: {listed(pairs)}; arcs lose their heads."


def _triangulation_sentence(net: BayesNet, run: TriangulationRun, k: int) -> str:
    step = run.steps[k]
    name, around = run.names[step.variable], [run.names[v] for v in step.neighbours]
    linked = f"link its neighbours {listed(around)}" if len(around) > 1 else "nothing to link"
    added = counted(len(step.fill_in), "fill-in edge") if step.fill_in else "no fill-in edge"
    clique = f"clique of {counted(step.cells, 'cell')}"
    kept = clique if step.is_maximal else f"{clique} inside an earlier one"
    return f"Eliminate {name} ({k + 1} of {len(run.steps)}): {linked}; {added}; {kept}."


def moral_decoration(
    net: BayesNet, run: TriangulationRun, eliminated: int, *, is_done: bool = False
) -> CanvasDecoration:
    """Return the moral graph over the net after so many eliminations; `is_done` shows it whole."""
    names, steps = net.names, run.steps[:eliminated]
    nodes: dict[str, str] = {}
    if not is_done:
        nodes = {names[step.variable]: GONE for step in steps}
        if steps:
            nodes.update({names[v]: SCOPE for v in steps[-1].neighbours})
            nodes[names[steps[-1].variable]] = SUMMED
    married = [_edge(names, edge, MARRIED, "married") for edge in run.married]
    filled = [
        _edge(names, edge, FILLED_NOW if step is steps[-1] or is_done else FILLED, "fill-in")
        for step in steps
        for edge in step.fill_in
    ]
    gone = {name for name, role in nodes.items() if role == GONE}
    arcs = {(a, b): GONE for a, b in net.arcs if a in gone or b in gone}
    return CanvasDecoration(nodes, arcs, (*married, *filled), has_heads=False)


def _edge(names: Sequence[str], edge: tuple[int, int], role: str, what: str) -> GraphArc:
    a, b = names[edge[0]], names[edge[1]]
    tip = f"{a} – {b}: {what} edge"
    return GraphArc(a, b, "levels", emphasis=role, tooltip=tip, directed=False, dashed=True)


# -- calibrating ---------------------------------------------------------------------------------


def _calibrating(
    request: Request,
    built: TreePicture,
    run: CalibrationRun,
    earlier: tuple[CalibrationRun, int] | None = None,
) -> list[Moment]:
    """Return the moments of a run; `earlier` is the run gone on from, and its messages sent."""
    is_first = earlier is None
    net, tree = request.net, run.tree
    everything, links = tuple(range(len(tree.cliques))), len(built.triangulation.links)
    base = TreePicture(
        built.triangulation, built.layout, everything, links, run, is_again=not is_first
    )
    spent = run.entry_operations
    moments = [
        Moment(
            _entry_sentence(request, run, is_first=is_first),
            spent,
            replace(base, is_entering=not is_first, lit=run.changed),
            partial(_ringed, tuple(request.evidence)),
            None if earlier is None else partial(_entry_table, net, run, *earlier),
            CALIBRATE,
        )
    ]
    for k, step in enumerate(run.steps, start=1):
        spent += step.operations
        picture = replace(base, sent=k, lit=(step.source, step.target))
        separator = tree.separator[step.source, step.target]
        sentence = (
            f"Message {k} of {len(run.schedule)}: {said(net, tree, step.source)} tells "
            f"{said(net, tree, step.target)} about "
            f"{listed([tree.names[v] for v in separator]) or 'nothing but a number'}."
        )
        table = partial(message_table, net, run, k - 1)
        decorate = partial(_ringed, [tree.names[v] for v in separator])
        moments.append(Moment(sentence, spent, picture, decorate, table, CALIBRATE))
    spent += run.belief_operations
    asked = run.entered.scopes.numbers(request.query)
    reading = read_query(tree, run.beliefs, asked) if asked else None
    if reading is not None:
        spent += reading.operations
    used = () if reading is None else tuple(sorted({step.clique for step in reading.steps}))
    picture = replace(base, sent=len(run.schedule), lit=used)
    title = question(request)
    where = "one clique" if len(used) == 1 else counted(len(used), "clique")
    answer = "" if reading is None else f" {title} is read from {where}."
    table = None if reading is None else partial(_answer_table, net, reading.result, title)
    moments.append(
        Moment(
            f"Calibrated: neighbours agree on what they share.{answer}",
            spent,
            picture,
            partial(_asked, request.query),
            table,
            CALIBRATE,
        )
    )
    return moments


def _asked(query: tuple[str, ...]) -> CanvasDecoration:
    return CanvasDecoration(dict.fromkeys(query, "success"))


def _entry_sentence(request: Request, run: CalibrationRun, *, is_first: bool) -> str:
    total = len(run.schedule) + len(run.resting)
    if is_first:
        entered = f", {counted(len(request.evidence), 'finding')} entered" * bool(request.evidence)
        return f"Every factor goes into one clique{entered}; {counted(total, 'message')} to send."
    again = f"{len(run.schedule)} of {counted(total, 'message')} must be sent again"
    if run.is_restart:
        return f"What a retracted finding zeroed cannot be revived by division: {again}."
    return f"{again}; {len(run.resting)} rest."


def said(net: BayesNet, tree: WatchedTree, clique: int) -> str:
    """Return a clique as its members in braces."""
    return f"{{{', '.join(tree.names[v] for v in tree.cliques[clique])}}}"


def _entry_table(
    net: BayesNet, run: CalibrationRun, earlier: CalibrationRun, sent: int
) -> ShownTable:
    """Return the belief of the clique where evidence enters, before and after."""
    clique = run.changed[0] if run.changed else 0
    before, after = earlier.states[sent].belief(clique), run.states[0].belief(clique)
    title = f"Evidence enters {said(net, run.tree, clique)}"
    return compared(net, title, after.scope, (("before", before), ("after", after)))


def belief_table(net: BayesNet, run: CalibrationRun, sent: int, clique: int) -> ShownTable:
    """Return what a clique believes after so many messages, also divided by its sum."""
    belief = run.states[sent].belief(clique)
    title = f"Belief of {said(net, run.tree, clique)}"
    total = belief.total
    share = TableFactor(belief.scope, belief.table / total if total > 0 else belief.table)
    return compared(net, title, belief.scope, (("belief", belief), ("÷ sum", share)))


def message_table(net: BayesNet, run: CalibrationRun, k: int) -> ShownTable:
    """Return message `k` of a run with what stood there before."""
    step = run.steps[k]
    columns = [("message", step.message)]
    if step.before is not None:
        columns.insert(0, ("before", step.before))
    if step.ratio is not None:
        columns.append(("ratio", step.ratio))
    title = f"{said(net, run.tree, step.source)} → {said(net, run.tree, step.target)}"
    return compared(net, title, step.message.scope, tuple(columns))


def change_table(net: BayesNet, run: CalibrationRun, k: int) -> ShownTable:
    """Return the belief of the clique that message `k` reached, before and after."""
    step = run.steps[k]
    title = f"Belief of {said(net, run.tree, step.target)}"
    columns = (("before", step.belief_before), ("after", step.belief_after))
    return compared(net, title, step.belief_after.scope, columns)


def standing_table(
    net: BayesNet, run: CalibrationRun, sent: int, source: int, target: int
) -> ShownTable:
    """Return what stands on a separator in one direction after so many messages."""
    k = next((k for k in range(sent) if run.schedule[k] == (source, target)), None)
    if k is not None:
        return message_table(net, run, k)
    factor = run.states[sent].separator(source, target)
    title = f"{said(net, run.tree, source)} → {said(net, run.tree, target)}"
    if factor is None:
        return ShownTable(title, (), (), (), "This message has not been sent yet.")
    return factor_table(net, factor, title)


def _answer_table(net: BayesNet, result: TableFactor, title: str) -> ShownTable:
    return compared(net, title, result.scope, (("probability", result),))
