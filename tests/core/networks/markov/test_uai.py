"""UAI networks: the traps of real files, and a round trip to the same bits."""

import gzip

import numpy as np
import pytest
from hypothesis import given

from core.files.errors import FormatError
from core.networks.formats import uai
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.zoo import example
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.strategies import nets, patient

MISCONCEPTION = """MARKOV
4
2 2 2 2
4
2 0 1
2 1 2
2 2 3
2 3 0

4
 30 5
 1 10

4
 100 1
 1 100
4
 1 100
 100 1
4
 100 1
 1 100
"""

SPRINKLER = """BAYES
4 2 2 2 2
4
1 0  2 0 1  2 0 2  3 1 2 3
2 .5 .5
4 .1 .9 .5 .5
4 8e-1 2E-1 0.2 .80
8 0.99 0.01 0.9 0.1 0.9 0.1 0. 1.
"""


def test_variables_and_states_are_called_by_their_numbers():
    net = uai.parse(MISCONCEPTION)
    assert net.names == ("0", "1", "2", "3")
    assert net["0"].states == ("0", "1")


def test_the_last_variable_of_a_scope_runs_fastest():
    net = uai.parse("MARKOV 2 2 3 1 2 0 1 6 1 2 3 4 5 6")
    assert net.potentials[0].table.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    "text",
    [
        MISCONCEPTION.replace("\n", "\r\n"),
        MISCONCEPTION.replace("\n", "\r"),
        MISCONCEPTION.replace("\n", " \t "),
        "\ufeff" + MISCONCEPTION,
        MISCONCEPTION.rstrip(),
        MISCONCEPTION.replace("MARKOV", "markov"),
    ],
)
def test_line_ends_mean_nothing(text, tmp_path):
    path = tmp_path / "net.uai"
    path.write_bytes(text.encode())
    assert uai.read(path).potentials == uai.parse(MISCONCEPTION).potentials


def test_a_bayes_file_becomes_a_bayes_net_with_the_child_last():
    net = uai.parse(SPRINKLER)
    assert isinstance(net, BayesNet)
    assert net["3"].parents == ("1", "2")
    assert net["3"].table[1, 1].tolist() == [0.0, 1.0]
    assert [node.table.tolist() for node in net] == [
        node.table.tolist() for node in example("sprinkler").build().net
    ]


def test_functions_of_a_bayes_file_stand_in_any_order():
    net = uai.parse("BAYES 2 2 2 2 2 1 0 1 1 4 .1 .9 .2 .8 2 .3 .7")
    assert net["0"].parents == ("1",)
    assert net["1"].table.tolist() == [0.3, 0.7]


def test_the_word_markov_makes_any_product_a_markov_network():
    net = uai.parse(SPRINKLER.replace("BAYES", "MARKOV"))
    assert isinstance(net, MarkovNetwork)
    assert len(net.potentials) == 4


def test_a_scope_of_nothing_is_a_constant():
    net = uai.parse("MARKOV 1 2 2 0 1 0 1 2.5 2 1 3")
    assert net.potentials[0].scope == ()
    assert float(net.potentials[0].table) == 2.5


def test_there_may_be_more_or_fewer_functions_than_variables():
    assert len(uai.parse("MARKOV 3 2 2 2 0").potentials) == 0
    assert len(uai.parse("MARKOV 1 2 2 1 0 1 0 2 1 2 2 3 4").potentials) == 2


def test_a_zero_row_is_legal_in_a_markov_network():
    net = uai.parse("MARKOV 2 2 2 1 2 0 1 4 0 0 1 1")
    assert net.potentials[0].table[0].tolist() == [0, 0]


def test_a_network_is_named_after_its_file(tmp_path):
    path = tmp_path / "ring.uai.gz"
    path.write_bytes(gzip.compress(MISCONCEPTION.encode()))
    assert uai.read(path).name == "ring"


@patient
@given(networks(zeros=True))
def test_writing_and_reading_give_the_same_bits(net):
    again = uai.parse(uai.uai_text(net))
    number = {name: str(v) for v, name in enumerate(net.names)}
    assert again.names == tuple(number.values())
    assert again.sizes(again.names) == net.sizes(net.names)
    assert len(again.potentials) == len(net.potentials)
    for mine, other in zip(net.potentials, again.potentials, strict=True):
        assert other.scope == tuple(number[name] for name in mine.scope)
        assert mine.table.tobytes() == other.table.tobytes()


@patient
@given(nets())
def test_a_bayes_net_comes_back_with_the_same_bits(net):
    again = uai.parse(uai.uai_text(net))
    number = {name: str(v) for v, name in enumerate(net.names)}
    assert isinstance(again, BayesNet)
    for mine, other in zip(net, again, strict=True):
        assert other.parents == tuple(number[name] for name in mine.parents)
        assert mine.table.tobytes() == other.table.tobytes()


