"""Answers, in its own process, the questions on standard input with pyAgrum, a peer.

Its extension module and Qt's bindings do not bear each other in one process.
"""

import json
import sys

import numpy as np
import pyagrum


def network(nodes):
    net = pyagrum.BayesNet("peer")
    for node in nodes:
        net.add(pyagrum.LabelizedVariable(node["name"], node["name"], node["states"]))
    for node in nodes:
        for parent in node["parents"]:
            net.addArc(parent, node["name"])
    for node in nodes:
        table = net.cpt(node["name"])
        # The numpy view of a table has its variables reversed: names[0] varies fastest.
        axes = [[*node["parents"], node["name"]].index(name) for name in reversed(table.names)]
        table[:] = np.ascontiguousarray(np.transpose(np.array(node["table"]), axes))
    return net


def answer(question):
    engine = pyagrum.LazyPropagation(network(question["nodes"]))
    engine.setEvidence(question["likelihoods"])
    engine.makeInference()
    names = [node["name"] for node in question["nodes"]]
    return {
        "marginals": {name: engine.posterior(name).toarray().tolist() for name in names},
        "probability": engine.evidenceProbability(),
    }


if __name__ == "__main__":
    json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
