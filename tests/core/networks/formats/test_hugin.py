"""Everything that a Hugin .net file may hold, in the manners of several programs."""

import pytest

from core.networks.formats import hugin
from core.networks.formats.hugin_writer import hugin_text
from core.networks.model import BayesNet, Node, frozen
from core.notices import collected_notices

HUGIN = """% Written in the manner of Hugin
net
{
    node_size = (80 40);
    HR_Grid_X = "10";
    HR_Desc = "a net; with {braces} and % signs";
    HR_Color_DiscreteChance = "16";
}

node T
{
    label = "Has tuberculosis?";
    position = (22 186);
    states = ("yes" "no");
    HR_State_0 = "";
    HR_Desc = "The \\"white\\" plague;\\nsee % there";
}

discrete node Very_high_
{
    label = "Very high!";
    states = ("<5" "5-12" "\\\\ \\"12+\\"");
    subtype = labelled;
    position = (120 (-30));
}

node E  % either of them {
{
    states = ("0" "1");
    label = "";
    position = (0 0);
}

potential (T)
{
    data = ( 0.25 0.75 ); % prior; of T
}

potential (Very_high_ | )
{
    data = (0.5 0.25 0.25);
}

potential (E | T Very_high_)
{
    data = (((0.1 0.9)	% T=yes  Very_high_=(
             (.2 8e-1)
             (0.3 0.7))
            ((1 0)
             (0 1)
             (0.5 0.5)));
    experience = ((1 1 1)(1 1 1));
}
"""


def test_a_file_with_comments_attributes_and_escapes_is_read():
    net = hugin.parse(HUGIN)
    assert net.names == ("T", "Very high!", "E")
    assert net["Very high!"].states == ("<5", "5-12", '\\ "12+"')
    assert net["E"].parents == ("T", "Very high!")
    assert net["E"].table.tolist() == [
        [[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]],
        [[1, 0], [0, 1], [0.5, 0.5]],
    ]


def test_the_axis_of_hugin_points_up():
    net = hugin.parse(HUGIN)
    assert net["T"].position == (22.0, -186.0)
    assert net["Very high!"].position == (120.0, 30.0)


def test_a_label_that_the_identifier_stands_for_is_the_name_and_others_go_into_the_note():
    net = hugin.parse(HUGIN)
    assert net["T"].note == 'Has tuberculosis?\nThe "white" plague;\nsee % there'
    assert net["Very high!"].note == ""


AGRUM = """
net {
  name = two words;
  software = "aGrUM";
  node_size = (50, 50);
}

node A {
   states = (x/y <5 12+ );
   label = "A";
}

node B b {
   states = (0 1 );
   label = "B b";
}

node C {
   states = (0 1 );
}

potential (A) {
   data = (  0.5 0.25, 0.25);
}

potential ( B b | A   ) {
   data =
   ((    0.1    0.9)   % A=x/y
   (    0.2    0.8)   % A=<5
   (    0.3    0.7));   % A=12+
}

potential ( C | B b   A ) {
   data =
   (((    0.1    0.9)   % A=x/y   B b=0
   (    0.2    0.8)   % A=<5   B b=0
   (    0.3    0.7)   % A=12+   B b=0
   ((    0.4    0.6)   % A=x/y   B b=1
   (    0.5    0.5)   % A=<5   B b=1
   (    0.6    0.4)));   % A=12+   B b=1
}
"""


def test_unquoted_names_with_spaces_and_open_parentheses_are_understood():
    net = hugin.parse(AGRUM)
    assert net.name == "two words"
    assert net["A"].states == ("x/y", "<5", "12+")
    assert net["C"].parents == ("B b", "A")
    assert net["C"].table[1].tolist() == [[0.4, 0.6], [0.5, 0.5], [0.6, 0.4]]


def test_a_potential_without_data_is_made_equal_and_told():
    text = 'net { } node A { states = ("x" "y"); } potential (A) { }'
    with collected_notices() as notices:
        net = hugin.parse(text)
    assert net["A"].table.tolist() == [0.5, 0.5]
    assert notices == ["No numbers are given for A; they were made equal."]


def test_a_net_without_a_name_is_named_after_its_file(tmp_path):
    (tmp_path / "chest.net").write_text(HUGIN)
    assert hugin.read(tmp_path / "chest.net").name == "chest"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_encodings_are_told_by_themselves(encoding, tmp_path):
    path = tmp_path / "net.net"
    path.write_bytes(AGRUM.replace("x/y", "größer").encode(encoding))
    assert hugin.read(path)["A"].states == ("größer", "<5", "12+")


def test_names_become_identifiers_labels_and_nested_parentheses():
    nodes = [
        Node("very high", ("a b", '"q"'), (), frozen([0.25, 0.75])),
        Node("net", ("x",), (), frozen([1.0])),
        Node("very_high", ("x", "y"), ("net", "very high"), frozen([[[1, 0], [0.5, 0.5]]])),
    ]
    text = hugin_text(BayesNet(nodes, "n"))
    assert "node very_high_2\n{" in text
    assert "node net_2\n{" in text
    assert 'states = ("a b" "\\"q\\"");' in text
    assert 'label = "very high";' in text
    assert "potential (very_high | net_2 very_high_2)" in text
    assert "data = (((1.0 0.0)\n        (0.5 0.5)));" in text


def test_positions_are_whole_numbers_upwards_with_the_exact_ones_beside():
    node = Node("A", ("x",), (), frozen([1.0]), (1.6, -2.4), "#aabbcc", "so\nfar")
    text = hugin_text(BayesNet([node], "n"))
    assert "position = (2 2);" in text
    assert 'MACROSCOPE_position = "[1.6, -2.4]";' in text
    assert 'HR_Desc = "so\\nfar";' in text


def test_what_another_program_moved_or_renamed_is_not_undone():
    node = Node("a b", ("x",), (), frozen([1.0]), (1.6, -2.4), None, "bell \x07")
    text = hugin_text(BayesNet([node], "n"))
    moved = text.replace("(2 2)", "(50 60)").replace('"a b"', '"c d"').replace('"bell ', '"horn ')
    net = hugin.parse(moved)
    assert net.names == ("a_b",)
    assert net["a_b"].position == (50.0, -60.0)
    assert net["a_b"].note == "c d\nhorn "