def test_the_same_network_gives_the_same_bytes(tmp_path):
    net = uai.parse(MISCONCEPTION)
    for name in ("one.uai.gz", "two.uai.gz"):
        uai.write(net, tmp_path / name)
    assert (tmp_path / "one.uai.gz").read_bytes() == (tmp_path / "two.uai.gz").read_bytes()


def test_numbers_keep_all_their_digits():
    net = uai.parse("MARKOV 1 4 1 1 0 4 0.1 1e-308 5e-324 1.7976931348623157e308")
    assert net.potentials[0].table.tolist() == [0.1, 1e-308, 5e-324, np.finfo(float).max]


def test_what_the_format_cannot_hold_is_said():
    lost = uai.what_is_lost(example("misconception").build().net)
    assert [sentence.split(";")[0] for sentence in lost] == [
        "A UAI file has no names",
        "A UAI file has no labels",
        "A UAI file has no positions.",
    ]
    assert uai.what_is_lost(uai.parse(MISCONCEPTION)) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1: the file ends where MARKOV or BAYES"),
        ("PK\n", "begins with the word MARKOV or BAYES"),
        ("MARKOV", "line 1, column 7: the file ends where the number of variables"),
        ("MARKOV\n-1", "line 2, column 1: the number of variables .* not '-1'"),
        ("MARKOV\n1.5", "a whole number from 0, and not '1.5'"),
        ("MARKOV 99999999999999999999", "whole number from 0"),
        ("MARKOV 999999999 2", "number of states of variable 1 of 999999999"),
        ("MARKOV 2 2 0", "variable 1 has 0 states"),
        ("MARKOV 1 10001", "variable 0 has 10,001 states"),
        ("MARKOV 600 " + "10000 " * 600, "4,200,000 states together"),
        ("MARKOV 1 2 1 1 1 2 1 1", "column 16: a variable of function 0 .* less than 1"),
        ("MARKOV 2 2 2 1 2 0 0 4 1 1 1 1", "function 0 is over variable 0 twice"),
        ("MARKOV 1 2 1 2 0 0 4 1 1 1 1", "function 0 is over 2 variables; at most 1"),
        ("MARKOV 1 2 1 1 0 3 1 2 3", "declares 3 entries and its variables have 2"),
        ("MARKOV 1 2 1 1 0 2 1", "ends in the middle of the table of function 0"),
        ("MARKOV 1 2 1 1 0", "ends in the middle of the number of entries"),
        ("MARKOV 1 2 1 1 0 2 1 2 3 4", "column 24: 2 numbers are left over"),
        ("MARKOV 1 2 1 1 0\n2\n1 nan", "line 3, column 3: a number .* 'nan'"),
        ("MARKOV 1 2 1 1 0 2 1 inf", "not 'inf'"),
        ("MARKOV 1 2 1 1 0 2 1 0x1p3", "not '0x1p3'"),
        ("MARKOV 1 2 1 1 0 2 1 1e", "not '1e'"),
        ("MARKOV 1 2 1 1 0 2 1,2", "not '1,2'"),
        ("MARKOV 1 2 1 1 0\n2\n1\n-2", "line 4, column 1: this entry of function 0 is negative"),
        ("MARKOV 1 2 1 1 0 2 1 1e999", "larger than numbers can be"),
        ("MARKOV 1 2 1 1 0 2 0 0", "only zeros"),
        ("MARKOV 3 9999 9999 9999 1 3 0 1 2 5", "999,700,029,999 numbers and the limit"),
        ("BAYES 2 2 2 2 2 1 0 2 0 1 4 .5 .5 .5 .5 4 1 0 1 0", "1 → 0 → 1; write MARKOV"),
        ("BAYES 1 2 1 1 0 2 .5 .6", "column that sums to 1.1, not 1; write MARKOV"),
        ("BAYES 1 2 1 1 0 2 0 0", "only zeros"),
        ("BAYES 2 2 2 1 1 0 2 .5 .5", "variable 1 is last in no function"),
        ("BAYES 1 2 2 1 0 1 0 2 .5 .5 2 .5 .5", "function 1 is the second one of 0"),
        ("BAYES 1 2 2 1 0 0 2 .5 .5 1 1", "function 1 has no variable"),
    ],
)
def test_a_file_that_is_no_network_is_refused_in_one_sentence_with_its_place(text, words):
    with pytest.raises(FormatError, match=words) as caught:
        uai.parse(text)
    assert "\n" not in str(caught.value)


def test_a_nul_byte_is_refused_where_it_stands(tmp_path):
    path = tmp_path / "torn.uai"
    path.write_bytes(b"MARKOV\n1\n2\x00\n")
    with pytest.raises(FormatError, match="line 3, column 2: it is not text"):
        uai.read(path)
