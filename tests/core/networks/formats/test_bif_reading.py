"""Everything that a BIF file may hold."""

import gzip
import time

import numpy as np
import pytest

from core.files.errors import FormatError
from core.files.text_file import read_text
from core.networks.formats import bif

HEAD = "network test {\n}\n"
TWO = HEAD + (
    "variable A { type discrete [ 2 ] { a0, a1 }; }\n"
    "variable B { type discrete [ 3 ] { b0, b1, b2 }; }\n"
    "probability ( A ) { table 0.25, 0.75; }\n"
)
ROWS = [[0.1, 0.3, 0.6], [0.2, 0.5, 0.3]]


def table_of_b(body):
    return bif.parse(TWO + "probability ( B | A ) {" + body + "}\n")["B"].table.tolist()


def test_a_plain_file_gives_names_states_parents_and_tables():
    net = bif.parse(TWO + "probability ( B | A ) { (a0) 0.1, 0.3, 0.6; (a1) 0.2, 0.5, 0.3; }")
    assert net.name == "test"
    assert net.names == ("A", "B")
    assert net["A"].table.tolist() == [0.25, 0.75]
    assert (net["B"].states, net["B"].parents) == (("b0", "b1", "b2"), ("A",))
    assert net["B"].table.tolist() == ROWS


@pytest.mark.parametrize(
    "body",
    [
        "(a1) 0.2, 0.5, 0.3;\n(a0) 0.1, 0.3, 0.6;",
        "( a0 ) .1 .3 .6 ; ( a1 ) 2e-1 5.0E-1 +0.3 ;",
        '("a0") 0.1, 0.3, 0.6; ("a1") 0.2, 0.5, 0.3;',
        "// one\n(a0) 0.1, /* two; } */ 0.3, 0.6; /* three\n */ (a1) // four (\n 0.2, 0.5, 0.3;",
        "default 0.2, 0.5, 0.3; (a0) 0.1, 0.3, 0.6;",
        "(a0) 0.1, 0.3, 0.6; property anything = at all; default 0.2 0.5 0.3;",
        "(a0) 0.1, 0.3, 0.6;; (a1) 0.2, 0.5, 0.3;;",
    ],
)
def test_rows_may_be_written_in_any_order_and_style(body):
    assert table_of_b(body) == ROWS


def test_a_table_with_parents_has_the_childs_state_slowest_as_in_the_grammar():
    assert table_of_b("table 0.1, 0.2, 0.3, 0.5, 0.6, 0.3;") == ROWS


def test_a_table_with_parents_that_fits_only_the_other_order_is_read_in_it():
    assert table_of_b("table 0.1, 0.3, 0.6, 0.2, 0.5, 0.3;") == ROWS


JAVABAYES = """// Bayesian network
network "Dog_Problem" { //3 variables and 3 probability distributions
	property "credal-set constant-density-bounded 1.1" ;
}
variable  "light-on" { //2 values
	type discrete[2] {  "true"  "false" };
	property "position = (218, 195)" ;
}
variable  "family-out" { //2 values
	type discrete[2] {  "true"  "false" };
	property "position = (257, 99)" ;
}
probability (  "light-on"  "family-out" ) { //2 variable(s) and 4 values
	table
		0.6 0.05	// p(true | family-out)
		0.4 0.95;	// p(false | family-out)
}
probability (  "family-out" ) { //1 variable(s) and 2 values
	table 0.15 0.85 ; // p(true), p(false)
}
"""


def test_the_bar_before_the_parents_may_be_left_out_as_in_the_grammar():
    net = bif.parse(JAVABAYES)
    assert net.name == "Dog_Problem"
    assert net["light-on"].parents == ("family-out",)
    assert net["light-on"].table.tolist() == [[0.6, 0.4], [0.05, 0.95]]
    assert net["family-out"].position == (257.0, 99.0)


def test_labels_with_slashes_signs_and_digits_need_no_quotes():
    net = bif.parse(
        HEAD
        + "variable X-ray.1 { type discrete [5] { Asy/Patch, <5, 12+, >=7.5, 5-12 }; }"
        + "probability ( X-ray.1 ) { table 0.2 0.2 0.2 0.2 0.2; }"
    )
    assert net["X-ray.1"].states == ("Asy/Patch", "<5", "12+", ">=7.5", "5-12")


