"""The actions of the library, for menus and the command palette."""

from app.shell.actions import ActionSpec

MENU = "World"

LIBRARY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "library.search",
        "Search the library",
        "Find a pattern or a species by name, source or rule.",
        MENU,
        "Ctrl+Shift+L",
        "library",
        group="library",
    ),
    ActionSpec(
        "library.import",
        "Import patterns…",
        "Read a pattern, a file of Lenia animals, an array or a picture, to stamp or to open.",
        MENU,
        None,
        "import",
        group="library",
    ),
    ActionSpec(
        "library.export",
        "Export the state in view…",
        "Write the world as it is now: RLE, cells, macrocell, Life 1.06, JSON, NumPy or PNG.",
        MENU,
        None,
        "export",
        group="library",
    ),
    ActionSpec(
        "library.folder",
        "Folder of own patterns…",
        "Choose the folder whose patterns are shown in the library.",
        MENU,
        None,
        "open",
        group="library",
    ),
)
