"""The structure of a model: what triangulation needs to know of it, in flat arrays of numbers.

It depends on the arcs (or scopes) and the numbers of states alone, not on the tables.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """The variables of a model, and which of them stand together in a factor.

    Attributes
    ----------
    sizes : int64[variables]
        Numbers of states.
    scope_starts : int64[factors + 1]
    scope_members : int64[...]
        The variables of factor f are ``scope_members[scope_starts[f]:scope_starts[f + 1]]``.
    """

    sizes: Integers
    scope_starts: Integers
    scope_members: Integers

    @property
    def key(self) -> tuple[bytes, bytes, bytes]:
        """Equal for equal structures."""
        return self.sizes.tobytes(), self.scope_starts.tobytes(), self.scope_members.tobytes()


def structure_of(model: BayesNet | MarkovNetwork | FactorModel) -> Structure:
    """Return the structure of a model; factor i of a Bayes net is variable i with its parents."""
    if isinstance(model, FactorModel):
        return structure_from(model.sizes, [factor.scope for factor in model.factors])
    number = {name: v for v, name in enumerate(model.names)}
    members: list[int] = []
    ends = [0]
    if isinstance(model, BayesNet):
        sizes = []
        for v, node in enumerate(model):
            sizes.append(len(node.states))
            for parent in node.parents:
                members.append(number[parent])
            members.append(v)
            ends.append(len(members))
    else:
        sizes = [len(variable.states) for variable in model]
        for potential in model.potentials:
            members += [number[name] for name in potential.scope]
            ends.append(len(members))
    return Structure(_integers(sizes), _integers(ends), _integers(members))


def structure_from(sizes: Sequence[int], scopes: Iterable[Sequence[int]]) -> Structure:
    """Return the structure of variables of these sizes and factors over these scopes."""
    members: list[int] = []
    ends = [0]
    for scope in scopes:
        members += scope
        ends.append(len(members))
    return Structure(_integers(sizes), _integers(ends), _integers(members))


def _integers(values: Sequence[int]) -> Integers:
    # An array.array is filled four times as fast as numpy reads a list.
    return np.frombuffer(array("q", values), dtype=np.int64) if values else np.empty(0, np.int64)
