"""Menus and toolbars, made from the registry of actions."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

from app.shell.actions import ActionRegistry, ActionSpec
from app.shell.bench import BenchSpec
from app.shell.mnemonics import with_mnemonics

FIRST = ("File", "Edit", "View", "Study")
LAST = ("Help",)
ICON_SIZE = QSize(20, 20)


def menu_order(specs: Iterable[ActionSpec]) -> list[str]:
    """Return the names of the top menus from left to right."""
    named = dict.fromkeys(spec.menu.split("/")[0] for spec in specs)
    middle = [name for name in named if name not in FIRST and name not in LAST]
    return [name for name in (*FIRST, *middle, *LAST) if name in named]


def by_group(specs: Iterable[ActionSpec]) -> list[list[ActionSpec]]:
    """Return the specs of one menu in their groups, by the first of each."""
    groups: dict[str, list[ActionSpec]] = {}
    for spec in specs:
        groups.setdefault(spec.group, []).append(spec)
    return list(groups.values())


def fill_menu_bar(bar: QMenuBar, registry: ActionRegistry) -> dict[str, QMenu]:
    """Fill the bar with every action; return the menus by their path ("View/Theme")."""
    bar.clear()
    menus: dict[str, QMenu] = {}
    titles = with_mnemonics(menu_order(registry))
    for name, title in titles.items():
        menus[name] = bar.addMenu(title)
        menus[name].setToolTipsVisible(False)
        own = [spec for spec in registry if spec.menu == name]
        inner = dict.fromkeys(spec.menu for spec in registry if spec.menu.startswith(f"{name}/"))
        for group in by_group(own):
            for spec in group:
                menus[name].addAction(registry.action(spec.id))
            menus[name].addSeparator()
        for path in inner:
            menus[path] = menus[name].addMenu(path.split("/", 1)[1])
            for group in by_group(spec for spec in registry if spec.menu == path):
                for spec in group:
                    menus[path].addAction(registry.action(spec.id))
                menus[path].addSeparator()
        menus[name].aboutToShow.connect(registry.refresh)
    return menus


def kinds_of_menus(benches: Iterable[BenchSpec]) -> dict[str, set[str]]:
    """Return for each top menu that only benches fill the kinds of subject it is for."""
    kinds: dict[str, set[str]] = {}
    for bench in benches:
        for spec in bench.actions:
            name = spec.menu.split("/")[0]
            if name not in (*FIRST, *LAST):
                kinds.setdefault(name, set()).add(bench.kind.id)
    return kinds


def make_toolbar(
    name: str, title: str, registry: ActionRegistry, specs: Iterable[ActionSpec]
) -> QToolBar:
    """Return a toolbar of the actions that ask to be on one."""
    bar = QToolBar(title)
    bar.setObjectName(f"toolbar-{name}")
    bar.setIconSize(ICON_SIZE)
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    shown = [spec for spec in specs if spec.toolbar]
    for number, menu in enumerate(dict.fromkeys(spec.menu for spec in shown)):
        if number:
            bar.addSeparator()
        for spec in (each for each in shown if each.menu == menu):
            action = registry.action(spec.id)
            bar.addAction(action)
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setAccessibleName(spec.title)
    return bar
