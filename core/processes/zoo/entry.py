"""What a named process is: its parameters, where it comes from, what to look at in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a named process depends on, as a slider shows it.

    Attributes
    ----------
    name : str
    default : float
    low, high : float
        The ends of the slider, both allowed.
    is_whole : bool
        Only whole numbers count.
    meaning : str
        What it is, in a few words.
    """

    name: str
    default: float
    low: float
    high: float
    is_whole: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ZooEntry:
    """A process of the literature.

    Attributes
    ----------
    name : str
        Short, in lower case with hyphens; the command line takes it.
    title : str
        What the gallery calls it.
    parameters : tuple of Parameter
    make : callable
        Takes every parameter by name and returns the model.
    source : str
        Who described it.
    look_at : str
        One sentence on what to look at.
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    make: Callable[..., HiddenMarkovModel]
    source: str
    look_at: str

    def build(self, **values: float) -> HiddenMarkovModel:
        """Return the model; parameters that are not given have their defaults.

        Raises
        ------
        ProcessError
            For a parameter that the process does not have, or one outside its range.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise ProcessError(f"{self.name} has no parameter {quoted(name)}; {has}.")
        settings: dict[str, float] = {}
        for parameter in self.parameters:
            settings[parameter.name] = self._checked(
                parameter, values.get(parameter.name, parameter.default)
            )
        return self.make(**settings)

    def _checked(self, parameter: Parameter, value: float) -> float:
        low, high = parameter.low, parameter.high
        if not (isfinite(value) and low <= value <= high):
            raise ProcessError(
                f"{parameter.name} of {self.name} is {value:g}, and it lies between {low:g} and "
                f"{high:g}."
            )
        if not parameter.is_whole:
            return float(value)
        if value != int(value):
            raise ProcessError(f"{parameter.name} of {self.name} is {value:g}, no whole number.")
        return int(value)


def chance(name: str, default: float = 0.5, meaning: str = "") -> Parameter:
    """Return a parameter that is a probability."""
    return Parameter(name, default, 0.0, 1.0, meaning=meaning)


def machine(
    name: str, edges: str, alphabet: Sequence[str], **probabilities: float
) -> HiddenMarkovModel:
    """Return the model written as edges ``A -0-> B p``, one a line, states in order of mention.

    A probability is a number or the name of one of `probabilities`; edges with probability 0 are
    left out, but their states and symbols stay.
    """
    listed = []
    for line in edges.strip().splitlines():
        source, arrow, target, probability = line.split()
        value = probabilities.get(probability)
        symbol = arrow.removeprefix("-").removesuffix("->")
        listed.append((source, symbol, target, float(probability) if value is None else value))
    return HiddenMarkovModel.from_edges(name, listed, alphabet=alphabet)
