"""From the selected region of a world to an ensemble of the study: asking how, running, adding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.benches.automata.region_ensembles.dialog import RegionEnsembleDialog
from app.study.errors import UnknownKindError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.benches.automata.hands.hands import Hands
    from app.shell.bench import BenchContext
    from core.automata.interventions import Intervention
    from core.automata.regions import Box
    from core.automata.world import World
    from core.boundaries.ensemble_subject import EnsembleSubject
    from core.crossings.region_settings import RegionSettings
    from core.progress import Progress

KIND = "ensemble"
SELECT_FIRST = "Drag a rectangle over the region first (the tool is in hand), then ask again."
NO_PARTICLES = "Particles have no cells; ensembles are made of regions of cells and of fields."


def ask_ensemble(hands: Hands, region: Box | None, owner: QWidget) -> RegionEnsembleDialog | None:
    """Ask how an ensemble of a region is to be made, and have it made; None where there is none."""
    if hands.traits.is_particles:
        hands.say(NO_PARTICLES)
        return None
    if region is None:
        hands.take("select")
        hands.say(SELECT_FIRST)
        return None
    hands.session.pause()
    dialog = RegionEnsembleDialog(hands.document.world, region, owner)

    def begin() -> None:
        settings = dialog.answer()
        dialog.look()
        hands.present(lambda world: _check(dialog, hands, world, region, settings), dialog.refuse)

    dialog.asked.connect(begin)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _check(
    dialog: RegionEnsembleDialog, hands: Hands, world: World, region: Box, settings: RegionSettings
) -> None:
    """Make the ensemble if that is possible, otherwise let the dialog say why not."""
    if dialog.is_over:
        return
    done = hands.document.subject.interventions

    def work(progress: Progress) -> None:
        from core.crossings.region_ensemble import require_region_ensemble

        del progress
        require_region_ensemble(world, region, settings)

    def go_on(_none: None) -> None:
        if not dialog.is_over:
            dialog.accept()
            _make(hands, world, done, region, settings)

    hands.surroundings.context.jobs.run(
        "Look at the region",
        work,
        go_on,
        lambda error: dialog.refuse(str(error)),
        quiet=True,
        owner=dialog,
    )


def _make(
    hands: Hands,
    world: World,
    interventions: tuple[Intervention, ...],
    region: Box,
    settings: RegionSettings,
) -> None:
    """Make the ensemble on a worker and add it to the study."""
    context = hands.surroundings.context
    x, y, width, height = region
    name = f"{world.title or world.name}, region {width} × {height}"

    def work(progress: Progress) -> EnsembleSubject:
        from core.boundaries.ensemble_subject import EnsembleSubject
        from core.crossings.region_ensemble import region_ensemble

        return EnsembleSubject(
            region_ensemble(world, region, settings, interventions=interventions, progress=progress)
        )

    context.jobs.run(
        f"Ensemble of the region at ({x}, {y})",
        work,
        lambda subject: _add(context, name, subject),
        lambda error: context.say(str(error)),
        owner=hands,
    )


def _add(context: BenchContext, name: str, subject: EnsembleSubject) -> None:
    try:
        kind = context.document.kinds.get(KIND)
    except UnknownKindError as problem:
        context.say(str(problem))
        return
    context.open_subject(context.document.add(kind.id, name, subject))
