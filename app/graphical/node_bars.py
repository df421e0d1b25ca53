"""The bars of a variable on the canvas: one for each state, as long as it is probable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.canvas.graph import Bar
from core.networks.graphical_model import DiscreteVariable

if TYPE_CHECKING:
    from app.graphical.subject_document import GraphicalSubject

Marginals = Mapping[str, npt.NDArray[np.float64]]


@dataclass(frozen=True)
class ShownBeliefs:
    """The marginals to draw and whether they still answer the evidence that is entered."""

    marginals: Marginals = field(default_factory=dict)
    is_stale: bool = False


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
    return tuple(
        Bar(state, float(value), role) for state, value in zip(node.states, marginal, strict=True)
    )