def test_quoted_names_may_hold_anything_on_a_line():
    net = bif.parse(
        'network "a net" {}\n'
        'variable "P(a|b) {;}" { type discrete [2] { "very, very", "5\\" // \\\\" }; }'
        'probability ( "P(a|b) {;}" ) { table 0.5 0.5; }'
    )
    assert net.name == "a net"
    assert net["P(a|b) {;}"].states == ("very, very", '5" // \\')


def test_variables_may_be_declared_after_their_use_and_keep_their_order():
    net = bif.parse(
        "probability ( B | A ) { (x) 0.5 0.5; (y) 0.1 0.9; } probability ( A ) { table 0.5 0.5; }"
        "variable B { type discrete [2] { x, y }; } variable A { type discrete[2]{x y}; }" + HEAD
    )
    assert net.names == ("B", "A")


def test_position_colour_and_note_are_read_and_other_properties_are_dropped():
    net = bif.parse(
        "network n { property version = 3 ; property author Ann ; }"
        "variable A { property position = (73, -165.5) ; type discrete [2] { x, y };"
        ' property colour = #ff8800 ; property note = "a \\u003b\\nb" ; property weight = 5; }'
        'variable B { type discrete [2] { x, y }; property "position = (1, 2)" ;'
        " property note = plain words ; }"
        "probability ( A ) { table 0.5 0.5; } probability ( B ) { table 0.5 0.5; }"
    )
    assert (net["A"].position, net["A"].colour, net["A"].note) == (
        (73.0, -165.5),
        "#ff8800",
        "a ;\nb",
    )
    assert (net["B"].position, net["B"].note) == ((1.0, 2.0), "plain words")


def test_rows_that_miss_one_a_little_are_kept_as_they_are():
    table = table_of_b("(a0) 0.1, 0.3, 0.6000003; (a1) 0.2, 0.5, 0.299;")
    assert table == [[0.1, 0.3, 0.6000003], [0.2, 0.5, 0.299]]


def test_a_net_called_unknown_is_named_after_its_file(tmp_path):
    path = tmp_path / "child.v2.bif"
    path.write_text("network unknown {\n}\n")
    assert bif.read(path).name == "child"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_line_ends_and_compression_are_told_by_themselves(
    tmp_path, encoding, ends, packed
):
    text = HEAD + "variable Größe { type discrete [1] { groß }; } // é\n"
    text += "probability ( Größe ) { table 1; }\n"
    data = text.replace("\n", ends).encode(encoding)
    path = tmp_path / "net.bif"
    path.write_bytes(gzip.compress(data) if packed else data)
    assert bif.read(path)["Größe"].states == ("groß",)


def test_a_gzip_file_of_several_members_is_read_whole(tmp_path):
    path = tmp_path / "net.bif.gz"
    path.write_bytes(b"".join(gzip.compress(part) for part in (b"network a", b" {\n", b"}\n")))
    assert bif.read(path).name == "a"


def test_a_gzip_bomb_is_stopped_at_the_limit(tmp_path):
    path = tmp_path / "bomb.bif.gz"
    path.write_bytes(gzip.compress(b" " * 2**24))
    with pytest.raises(FormatError, match=r"bomb\.bif\.gz: it is larger than 1 MiB"):
        read_text(path, limit=2**20)


def test_half_a_million_numbers_are_read():
    columns = np.full((5000, 100), 0.01).tolist()
    states = " ".join(f"s{i}" for i in range(100))
    rows = "".join(f"(p{i}) {', '.join(map(repr, column))};\n" for i, column in enumerate(columns))
    text = (
        HEAD
        + f"variable A {{ type discrete [5000] {{ {' '.join(f'p{i}' for i in range(5000))} }}; }}"
        + f"variable B {{ type discrete [100] {{ {states} }}; }}"
        + f"probability ( A ) {{ table {' '.join(['0.0002'] * 5000)}; }}"
        + f"probability ( B | A ) {{ {rows} }}"
    )
    assert bif.parse(text)["B"].table.shape == (5000, 100)


@pytest.mark.parametrize("piece", ['"', "/*", "(", "{", '\\"', "/", "a ", "property x;", "//"])
def test_no_repetition_makes_reading_slow(piece):
    start = time.perf_counter()
    for front in ("", HEAD, HEAD + "variable A {", TWO + "probability ( B | A ) {"):
        with pytest.raises(FormatError):
            bif.parse(front + piece * 50_000 + "\n{")
    assert time.perf_counter() - start < 3
