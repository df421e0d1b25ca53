"""`macroscope separation`: whether variables are separated, and the paths that are open."""

from collections.abc import Sequence

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD
from app.cli.json_output import print_json
from app.cli.name_lists import names_in
from app.cli.network_files import find_network, tell
from core.networks.questions.trails import TRAIL_LIMIT, open_trails


def separation(arguments: Sequence[str]) -> int:
    """Print whether two groups of variables are separated, and the shortest open paths if not."""
    parser = VerbParser("separation", "Tell whether variables are separated by what is given.")
    parser.add_network("net")
    parser.add_argument("--from", dest="sources", required=True, metavar="A[,B]")
    parser.add_argument("--to", dest="targets", required=True, metavar="C[,D]")
    parser.add_argument("--given", action="append", default=[], metavar="E[,F]")
    parser.add_argument(
        "--limit",
        type=count_above_zero,
        default=TRAIL_LIMIT,
        metavar="N",
        help=f"print so many paths at most, default {TRAIL_LIMIT}",
    )
    given = parser.parse_args(arguments)
    net = find_network(given.net, given.subject).subject.net
    found = open_trails(
        net,
        names_in(net, "--from", given.sources),
        names_in(net, "--to", given.targets),
        [name for text in given.given if text for name in names_in(net, "--given", text)],
        limit=given.limit,
    )
    if found.has_more:
        tell(f"There may be more than these {len(found.trails)} open paths; --limit shows more.")
    paths = [list(trail.names) for trail in found.trails]
    print_json({"separated": not paths, "open_paths": paths})
    return GOOD
