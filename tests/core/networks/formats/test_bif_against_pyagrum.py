"""pyAgrum and we read one another's BIF files."""

import numpy as np
import pyagrum
import pytest

from core.networks.formats import bif
from core.networks.model import BayesNet, Node, frozen
from core.networks.zoo import EXAMPLES

SINGLE = 1e-7
"""pyAgrum stores the numbers it reads with 32 bits."""


def same_numbers(peer, net):
    """Whether every table of `net` is the one pyAgrum holds, parents taken by name."""
    for node in net:
        table = peer.cpt(node.name).toarray()
        names = list(peer.cpt(node.name).names)[::-1]
        axes = [names.index(name) for name in (*node.parents, node.name)]
        assert np.transpose(table, axes) == pytest.approx(node.table, abs=SINGLE), node.name


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_pyagrum_reads_every_example_that_we_write(example, tmp_path):
    net = example.build().net
    path = tmp_path / "net.bif"
    bif.write(net, path)
    peer = pyagrum.loadBN(str(path))
    assert set(peer.names()) == set(net.names)
    same_numbers(peer, net)


def test_pyagrum_passes_over_the_looks_that_we_write(tmp_path):
    note = 'several\nlines; "quotes" {braces} // and é'
    node = Node("A", ("x", "y"), (), frozen([0.25, 0.75]), (1e-5, -2.0), "#aabbcc", note)
    path = tmp_path / "net.bif"
    bif.write(BayesNet([node], "two words"), path)
    assert pyagrum.loadBN(str(path)).cpt("A").tolist() == [0.25, 0.75]


@pytest.mark.parametrize("seed", range(5))
def test_we_read_what_pyagrum_writes(seed, tmp_path):
    pyagrum.initRandom(seed + 1)
    peer = pyagrum.randomBN(n=12, names=[f"v{i}" for i in range(12)], domain_size=3, ratio_arc=1.6)
    path = tmp_path / "net.bif"
    pyagrum.saveBN(peer, str(path))
    same_numbers(peer, bif.read(path))
