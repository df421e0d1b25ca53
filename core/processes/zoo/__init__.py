"""Named processes of the literature, each with its parameters, its source and what to look at."""

from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.zoo.constrained import (
    EVEN,
    FOUR_STATES,
    GOLDEN_MEAN,
    NEMO,
    ODD,
    RESTRICTED_GOLDEN_MEAN,
    RK_GOLDEN_MEAN,
)
from core.processes.zoo.entry import Parameter, ZooEntry
from core.processes.zoo.logical import (
    BUTTERFLY,
    LEAKY_RRXOR,
    NOISY_PHASE_SLIP,
    RANDOM_INSERTION,
    RRXOR,
    ZERO_ONE_RANDOM,
)
from core.processes.zoo.memoryless import ALTERNATING_COINS, COIN, DIE, PERIOD
from core.processes.zoo.nonunifilar import (
    MESS3,
    MIDDLE_THIRD_CANTOR,
    NOISY_GOLDEN_MEAN,
    SNS,
    TWO_STATE_CANTOR,
)
from core.processes.zoo.physical import (
    ISING,
    ISING_NEXT_NEAREST,
    LOGISTIC_BAND_MERGING,
    LOGISTIC_PERIOD_THREE,
)
from core.processes.zoo.quantum import FANIZZA, TOM_QUANTUM
from core.processes.zoo.time_asymmetric import EXPLOSIVE, IRREVERSIBLE

__all__ = ["PROCESSES", "Parameter", "ZooEntry", "process", "zoo_entry"]

PROCESSES: tuple[ZooEntry, ...] = (
    COIN,
    DIE,
    PERIOD,
    GOLDEN_MEAN,
    EVEN,
    ODD,
    RK_GOLDEN_MEAN,
    RESTRICTED_GOLDEN_MEAN,
    ALTERNATING_COINS,
    NEMO,
    FOUR_STATES,
    ZERO_ONE_RANDOM,
    RRXOR,
    LEAKY_RRXOR,
    RANDOM_INSERTION,
    NOISY_PHASE_SLIP,
    BUTTERFLY,
    IRREVERSIBLE,
    EXPLOSIVE,
    SNS,
    MESS3,
    TWO_STATE_CANTOR,
    MIDDLE_THIRD_CANTOR,
    NOISY_GOLDEN_MEAN,
    ISING,
    ISING_NEXT_NEAREST,
    LOGISTIC_BAND_MERGING,
    LOGISTIC_PERIOD_THREE,
    TOM_QUANTUM,
    FANIZZA,
)

OTHER_NAMES = {
    "even-process": "even",
    "simple-nonunifilar-source": "sns",
    "z1r": "zero-one-random",
    "rip": "random-insertion",
    "nrps": "noisy-phase-slip",
    "noisy-random-phase-slip": "noisy-phase-slip",
    "random-random-xor": "rrxor",
    "alternating-biased-coins": "alternating-coins",
    "abc": "alternating-coins",
    "biased-coin": "coin",
    "fair-coin": "coin",
    "irreversible-two-state": "irreversible",
    "explosive-two-state": "explosive",
    "four-state-psb": "four-states",
    "ising-nn": "ising",
    "ising-nnn": "ising-next-nearest",
    "bloch-walk": "tom-quantum",
}
"""Names under which the literature also knows a process."""


def zoo_entry(name: str) -> ZooEntry:
    """Return the entry called `name`; capitals, spaces and underscores do not matter.

    Raises
    ------
    ProcessError
        When there is none of that name.
    """
    plain = name.strip().lower().replace("_", "-").replace(" ", "-")
    plain = OTHER_NAMES.get(plain, plain)
    for entry in PROCESSES:
        if entry.name == plain:
            return entry
    names = ", ".join(entry.name for entry in PROCESSES)
    raise ProcessError(f"There is no process {quoted(name)} in the zoo; there are {names}.")


def process(name: str, **values: float) -> HiddenMarkovModel:
    """Return a process of the zoo: ``process("mess3", x=0.15, a=0.6)``."""
    return zoo_entry(name).build(**values)
