"""The views of the levels that can be exported, from the panel and from the command line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.benches.networks.figures.clique_tree_figure import clique_tree_figure, clique_tree_table
from app.benches.networks.figures.elimination_figure import elimination_figure, elimination_table
from app.benches.networks.figures.moral_figure import moral_figure, moral_table
from app.benches.networks.figures.mutual_information_figure import (
    mutual_information_figure,
    mutual_information_table,
)
from app.benches.networks.levels.request import Request
from app.figures.description import Figure, FigureOptions, Table
from app.shell.bench import FigureView
from core.networks.levels.triangulation_steps import TriangulationRun, triangulation_steps
from core.networks.levels.variable_elimination import EliminationRun, eliminate
from core.networks.node import Table as Numbers
from core.networks.subject import NetworkSubject

if TYPE_CHECKING:
    from core.progress import Progress

LEVEL_VIEWS = {
    "clique-tree": "Clique tree",
    "moral": "Moral graph with fill-in",
    "elimination": "Elimination order",
    "mutual-information": "Mutual information",
}
_FIRST = ("elimination", "elimination", "clique-tree", "mutual-information")
"""The view that belongs to each level comes first."""


def level_views(subject: NetworkSubject, request: Request, level: int) -> list[FigureView]:
    """Return what can be exported of the levels; everything is made on the exporter's worker."""
    ids = sorted(LEVEL_VIEWS, key=lambda view: view != _FIRST[level])
    return [
        FigureView(
            view,
            LEVEL_VIEWS[view],
            lambda options, view=view: level_figure(view, subject, request, options),
            lambda view=view: level_table(view, subject, request),
        )
        for view in ids
    ]


def level_figure(
    view: str,
    subject: NetworkSubject,
    request: Request,
    options: FigureOptions,
    progress: "Progress | None" = None,
) -> Figure:
    """Return one of the `LEVEL_VIEWS`."""
    title = f"{subject.net.name}: {LEVEL_VIEWS[view].lower()}"
    makers: dict[str, Callable[[], Figure]] = {
        "clique-tree": lambda: clique_tree_figure(_tree(request), options, title),
        "moral": lambda: moral_figure(subject, _tree(request), options),
        "elimination": lambda: elimination_figure(_elimination(request), options, title),
        "mutual-information": lambda: mutual_information_figure(
            request.net.names, _matrix(request, progress), options, title
        ),
    }
    return makers[view]()


def level_table(view: str, subject: NetworkSubject, request: Request) -> Table:
    """Return the numbers behind one of the `LEVEL_VIEWS`."""
    makers: dict[str, Callable[[], Table]] = {
        "clique-tree": lambda: clique_tree_table(_tree(request)),
        "moral": lambda: moral_table(_tree(request)),
        "elimination": lambda: elimination_table(_elimination(request)),
        "mutual-information": lambda: mutual_information_table(
            request.net.names, _matrix(request, None)
        ),
    }
    return makers[view]()


def _tree(request: Request) -> TriangulationRun:
    return triangulation_steps(request.net, request.elimination)


def _elimination(request: Request) -> EliminationRun:
    order = request.elimination
    if order == "exact":
        run = _tree(request)
        order = tuple(run.names[v] for v in run.order)
    return eliminate(request.net, request.evidence, request.query, order)


def _matrix(request: Request, progress: "Progress | None") -> Numbers:
    from core.networks.inference import compile_network
    from core.networks.levels.mutual_information import mutual_information_matrix

    return mutual_information_matrix(
        compile_network(request.net, progress), request.evidence, progress
    )
