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

    settings = FlowSettings(
        lag=given.lag,
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
    path = Path(given.file)
    ensemble = None if path.exists() else _example(given)
    if ensemble is None:
        if given.trajectories or given.times:
            raise UsageError("--trajectories and --times are for examples; a file has its own.")
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
    print_json({**described, **flow_report(flow)})
    return GOOD


def _parser() -> VerbParser:
    parser = VerbParser(
        "boundary", "Infil, Exfil and the static blanket of an ensemble of a region, in bits."
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="an ensemble of world SPEC ensemble, or any .npz with arrays V, A, P, E of "
        "[trajectories, times, features]; or an example: one of the gallery such as "
        "boundary-glider, or a system such as xor_leak or rule_110, told exactly too",
    )
    parser.add_argument(
        "--lag", type=_from_zero, default=0, metavar="K",
        help="generations; 0, which is usual, for the lag of the ensemble",
    )  # fmt: skip
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
        "--trajectories", type=count_above_zero, metavar="N", help="of a system, default 10000"
    )
    parser.add_argument(
        "--times", type=count_above_zero, metavar="T", help="of a system, default 9"
    )
    return parser


def _example(given: Any) -> Any:
    """Return the ensemble of an example by its name; None where it is the name of a file.

    Raises
    ------
    UsageError
        When there is no example of a name that no file could have either.
    """
    from app.benches.boundaries.examples import EXAMPLES
    from core.boundaries.known import SYSTEMS, drawn_system

    if given.file in SYSTEMS:
        times = given.times or 9
        if times > MOST_EXACT_TIMES:
            raise UsageError(f"A system is told at {MOST_EXACT_TIMES:,} times at most.")
        count, progress = given.trajectories or 10_000, told_progress()
        return drawn_system(given.file, count, times, seed=given.seed, progress=progress)
    shown = next((each for each in EXAMPLES if each.name == given.file), None)
    if shown is not None:
        if given.trajectories or given.times:
            raise UsageError(
                f"--trajectories and --times are for systems such as xor_leak; {given.file} is as "
                "the gallery shows it."
            )
        return shown.build().ensemble
    if Path(given.file).suffix or Path(given.file).name != given.file:
        return None
    names = ", ".join((*(each.name for each in EXAMPLES), *SYSTEMS))
    raise UsageError(
        f"There is neither a file nor an example {given.file!r:.60}; examples are {names}."
    )


def _from_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)
