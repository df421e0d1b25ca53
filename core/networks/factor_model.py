"""A graphical model reduced to what inference needs: sizes, and tables over numbered variables.

Source: Koller and Friedman (2009), definitions 4.2 and 4.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.networks.columns import normalised_columns
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.node import Table, frozen


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """A table over some variables.

    Attributes
    ----------
    scope : tuple of int
        The numbers of the variables; empty for a constant.
    table : float64[sizes of the scope]
        Non-negative, its axes in the order of the scope, read-only.
    """

    scope: tuple[int, ...]
    table: Table


@dataclass(frozen=True, eq=False)
class FactorModel:
    """A product of factors.

    Attributes
    ----------
    names : tuple of str
        The variables, in the model's order, which numbers them.
    states : tuple of tuple of str
    sizes : tuple of int
        Numbers of states.
    factors : tuple of Factor
    is_bayes : bool
        Whether factor i is P(variable i | its parents), so that the product sums to 1.
    """

    names: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    factors: tuple[Factor, ...]
    is_bayes: bool


def factor_model(model: BayesNet | MarkovNetwork) -> FactorModel:
    """Return the factors of `model`.

    Of a Bayes net, factor i is P(variable i | parents) with the variable last in its scope and
    every column divided by its sum; of a Markov network, the potentials as they are.

    Raises
    ------
    TableError
        When a column of a conditional table holds only zeros.
    """
    names = model.names
    number = {name: i for i, name in enumerate(names)}
    is_bayes = isinstance(model, BayesNet)
    factors = _bayes(model, number) if isinstance(model, BayesNet) else _markov(model, number)
    states = tuple(model[name].states for name in names)
    return FactorModel(names, states, tuple(map(len, states)), factors, is_bayes)


def _bayes(net: BayesNet, number: Mapping[str, int]) -> tuple[Factor, ...]:
    return tuple(
        Factor(
            tuple(number[name] for name in (*node.parents, node.name)),
            frozen(normalised_columns(net, node.name)),
        )
        for node in net
    )


def _markov(network: MarkovNetwork, number: Mapping[str, int]) -> tuple[Factor, ...]:
    return tuple(
        Factor(tuple(number[name] for name in potential.scope), potential.table)
        for potential in network.potentials
    )
