"""The bench of boundaries as the shell knows it before it opens."""

from app.benches.boundaries.kind import ENSEMBLE_KIND
from app.shell.actions import ActionSpec
from app.shell.bench import BenchSpec

MENU = "Boundary"

ACTIONS = (
    ActionSpec(
        "boundary.measure",
        "Measure again",
        "Estimate the flow across the boundary once more.",
        MENU,
        "Ctrl+Shift+B",
        "restart",
        toolbar=True,
        group="work",
    ),
    ActionSpec(
        "boundary.stop",
        "Stop measuring",
        "Stop, and keep the values that are known.",
        MENU,
        None,
        "stop",
        toolbar=True,
        group="work",
    ),
    ActionSpec(
        "boundary.copy",
        "Copy the formula",
        "Copy how the selected value was obtained, with the numbers in.",
        MENU,
        None,
        "copy",
        group="out",
    ),
    ActionSpec(
        "boundary.save",
        "Save curves…",
        "Write all curves over time as CSV or NPZ.",
        MENU,
        None,
        "export",
        toolbar=True,
        group="out",
    ),
)

BENCH = BenchSpec(
    kind=ENSEMBLE_KIND,
    title="Ensemble of a region",
    icon="boundary",
    actions=ACTIONS,
    widget="app.benches.boundaries.bench:BoundaryBench",
    thumbnail="app.benches.boundaries.figure:thumbnail",
    shelf="Ensembles",
    guide="boundaries.md",
)
