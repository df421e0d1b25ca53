"""From a cell of a world to a process of the study: asking which, following it, adding it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.study.errors import UnknownKindError
from core.automata.measures.board import setting_of

if TYPE_CHECKING:
    from app.shell.bench import BenchContext
    from app.shell.dialogs import Dialogs
    from core.automata.world import World
    from core.processes.process_subject import ProcessSubject
    from core.progress import Progress

TITLE = "Cell as a process"
FURTHEST = 2**30
"""Of a cell of a world without end."""


def asked_cell(dialogs: Dialogs, world: World) -> tuple[int, int] | None:
    """Return the cell (x, y) that the user chooses, by default the middle; None for none."""
    width, height = (int(side) for side in setting_of(world).sides)
    x = _asked(dialogs, "Column x of the cell", width)
    if x is None or world.rule.dimensions == 1:
        return None if x is None else (x, 0)
    y = _asked(dialogs, "Row y of the cell", height)
    return None if y is None else (x, y)


def follow_cell(context: BenchContext, world: World, cell: tuple[int, int], owner: QObject) -> None:
    """Follow a cell on a worker and add the process it seems to be of to the study."""
    x, y = cell

    def work(progress: Progress) -> ProcessSubject:
        from core.crossings.column_process import column_history, column_process
        from core.processes.process_subject import ProcessSubject

        column = column_history(world, x, y, progress=progress)
        return ProcessSubject(column_process(column, progress=progress).model)

    name = f"{world.title or world.name}, cell ({x}, {y})"
    context.jobs.run(
        f"Follow the cell ({x}, {y})",
        work,
        lambda subject: _add(context, name, subject),
        lambda error: context.say(str(error)),
        owner=owner,
    )


def _asked(dialogs: Dialogs, label: str, side: int) -> int | None:
    least, most = (0, side - 1) if side else (-FURTHEST, FURTHEST)
    return dialogs.ask_number(TITLE, label, side // 2, least=least, most=most)


def _add(context: BenchContext, name: str, subject: ProcessSubject) -> None:
    try:
        kind = context.document.kinds.get("process")
    except UnknownKindError as problem:
        context.say(str(problem))
        return
    context.open_subject(context.document.add(kind.id, name, kind.lay_out(subject)))
