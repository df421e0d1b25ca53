"""The actions that every bench of graphical models has; each is carried out by the current one."""

from app.shell.actions import ActionSpec

MENU = "Network"
ALIGN = "Network/Align"
TABLE = "Table"
EVIDENCE = "Evidence"
VIEW = "View"

CLIPBOARD = (
    ActionSpec(
        "network.cut",
        "Cut",
        "Copy the selected nodes with their tables and remove them.",
        "Edit",
        "Ctrl+X",
        "cut",
        group="clipboard",
    ),
    ActionSpec(
        "network.copy",
        "Copy",
        "Copy the selected nodes with their tables, as BIF for editors.",
        "Edit",
        "Ctrl+C",
        "copy",
        group="clipboard",
    ),
    ActionSpec(
        "network.paste",
        "Paste",
        "Paste nodes from any study, or a network in BIF as text.",
        "Edit",
        "Ctrl+V",
        "paste",
        group="clipboard",
    ),
    ActionSpec(
        "network.duplicate",
        "Duplicate",
        "Put a copy of the selected nodes beside them.",
        "Edit",
        "Ctrl+D",
        "duplicate",
        group="clipboard",
    ),
    ActionSpec(
        "network.delete",
        "Delete",
        "Remove the selected nodes and arcs.",
        "Edit",
        "Del",
        "delete",
        group="clipboard",
    ),
    ActionSpec(
        "network.select_all",
        "Select all",
        "Select every node.",
        "Edit",
        "Ctrl+A",
        "select-all",
        group="select",
    ),
)

DRAWING = (
    ActionSpec(
        "network.add_node",
        "Add node",
        "Add a node in the middle of what is seen.",
        MENU,
        "Ctrl+Shift+N",
        "add-node",
        toolbar=True,
        group="draw",
    ),
    ActionSpec(
        "network.rename",
        "Rename",
        "Rename the selected node in place.",
        MENU,
        "F2",
        "rename",
        group="node",
    ),
    ActionSpec(
        "network.edit_table",
        "Edit table",
        "Show the table of the selected node.",
        MENU,
        "Ctrl+T",
        "table",
        toolbar=True,
        group="node",
    ),
    ActionSpec(
        "network.colour",
        "Colour…",
        "Choose a colour for the selected nodes.",
        MENU,
        None,
        "colour",
        group="look",
    ),
    ActionSpec(
        "network.clear_colour",
        "Clear colour",
        "Give the selected nodes the theme's colour.",
        MENU,
        None,
        "drop",
        group="look",
    ),
    ActionSpec(
        "network.note",
        "Edit note",
        "Write a note on the selected node.",
        MENU,
        None,
        "note",
        group="look",
    ),
    ActionSpec(
        "network.layout",
        "Lay out",
        "Place all nodes in layers, parents above children.",
        MENU,
        "Ctrl+Shift+L",
        "layout",
        toolbar=True,
        group="place",
    ),
)

ALIGNING = tuple(
    ActionSpec(
        f"network.align_{edge}",
        f"Align {words}",
        f"Move the selected nodes {what}.",
        ALIGN,
        None,
        f"align-{edge}",
        group="align",
    )
    for edge, words, what in (
        ("left", "left", "to the left edge of the leftmost one"),
        ("centre", "centres", "onto one vertical line"),
        ("right", "right", "to the right edge of the rightmost one"),
        ("top", "top", "to the top edge of the highest one"),
        ("middle", "middles", "onto one horizontal line"),
        ("bottom", "bottom", "to the bottom edge of the lowest one"),
    )
)

DISTRIBUTING = (
    ActionSpec(
        "network.distribute_horizontally",
        "Distribute horizontally",
        "Make the gaps from left to right equal; the outermost nodes stay.",
        ALIGN,
        None,
        "distribute-horizontally",
        group="distribute",
    ),
    ActionSpec(
        "network.distribute_vertically",
        "Distribute vertically",
        "Make the gaps from top to bottom equal; the outermost nodes stay.",
        ALIGN,
        None,
        "distribute-vertically",
        group="distribute",
    ),
)

LOOKING = (
    ActionSpec(
        "network.show_names",
        "Names only",
        "Show every node by its name.",
        VIEW,
        "Ctrl+1",
        "network",
        checkable=True,
        group="style",
    ),
    ActionSpec(
        "network.show_bars",
        "Posterior bars",
        "Show every node with a bar for each state.",
        VIEW,
        "Ctrl+2",
        "bars",
        toolbar=True,
        checkable=True,
        group="style",
    ),
    ActionSpec(
        "network.preview",
        "Preview on hover",
        "Point at a state to see what observing it would do to all beliefs.",
        VIEW,
        "P",
        "preview",
        toolbar=True,
        checkable=True,
        group="style",
    ),
    ActionSpec(
        "network.fit",
        "Fit network",
        "Show the whole network.",
        VIEW,
        "Ctrl+0",
        "fit",
        toolbar=True,
        group="zoom",
    ),
    ActionSpec(
        "network.fit_selection",
        "Fit selection",
        "Show the selected nodes as large as they fit.",
        VIEW,
        None,
        "fit",
        group="zoom",
    ),
    ActionSpec(
        "network.zoom_in",
        "Zoom in",
        "Show less, larger.",
        VIEW,
        "Ctrl+=; Ctrl++",
        "zoom-in",
        group="zoom",
    ),
    ActionSpec(
        "network.zoom_out",
        "Zoom out",
        "Show more, smaller.",
        VIEW,
        "Ctrl+-",
        "zoom-out",
        group="zoom",
    ),
)

TABLES = (
    ActionSpec(
        "table.fill_right",
        "Fill right",
        "Copy the first selected column to the others, or to all on its right.",
        TABLE,
        "Ctrl+R",
        None,
        group="columns",
    ),
    ActionSpec(
        "table.copy",
        "Copy numbers",
        "Copy the selected numbers for a spreadsheet.",
        TABLE,
        None,
        "copy",
        group="numbers",
    ),
    ActionSpec(
        "table.paste",
        "Paste numbers",
        "Paste numbers from a spreadsheet at the selected cell.",
        TABLE,
        None,
        "paste",
        group="numbers",
    ),
)

FINDINGS = (
    ActionSpec(
        "evidence.clear",
        "Clear evidence",
        "Retract every finding.",
        EVIDENCE,
        "Ctrl+Shift+E",
        "evidence-clear",
        toolbar=True,
        group="findings",
    ),
    ActionSpec(
        "evidence.retract",
        "Retract findings",
        "Retract the findings on the selected nodes.",
        EVIDENCE,
        None,
        None,
        group="findings",
    ),
    ActionSpec(
        "evidence.save_set",
        "Save evidence set…",
        "Keep the findings of now under a name.",
        EVIDENCE,
        None,
        "evidence-sets",
        group="sets",
    ),
    ActionSpec(
        "evidence.show",
        "Show evidence panel",
        "Show the findings and the evidence sets.",
        EVIDENCE,
        None,
        "evidence",
        group="sets",
    ),
)

SHARED = (
    *CLIPBOARD,
    *DRAWING,
    *ALIGNING,
    *DISTRIBUTING,
    *LOOKING,
    *TABLES,
    *FINDINGS,
)
