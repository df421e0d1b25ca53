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

_SIMPLEX = "Simplex"
_OVERLAYS = "Simplex/Overlays"

SIMPLEX_OVERLAYS = (
    ActionSpec(
        "simplex.transient",
        "Transient beliefs",
        "Ring the beliefs that are only passed on the way from the start.",
        _OVERLAYS,
        "Ctrl+Alt+1",
        checkable=True,
    ),
    ActionSpec(
        "simplex.images",
        "Images of the simplex",
        "Outline where beliefs can lie after each symbol: the simplex under the symbol's map.",
        _OVERLAYS,
        "Ctrl+Alt+2",
        checkable=True,
    ),
    ActionSpec(
        "simplex.hull",
        "Hull",
        "Outline the convex hull of all recurrent beliefs.",
        _OVERLAYS,
        "Ctrl+Alt+3",
        checkable=True,
    ),
    ActionSpec(
        "simplex.edges",
        "Edges of the mixed states",
        "Draw where each symbol leads from each belief, when there are finitely many.",
        _OVERLAYS,
        "Ctrl+Alt+4",
        checkable=True,
    ),
    ActionSpec(
        "simplex.machine",
        "Edges of the machine",
        "Draw the edges of the machine between the corners, each a certain state.",
        _OVERLAYS,
        "Ctrl+Alt+5",
        checkable=True,
    ),
    ActionSpec(
        "simplex.history",
        "History under the pointer",
        "Show a word that leads to the belief under the pointer, and the beliefs on the way.",
        _OVERLAYS,
        "Ctrl+Alt+6",
        checkable=True,
    ),
)

SIMPLEX_EXPORTS = (
    ActionSpec(
        "simplex.export_cloud",
        "Export cloud…",
        "Write beliefs of the chaos game, each with its last symbol, as CSV or NPZ.",
        _SIMPLEX,
        None,
        "export",
        group="out",
    ),
    ActionSpec(
        "simplex.export_tree",
        "Export tree of words…",
        "Write every word up to the chosen length with its probability and belief.",
        _SIMPLEX,
        None,
        "export",
        group="out",
    ),
    ActionSpec(
        "simplex.export_density",
        "Export density…",
        "Write the density in sight: how many beliefs lie in each pixel.",
        _SIMPLEX,
        None,
        "export",
        group="out",
    ),
    ActionSpec(
        "simplex.export_states",
        "Export mixed states…",
        "Write the merged beliefs and where each symbol leads from them.",
        _SIMPLEX,
        None,
        "export",
        group="out",
    ),
)

SIMPLEX_ACTIONS = (
    ActionSpec(
        "simplex.reset",
        "Show all of the simplex",
        "Undo all zooming and moving (double-click).",
        _SIMPLEX,
        "Ctrl+Alt+0",
        "fit",
        group="look",
    ),
    ActionSpec(
        "simplex.stop",
        "Stop playing",
        "Play the chaos game no further and keep the picture as it is.",
        _SIMPLEX,
        "Ctrl+Alt+.",
        "stop",
        group="look",
    ),
    ActionSpec(
        "simplex.matrix",
        "Projection matrix…",
        "Type, paste or open two numbers for each state: where its corner is drawn.",
        _SIMPLEX,
        None,
        "table",
        group="projection",
    ),
    *SIMPLEX_EXPORTS,
    *SIMPLEX_OVERLAYS,
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
        SIMPLEX_ACTIONS,
    ),
    PanelSpec(
        "curves",
        "Curves",
        "curves",
        "See block entropy, entropy gain and the anatomy of a bit, with E and T as areas.",
        "app.benches.processes.curves.panel:CurvesPanel",
        "Ctrl+5",
    ),
    PanelSpec(
        "structure",
        "Structure",
        "structure",
        "See how many causal states there are, and the dimensions of the set of beliefs.",
        "app.benches.processes.structure.panel:StructurePanel",
        "Ctrl+6",
    ),
    PanelSpec(
        "spectrum",
        "Spectrum",
        "spectrum",
        "See the eigenvalues of the mixed states, and entropies as sums over them.",
        "app.benches.processes.spectrum.panel:SpectrumPanel",
        "Ctrl+7",
    ),
)

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
