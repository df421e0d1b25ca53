"""The actions of the levels as the bench knows them before their panel is made."""

from app.shell.actions import ActionSpec

_MENU = "Levels"
_LEVEL = "Levels/Level"

LEVEL_TITLES = ("Naive", "Variable elimination", "Clique tree", "All pairs")
_LEVEL_HELP = (
    "Build the table over all variables and sum it; nothing is kept.",
    "Sum variables out one at a time; factors are kept within one query.",
    "Calibrate a clique tree; messages are kept from query to query.",
    "Join cliques by growing distance; every pair of variables can be read.",
)

LEVELS_ACTIONS = (
    ActionSpec(
        "levels.play",
        "Play or pause",
        "Play the steps of the level one after another, or stop.",
        _MENU,
        "Ctrl+Space",
        "play",
        group="levels-play",
    ),
    ActionSpec(
        "levels.step",
        "Step",
        "Go one step of the level on.",
        _MENU,
        "Ctrl+Alt+Right",
        "step",
        group="levels-play",
    ),
    ActionSpec(
        "levels.back",
        "Step back",
        "Go one step of the level back.",
        _MENU,
        "Ctrl+Alt+Left",
        "step-back",
        group="levels-play",
    ),
    ActionSpec(
        "levels.to_start",
        "Jump to the start",
        "Stand before the first step of the level.",
        _MENU,
        None,
        "to-start",
        group="levels-play",
    ),
    ActionSpec(
        "levels.to_end",
        "Jump to the end",
        "Stand after the last step of the level.",
        _MENU,
        None,
        "to-end",
        group="levels-play",
    ),
    *(
        ActionSpec(
            f"levels.level_{level}",
            f"{level} {title}",
            _LEVEL_HELP[level],
            _LEVEL,
            None,
            None,
            checkable=True,
            group="levels-level",
        )
        for level, title in enumerate(LEVEL_TITLES)
    ),
    ActionSpec(
        "levels.query",
        "Ask for the selected nodes",
        "Make the selected nodes the query of the levels.",
        _MENU,
        None,
        None,
        group="levels-query",
    ),
)
