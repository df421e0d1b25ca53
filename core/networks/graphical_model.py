"""What Bayes nets and Markov networks have in common: named variables with named states.

Whatever looks only at variables, such as evidence, takes either.
"""

from collections.abc import Iterable
from typing import Protocol


class DiscreteVariable(Protocol):
    """One variable of a graphical model."""

    @property
    def name(self) -> str:
        """Unique in its model."""
        ...

    @property
    def states(self) -> tuple[str, ...]:
        """The labels of its states, all different."""
        ...


class GraphicalModel(Protocol):
    """A distribution over named discrete variables, given as a product of factors."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the variables; their order numbers them."""
        ...

    def __len__(self) -> int:
        """Return the number of variables."""
        ...

    def __contains__(self, name: object) -> bool:
        """Return whether there is a variable `name`."""
        ...

    def __getitem__(self, name: str) -> DiscreteVariable:
        """Return the variable `name`."""
        ...

    def sizes(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the number of states of each of `names`."""
        ...

    def state_index(self, name: str, state: str) -> int:
        """Return the position of `state` among the states of `name`."""
        ...
