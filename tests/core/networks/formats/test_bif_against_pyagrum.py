"""pyAgrum and we read one another's BIF files."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.networks.formats import bif
from core.networks.model import BayesNet, Node, frozen
from core.networks.zoo import EXAMPLES

SINGLE = 1e-7
"""pyAgrum stores the numbers it reads with 32 bits."""


def peer(*arguments):
    """What the peer prints for `arguments`."""
    script = Path(__file__).with_name("bif_peer.py")
    command = [sys.executable, str(script), *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def assert_same(theirs, net, tolerance):
    assert set(theirs) == set(net.names)
    for name, given in theirs.items():
        table = net.with_parents_reordered(name, given["parents"])[name].table
        assert np.abs(table.ravel() - given["numbers"]).max() <= tolerance, name


def test_pyagrum_reads_every_example_that_we_write(tmp_path):
    nets = [example.build().net for example in EXAMPLES]
    paths = [tmp_path / f"{net.name}.bif" for net in nets]
    for net, path in zip(nets, paths, strict=True):
        bif.write(net, path)
    for net, theirs in zip(nets, peer("read", *paths), strict=True):
        assert_same(theirs, net, SINGLE)


def test_pyagrum_passes_over_the_looks_that_we_write(tmp_path):
    note = 'several\nlines; "quotes" {braces} // and é'
    node = Node("A", ("x", "y"), (), frozen([0.25, 0.75]), (1e-5, -2.0), "#aabbcc", note)
    path = tmp_path / "net.bif"
    bif.write(BayesNet([node], "two words"), path)
    assert peer("read", path) == [{"A": {"parents": [], "numbers": [0.25, 0.75]}}]


@pytest.mark.parametrize("seed", [1, 2])
def test_we_read_what_pyagrum_writes(seed, tmp_path):
    path = tmp_path / "net.bif"
    (theirs,) = peer("write", path, seed)
    assert_same(theirs, bif.read(path), 1e-5)
