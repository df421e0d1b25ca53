"""What this edition of Macroscope holds: one line for each kind of subject and its bench."""

from importlib import import_module
from typing import TYPE_CHECKING

from app.benches.automata.kind import WORLD_KIND
from app.benches.boundaries.kind import ENSEMBLE_KIND
from app.benches.markov.kind import MARKOV_KIND
from app.benches.networks.kind import NETWORK_KIND
from app.benches.processes.kind import PROCESS_KIND
from app.study.kinds import KindRegistry

if TYPE_CHECKING:
    from app.shell.bench import BenchSpec

KINDS = KindRegistry([NETWORK_KIND, MARKOV_KIND, PROCESS_KIND, WORLD_KIND, ENSEMBLE_KIND])

BENCH_MODULES = (
    "app.benches.networks.spec",
    "app.benches.markov.spec",
    "app.benches.processes.spec",
    "app.benches.automata.spec",
    "app.benches.boundaries.spec",
)


def __getattr__(name: str) -> "tuple[BenchSpec, ...]":
    """Return ``BENCHES``, made when first asked for: they need Qt, the headless verbs do not."""
    if name != "BENCHES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tuple(import_module(module).BENCH for module in BENCH_MODULES)
