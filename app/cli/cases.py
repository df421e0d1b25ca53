"""`macroscope cases`: the posteriors of every case of a CSV file."""

from collections.abc import Sequence
from pathlib import Path

from app.cli.arguments import VerbParser
from app.cli.errors import GOOD, UsageError
from app.cli.name_lists import names_in
from app.cli.network_files import find_network, tell
from app.cli.progress import told_progress


def cases(arguments: Sequence[str]) -> int:
    """Write one row of posteriors for each case; progress and a summary on standard error."""
    parser = VerbParser("cases", "Write the posteriors of every case of a CSV file.")
    parser.add_network("net")
    parser.add_argument(
        "--data",
        required=True,
        metavar="CASES.csv",
        help="a row of names, then states; a cell that is empty, ? or NA is missing",
    )
    parser.add_argument("--out", required=True, metavar="POSTERIORS.csv")
    parser.add_argument(
        "--variables", metavar="A,B", help="whose posteriors are written; all by default"
    )
    given = parser.parse_args(arguments)
    for path, role in ((given.data, "with the cases"), (given.out, "to write")):
        if not path:
            raise UsageError(f"The file {role} has no name; give one.")
    data, out = Path(given.data), Path(given.out)
    if _is_same(data, out):
        raise UsageError(f"{out.name} is the file with the cases; write to another.")
    net = find_network(given.net, given.subject).subject.net
    names = None if given.variables is None else names_in(net, "--variables", given.variables)

    from core.networks.inference import compile_network
    from core.networks.questions.batch import infer_cases

    progress = told_progress()
    summary = infer_cases(compile_network(net, progress), data, out, progress, names=names)
    impossible = f", {summary.impossible:,} impossible" if summary.impossible else ""
    plural = "" if summary.cases == 1 else "s"
    tell(f"{summary.cases:,} case{plural}{impossible}.")
    return GOOD


def _is_same(data: Path, out: Path) -> bool:
    try:
        return out.exists() and data.samefile(out)
    except (OSError, ValueError):
        return False
