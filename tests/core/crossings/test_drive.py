"""A process drives a Bayes net: its chain joins the net, which is left as it is."""

import numpy as np
import pytest

from core.crossings.drive import driven_net
from core.networks.inference import infer
from core.networks.model import BayesNet, Node, frozen
from core.processes.errors import ProcessError
from core.processes.zoo import process


def _net(*names: str) -> BayesNet:
    return BayesNet(
        [Node(name, ("no", "yes"), (), frozen([0.25, 0.75]), (40.0, 10.0)) for name in names], "net"
    )


def test_the_chain_stands_above_the_nodes_of_the_net():
    net = driven_net(_net("Rain"), process("golden-mean"), 3)
    assert [node.name for node in net] == ["Rain", "H0", "X0", "H1", "X1", "H2", "X2"]
    assert max(net[f"X{t}"].position[1] for t in range(3)) < net["Rain"].position[1]
    assert net["Rain"].table.tolist() == [0.25, 0.75]


def test_names_that_are_taken_are_left_alone():
    net = driven_net(_net("X1"), process("golden-mean"), 2)
    assert "H2_0" in net and "X2_1" in net
    assert net["X1"].states == ("no", "yes")


def test_a_node_that_hangs_from_a_symbol_follows_the_process():
    net = driven_net(_net("Seen"), process("golden-mean"), 2).with_arc("X0", "Seen")
    net = net.with_table("Seen", [[1.0, 0.0], [0.0, 1.0]])
    # the golden mean emits 1 with probability 1/3
    assert np.allclose(infer(net).marginals["Seen"], [2 / 3, 1 / 3])


def test_no_steps_are_refused():
    with pytest.raises(ProcessError, match="1 to"):
        driven_net(_net("A"), process("even"), 0)
