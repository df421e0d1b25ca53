"""The bench of Markov networks as the shell knows it before it opens: its kind and its actions."""

from app.benches.markov.kind import MARKOV_KIND, blank_markov_network
from app.graphical.actions import MENU, SHARED, TABLE, VIEW
from app.shell.actions import ActionSpec
from app.shell.bench import BenchSpec

_DRAWING = (
    ActionSpec(
        "markov.join",
        "Add potential over selection",
        "Add a potential of ones over all selected variables.",
        MENU,
        "Ctrl+L",
        "add-factor",
        toolbar=True,
        group="draw",
    ),
    ActionSpec(
        "markov.potentials_between",
        "Centre potentials",
        "Put every potential in the middle of its variables.",
        MENU,
        None,
        None,
        group="place",
    ),
)

_LOOKING = (
    ActionSpec(
        "markov.factor_graph",
        "Factor graph",
        "Show potentials as squares, joined to the variables that they are over.",
        VIEW,
        "Ctrl+3",
        "factor-graph",
        toolbar=True,
        checkable=True,
        group="drawing",
    ),
    ActionSpec(
        "markov.markov_graph",
        "Markov graph",
        "Show variables alone, with an edge between those that share a potential.",
        VIEW,
        "Ctrl+4",
        "markov-graph",
        toolbar=True,
        checkable=True,
        group="drawing",
    ),
)

_TABLES = (
    ActionSpec(
        "potential.scale",
        "Scale to 1",
        "Divide the table by its largest entry; beliefs stay, Z changes.",
        TABLE,
        None,
        "normalise",
        group="potentials",
    ),
    ActionSpec(
        "potential.ones",
        "Fill with ones",
        "Make the selected entries, or all, 1, which says nothing.",
        TABLE,
        None,
        None,
        group="potentials",
    ),
    ActionSpec(
        "potential.logarithms",
        "Logarithms",
        "Show and type natural logarithms in place of the numbers.",
        TABLE,
        None,
        None,
        checkable=True,
        group="potentials",
    ),
)

ACTIONS = (*SHARED, *_DRAWING, *_LOOKING, *_TABLES)

BENCH = BenchSpec(
    kind=MARKOV_KIND,
    title="Markov network",
    icon="factor-graph",
    actions=ACTIONS,
    widget="app.benches.markov.bench:MarkovBench",
    thumbnail="app.benches.markov.figure:thumbnail",
    shelf="Networks",
    guide="networks-markov.md",
    blank=blank_markov_network,
    blank_name="Markov network",
)
