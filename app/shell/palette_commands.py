"""What the command palette offers: actions, examples, pages of the guide and recent files."""

from functools import partial
from typing import TYPE_CHECKING

from app.shell import guide_pages
from app.shell.palette import Command

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

NOT_LISTED = ("help.palette",)


def commands(window: "MainWindow") -> list[Command]:
    """Return every command in the order of the menus, then what can be opened."""
    return [
        *_actions(window),
        *_examples(window),
        *_pages(window),
        *_recent(window),
    ]


def _actions(window: "MainWindow") -> list[Command]:
    registry = window.actions_registry
    registry.refresh()
    return [
        Command(
            id=spec.id,
            title=_title(spec.title, spec.menu),
            category=spec.menu.replace("/", " › "),
            run=partial(registry.trigger, spec.id),
            shortcut=registry.shown_shortcut(spec.id),
            help=spec.help,
            icon=registry.action(spec.id).icon(),
            enabled=registry.is_enabled(spec.id),
            is_action=True,
        )
        for spec in registry
        if spec.id not in NOT_LISTED
    ]


def _title(title: str, menu: str) -> str:
    """Name the submenu where the title alone says too little ("Theme: dark")."""
    submenu = menu.partition("/")[2]
    plain = title.rstrip("…")
    if submenu in ("Theme", "Panels"):
        return f"{submenu.removesuffix('s')}: {plain[0].lower()}{plain[1:]}"
    if submenu.startswith("New "):
        return f"{submenu} {plain}"
    return plain


def _examples(window: "MainWindow") -> list[Command]:
    return [
        Command(
            id=f"example.{entry.id}",
            title=entry.example.title,
            category="Example",
            run=partial(window.open_example, entry.id),
            help=entry.example.hint,
            icon=window.theme.icon(entry.bench.icon),
        )
        for entry in window.examples.values()
    ]


def _pages(window: "MainWindow") -> list[Command]:
    return [
        Command(
            id=f"guide.{page.name}",
            title=page.title,
            category="Guide",
            run=partial(window.show_guide, page.name),
            icon=window.theme.icon("guide"),
        )
        for page in guide_pages.pages()
    ]


def _recent(window: "MainWindow") -> list[Command]:
    return [
        Command(
            id=f"recent.{path}",
            title=path.name,
            category=f"Recent file in {path.parent}",
            run=partial(window.files.open_path, path),
            icon=window.theme.icon("recent"),
        )
        for path in window.preferences.recent_files()
    ]
