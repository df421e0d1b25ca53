"""The panels below the field as the bench knows them before they are made; no heavy imports.

A panel is added with one line: its id is also the prefix of its actions ("measures.export").
"""

from app.graphical.panel_deck import PanelSpec
from app.shell.actions import ActionSpec

MEASURE_ACTIONS = (
    ActionSpec(
        "measures.judge",
        "Judge the pattern",
        "Let the present state settle, follow it, and say whether it is a soliton and how it "
        "moves.",
        "World/Measures",
        None,
        "search",
        group="measures",
    ),
    ActionSpec(
        "measures.column",
        "Cell as a process…",
        "Follow one cell from now on, and add the process that it seems to be of to the study.",
        "World/Measures",
        None,
        "process",
        group="measures",
    ),
    ActionSpec(
        "measures.save",
        "Save measures…",
        "Write all samples of the measures as CSV or NPZ.",
        "World/Measures",
        None,
        "export",
        group="measures",
    ),
)

MEASURES_PANEL = PanelSpec(
    "measures",
    "Measures",
    "curves",
    "Plot mass, motion and shape as the world runs, and measure chaos, entropy and periods.",
    "app.benches.automata.measures.panel:MeasuresPanel",
    "Ctrl+3",
    MEASURE_ACTIONS,
)

SEARCH_PANEL = PanelSpec(
    "search",
    "Search",
    "search",
    "Search for creatures of Lenia in the background, and keep the best of each kind.",
    "app.benches.automata.search.panel:SearchPanel",
    "Ctrl+4",
    (
        ActionSpec(
            "search.toggle",
            "Search for creatures",
            "Start the search with the settings of its panel, or stop it.",
            "World/Search",
            None,
            "search",
            checkable=True,
            group="search",
        ),
        ActionSpec(
            "search.open",
            "Open an archive…",
            "Show what a search found, to go on from it.",
            "World/Search",
            None,
            "open",
            group="search",
        ),
        ActionSpec(
            "search.save",
            "Save the archive…",
            "Write what was found, and all it takes to go on searching.",
            "World/Search",
            None,
            "save",
            group="search",
        ),
    ),
)

ROBUSTNESS_PANEL = PanelSpec(
    "robustness",
    "Robustness",
    "bars",
    "Run the creature in view many times with some trouble, and plot what it survives.",
    "app.benches.automata.robustness.panel:RobustnessPanel",
    "Ctrl+5",
    (
        ActionSpec(
            "robustness.toggle",
            "Measure robustness",
            "Start the runs with the settings of the panel, or stop them.",
            "World/Search",
            None,
            "bars",
            checkable=True,
            group="robustness",
        ),
        ActionSpec(
            "robustness.save",
            "Save survival curves…",
            "Write the survival curves as CSV or NPZ.",
            "World/Search",
            None,
            "export",
            group="robustness",
        ),
    ),
)

MAP_PANEL = PanelSpec(
    "map",
    "Map",
    "fit",
    "Map what becomes of the creature in view over mu and sigma; click to go there.",
    "app.benches.automata.mu_sigma.panel:MapPanel",
    "Ctrl+6",
    (
        ActionSpec(
            "map.toggle",
            "Map mu and sigma",
            "Start the map with the ranges of its panel, or stop it.",
            "World/Search",
            None,
            "fit",
            checkable=True,
            group="map",
        ),
        ActionSpec(
            "map.save",
            "Save the map…",
            "Write the points of the map as CSV or NPZ.",
            "World/Search",
            None,
            "export",
            group="map",
        ),
    ),
)

SLICES_PANEL = PanelSpec(
    "slices",
    "Space-time",
    "curves",
    "See one row of the world through time, generation below generation.",
    "app.benches.automata.slices.panel:SlicesPanel",
    "Ctrl+7",
)

LOCAL_STATES_PANEL = PanelSpec(
    "local-states",
    "Local states",
    "states",
    "Find local causal states: which cells have pasts with alike futures, and which are complex.",
    "app.benches.automata.local_states.panel:LocalStatesPanel",
    "Ctrl+8",
    (
        ActionSpec(
            "local-states.toggle",
            "Find local causal states",
            "Find them in what the world in view does next, or stop.",
            "World/Measures",
            None,
            "search",
            checkable=True,
            group="local-states",
        ),
        ActionSpec(
            "local-states.save",
            "Save local states…",
            "Write the states as CSV, or all fields and counts as NPZ.",
            "World/Measures",
            None,
            "export",
            group="local-states",
        ),
    ),
)

PANELS: tuple[PanelSpec, ...] = (
    MEASURES_PANEL,
    SEARCH_PANEL,
    ROBUSTNESS_PANEL,
    MAP_PANEL,
    SLICES_PANEL,
    LOCAL_STATES_PANEL,
)

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
