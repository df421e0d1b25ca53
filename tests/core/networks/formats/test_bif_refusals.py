"""BIF files that cannot be read: one sentence each, with the line and the column."""

import gzip

import pytest

from core.files.errors import FormatError
from core.networks.formats import bif

HEAD = "network test {\n}\n"
A = "variable A { type discrete [2] { a0, a1 }; }\n"
B = "variable B { type discrete [2] { b0, b1 }; }\n"
P_A = "probability ( A ) { table 0.25, 0.75; }\n"


def given(body):
    """A file whose line 6 is the body of P(B | A)."""
    return HEAD + A + B + P_A + "probability ( B | A ) {" + body + "}\n"


def variable(body):
    """A file whose line 3 is the body of variable A."""
    return HEAD + "variable A {" + body + "}\n" + P_A


MALFORMED = {
    "empty": ("", 1, "network block"),
    "blank": (" \n\n", 1, "network block"),
    "prose": ("Dear reader,\n", 1, "'Dear'"),
    "json": ('{"format": 1}', 1, "network, variable or probability"),
    "xml": ("<?xml version='1.0'?>", 1, "network, variable or probability"),
    "no network": (A + P_A, 1, "network block"),
    "two networks": (HEAD + HEAD, 3, "second network"),
    "network without name or brace": ("network", 1, "the end of the file"),
    "network never closed": ("network a {", 1, "the end of the file"),
    "word in network": ("network a {\n b }", 2, "property"),
    "unclosed comment": (HEAD + "/* never", 3, "comment"),
    "unclosed quote": (HEAD + 'variable "A { }\n', 3, "quotation mark"),
    "unclosed property": ("network a { property b\n }", 1, "property"),
    "variable without name": (HEAD + "variable {", 3, "name of a variable"),
    "endless name": (HEAD + f"variable {'x' * 1000} {{ }}", 3, "500 characters"),
    "long cycle": (
        HEAD
        + "".join(f"variable v{i} {{ type discrete [1] {{ x }}; }}\n" for i in range(99))
        + "".join(f"probability ( v{i} | v{i - 1} ) {{ default 1; }}\n" for i in range(1, 99))
        + "probability ( v0 | v98 ) { default 1; }",
        None,
        "… 91 more …",
    ),
    "blank name": (HEAD + 'variable " " { }', 3, "not blank"),
    "control character in a name": (HEAD + 'variable "a\x85" { }', 3, "one line"),
    "variable without type": (variable(""), 3, "has no type"),
    "two types": (variable("type discrete [1] {x}; type discrete [1] {x};"), 3, "given twice"),
    "continuous": (variable("type continuous;"), 3, "only discrete"),
    "no states": (variable("type discrete [0] { };"), 3, "at least one state"),
    "fewer states than declared": (variable("type discrete [3] { a, b };"), 3, "lists 2"),
    "more states than declared": (variable("type discrete [1] { a, b };"), 3, "declares 1"),
    "huge count": (variable(f"type discrete [{'9' * 6000}] {{ a }};"), 3, "99999999999…"),
    "negative count": (variable("type discrete [-2] { a, b };"), 3, "“]”"),
    "count of words": (variable("type discrete [two] { a, b };"), 3, "“]”"),
    "state twice": (variable("type discrete [2] { a, a };"), 3, "'a' twice"),
    "blank state": (variable('type discrete [2] { a, "" };'), 3, "not blank"),
    "states never closed": (HEAD + "variable A { type discrete [2] { a, b", 3, "“}”"),
    "too many states": (
        variable("type discrete [10001] {" + " ".join(f"s{i}" for i in range(10_001)) + "};"),
        3,
        "10,000",
    ),
    "unknown statement": (variable("kind discrete;"), 3, "property"),
    "variable twice": (HEAD + A + A, 4, "declared twice"),
    "no probabilities": (HEAD + A, 3, "missing"),
    "probabilities of nothing": (HEAD + P_A, 3, "no variable called 'A'"),
    "unknown parent": (HEAD + A + "probability ( A | C ) { }", 4, "no variable called 'C'"),
    "own parent": (HEAD + A + "probability ( A | A ) { }", 4, "its own parent"),
    "parent twice": (HEAD + A + B + "probability ( B | A, A ) { }", 5, "same parent twice"),
    "probabilities twice": (HEAD + A + P_A + P_A, 5, "given twice"),
    "head never closed": (HEAD + A + "probability ( A", 4, "the end of the file"),
    "body never opened": (HEAD + A + "probability ( A ) table 1;", 4, "“{”"),
    "body never closed": (HEAD + A + "probability ( A ) { table 0.25, 0.75;", 4, "closed with “}”"),
    "truncated in a row": (given("(a0) 0.5, 0.5; (a1) 0.")[:-2], 6, "closed with “}”"),
    "cycle of two": (
        HEAD
        + A
        + B
        + "probability ( A | B ) { default 0.5 0.5; }\nprobability ( B | A ) { default 0.5 0.5; }",
        None,
        "no directed cycles",
    ),
    "missing row": (given("(a1) 0.5, 0.5;"), 6, r"A = a0 are missing\."),
    "no table": (HEAD + A + "probability ( A ) { }", 4, r"numbers of A are missing\."),
    "no rows": (given(""), 6, "A = a0 are missing, and those of 1 more"),
    "row twice": (given("(a0) 0.5, 0.5; (a0) 0.5, 0.5;"), 6, "given twice"),
    "row with an unknown state": (given("(a0) 0.5, 0.5; (a2) 0.5, 0.5;"), 6, "no state 'a2'"),
    "row with too many states": (given("(a0, a1) 0.5, 0.5;"), 6, "one state for each"),
    "row with no state": (given("() 0.5, 0.5;"), 6, "one state for each"),
    "row of a root": (HEAD + A + "probability ( A ) { (a0) 1; }", 4, "one state for each"),
    "row with too few numbers": (given("(a0) 0.5; (a1) 0.5, 0.5;"), 6, "not 1"),
    "row with too many numbers": (given("(a0) 0.5, 0.25, 0.25; (a1) 1, 0;"), 6, "not more"),
    "row without semicolon": (given("(a0) 0.5, 0.5 (a1) 0.5, 0.5;"), 6, "not more"),
    "last row without semicolon": (given("(a0) 0.5, 0.5; (a1) 0.5, 0.5"), 6, "closed with “;”"),
    "table too short": (given("table 0.5, 0.5, 0.5;"), 6, "4 numbers"),
    "table too long": (given("table 0.5, 0.5, 0.5, 0.5, 0.5;"), 6, "4 numbers"),
    "table twice": (given("table 1 1 0 0; table 1 1 0 0;"), 6, "given twice"),
    "table and rows": (given("table 1 1 0 0; (a0) 1, 0;"), 6, "table and rows"),
    "default twice": (given("default 1 0; default 1 0;"), 6, "default of B is given twice"),
    "default too short": (given("default 1;"), 6, "2 numbers"),
    "words among numbers": (given("(a0) half, 0.5; (a1) 0.5, 0.5;"), 6, "not 'half'"),
    "not a number": (given("(a0) nan, 0.5; (a1) 0.5, 0.5;"), 6, "nan"),
    "infinity": (given("(a0) inf, 0.5; (a1) 0.5, 0.5;"), 6, "inf"),
    "too large for a double": (given("(a0) 1e999, 0.5; (a1) 0.5, 0.5;"), 6, "inf"),
    "underscores": (given("(a0) 1_0, 0.5; (a1) 0.5, 0.5;"), 6, "'1_0'"),
    "hexadecimal": (given("(a0) 0x1, 0.5; (a1) 0.5, 0.5;"), 6, "'0x1'"),
    "digits of another script": (given("(a0) ٠.٥, 0.5; (a1) 0.5, 0.5;"), 6, "a number is"),
    "negative": (given("(a0) 1.5, -0.5; (a1) 0.5, 0.5;"), 6, "-0.5"),
    "column far from one": (given("(a0) 0.5, 0.5; (a1) 0.5, 0.48;"), 6, "A = a1 .*0.98"),
    "default far from one": (given("(a0) 0.5, 0.5; default 0.5, 0.4;"), 6, "0.9"),
    "table far from one": (HEAD + A + "probability ( A ) { table 0.5, 0.6; }", 4, "1.1"),
    "zeros": (given("(a0) 0, 0; (a1) 0.5, 0.5;"), 6, "sum to 0"),
    "unknown statement in a body": (given("rows 0.5;"), 6, "'rows'"),
    "number as a statement": (given("0.5, 0.5;"), 6, "a row, table"),
    "many parents": (
        HEAD
        + "".join(f"variable v{i} {{ type discrete [2] {{ x y }}; }}\n" for i in range(41))
        + f"probability ( v0 | {' '.join(f'v{i}' for i in range(1, 41))} ) {{ default 1 0; }}",
        44,
        "limit is",
    ),
    "more parents than are read": (
        HEAD + A + f"probability ( A | {'A ' * 99} ) {{ }}",
        4,
        "more than 64",
    ),
    "tables that are too large together": (
        HEAD
        + "".join(f"variable v{i} {{ type discrete [2] {{ x y }}; }}\n" for i in range(25))
        + f"probability ( v0 | {' '.join(f'v{i}' for i in range(1, 25))} ) {{ default 1 0; }}\n"
        + f"probability ( v1 | {' '.join(f'v{i}' for i in range(2, 25))} ) {{ default 1 0; }}",
        29,
        "one file",
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_text_is_refused_in_one_sentence_with_its_place(case):
    text, line, words = MALFORMED[case]
    with pytest.raises(FormatError, match=words) as caught:
        bif.parse(text, "net.bif")
    sentence = str(caught.value)
    assert sentence.startswith("net.bif, line ")
    assert "\n" not in sentence
    assert len(sentence) < 300
    assert line is None or caught.value.line == line


WELL_FORMED = given("(a0) 0.5, 0.5; (a1) 0.25, 0.75;")


@pytest.mark.parametrize("length", range(0, len(WELL_FORMED) - 2, 7))
def test_a_file_cut_anywhere_is_refused(length):
    assert len(bif.parse(WELL_FORMED)) == 2
    with pytest.raises(FormatError):
        bif.parse(WELL_FORMED[:length])


BAD_BYTES = {
    "NUL bytes": (b"network a {\n}\n\x00", "line 3, column 1: .*0x00"),
    "UTF-16": ("network a {}".encode("utf-16"), "not text"),
    "neither UTF-8 nor Latin-1": (b"network a {\n // \xff\x81\n}\n", "line 2, column 6: .*0x81"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
    "control characters": (b"network \x07 {}", "line 1, column 9: .*0x07"),
    "a gzip file cut short": (gzip.compress(HEAD.encode() * 99)[:-20], "middle of its compressed"),
    "a damaged gzip file": (gzip.compress(HEAD.encode())[:-8] + bytes(8), "damaged"),
    "a gzip header alone": (b"\x1f\x8b", "middle of its compressed"),
    "a gzip file with rubbish behind": (gzip.compress(HEAD.encode()) + b"rubbish", "damaged"),
    "a gzipped NUL": (gzip.compress(b"\x00"), "not text"),
}


@pytest.mark.parametrize("case", BAD_BYTES)
def test_bytes_that_are_no_text_are_refused_in_one_sentence(case, tmp_path):
    data, words = BAD_BYTES[case]
    path = tmp_path / "net.bif"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=words) as caught:
        bif.read(path)
    assert str(caught.value).startswith("net.bif")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"none\.bif: it cannot be read \(no such file"):
        bif.read(tmp_path / "none.bif")
    with pytest.raises(FormatError, match="not a file"):
        bif.read(tmp_path)
    with pytest.raises(FormatError, match="cannot be read"):
        bif.read(str(tmp_path / "nul\0name"))


def test_the_column_is_counted_from_one():
    with pytest.raises(FormatError) as caught:
        bif.parse(given("(a0) 0.5, 0.5; (a1) 0.5, x;"))
    line = given("(a0) 0.5, 0.5; (a1) 0.5, x;").splitlines()[5]
    assert line[caught.value.column - 1] == "x"
