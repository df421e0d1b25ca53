"""The search for a smaller clique tree that goes on while a first one already answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from app.jobs.pool import Jobs
    from core.networks.inference import CompiledNetwork
    from core.progress import Progress

WORTHWHILE_CELLS = 200_000
"""Smaller trees are passed in about a millisecond: there is nothing to gain."""

SEARCH_SECONDS = 5.0


class TreeSearch(QObject):
    """Looks once for a smaller tree of every structure it is shown, one at a time."""

    found = Signal(object)
    """The network of the search compiled with a smaller `CliqueTree`."""

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._searched: CompiledNetwork | None = None
        self._job: object | None = None

    def follow(self, compiled: CompiledNetwork) -> None:
        """Search for the structure of `compiled`, unless that is under way or done."""
        if self._searched is not None and self._searched.matches(compiled.net):
            return
        self.cancel()
        self._searched = compiled
        if compiled.cost.clique_cells < WORTHWHILE_CELLS:
            return
        self._job = self._jobs.run(
            f"A smaller clique tree for {compiled.net.name}",
            lambda progress: _searched(compiled, progress),
            self._on_done,
            self._on_failed,
            key=self,
        )

    def cancel(self) -> None:
        """Stop looking; the structure may be searched again."""
        self._searched = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, better: CompiledNetwork | None) -> None:
        self._job = None
        if better is not None:
            self.found.emit(better)

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """Go on with the tree there is: it answers exactly as well."""
        self._job = None


def _searched(compiled: CompiledNetwork, progress: Progress) -> CompiledNetwork | None:
    """Return the network with the smallest tree found, ready to answer; runs on any thread."""
    from core.networks.better_trees import better_trees
    from core.networks.clique_tree import plan_clique_tree

    best = plan_clique_tree(compiled.net, progress)  # another bench may have searched already
    for tree in better_trees(compiled.net, seconds=SEARCH_SECONDS, progress=progress):
        best = tree
    is_better = best.cost.clique_cells < compiled.cost.clique_cells
    return compiled.with_tree(best) if is_better else None
