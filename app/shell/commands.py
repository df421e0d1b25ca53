"""Connects every action of the window with what carries it out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.shell import window_actions
from app.shell.actions import ActionRegistry, ActionSpec
from app.shell.bench import BenchSpec, load
from app.shell.theme import CHOICES

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

Run = Callable[[], object]
Ask = Callable[[], bool]


def register_all(window: "MainWindow") -> None:
    """Register the window's actions, then those of every bench."""
    registry = window.actions_registry
    _register_file(window, registry)
    _register_edit(window, registry)
    for bench in window.benches.values():
        _register_blank(window, registry, bench)
    _register_subject(window, registry)
    for bench in window.benches.values():
        for spec in bench.actions:
            if spec.id not in registry:
                if spec.id in bench.anywhere:
                    run = partial(_run_anywhere, window, bench.anywhere[spec.id])
                    registry.register(spec, run)
                else:
                    _register_bench_action(window, registry, spec)
    _register_view(window, registry)
    _register_help(window, registry)


def _register_file(window: "MainWindow", registry: ActionRegistry) -> None:
    files = window.files
    runs: dict[str, tuple[Run, Ask | None]] = {
        "file.new": (files.new_study, None),
        "file.open": (files.ask_open, None),
        "file.add": (files.ask_add, None),
        "file.save": (files.save, files.can_save),
        "file.save_as": (files.save_as, None),
        "file.export_figure": (window.export_figure, window.has_views),
        "file.export_subject": (window.subjects.export, window.subjects.has_writer),
        "file.close_tab": (window.workspace.close_current, window.can_close_tab),
        "file.quit": (window.close, None),
    }
    for spec in window_actions.FILE:
        run, enabled = runs[spec.id]
        registry.register(spec, run, enabled)


def _register_edit(window: "MainWindow", registry: ActionRegistry) -> None:
    stack = window.document.undo_stack
    undo, redo = window_actions.EDIT
    registry.register(
        undo, window.undo, stack.canUndo, text=lambda: f"Undo {stack.undoText()}".strip()
    )
    registry.register(
        redo, window.redo, stack.canRedo, text=lambda: f"Redo {stack.redoText()}".strip()
    )


def _register_subject(window: "MainWindow", registry: ActionRegistry) -> None:
    runs: dict[str, Run] = {
        "subject.open": window.subjects.open,
        "subject.rename": window.subjects.rename,
        "subject.duplicate": window.subjects.duplicate,
        "subject.remove": window.subjects.remove,
        "study.title": window.subjects.ask_title,
    }
    for spec in window_actions.SUBJECT:
        enabled = None if spec.id == "study.title" else window.subjects.has_chosen
        registry.register(spec, runs[spec.id], enabled)


def _register_blank(window: "MainWindow", registry: ActionRegistry, bench: BenchSpec) -> None:
    if bench.blank is not None:
        spec = window_actions.new_subject_spec(bench.kind.id, bench.title, bench.icon)
        registry.register(spec, partial(window.subjects.add_blank, bench))


def _register_bench_action(
    window: "MainWindow", registry: ActionRegistry, spec: ActionSpec
) -> None:
    """The current bench carries it out, if it has it; several sorts of bench may share it."""
    kinds = [bench.kind.id for bench in window.benches.values() if spec.id in _action_ids(bench)]

    def run() -> None:
        current = window.workspace.current_bench
        if current is not None:
            current.trigger(spec.id)

    def is_ours() -> bool:
        now = window.workspace.current_spec
        return now is not None and now.kind.id in kinds

    def enabled() -> bool:
        current = window.workspace.current_bench
        return current is not None and is_ours() and current.is_enabled(spec.id)

    def checked() -> bool:
        current = window.workspace.current_bench
        return current is not None and is_ours() and current.is_checked(spec.id)

    registry.register(
        spec,
        run,
        enabled,
        checked=checked if spec.checkable else None,
        kinds=kinds,
        shown=is_ours,
    )


def _run_anywhere(window: "MainWindow", target: str) -> None:
    load(target)(window.context, window)


def _action_ids(bench: BenchSpec) -> set[str]:
    return {spec.id for spec in bench.actions}


def _register_view(window: "MainWindow", registry: ActionRegistry) -> None:
    for name, title, icon, text in window_actions.DOCKS:
        registry.register(
            window_actions.dock_spec(name, title, icon, text),
            partial(window.toggle_dock, name),
            checked=partial(window.docks.is_shown, name),
        )
    checks: dict[str, Ask] = {
        f"view.theme_{choice}": partial(lambda wanted: window.theme.choice == wanted, choice)
        for choice in CHOICES
    }
    checks["view.full_screen"] = window.isFullScreen
    runs: dict[str, Run] = {
        f"view.theme_{choice}": partial(window.choose_theme, choice) for choice in CHOICES
    }
    runs |= {
        "view.next_tab": partial(window.workspace.step, 1),
        "view.previous_tab": partial(window.workspace.step, -1),
        "view.full_screen": window.toggle_full_screen,
        "view.menu_bar": window.open_menus,
        "view.reset_layout": window.reset_layout,
    }
    for spec in window_actions.VIEW:
        registry.register(spec, runs[spec.id], checked=checks.get(spec.id))


def _register_help(window: "MainWindow", registry: ActionRegistry) -> None:
    runs: dict[str, Run] = {
        "help.guide": window.show_guide_here,
        "help.shortcuts": partial(window.show_guide, "shortcuts.md"),
        "help.welcome": window.workspace.show_welcome,
        "help.palette": window.open_palette,
        "help.about": window.show_about,
        "edit.preferences": window.show_preferences,
    }
    for spec in window_actions.HELP:
        registry.register(spec, runs[spec.id])
