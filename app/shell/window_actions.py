"""The actions that the window has whatever is open, in the order of its menus."""

from app.shell.actions import ActionSpec

FILE = (
    ActionSpec(
        "file.new",
        "New study",
        "Put this study away and start an empty one.",
        "File",
        "Ctrl+N",
        "new",
        group="open",
    ),
    ActionSpec(
        "file.open",
        "Open…",
        "Open a study, a network file, or a figure that carries its study.",
        "File",
        "Ctrl+O",
        "open",
        toolbar=True,
        group="open",
    ),
    ActionSpec(
        "file.add",
        "Add file to the study…",
        "Add what is in a file to the study that is open.",
        "File",
        "Ctrl+Shift+O",
        "import",
        group="open",
    ),
    ActionSpec(
        "file.save",
        "Save",
        "Write the study to its file.",
        "File",
        "Ctrl+S",
        "save",
        toolbar=True,
        group="save",
    ),
    ActionSpec(
        "file.save_as",
        "Save as…",
        "Write the study to another file and go on with that.",
        "File",
        "Ctrl+Shift+S",
        "save",
        group="save",
    ),
    ActionSpec(
        "file.export_figure",
        "Export figure…",
        "Write what is seen as SVG, PDF, PNG or TikZ, or the numbers behind it as CSV.",
        "File",
        "Ctrl+E",
        "figure",
        toolbar=True,
        group="export",
    ),
    ActionSpec(
        "file.export_subject",
        "Export subject as…",
        "Write the subject alone in a format that other programs read.",
        "File",
        None,
        "export",
        group="export",
    ),
    ActionSpec(
        "file.close_tab",
        "Close tab",
        "Close this tab; the subject stays in the study.",
        "File",
        "Ctrl+W",
        "close",
        group="close",
    ),
    ActionSpec("file.quit", "Quit", "Close the window.", "File", "Ctrl+Q", "quit", group="close"),
)

EDIT = (
    ActionSpec(
        "edit.undo",
        "Undo",
        "Take the last change back.",
        "Edit",
        "Ctrl+Z",
        "undo",
        toolbar=True,
        group="history",
    ),
    ActionSpec(
        "edit.redo",
        "Redo",
        "Make the change again that was taken back.",
        "Edit",
        "Ctrl+Shift+Z; Ctrl+Y",
        "redo",
        toolbar=True,
        group="history",
    ),
)

SUBJECT = (
    ActionSpec(
        "subject.open",
        "Open subject",
        "Open the chosen subject in its bench.",
        "Study",
        None,
        "open",
        group="subject",
    ),
    ActionSpec(
        "subject.rename",
        "Rename subject",
        "Give the subject another name.",
        "Study",
        None,
        "rename",
        group="subject",
    ),
    ActionSpec(
        "subject.duplicate",
        "Duplicate subject",
        "Add a copy of the subject to the study.",
        "Study",
        None,
        "duplicate",
        group="subject",
    ),
    ActionSpec(
        "subject.remove",
        "Remove subject",
        "Take the subject out of the study.",
        "Study",
        None,
        "delete",
        group="subject",
    ),
    ActionSpec(
        "study.title",
        "Title of the study…",
        "Give the study another title.",
        "Study",
        None,
        "study",
        group="study",
    ),
)

VIEW = (
    ActionSpec(
        "view.next_tab",
        "Next tab",
        "Show the tab to the right.",
        "View/Tabs",
        "Ctrl+Tab; Ctrl+PgDown",
        "forward",
        group="tabs",
    ),
    ActionSpec(
        "view.previous_tab",
        "Previous tab",
        "Show the tab to the left.",
        "View/Tabs",
        "Ctrl+Shift+Tab; Ctrl+PgUp",
        "back",
        group="tabs",
    ),
    ActionSpec(
        "view.theme_system",
        "Like the system",
        "Follow the light or dark look of the system.",
        "View/Theme",
        None,
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.theme_light",
        "Light",
        "Use the light theme.",
        "View/Theme",
        None,
        "sun",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.theme_dark",
        "Dark",
        "Use the dark theme.",
        "View/Theme",
        None,
        "moon",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.full_screen",
        "Full screen",
        "Use the whole screen, or go back to a window.",
        "View",
        "F11",
        "fit",
        checkable=True,
        group="window",
    ),
    ActionSpec(
        "view.menu_bar",
        "Go to the menus",
        "Open the first menu; the arrow keys go on from there.",
        "View",
        "F10",
        "keyboard",
        group="window",
    ),
    ActionSpec(
        "view.reset_layout",
        "Reset layout",
        "Put all panels back where they were at first.",
        "View",
        None,
        "reset-layout",
        group="window",
    ),
)

HELP = (
    ActionSpec(
        "help.guide",
        "Guide",
        "Read how what is in front works.",
        "Help",
        "F1",
        "guide",
        group="guide",
    ),
    ActionSpec(
        "help.shortcuts",
        "Keyboard shortcuts",
        "See every shortcut there is.",
        "Help",
        "Ctrl+F1",
        "keyboard",
        group="guide",
    ),
    ActionSpec(
        "help.welcome",
        "Welcome page",
        "Show the page with examples and recent studies.",
        "Help",
        None,
        "welcome",
        group="guide",
    ),
    ActionSpec(
        "help.palette",
        "Command palette",
        "Find any command by a few of its letters.",
        "Help",
        "Ctrl+Shift+P",
        "search",
        group="palette",
    ),
    ActionSpec(
        "edit.preferences",
        "Preferences…",
        "Choose theme, figure defaults and shortcuts.",
        "Edit",
        "Ctrl+,",
        "settings",
        group="preferences",
    ),
    ActionSpec(
        "help.about",
        "About Macroscope",
        "See versions and licences.",
        "Help",
        None,
        "info",
        group="about",
    ),
)

DOCKS = (
    ("study", "Study", "outline", "List the subjects of the study and its notes."),
    ("gallery", "Gallery", "gallery", "List the examples."),
    ("inspector", "Inspector", "inspector", "Show the details of what is selected."),
    ("guide", "Guide panel", "guide", "Show the guide beside the work."),
    ("jobs", "Jobs", "jobs", "List what is running."),
    ("messages", "Messages", "messages", "List what was told so far."),
)


def dock_spec(name: str, title: str, icon: str, text: str) -> ActionSpec:
    """Return the action that shows and hides a dock."""
    return ActionSpec(
        f"view.dock_{name}", title, text, "View/Panels", None, icon, checkable=True, group="docks"
    )


def new_subject_spec(kind_id: str, title: str, icon: str) -> ActionSpec:
    """Return the action that adds an empty subject of a kind."""
    return ActionSpec(
        f"subject.new_{kind_id}",
        f"New {title}",
        f"Add an empty {title} to the study and open it.",
        "Study",
        None,
        icon,
        group="new",
    )
