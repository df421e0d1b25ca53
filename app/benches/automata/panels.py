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

PANELS: tuple[PanelSpec, ...] = (MEASURES_PANEL,)

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
