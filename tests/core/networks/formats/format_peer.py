"""Reads or writes network files with pyAgrum, in a process of its own.

Its extension module and Qt's bindings do not bear each other in one process.

``read PATH...`` and ``write SEED PATH...`` print the tables as JSON: for each file, for each node,
its parents and its numbers with the last parent and then the node itself fastest.
"""

import json
import sys

import numpy as np
import pyagrum


def tables(net):
    result = {}
    for name in sorted(net.names()):
        table = net.cpt(name)
        axes = list(table.names)[::-1]  # the numpy view has the first variable fastest
        parents = [axis for axis in axes if axis != name]
        order = [axes.index(axis) for axis in (*parents, name)]
        result[name] = {
            "parents": parents,
            "numbers": np.transpose(table.toarray(), order).ravel().tolist(),
        }
    return result


def random_net(seed):
    pyagrum.initRandom(seed)
    return pyagrum.randomBN(n=12, names=[f"v{i}" for i in range(12)], domain_size=3, ratio_arc=1.6)


if __name__ == "__main__":
    task, *rest = sys.argv[1:]
    if task == "read":
        print(json.dumps([tables(pyagrum.loadBN(path)) for path in rest]))
    else:
        net = random_net(int(rest[0]))
        for path in rest[1:]:
            pyagrum.saveBN(net, path)
        print(json.dumps([tables(net)]))
