"""The actions of the hands, for menus and the command palette."""

from app.shell.actions import ActionSpec

MENU = "World/Tools"

_TOOLS = (
    (
        "pointer",
        "Look and move",
        "Pan the field, and move obstacles, guns, food and noise.",
        "pick",
    ),
    ("select", "Select cells", "Select a rectangle to copy, cut, turn or mirror.", "select-all"),
    ("brush", "Paint", "Paint cells with a brush.", "brush"),
    ("erase", "Erase", "Erase cells with a brush.", "erase"),
    ("fill", "Fill", "Fill a rectangle, or cells of one value that hang together.", "fill"),
    ("random", "Random patch", "Fill a rectangle with random cells.", "random"),
    ("stamp", "Stamp", "Put down a pattern as often as you click.", "stamp"),
    ("push", "Push particles", "Drag particles along.", "push"),
    ("obstacle", "Obstacle", "Put down a disc whose cells are held empty.", "obstacle"),
    ("gun", "Gun", "Put down a gun that fires discs.", "gun"),
    ("food", "Food", "Put down a disc in which every cell gains a little at each step.", "food"),
    ("noise", "Noise", "Put down a disc in which cells are redrawn at random.", "noise"),
)

HANDS_ACTIONS: tuple[ActionSpec, ...] = (
    *(
        ActionSpec(f"hands.{name}", title, help, MENU, None, icon, checkable=True, group="tools")
        for name, title, help, icon in _TOOLS
    ),
    ActionSpec(
        "hands.select_everything",
        "Select all cells",
        "Select the whole world, or all that lives where it has no end.",
        MENU,
        None,
        "select-all",
        group="selection",
    ),
    ActionSpec(
        "hands.paste",
        "Paste a pattern",
        "Take the pattern that is on the clipboard as text into the hand; RLE from the web works.",
        MENU,
        None,
        "paste",
        group="selection",
    ),
    ActionSpec(
        "hands.ensemble",
        "Ensemble of a region to the boundaries bench…",
        "Run the world many times from the state in view, and add what the selected region and "
        "its surroundings did to the study, to measure what crosses its boundary.",
        "World",
        None,
        "boundary",
        group="out",
    ),
    ActionSpec(
        "hands.forget",
        "Remove everything that was done",
        "Take all interventions out of the list; the world goes on as if nobody had touched it.",
        MENU,
        None,
        "delete",
        group="list",
    ),
)
