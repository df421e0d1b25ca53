"""The panels below the machine as the bench knows them before they are made; no heavy imports.

A panel is added with one line: its id is also the prefix of its actions ("simulate.play").
"""

from app.graphical.panel_deck import PanelSpec
from app.shell.actions import ActionSpec

_MENU = "Simulate"

SIMULATE_ACTIONS = (
    ActionSpec(
        "simulate.play",
        "Play",
        "Let the process emit symbols one after the other, or pause.",
        _MENU,
        "Ctrl+Space",
        "play",
        checkable=True,
        group="transport",
    ),
    ActionSpec(
        "simulate.step",
        "Step",
        "Emit one symbol.",
        _MENU,
        "Ctrl+.",
        "step",
        group="transport",
    ),
    ActionSpec(
        "simulate.restart",
        "Start over",
        "Forget everything that was emitted and start over with another seed.",
        _MENU,
        None,
        "restart",
        group="transport",
    ),
    ActionSpec(
        "simulate.word",
        "Type a word…",
        "Ask what an observer believes after a word.",
        _MENU,
        "Ctrl+Shift+W",
        "rename",
        group="word",
    ),
)

PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "simulate",
        "Simulate",
        "play",
        "Watch the process emit symbols, and what an observer of them believes.",
        "app.benches.processes.simulate.panel:SimulatePanel",
        "Ctrl+3",
        SIMULATE_ACTIONS,
    ),
    PanelSpec(
        "simplex",
        "Simplex",
        "simplex",
        "See all that an observer can come to believe, as a fractal in the simplex.",
        "app.benches.processes.simplex.panel:SimplexPanel",
        "Ctrl+4",
    ),
    PanelSpec(
        "curves",
        "Curves",
        "curves",
        "See block entropy, entropy gain and the anatomy of a bit, with E and T as areas.",
        "app.benches.processes.curves.panel:CurvesPanel",
        "Ctrl+5",
    ),
)

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
