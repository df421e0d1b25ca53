"""`macroscope boundary FILE`: what passes the boundary of a region past the boundary, as JSON."""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.boundary_figure import check_ending, write_boundary
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.progress import told_progress

MOST_EXACT_TIMES = 1000


def boundary(arguments: Sequence[str]) -> int:
    """Estimate Infil and Exfil of an ensemble, or of one drawn from an example, and print them."""
    given = _parser().parse_args(arguments)

    from core.boundaries.ensemble_file import read_ensemble
    from core.boundaries.ensemble_subject import EnsembleSubject
    from core.boundaries.flow import infil_exfil
    from core.boundaries.flow_report import flow_report
    from core.boundaries.flow_result import FlowSettings
    from core.boundaries.zoo import DESCRIPTIONS

    settings = FlowSettings(
        lag=given.lag or 0,
        estimator=given.estimator,
        symbols=given.symbols,
        way=given.way,
        shuffles=given.shuffles,
        resamples=given.resamples,
        is_pooled=given.pooled,
        seed=given.seed,
    )
    out = None if given.out is None else Path(given.out)
    if out is not None:
        check_ending(out)
    exact: dict[str, Any] = {}
    path = Path(given.file)
    if given.file in DESCRIPTIONS and not path.exists():
        ensemble, exact = _example(given)
    elif given.trajectories or given.times:
        raise UsageError("--trajectories and --times are for examples; a file has its own.")
    else:
        ensemble = read_ensemble(path)
    flow = infil_exfil(ensemble, settings, told_progress())
    if out is not None:
        write_boundary(EnsembleSubject(ensemble, settings), flow, out)
    described = {
        "name": ensemble.name,
        "source": ensemble.source,
        "note": ensemble.note,
        "trajectories": ensemble.trajectories,
    }
    print_json({**described, **flow_report(flow), **exact})
    return GOOD


def _parser() -> VerbParser:
    parser = VerbParser(
        "boundary", "Infil, Exfil and the static blanket of an ensemble of a region, in bits."
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="an ensemble of world SPEC ensemble, or any .npz with arrays V, A, P, E of "
        "[trajectories, times, features]; or an example such as xor_leak, told exactly too",
    )
    parser.add_argument("--lag", type=count_above_zero, metavar="K", help="generations")
    parser.add_argument("--shuffles", type=count_above_zero, default=100, metavar="N")
    parser.add_argument("--resamples", type=count_above_zero, default=200, metavar="N")
    parser.add_argument("--estimator", choices=("symbols", "gaussian"), default="symbols")
    parser.add_argument(
        "--symbols", type=count_above_zero, default=4, metavar="N", help="for real values"
    )
    parser.add_argument("--way", choices=("quantiles", "clusters"), default="quantiles")
    parser.add_argument("--pooled", action="store_true", help="all times as one sample")
    parser.add_argument("--seed", type=_from_zero, default=0, metavar="S")
    parser.add_argument(
        "--out", metavar="FILE", help="region and flow as .svg .pdf .png, or curves as .csv .npz"
    )
    parser.add_argument(
        "--trajectories", type=count_above_zero, metavar="N", help="of an example, default 10000"
    )
    parser.add_argument(
        "--times", type=count_above_zero, metavar="T", help="of an example, default 9"
    )
    return parser


def _example(given: Any) -> tuple[Any, dict[str, Any]]:
    """Return trajectories of an example, and its exact flow at their times."""
    from core.boundaries.exact import exact_flow
    from core.boundaries.sampling import sampled_system
    from core.boundaries.zoo import boundary_system

    system, times, lag = boundary_system(given.file), given.times or 9, given.lag or 1
    if times > MOST_EXACT_TIMES:
        raise UsageError(f"An example is told at {MOST_EXACT_TIMES:,} times at most.")
    count = given.trajectories or 10_000
    ensemble = sampled_system(system, count, times, seed=given.seed, progress=told_progress())
    flow = exact_flow(system, max(1, times - lag), lag=lag)
    names = ("infil", "exfil", "static_blanket")
    return ensemble, {"exact": {name: getattr(flow, name).tolist() for name in names}}


def _from_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)
