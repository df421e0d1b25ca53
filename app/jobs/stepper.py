"""What a live simulation must offer, and how its history is written down and played again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Stepper(Protocol):
    """A simulation that one thread owns and steps.

    Its state after n steps may depend on its seed, its parameters and the commands at their
    steps, and on nothing else: neither the size of the chunks nor the frames that were taken. Where
    many steps at once take hardly longer than few, it says so by an attribute `leaps`.
    """

    def step(self, n: int) -> None:
        """Advance by `n` steps; long work is asked for in several calls."""

    def frame(self) -> Any:
        """Return a picture of the state that later steps will not change."""

    def apply(self, command: Any) -> None:
        """Carry out one command, an immutable value: set a parameter, paint cells."""


@dataclass(frozen=True)
class Frame:
    """What a stepper showed after exactly `step` steps; `number` counts the frames made."""

    step: int
    content: Any
    number: int


@dataclass(frozen=True)
class Recorded:
    """A command and the step before which it was carried out."""

    step: int
    command: Any


def replay(stepper: Stepper, record: Iterable[Recorded], until: int) -> None:
    """Bring a fresh stepper to step `until` by the same commands at the same steps."""
    at = 0
    for each in record:
        if each.step > until:
            break
        if each.step > at:
            stepper.step(each.step - at)
            at = each.step
        stepper.apply(each.command)
    if until > at:
        stepper.step(until - at)
