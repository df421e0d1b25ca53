"""What the canvas shows of a machine: states as circles, edges with symbol and probability."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from app.benches.processes.edges import edge_label, shown_probability
from app.canvas.contrast import mixed
from app.canvas.edge_spreading import MOST_SPREAD
from app.canvas.graph import GraphArc, GraphNode
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

ArcId = tuple[str, str, str]

MOST_EDGES = 3000
"""A machine with more edges is drawn by its states alone; the matrices have them all."""

CATEGORIES = 8

MOST_SIDE_BY_SIDE, MOST_LOOPS = 3, 2
"""With more edges between two states, or from one to itself, those of a machine are bundled."""


@dataclass(frozen=True)
class MachineDecoration:
    """What a panel draws over the machine.

    Attributes
    ----------
    belief : mapping of state to probability
        States are filled the more the more probable they are; empty leaves them as they are.
    state : str
        The state that the process is in, which is ringed.
    edge : (source, target, symbol) or None
        The edge that was taken last.
    """

    belief: Mapping[str, float] = field(default_factory=dict)
    state: str = ""
    edge: ArcId | None = None


NOTHING = MachineDecoration()


def symbol_role(model: HiddenMarkovModel, symbol: str) -> str:
    """Return the role of the palette that a symbol has everywhere on the bench."""
    return f"category_{model.alphabet.index(symbol) % CATEGORIES}"


def machine_nodes(
    subject: ProcessSubject,
    palette: Mapping[str, str] | None = None,
    decoration: MachineDecoration = NOTHING,
) -> list[GraphNode]:
    """Return the view-model of every state."""
    model = subject.model
    bad = set(model.bad_rows())
    sums = model.T.sum(axis=(0, 2))
    nodes = []
    for i, state in enumerate(model.states):
        tip = [f"State {state}"]
        if state in bad:
            tip.append(
                f"its probabilities sum to {sums[i]:.6g}, not 1"
                if sums[i]
                else "no edge leaves it yet; drag from its rim to draw one"
            )
        share = decoration.belief.get(state)
        colour = subject.colours.get(state)
        if share is not None:
            tip.append(f"belief {shown_probability(share)}")
            if palette is not None:
                colour = mixed(palette["node_fill"], palette["bar"], 0.85 * share)
        emphasis = "accent" if state == decoration.state else "warning" if state in bad else ""
        nodes.append(
            GraphNode(
                state,
                state,
                subject.position(state),
                colour=colour,
                note=subject.notes.get(state, ""),
                shape="circle",
                emphasis=emphasis,
                tooltip=": ".join((tip[0], "; ".join(tip[1:]))) if tip[1:] else tip[0],
            )
        )
    return nodes


def machine_arcs(
    subject: ProcessSubject, decoration: MachineDecoration = NOTHING
) -> tuple[GraphArc, ...]:
    """Return the view-model of every edge, none for a machine with too many to be drawn."""
    model = subject.model
    if model.edge_count() > MOST_EDGES:
        return ()
    bundled = bundles(model)
    roles = {symbol: symbol_role(model, symbol) for symbol in model.alphabet}
    return tuple(
        GraphArc(
            edge.source,
            edge.target,
            key=edge.symbol,
            label=edge_label(edge),
            emphasis="accent" if decoration.edge == (edge.source, edge.target, edge.symbol) else "",
            tooltip=(
                f"From {edge.source} on {edge.symbol} to {edge.target} with probability "
                f"{edge.probability:.10g}"
            ),
            role=roles[edge.symbol],
            bundled=(edge.source, edge.target) in bundled,
        )
        for edge in model.edges()
    )


def bundles(model: HiddenMarkovModel) -> frozenset[tuple[str, str]]:
    """Return the (source, target) whose edges share one line, as where all are drawn they crowd.

    Either no edges are bundled or all that run alike, so that a machine has one manner.
    """
    counts = (model.T != 0).sum(axis=0)
    between = counts + counts.T
    np.fill_diagonal(between, 0)
    crowds = between.max(initial=0) > MOST_SIDE_BY_SIDE
    crowds = crowds or counts.diagonal().max(initial=0) > MOST_LOOPS
    if not crowds or np.count_nonzero(counts) > MOST_SPREAD:
        return frozenset()
    sources, targets = np.nonzero(counts > 1)
    names = model.states
    return frozenset((names[i], names[j]) for i, j in zip(sources, targets, strict=True))


class MachineViews:
    """Makes view-models as `machine_nodes` and `machine_arcs` do, edges only when they changed."""

    def __init__(self) -> None:
        self._of: HiddenMarkovModel | None = None
        self._plain: tuple[GraphArc, ...] = ()

    def of(
        self, subject: ProcessSubject, palette: Mapping[str, str], decoration: MachineDecoration
    ) -> tuple[list[GraphNode], tuple[GraphArc, ...]]:
        """Return nodes and arcs; without a lit edge the very tuple of arcs of last time."""
        if subject.model is not self._of:
            self._of, self._plain = subject.model, machine_arcs(subject)
        nodes = machine_nodes(subject, palette, decoration)
        if decoration.edge is None:
            return nodes, self._plain
        return nodes, tuple(_lit(arc) if arc.id == decoration.edge else arc for arc in self._plain)


def _lit(arc: GraphArc) -> GraphArc:
    return replace(arc, emphasis="accent")
