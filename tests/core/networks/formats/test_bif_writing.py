"""Written BIF reads back as the same net, to the last bit."""

import gzip

import pytest
from hypothesis import given

from core.files.errors import FormatError
from core.networks.formats import bif
from core.networks.formats.bif_writer import bif_text
from core.networks.model import BayesNet, Node, frozen
from core.networks.zoo import EXAMPLES
from tests.core.networks.strategies import nets, patient


@patient
@given(nets())
def test_every_net_reads_back_equal(net):
    assert bif.parse(bif_text(net)) == net


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.parametrize("name", ["net.bif", "net.bif.gz"])
def test_every_example_reads_back_equal_from_a_file(example, name, tmp_path):
    net = example.build().net
    bif.write(net, tmp_path / name)
    assert bif.read(tmp_path / name) == net
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_same_net_gives_the_same_bytes(tmp_path):
    net = EXAMPLES[0].build().net
    for name in ("a.bif.gz", "b.bif.gz"):
        bif.write(net, tmp_path / name)
    data = (tmp_path / "a.bif.gz").read_bytes()
    assert data == (tmp_path / "b.bif.gz").read_bytes()
    assert gzip.decompress(data).decode() == bif_text(net)


def test_names_are_quoted_only_where_they_must_be():
    states = ("Asy/Patch", "<5", "12+", "very high", "a//b", 'say "so"', "größer")
    node = Node("X-ray.1", states, (), frozen([1 / 7] * 7))
    text = bif_text(BayesNet([node], "my_net"))
    assert "network my_net {" in text
    assert "variable X-ray.1 {" in text
    assert '{ Asy/Patch, <5, 12+, "very high", "a//b", "say \\"so\\"", größer };' in text


def test_numbers_keep_all_their_digits():
    node = Node("A", ("x", "y"), (), frozen([1e-05, 1 - 1e-05]))
    assert "table 1e-05, 0.99999;" in bif_text(BayesNet([node]))
    third = Node("A", ("x", "y"), (), frozen([1 / 3, 2 / 3]))
    assert "0.3333333333333333, 0.6666666666666666" in bif_text(BayesNet([third]))


def test_looks_are_written_as_properties_that_other_readers_pass_over():
    node = Node("A", ("x",), (), frozen([1.0]), (1.5, -2.0), "#aabbcc", 'so; "far" {1}')
    text = bif_text(BayesNet([node]))
    assert "property position = (1.5, -2.0) ;" in text
    assert "property colour = #aabbcc ;" in text
    assert 'property note = "so\\u003b \\u0022far\\u0022 \\u007b1\\u007d" ;' in text


def test_a_net_that_nobody_could_read_back_is_not_written(tmp_path):
    net = BayesNet([Node("A", ("x", "y"), (), frozen([0.5, 0.4]))])
    with pytest.raises(FormatError, match=r"A has a column that sums to 0\.9"):
        bif.write(net, tmp_path / "net.bif")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_one_sentence(tmp_path):
    with pytest.raises(FormatError, match=r"net\.bif: it cannot be written"):
        bif.write(BayesNet(), tmp_path / "nowhere" / "net.bif")


@pytest.mark.parametrize("note", ["\\", 'a\\"b', '"', "ends with a backslash \\", '\\"'])
def test_a_note_with_backslashes_and_quotes_comes_back(note):
    net = BayesNet([Node("a", ("x", "y"), (), frozen([0.5, 0.5]), note=note)])
    assert bif.parse(bif_text(net))["a"].note == note
