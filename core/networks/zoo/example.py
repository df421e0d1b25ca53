"""What an example is, and a short way of writing its nodes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy.typing as npt

from core.networks.markov_subject import MarkovSubject
from core.networks.model import Node, frozen
from core.networks.subject import NetworkSubject


@dataclass(frozen=True, slots=True)
class Example:
    """A net or a Markov network to open and play with.

    Attributes
    ----------
    name : str
        Short, in lower case with hyphens; the command line takes it.
    title : str
        What the gallery calls it.
    source : str
        Where its structure and its numbers come from.
    hint : str
        One sentence on what to try.
    build : callable
        Returns the subject.
    """

    name: str
    title: str
    source: str
    hint: str
    build: Callable[[], NetworkSubject | MarkovSubject]


def node(
    name: str,
    states: Sequence[str],
    parents: Sequence[str],
    table: npt.ArrayLike,
    at: tuple[float, float],
) -> Node:
    """Return a node with its centre `at` a point of the canvas."""
    return Node(name, tuple(states), tuple(parents), frozen(table), (float(at[0]), float(at[1])))
