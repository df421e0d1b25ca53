"""The programme of a level, made on a worker; what cannot be watched says so in one sentence."""

from collections.abc import Callable

from app.benches.networks.levels.factor_moments import elimination_programme, naive_programme
from app.benches.networks.levels.moments import Programme
from app.benches.networks.levels.pair_moments import pair_programme
from app.benches.networks.levels.request import CLIQUE_TREE, Request
from app.benches.networks.levels.tree_moments import continued, tree_programme
from core.errors import MacroscopeError
from core.progress import Progress

_MAKERS: tuple[Callable[[Request, Progress | None], Programme], ...] = (
    lambda request, _progress: naive_programme(request),
    lambda request, _progress: elimination_programme(request),
    lambda request, _progress: tree_programme(request),
    pair_programme,
)


def make_programme(request: Request, progress: Progress | None = None) -> Programme:
    """Return all moments of the level, or why it cannot be watched."""
    try:
        return _MAKERS[request.level](request, progress)
    except MacroscopeError as problem:
        return Programme(request, refusal=str(problem))


def continue_programme(
    request: Request, before: Programme, at: int, progress: Progress | None = None
) -> Programme:
    """Return `before` gone on with new evidence from moment `at`, or else a new programme."""
    try:
        made = continued(request, before, at) if request.level == CLIQUE_TREE else None
    except MacroscopeError as problem:
        return Programme(request, refusal=str(problem))
    return make_programme(request, progress) if made is None else made
