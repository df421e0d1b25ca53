"""What is written in a format reads back as the same net, to the last bit."""

import gzip
import re

import pytest
from hypothesis import assume, given

from core.files.errors import FormatError
from core.networks.formats import bif, hugin, xdsl, xmlbif
from core.networks.formats.hugin_writer import hugin_text
from core.networks.formats.xdsl_writer import xdsl_text
from core.networks.formats.xmlbif_writer import xmlbif_text
from core.networks.model import BayesNet, Node, frozen
from core.networks.zoo import EXAMPLES
from tests.core.networks.strategies import nets, patient

MODULES = {".bif": bif, ".xml": xmlbif, ".net": hugin, ".xdsl": xdsl}
FORBIDDEN = re.compile("[\ufffe\uffff]")


def names_in(net):
    return [net.name, *net.names, *(state for node in net for state in node.states)]


@patient
@given(nets())
def test_every_net_reads_back_equal_from_hugin(net):
    assert hugin.parse(hugin_text(net)) == net


@patient
@given(nets())
def test_every_net_reads_back_equal_from_xdsl(net):
    assume(not FORBIDDEN.search(net.name))
    assert xdsl.parse(xdsl_text(net)) == net


@patient
@given(nets())
def test_every_net_reads_back_equal_from_xmlbif(net):
    assume(not any(map(FORBIDDEN.search, names_in(net))))
    assert xmlbif.parse(xmlbif_text(net)) == net


@patient
@given(nets())
def test_a_net_goes_round_all_formats_and_comes_back(net):
    assume(not any(map(FORBIDDEN.search, names_in(net))))
    there = xdsl.parse(xdsl_text(xmlbif.parse(xmlbif_text(net))))
    assert hugin.parse(hugin_text(there)) == net


@pytest.mark.parametrize("suffix", MODULES)
@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_reads_back_equal_from_a_file(suffix, packed, example, tmp_path):
    net = example.build().net
    path = tmp_path / f"net{suffix}{packed}"
    MODULES[suffix].write(net, path)
    assert MODULES[suffix].read(path) == net
    assert path.read_bytes().startswith(b"\x1f\x8b") == bool(packed)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", MODULES)
def test_a_net_of_a_thousand_nodes_in_reverse_order_reads_back_equal(suffix, tmp_path):
    nodes = [Node("v0", ("x", "y"), (), frozen([0.5, 0.5]))]
    for i in range(1, 1041):
        parent = f"v{i - 1}"
        table = frozen([[1 / 3, 2 / 3], [0.1, 0.9]])
        nodes.append(Node(f"v{i}", ("x", "y"), (parent,), table, (float(i), 0.0)))
    net = BayesNet(reversed(nodes), "chain")
    path = tmp_path / f"net{suffix}"
    MODULES[suffix].write(net, path)
    assert MODULES[suffix].read(path) == net


@pytest.mark.parametrize("suffix", MODULES)
def test_a_net_that_nobody_could_read_back_is_not_written(suffix, tmp_path):
    net = BayesNet([Node("A", ("x", "y"), (), frozen([0.5, 0.4]))])
    with pytest.raises(FormatError, match=r"A has a column that sums to 0\.9"):
        MODULES[suffix].write(net, tmp_path / f"net{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_xml_forbids_is_refused_by_xmlbif_and_kept_by_the_others(tmp_path):
    net = BayesNet([Node("A\uffff", ("x", "y\ufffe"), (), frozen([0.5, 0.5]))], "net")
    with pytest.raises(FormatError, match=r"U\+FFFF, which XML forbids"):
        xmlbif.write(net, tmp_path / "net.xml")
    for suffix in (".bif", ".net", ".xdsl"):
        MODULES[suffix].write(net, tmp_path / f"net{suffix}")
        assert MODULES[suffix].read(tmp_path / f"net{suffix}") == net


ODD = Node(
    '5 o\'clock & "tea" <hot>',
    ("Asy/Patch", "<5", "very  high", " padded ", "größer", "net"),
    (),
    frozen([1 / 7, 1 / 7, 1 / 7, 1 / 7, 1 / 7, 2 / 7]),
    (-1234.5678, 1e-3),
    "#e5f6f7",
    'several\r\nlines; "quotes", {braces}, % signs, ]]> and \x07 bells',
)


@pytest.mark.parametrize("suffix", MODULES)
@pytest.mark.parametrize("encoding", ["as written", "gzip"])
def test_odd_names_labels_looks_and_notes_survive(suffix, encoding, tmp_path):
    twin = Node("5_o_clock____tea___hot_", ("x",), (ODD.name,), frozen([[1.0]] * 6))
    net = BayesNet([ODD, twin], "  a net, “quoted”  ")
    path = tmp_path / f"net{suffix}"
    MODULES[suffix].write(net, path)
    if encoding == "gzip":
        path.write_bytes(gzip.compress(path.read_bytes()))
    assert MODULES[suffix].read(path) == net
