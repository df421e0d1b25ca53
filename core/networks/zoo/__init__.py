"""Named examples from the literature and of our own making, each with its source."""

from core.networks.errors import NetworkError, quoted
from core.networks.zoo.causes import BURGLARY_ALARM, SPRINKLER
from core.networks.zoo.diagnosis import CHEST_CLINIC, NAIVE_BAYES
from core.networks.zoo.example import Example
from core.networks.zoo.lattices import LATTICE
from core.networks.zoo.markov import MARKOV_EXAMPLES
from core.networks.zoo.monitoring import MONITORING
from core.networks.zoo.sequences import HIDDEN_MARKOV
from core.networks.zoo.university import STUDENT

__all__ = ["EXAMPLES", "MARKOV_EXAMPLES", "Example", "example"]

EXAMPLES: tuple[Example, ...] = (
    SPRINKLER,
    CHEST_CLINIC,
    STUDENT,
    BURGLARY_ALARM,
    MONITORING,
    HIDDEN_MARKOV,
    NAIVE_BAYES,
    LATTICE,
)


def example(name: str) -> Example:
    """Return the example called `name`, such as ``"chest-clinic"``."""
    for each in (*EXAMPLES, *MARKOV_EXAMPLES):
        if each.name == name:
            return each
    names = ", ".join(each.name for each in (*EXAMPLES, *MARKOV_EXAMPLES))
    raise NetworkError(f"There is no example {quoted(name)}; there are {names}.")
