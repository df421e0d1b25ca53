"""The Markov blanket: the variables that shield one variable from all others.

Source: Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 3.3.
"""

from dataclasses import dataclass

from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet


@dataclass(frozen=True, slots=True)
class MarkovBlanket:
    """The blanket of a variable, in the model's order, each member in one group only.

    Attributes
    ----------
    parents, children : tuple of str
        Empty in a Markov network.
    others : tuple of str
        The children's other parents; in a Markov network, all that share a potential.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All members."""
        return (*self.parents, *self.children, *self.others)


def markov_blanket(model: BayesNet | MarkovNetwork, name: str) -> MarkovBlanket:
    """Return the Markov blanket of the variable `name`."""
    if isinstance(model, MarkovNetwork):
        touching = model.potentials_over(model[name].name)
        found = {each for potential in touching for each in model.potential(potential).scope}
        return MarkovBlanket((), (), _others(model, found, (name,)))
    parents, children = set(model[name].parents), set(model.children(name))
    found = {parent for child in children for parent in model[child].parents}
    return MarkovBlanket(
        tuple(each for each in model.names if each in parents),
        tuple(each for each in model.names if each in children),
        _others(model, found, (name, *parents, *children)),
    )


def _others(
    model: BayesNet | MarkovNetwork, found: set[str], known: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(each for each in model.names if each in found and each not in known)
