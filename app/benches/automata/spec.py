"""The bench of cellular worlds as the shell knows it before it opens."""

from app.benches.automata.fresh import ANYWHERE, FRESH_ACTIONS
from app.benches.automata.kind import WORLD_KIND
from app.benches.automata.panels import PANEL_ACTIONS
from app.benches.automata.tabs import TAB_ACTIONS
from app.shell.actions import ActionSpec
from app.shell.bench import BenchSpec
from core.automata.world_subject import blank_world

MENU = "World"
VIEW = "View"
COLOURS = "View/Colours of the world"

PALETTE_TITLES = {
    "": "Usual colours",
    "magma": "Magma",
    "inferno": "Inferno",
    "viridis": "Viridis",
    "cividis": "Cividis",
    "ice": "Ice",
    "ink": "Ink on paper",
    "grey": "Grey",
}

LAYER_TITLES = {"cells": "Cells", "potential": "Potential", "growth": "Growth"}

MARK_ACTIONS = {
    "world.grid": "grid",
    "world.trail": "trail",
    "world.circle": "circle",
    "world.box": "box",
}

_TIME = (
    ActionSpec(
        "world.play",
        "Play",
        "Let the world go on, or pause it after exactly the step that is shown.",
        MENU,
        "Space; Ctrl+Space",
        "play",
        toolbar=True,
        checkable=True,
        group="time",
    ),
    ActionSpec(
        "world.step",
        "Step",
        "Make one step.",
        MENU,
        "Ctrl+.; .",
        "step",
        toolbar=True,
        group="time",
    ),
    ActionSpec(
        "world.steps",
        "Make n steps",
        "Make as many steps as the field of the transport says, as fast as possible.",
        MENU,
        "Ctrl+Shift+.",
        "forward",
        group="time",
    ),
    ActionSpec(
        "world.step_back",
        "Step back",
        "Go back one generation, exactly, what hands did included.",
        MENU,
        ",",
        "step-back",
        toolbar=True,
        group="time",
    ),
    ActionSpec(
        "world.reset",
        "Back to the start",
        "Go back to the state that everything started from; what hands did will happen again.",
        MENU,
        "Home",
        "to-start",
        group="time",
    ),
    ActionSpec(
        "world.loop",
        "Loop",
        "Begin again whenever the furthest generation of now is reached.",
        MENU,
        None,
        "repeat",
        checkable=True,
        group="time",
    ),
    ActionSpec(
        "world.faster", "Faster", "Make more steps a second.", MENU, "Ctrl+]", None, group="speed"
    ),
    ActionSpec(
        "world.slower", "Slower", "Make fewer steps a second.", MENU, "Ctrl+[", None, group="speed"
    ),
    ActionSpec(
        "world.start_here",
        "Start from this state",
        "Make the state in view the one that everything starts from; what was done is forgotten.",
        MENU,
        None,
        "pick",
        group="state",
    ),
    ActionSpec(
        "world.record",
        "Record a film…",
        "Write the generations from now on as a GIF, an MP4 or a sequence of PNG files.",
        MENU,
        "Ctrl+Shift+R",
        "record",
        group="out",
    ),
)

_LOOKING = (
    ActionSpec(
        "world.fit",
        "Fit the world",
        "Show the whole world, or all that lives where it has no end.",
        VIEW,
        "Ctrl+0",
        "fit",
        toolbar=True,
        group="zoom",
    ),
    ActionSpec(
        "world.zoom_in",
        "Zoom in",
        "Make cells larger.",
        VIEW,
        "Ctrl+=; Ctrl++",
        "zoom-in",
        group="zoom",
    ),
    ActionSpec(
        "world.zoom_out",
        "Zoom out",
        "Make cells smaller.",
        VIEW,
        "Ctrl+-",
        "zoom-out",
        group="zoom",
    ),
    ActionSpec(
        "world.zoom_actual",
        "One pixel for a cell",
        "Show every cell as one pixel.",
        VIEW,
        "Ctrl+1",
        "zoom-actual",
        group="zoom",
    ),
    ActionSpec(
        "world.follow",
        "Follow the middle of mass",
        "Keep the middle of all that lives in the middle of the view.",
        VIEW,
        None,
        "follow",
        checkable=True,
        group="marks",
    ),
    ActionSpec(
        "world.grid",
        "Grid of cells",
        "Draw lines between large cells.",
        VIEW,
        None,
        None,
        checkable=True,
        group="marks",
    ),
    ActionSpec(
        "world.trail",
        "Trail",
        "Draw the way that the middle of mass took.",
        VIEW,
        None,
        None,
        checkable=True,
        group="marks",
    ),
    ActionSpec(
        "world.circle",
        "Circle",
        "Draw the disc that spreads as far as all that lives.",
        VIEW,
        None,
        None,
        checkable=True,
        group="marks",
    ),
    ActionSpec(
        "world.box",
        "Live box",
        "Draw the smallest rectangle around all that lives.",
        VIEW,
        None,
        None,
        checkable=True,
        group="marks",
    ),
)

PALETTE_ACTIONS = tuple(
    ActionSpec(
        f"world.palette.{name or 'usual'}",
        title,
        "Show the world in these colours.",
        COLOURS,
        checkable=True,
        group="palette",
    )
    for name, title in PALETTE_TITLES.items()
)

LAYER_ACTIONS = tuple(
    ActionSpec(
        f"world.layer.{name}",
        title,
        f"Show the {title.lower()} of a continuous world.",
        COLOURS,
        f"Ctrl+Alt+{number}",
        checkable=True,
        group="layer",
    )
    for number, (name, title) in enumerate(LAYER_TITLES.items(), 1)
)

ACTIONS = (
    *FRESH_ACTIONS,
    *_TIME,
    *_LOOKING,
    *LAYER_ACTIONS,
    *PALETTE_ACTIONS,
    *TAB_ACTIONS,
    *PANEL_ACTIONS,
)

BENCH = BenchSpec(
    kind=WORLD_KIND,
    title="Cellular world",
    icon="world",
    actions=ACTIONS,
    widget="app.benches.automata.bench:WorldBench",
    thumbnail="app.benches.automata.figure:thumbnail",
    shelf="Worlds",
    guide="automata.md",
    blank=blank_world,
    blank_name="World",
    anywhere=ANYWHERE,
    offers={"world.new_lenia": "New Lenia world"},
)
