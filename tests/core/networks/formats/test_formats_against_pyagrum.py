"""pyAgrum and we read one another's files."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.networks.formats import bif, hugin, xdsl, xmlbif
from core.networks.model import BayesNet, Node, frozen
from core.networks.zoo import EXAMPLES

MODULES = {".bif": bif, ".net": hugin, ".xdsl": xdsl, ".bifxml": xmlbif}

SINGLE = 1e-7
"""pyAgrum stores the numbers it reads with 32 bits."""


def peer(*arguments):
    """What the peer prints for `arguments`."""
    script = Path(__file__).with_name("format_peer.py")
    command = [sys.executable, str(script), *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


SIX_DIGITS = 1e-5
"""What it writes is rounded more."""


def assert_same(theirs, net, tolerance):
    assert set(theirs) == set(net.names)
    for name, given in theirs.items():
        table = net.with_parents_reordered(name, given["parents"])[name].table
        assert np.abs(table.ravel() - given["numbers"]).max() <= tolerance, name


def test_pyagrum_reads_every_example_that_we_write_in_every_format(tmp_path):
    nets = [example.build().net for example in EXAMPLES]
    written = []
    for suffix, module in MODULES.items():
        for net in nets:
            # pyAgrum takes the first parent of an .xdsl file for the fastest, GeNIe the last
            if suffix == ".xdsl" and any(len(node.parents) > 1 for node in net):
                continue
            path = tmp_path / f"{net.name}{suffix}"
            module.write(net, path)
            written.append((net, path))
    theirs = peer("read", *(path for _, path in written))
    for (net, _), tables in zip(written, theirs, strict=True):
        assert_same(tables, net, SINGLE)


@pytest.mark.parametrize("suffix", MODULES)
def test_pyagrum_passes_over_the_looks_that_we_write(suffix, tmp_path):
    note = "several\nlines; {braces} // and é"
    node = Node("A", ("x", "y"), (), frozen([0.25, 0.75]), (1e-5, -2.0), "#aabbcc", note)
    path = tmp_path / f"net{suffix}"
    MODULES[suffix].write(BayesNet([node], "two words"), path)
    assert peer("read", path) == [{"A": {"parents": [], "numbers": [0.25, 0.75]}}]


def test_pyagrum_reads_the_true_names_in_xdsl(tmp_path):
    root = Node("very high", ("a", "b"), (), frozen([0.25, 0.75]))
    leaf = Node("X & <Y>", ("a", "b"), ("very high",), frozen([[1, 0], [0.5, 0.5]]))
    path = tmp_path / "net.xdsl"
    xdsl.write(BayesNet([leaf, root], "n"), path)
    (theirs,) = peer("read", path)
    assert theirs["X & <Y>"] == {"parents": ["very high"], "numbers": [1, 0, 0.5, 0.5]}


@pytest.mark.parametrize("seed", [1, 2])
def test_we_read_what_pyagrum_writes(seed, tmp_path):
    paths = [tmp_path / f"net{suffix}" for suffix in MODULES]
    (theirs,) = peer("write", seed, *paths)
    for path in paths:
        assert_same(theirs, MODULES[path.suffix].read(path), SIX_DIGITS)
