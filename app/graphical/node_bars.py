"""A variable on the canvas, and its bars: one for each state, as long as it is probable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from app.canvas.graph import Bar, GraphNode
from core.networks.graphical_model import DiscreteVariable

if TYPE_CHECKING:
    from app.graphical.subject_document import GraphicalSubject

Marginals = Mapping[str, npt.NDArray[np.float64]]

SEEN = 1e-9
"""Beliefs that differ by less are drawn as they were."""


@dataclass(frozen=True)
class ShownBeliefs:
    """The marginals to draw and whether they still answer the evidence that is entered.

    `previews` are drawn in the place of marginals, with a tick at those; `marks` are drawn as
    ticks to compare with.
    """

    marginals: Marginals = field(default_factory=dict)
    is_stale: bool = False
    previews: Marginals = field(default_factory=dict)
    marks: Marginals = field(default_factory=dict)


def steadied(old: Marginals, new: Marginals) -> Marginals:
    """Return the new marginals, with the old array itself where nobody could see a difference."""
    if old is new or list(old) != list(new) or not new:
        return new
    sizes = [len(values) for values in new.values()]
    if sizes != [len(values) for values in old.values()] or not all(sizes):
        return new
    before, now = np.concatenate(list(old.values())), np.concatenate(list(new.values()))
    differs = np.abs(now - before) > SEEN
    differs |= (before % 1.0 == 0.0) != (now % 1.0 == 0.0)  # certainty is written otherwise
    starts = np.cumsum([0, *sizes[:-1]])
    is_other = np.logical_or.reduceat(differs, starts).tolist()
    return {
        name: new[name] if other else values
        for (name, values), other in zip(old.items(), is_other, strict=True)
    }


def bars_of(
    subject: "GraphicalSubject", node: DiscreteVariable, beliefs: ShownBeliefs
) -> tuple[Bar, ...]:
    """Return one bar for each state, in the colour of what is known about the variable."""
    marginal = beliefs.marginals.get(node.name)
    finding = subject.evidence.get(node.name)
    if marginal is None or len(marginal) != len(node.states):
        return tuple(Bar(state, 0.0, "bar_stale", caption="") for state in node.states)
    if beliefs.is_stale:
        role = "bar_stale"
    elif finding is None:
        role = "bar"
    else:
        role = "bar_observed" if isinstance(finding, int) else "bar_likelihood"
    shown, ticks = marginal, beliefs.marks.get(node.name)
    preview = beliefs.previews.get(node.name)
    if preview is not None and len(preview) == len(node.states):
        role, shown, ticks = "bar_preview", preview, marginal
    if ticks is None or len(ticks) != len(node.states):
        return tuple(
            [Bar(state, v, role) for state, v in zip(node.states, shown.tolist(), strict=True)]
        )
    return tuple(
        [
            Bar(state, value, role, None, tick)
            for state, value, tick in zip(node.states, shown.tolist(), ticks.tolist(), strict=True)
        ]
    )


class DrawnVariable(DiscreteVariable, Protocol):
    """A variable that has a place and a look."""

    position: tuple[float, float]
    colour: str | None
    note: str


def model_node(
    subject: "GraphicalSubject", node: DrawnVariable, beliefs: ShownBeliefs, style: str
) -> GraphNode:
    """Return the view-model of a variable: its name alone, or in the style "bars" with bars."""
    shows_bars = style == "bars"
    return GraphNode(
        id=node.name,
        label=node.name,
        position=node.position,
        colour=node.colour,
        bars=bars_of(subject, node, beliefs) if shows_bars else (),
        note=node.note,
        observed=node.name in subject.evidence,
        stale=shows_bars and beliefs.is_stale,
        shape="box" if shows_bars else "ellipse",
    )
