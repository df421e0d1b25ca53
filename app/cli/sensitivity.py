"""`macroscope sensitivity`: how a posterior answers to every parameter of a Bayes net."""

from collections.abc import Sequence
from typing import Any

from app.cli.arguments import VerbParser, above_zero, count_above_zero
from app.cli.errors import GOOD
from app.cli.evidence_options import evidence_from, split_option
from app.cli.json_output import print_json
from app.cli.network_files import find_bayes_net
from app.cli.progress import told_progress
from core.networks.model import BayesNet
from core.networks.questions.sensitivity import ParameterSensitivity

ROWS = 50


def sensitivity(arguments: Sequence[str]) -> int:
    """Print the parameters that move P(target = state | evidence) most, the widest range first."""
    parser = VerbParser("sensitivity", "Tell how a posterior answers to every parameter.")
    parser.add_network("net")
    parser.add_argument("--target", required=True, metavar="NAME=STATE")
    parser.add_evidence()
    interval = parser.add_mutually_exclusive_group()
    interval.add_argument(
        "--relative",
        type=above_zero,
        default=0.1,
        metavar="R",
        help="move each parameter by this share of its value, default 0.1",
    )
    interval.add_argument("--full", action="store_true", help="move each parameter from 0 to 1")
    parser.add_argument("--limit", type=count_above_zero, default=ROWS, metavar="N")
    given = parser.parse_args(arguments)
    net = find_bayes_net(given.net, given.subject)
    target, label = split_option(net, given.target)
    state = net.state_index(target, label)
    evidence = evidence_from(net, given.evidence, given.evidence_file)

    from core.networks.inference import compile_network
    from core.networks.questions import sensitivity as question

    progress = told_progress()
    relative = None if given.full else given.relative
    compiled = compile_network(net, progress)
    analysis = question.sensitivity(compiled, target, state, evidence, progress, relative=relative)
    print_json(
        {
            "target": {target: label},
            "probability": analysis.probability,
            "parameters": [_record(net, row) for row in analysis.rows[: given.limit]],
        }
    )
    return GOOD


def _record(net: BayesNet, row: ParameterSensitivity) -> dict[str, Any]:
    node = net[row.node]
    states = zip(node.parents, row.configuration, strict=True)
    return {
        "node": row.node,
        "given": {parent: net[parent].states[state] for parent, state in states},
        "state": node.states[row.state],
        "value": row.value,
        "derivative": row.derivative,
        "coefficients": list(row.coefficients),
        "interval": [row.start, row.stop],
        "range": [row.low, row.high],
    }
