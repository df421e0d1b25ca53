"""`macroscope value`: what observing each variable would be worth for a target."""

from collections.abc import Sequence

from app.cli.arguments import VerbParser
from app.cli.errors import GOOD
from app.cli.evidence_options import evidence_from
from app.cli.json_output import print_json
from app.cli.network_files import find_network
from app.cli.progress import told_progress


def value(arguments: Sequence[str]) -> int:
    """Print the expected drop in the target's entropy for each variable not yet observed."""
    parser = VerbParser("value", "Tell what observing each variable would be worth for a target.")
    parser.add_network("net")
    parser.add_argument("--target", required=True, metavar="NAME")
    parser.add_evidence()
    given = parser.parse_args(arguments)
    net = find_network(given.net, given.subject).subject.net
    target = net[given.target].name
    evidence = evidence_from(net, given.evidence, given.evidence_file)

    from core.networks.inference import compile_network
    from core.networks.questions.observation_value import value_of_observing

    progress = told_progress()
    found = value_of_observing(compile_network(net, progress), target, evidence, progress)
    print_json(
        {
            "target": target,
            "unit": "nats",
            "entropy": found.entropy,
            "values": {each.name: each.entropy_drop for each in found.values},
        }
    )
    return GOOD
