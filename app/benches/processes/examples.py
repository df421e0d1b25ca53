"""The processes of the gallery: the zoo, laid out to be looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.benches.processes.arrange import placed
from core.processes.process_subject import ProcessSubject, zoo_subject
from core.processes.zoo import PROCESSES, zoo_entry

FIRST = (
    "golden-mean",
    "even",
    "mess3",
    "rrxor",
    "sns",
    "middle-third-cantor",
    "two-state-cantor",
    "nemo",
    "random-insertion",
    "butterfly",
    "ising-next-nearest",
    "tom-quantum",
)
"""The most telling, most beautiful first; then the rest of the zoo in its own order."""


@dataclass(frozen=True, slots=True)
class ProcessExample:
    """A process of the zoo as the gallery offers it; attributes as of every example."""

    name: str
    title: str
    source: str
    hint: str
    build: Callable[[], ProcessSubject]


def zoo_example(name: str) -> ProcessExample:
    """Return a process of the zoo as an example."""
    entry = zoo_entry(name)
    return ProcessExample(
        entry.name, entry.title, entry.source, entry.look_at, partial(build, entry.name)
    )


def build(name: str, **parameters: float) -> ProcessSubject:
    """Return a process of the zoo, laid out."""
    return placed(zoo_subject(name, **parameters))


EXAMPLES = tuple(
    zoo_example(name) for name in dict.fromkeys((*FIRST, *(entry.name for entry in PROCESSES)))
)
