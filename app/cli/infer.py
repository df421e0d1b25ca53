"""`macroscope infer`: the posteriors of every variable as JSON."""

import json
import sys
import time
from collections.abc import Sequence

from app.cli.arguments import VerbParser
from app.cli.errors import GOOD
from app.cli.evidence_options import evidence_from
from app.cli.network_files import find_network, tell
from app.cli.progress import told_progress
from core.networks.model import BayesNet


def infer(arguments: Sequence[str]) -> int:
    """Print the posteriors of the network given its file and the findings.

    Evidence saved with a network does not count here: the findings are those of the command line,
    so that one command means one result.
    """
    parser = VerbParser("infer", "Print the posterior of every variable of a network as JSON.")
    parser.add_network("net")
    parser.add_evidence()
    given = parser.parse_args(arguments)

    start = time.perf_counter()
    found = find_network(given.net, given.subject)
    read = time.perf_counter() - start
    net = found.subject.net
    evidence = evidence_from(net, given.evidence, given.evidence_file)
    if len(found.subject.evidence) and not len(evidence):
        tell(f"The findings saved with {net.name} are left out; --evidence names those that count.")

    from core.networks.inference import compile_network, warm_up

    warm_up()  # starting LLVM is no part of the propagation
    progress = told_progress()
    start = time.perf_counter()
    compiled = compile_network(net, progress)
    compiling = time.perf_counter() - start
    start = time.perf_counter()
    posteriors = compiled.propagate(evidence, progress)
    propagating = time.perf_counter() - start

    result = {
        "method": "clique-tree",
        "log_evidence": float(posteriors.log_evidence),
        "marginals": marginals_record(net, posteriors.marginals),
        "cost": {
            "treewidth": int(compiled.cost.treewidth),
            "cliques": int(compiled.cost.cliques),
            "clique_cells": int(compiled.cost.clique_cells),
        },
        "seconds": {"read": read, "compile": compiling, "propagate": propagating},
    }
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")
    return GOOD


def marginals_record(net: BayesNet, marginals: dict) -> dict[str, dict[str, float]]:
    """Return {variable: {state: probability}}, variables and states in the order of the file."""
    return {
        node.name: dict(zip(node.states, map(float, marginals[node.name]), strict=True))
        for node in net
    }
