"""The networks bench as the shell knows it before it opens: its kind and all its actions."""

from app.benches.networks.kind import NETWORK_KIND, blank_network
from app.benches.networks.panels import PANEL_ACTIONS
from app.graphical.actions import (
    ALIGNING,
    CLIPBOARD,
    DISTRIBUTING,
    DRAWING,
    FINDINGS,
    LOOKING,
    MENU,
    TABLE,
    TABLES,
)
from app.shell.actions import ActionSpec
from app.shell.bench import BenchSpec

_DRAWING = (
    ActionSpec(
        "network.connect",
        "Connect selected nodes",
        "Draw an arc from the node selected first to each node selected after it.",
        MENU,
        "Ctrl+L",
        "add-arc",
        group="draw",
    ),
    ActionSpec(
        "network.toggle_style",
        "Switch name or bars",
        "Show the selected nodes by name alone, or with a bar for each state.",
        MENU,
        "B",
        "bars",
        group="look",
    ),
)

_TABLES = (
    ActionSpec(
        "table.normalise",
        "Normalise",
        "Divide the selected columns, or all, by their sums.",
        TABLE,
        None,
        "normalise",
        group="columns",
    ),
    ActionSpec(
        "table.complement",
        "Complement",
        "Set the selected entry of each column, or its last, to 1 less the others.",
        TABLE,
        None,
        None,
        group="columns",
    ),
    ActionSpec(
        "table.uniform",
        "Uniform",
        "Make all states equally likely in the selected columns, or in all.",
        TABLE,
        None,
        None,
        group="columns",
    ),
    ActionSpec(
        "table.randomise",
        "Randomise…",
        "Draw the selected columns, or all, at random from a seed.",
        TABLE,
        None,
        "random",
        group="columns",
    ),
    ActionSpec(
        "table.noisy_or",
        "Noisy-OR…",
        "Make the table from one strength for each parent and a leak.",
        TABLE,
        None,
        None,
        group="models",
    ),
    ActionSpec(
        "table.noisy_max",
        "Noisy-MAX…",
        "Make the table from what each parent does when it acts alone.",
        TABLE,
        None,
        None,
        group="models",
    ),
    ActionSpec(
        "table.deterministic",
        "Deterministic…",
        "Make the node a function of its parents, by a rule or state by state.",
        TABLE,
        None,
        None,
        group="models",
    ),
    ActionSpec(
        "table.harden",
        "Make likeliest certain",
        "Give the likeliest state of the selected columns, or of all, the probability 1.",
        TABLE,
        None,
        None,
        group="models",
    ),
)

ACTIONS = (
    *CLIPBOARD,
    *DRAWING,
    *_DRAWING,
    *ALIGNING,
    *DISTRIBUTING,
    *LOOKING,
    *_TABLES,
    *TABLES,
    *FINDINGS,
    *PANEL_ACTIONS,
)

BENCH = BenchSpec(
    kind=NETWORK_KIND,
    title="Bayes net",
    icon="network",
    actions=ACTIONS,
    widget="app.benches.networks.bench:NetworkBench",
    thumbnail="app.benches.networks.figure:thumbnail",
    shelf="Networks",
    guide="networks.md",
    blank=blank_network,
    blank_name="Network",
)
