"""`macroscope sample`: cases drawn from a Bayes net."""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.network_files import find_bayes_net
from app.cli.progress import told_progress


def sample(arguments: Sequence[str]) -> int:
    """Write cases as CSV; the same seed gives the same cases."""
    parser = VerbParser("sample", "Draw cases from a Bayes net, each node after its parents.")
    parser.add_network("net")
    parser.add_argument("--cases", required=True, type=count_above_zero, metavar="N")
    parser.add_argument("--seed", type=_seed, default=0, metavar="S", help="default 0")
    parser.add_argument(
        "--missing",
        type=_share,
        default=0.0,
        metavar="P",
        help="leave each cell out with this probability",
    )
    parser.add_argument("--out", required=True, metavar="FILE.csv")
    given = parser.parse_args(arguments)
    if not given.out:
        raise UsageError("The file to write has no name; give one.")
    net = find_bayes_net(given.net, given.subject)

    from core.networks.questions.forward_sampling import sample_to_csv

    sample_to_csv(
        net, given.cases, given.seed, Path(given.out), told_progress(), missing=given.missing
    )
    return GOOD


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value
