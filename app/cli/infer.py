"""`macroscope infer`: posteriors, joints, explanations and dependences as JSON."""

import time
from argparse import Namespace
from collections.abc import Sequence
from statistics import median
from typing import Any

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.evidence_options import evidence_from
from app.cli.inference_methods import CALIBRATIONS, METHODS, ORDERS, Answers, answering
from app.cli.json_output import print_json
from app.cli.name_lists import names_in
from app.cli.network_files import find_network, tell
from app.cli.progress import told_progress
from core.networks.graphical_model import GraphicalModel


def infer(arguments: Sequence[str]) -> int:
    """Print what is asked of the network given its file and the findings.

    Evidence saved with a network does not count here: the findings are those of the command line,
    so that one command means one result.
    """
    if "--server" in arguments:
        from app.cli.server import serve

        return serve([word for word in arguments if word != "--server"])
    given = _parser().parse_args(arguments)
    if given.mpe and given.map is not None:
        raise UsageError("--mpe and --map ask for two explanations; give one of them at a time.")

    start = time.perf_counter()
    found = find_network(given.net, given.subject)
    read = time.perf_counter() - start
    net = found.subject.net
    evidence = evidence_from(net, given.evidence, given.evidence_file)
    if len(found.subject.evidence) and not len(evidence):
        tell(f"The findings saved with {net.name} are left out; --evidence names those that count.")
    joints = [names_in(net, "--joint", text) for text in given.joint]
    explained = names_in(net, "--map", given.map) if given.map is not None else None

    from core.networks.inference import warm_up, warm_up_for

    warm_up()  # starting LLVM is no part of the propagation
    progress = told_progress()
    start = time.perf_counter()
    answers = answering(net, given.method, given.calibration, given.order, progress)
    compiling = time.perf_counter() - start
    warm_up_for(answers.compiled)
    seconds = []
    for _ in range(given.repeat):
        start = time.perf_counter()
        answers.enter(evidence)
        seconds.append(time.perf_counter() - start)

    result: dict[str, Any] = {
        "method": given.method,
        "log_evidence": float(answers.log_evidence),
        "marginals": marginals_record(net, answers.marginals),
    }
    if joints:
        result["joints"] = [
            {"variables": list(names), "table": answers.joint(names).tolist()} for names in joints
        ]
    _add_explanation(result, answers, given, explained)
    if given.all_pairs:
        result["mutual_information"] = {
            "unit": "nats",
            "variables": list(net.names),
            "matrix": answers.mutual_information().tolist(),
        }
    result["cost"] = answers.cost(joints)
    result["seconds"] = {"read": read, "compile": compiling, "propagate": median(seconds)}
    print_json(result)
    return GOOD


def _parser() -> VerbParser:
    parser = VerbParser("infer", "Print the posterior of every variable of a network as JSON.")
    parser.add_network("net")
    parser.add_evidence()
    parser.add_argument(
        "--joint",
        action="append",
        default=[],
        metavar="A,B",
        help='a joint distribution; may be given many times; "A, small",B quotes a comma',
    )
    parser.add_argument("--mpe", action="store_true", help="the most probable explanation")
    parser.add_argument("--map", metavar="A,B", help="the most probable joint state of these")
    parser.add_argument(
        "--all-pairs", action="store_true", help="the mutual information of every two variables"
    )
    parser.add_argument("--method", choices=METHODS, default=METHODS[0])
    parser.add_argument(
        "--calibration", choices=CALIBRATIONS, help="how the clique tree is calibrated"
    )
    parser.add_argument("--order", choices=ORDERS, help="how the elimination order is chosen")
    parser.add_argument(
        "--repeat",
        type=count_above_zero,
        default=1,
        metavar="K",
        help="propagate so many times; the time told is the median",
    )
    parser.add_argument(
        "--server", action="store_true", help="answer JSON requests, one a line, on standard input"
    )
    return parser


def _add_explanation(
    result: dict[str, Any],
    answers: Answers,
    given: Namespace,
    explained: tuple[str, ...] | None,
) -> None:
    if given.mpe:
        result["mpe"] = answers.most_probable_explanation().labels(answers.net)
    elif explained is not None:
        result["map"] = answers.marginal_map(explained).labels(answers.net)


def marginals_record(net: GraphicalModel, marginals: dict) -> dict[str, dict[str, float]]:
    """Return {variable: {state: probability}}, variables and states in the order of the file."""
    return {
        name: dict(zip(net[name].states, map(float, marginals[name]), strict=True))
        for name in net.names
    }
