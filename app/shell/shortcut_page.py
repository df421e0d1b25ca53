"""The guide's page of shortcuts, written from the registry of actions."""

import resources
from app.shell.actions import ActionRegistry
from app.shell.menus import menu_order

PAGE = "shortcuts.md"


def shortcut_page(registry: ActionRegistry) -> str:
    """Return the page's own text with one table for each menu."""
    parts = [resources.text(f"guide/{PAGE}").rstrip(), ""]
    for menu in menu_order(registry):
        rows = []
        for spec in registry:
            keys = registry.shown_shortcut(spec.id)
            if spec.menu.split("/")[0] == menu and keys:
                title = spec.title.rstrip("…")
                rows.append(f"| {title} | {_cell(keys)} |")
        if rows:
            parts += [f"## {menu}", "", "| Command | Keys |", "|---|---|", *rows]
            parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
