"""Beliefs written to files from the panel, as work in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.benches.processes.simplex.request import SimplexRequest, framed, projection_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell.bench import BenchContext
    from core.progress import Progress

FILTERS = "Comma-separated values (*.csv);;NumPy arrays (*.npz)"
EXPORTS = {
    "simplex.export_cloud": ("Export cloud", "cloud"),
    "simplex.export_tree": ("Export tree of words", "words"),
    "simplex.export_density": ("Export density", "density"),
    "simplex.export_states": ("Export mixed states", "mixed states"),
}


def export_beliefs(
    action_id: str, request: SimplexRequest, name: str, context: BenchContext, owner: QWidget
) -> None:
    """Ask where to, and write; what was asked for last is told in a sentence."""
    title, what = EXPORTS[action_id]
    path = context.dialogs.save_path(title, f"{name} {what}.csv", FILTERS)
    if path is None:
        return
    context.jobs.run(
        f"Write {path.name}",
        _work(action_id, request, path),
        lambda _none: context.say(f"Wrote {path.name}."),
        lambda error: context.say(str(error)),
        owner=owner,
    )


def _work(action_id: str, request: SimplexRequest, path: Path) -> Callable[[Progress], None]:
    def work(progress: Progress) -> None:
        from core.processes import belief_files as files

        model = request.model
        model.require_rows()
        if action_id == "simplex.export_cloud":
            files.write_cloud(path, model, request.points, progress=progress)
        elif action_id == "simplex.export_tree":
            files.write_tree(path, model, request.depth, progress=progress)
        elif action_id == "simplex.export_states":
            files.write_mixed_states(path, model, progress=progress)
        else:
            files.write_density(path, _density(request, progress))

    return work


def _density(request: SimplexRequest, progress: Progress) -> object:
    from core.processes.density import BeliefDensity

    projection = projection_of(request, progress)
    density = BeliefDensity(
        request.model,
        size=request.size,
        projection=projection,
        window=framed(projection, request.window),
    )
    density.add(request.points, progress)
    return density
