"""Malformed files of XMLBIF, Hugin, GeNIe and UAI, with the line and words of each refusal."""

import gzip

# -- XMLBIF --------------------------------------------------------------------------------------

XML_A = "<VARIABLE><NAME>A</NAME><OUTCOME>x</OUTCOME><OUTCOME>y</OUTCOME></VARIABLE>\n"
XML_B = "<VARIABLE><NAME>B</NAME><OUTCOME>x</OUTCOME><OUTCOME>y</OUTCOME></VARIABLE>\n"
XML_P_A = "<DEFINITION><FOR>A</FOR><TABLE>0.25 0.75</TABLE></DEFINITION>\n"


def xmlbif(*parts):
    """A file whose parts begin on line 3."""
    return '<BIF VERSION="0.3">\n<NETWORK><NAME>n</NAME>\n' + "".join(parts) + "</NETWORK></BIF>\n"


def xml_table(text):
    """A file whose line 6 is the table of P(B | A)."""
    given = "<DEFINITION><FOR>B</FOR><GIVEN>A</GIVEN><TABLE>"
    return xmlbif(XML_A, XML_B, XML_P_A, given, text, "</TABLE></DEFINITION>\n")


def entities(count):
    """The head of a billion laughs."""
    lines = ['<!ENTITY l0 "ha">']
    lines += [f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, count)]
    return "<!DOCTYPE BIF [\n" + "\n".join(lines) + "\n]>\n"


MANY = "".join(
    f"<VARIABLE><NAME>v{i}</NAME><OUTCOME>x</OUTCOME><OUTCOME>y</OUTCOME></VARIABLE>\n"
    for i in range(41)
)
GIVENS = "".join(f"<GIVEN>v{i}</GIVEN>" for i in range(1, 41))

XMLBIF = {
    "empty": ("", 1, "no element found"),
    "prose": ("Dear reader,", 1, "not well-formed"),
    "a bif file": ("network n { }", 1, "not well-formed"),
    "another root": ("<smile/>", 1, "not with <BIF>"),
    "html": ("<!DOCTYPE html>\n<html><body/></html>", 2, "not with <BIF>"),
    "no network": ('<BIF VERSION="0.3">\n</BIF>', 1, "one NETWORK"),
    "two networks": ("<BIF><NETWORK/>\n<NETWORK/></BIF>", 2, "one NETWORK"),
    "cut in a tag": (xmlbif(XML_A)[:-9], 4, "XML"),
    "cut in a table": (xml_table("0.5 0.5 0.5 0.5")[:-40], 6, "XML"),
    "tags crossed": (xmlbif("<VARIABLE><NAME>A</VARIABLE></NAME>"), 3, "mismatched tag"),
    "two roots": ("<BIF/>\n<BIF/>", 2, "junk after"),
    "bare less-than": (xmlbif("<VARIABLE><NAME>A</NAME><OUTCOME><5</OUTCOME>"), 3, "&lt;"),
    "bare ampersand": (xmlbif("<VARIABLE><NAME>A & B</NAME></VARIABLE>"), 3, "&amp;"),
    "unknown entity": (xmlbif("<VARIABLE><NAME>&nbsp;</NAME></VARIABLE>"), 3, "undefined entity"),
    "attribute twice": ('<BIF VERSION="0.3" VERSION="0.3"/>', 1, "duplicate attribute"),
    "billion laughs": (
        entities(10) + xmlbif("<VARIABLE><NAME>&l9;</NAME></VARIABLE>"),
        2,
        "entity 'l0'",
    ),
    "quadratic blowup": (
        f'<!DOCTYPE BIF [<!ENTITY a "{"a" * 9999}">]>' + xmlbif("<NAME>" + "&a;" * 999 + "</NAME>"),
        1,
        "entity 'a'",
    ),
    "external entity": (
        '<!DOCTYPE BIF [\n<!ENTITY secret SYSTEM "file:///etc/passwd">]>' + xmlbif(),
        2,
        "'secret'",
    ),
    "parameter entity": (
        '<!DOCTYPE BIF [\n<!ENTITY % all SYSTEM "http://localhost/all.dtd"> %all;]>' + xmlbif(),
        2,
        "entity 'all'",
    ),
    "external document type and its entity": (
        '<!DOCTYPE BIF SYSTEM "http://localhost/bif.dtd">\n'
        + xmlbif("<VARIABLE><NAME>&made;</NAME></VARIABLE>"),
        4,
        "entity 'made'",
    ),
    "nested deeply": ("<BIF>" * 100_000, 1, "more than 60 deep"),
    "elements without end": (
        "<BIF>" + "<a/>" * 500_001 + "</BIF>",
        1,
        "more than 500,000 elements",
    ),
    "attributes without end": (
        "<BIF " + " ".join(f"a{i}='x'" for i in range(200_000)) + "/>",
        1,
        "longer than 1,048,576",
    ),
    "declared attributes without end": (
        "<!DOCTYPE BIF [<!ATTLIST a "
        + " ".join(f"b{i} CDATA 'x'" for i in range(999))
        + ">]>\n"
        + "<BIF>"
        + "<a/>" * 99_999
        + "</BIF>",
        1,
        "more than 100 attributes",
    ),
    "unknown encoding": ("<?xml version='1.0'\n encoding='klingon'?><BIF/>", 2, "'klingon'"),
    "encoding that is none": ("<?xml version='1.0' encoding='zlib'?><BIF/>", 1, "'zlib'"),
    "variable without name": (xmlbif("<VARIABLE/>"), 3, "no NAME"),
    "blank name": (xmlbif("<VARIABLE><NAME> </NAME></VARIABLE>"), 3, "not blank"),
    "endless name": (xmlbif(f"<VARIABLE><NAME>{'x' * 501}</NAME></VARIABLE>"), 3, "500 characters"),
    "name on two lines": (xmlbif("<VARIABLE><NAME>a\nb</NAME></VARIABLE>"), 3, "one line"),
    "no states": (xmlbif("<VARIABLE><NAME>A</NAME></VARIABLE>"), 3, "at least one state"),
    "state twice": (
        xmlbif("<VARIABLE><NAME>A</NAME><OUTCOME>x</OUTCOME><OUTCOME>x</OUTCOME></VARIABLE>"),
        3,
        "'x' twice",
    ),
    "too many states": (
        xmlbif(
            "<VARIABLE><NAME>A</NAME>",
            *(f"<OUTCOME>{i}</OUTCOME>" for i in range(10_001)),
            "</VARIABLE>",
        ),
        3,
        "10,00",
    ),
    "decision": (xmlbif('<VARIABLE TYPE="decision"><NAME>A</NAME></VARIABLE>'), 3, "'decision'"),
    "utility": (xmlbif('<VARIABLE TYPE="utility"><NAME>A</NAME></VARIABLE>'), 3, "'utility'"),
    "continuous": (xmlbif('<VARIABLE TYPE="continuous"><NAME>A</NAME></VARIABLE>'), 3, "nature"),
    "variable twice": (xmlbif(XML_A, XML_A), 4, "declared twice"),
    "no definition": (xmlbif(XML_A), 3, "missing"),
    "definition twice": (xmlbif(XML_A, XML_P_A, XML_P_A), 5, "given twice"),
    "definition of nothing": (xmlbif(XML_P_A), 3, "no variable called 'A'"),
    "definition without for": (xmlbif(XML_A, "<DEFINITION/>"), 4, "one FOR"),
    "definition of two": (
        xmlbif(XML_A, XML_B, "<DEFINITION><FOR>A</FOR><FOR>B</FOR></DEFINITION>"),
        5,
        "one FOR",
    ),
    "definition without table": (
        xmlbif(XML_A, "<DEFINITION><FOR>A</FOR></DEFINITION>"),
        4,
        "one TABLE",
    ),
    "unknown parent": (
        xmlbif(XML_A, "<DEFINITION><FOR>A</FOR><GIVEN>C</GIVEN><TABLE/></DEFINITION>"),
        4,
        "'C'",
    ),
    "own parent": (
        xmlbif(XML_A, "<DEFINITION><FOR>A</FOR><GIVEN>A</GIVEN><TABLE/></DEFINITION>"),
        4,
        "its own parent",
    ),
    "parent twice": (
        xmlbif(
            XML_A,
            XML_B,
            XML_P_A,
            "<DEFINITION><FOR>B</FOR><GIVEN>A</GIVEN><GIVEN>A</GIVEN><TABLE/></DEFINITION>",
        ),
        6,
        "same parent twice",
    ),
    "cycle": (
        xmlbif(
            XML_A,
            XML_B,
            "<DEFINITION><FOR>A</FOR><GIVEN>B</GIVEN><TABLE>1 0 1 0</TABLE></DEFINITION>\n"
            "<DEFINITION><FOR>B</FOR><GIVEN>A</GIVEN><TABLE>1 0 1 0</TABLE></DEFINITION>",
        ),
        None,
        "no directed cycles",
    ),
    "enormous table": (
        xmlbif(
            MANY,
            f"<DEFINITION><FOR>v0</FOR>{GIVENS}<TABLE>1</TABLE></DEFINITION>"
            + "".join(
                f"<DEFINITION><FOR>v{i}</FOR><TABLE>1 0</TABLE></DEFINITION>" for i in range(1, 41)
            ),
        ),
        44,
        "limit is",
    ),
    "too few numbers": (xml_table("0.5 0.5 0.5"), 6, "4 numbers are expected for B, not 3"),
    "too many numbers": (xml_table("1 0 1 0 1"), 6, "not more"),
    "no numbers": (xml_table(""), 6, "not 0"),
    "words": (xml_table("\n1 0\n half 0.5"), 8, "not 'half'"),
    "words behind a comment": (xml_table("<!-- of <b>\n -->\n1 0\n half 0.5"), 9, "not 'half'"),
    "commas": (xml_table("1, 0, 1, 0"), 6, "not '1,'"),
    "NaN": (xml_table("1 0\nnan 0"), 7, "nan"),
    "infinity": (xml_table("1 0\n0 inf"), 7, "inf"),
    "too large": (xml_table("1 0 1e999 0"), 6, "inf"),
    "negative": (xml_table("1 0 1.5 -0.5"), 6, "-0.5"),
    "underscores": (xml_table("1_0 0 1 0"), 6, "'1_0'"),
    "digits of another script": (xml_table("٠.٥ 0.5 1 0"), 6, "a number is expected"),
    "hexadecimal": (xml_table("0x1 0 1 0"), 6, "'0x1'"),
    "column far from one": (xml_table("1 0\n0.5 0.4"), 7, "A = y has numbers that sum to 0.9"),
    "zeros": (xml_table("0 0 1 0"), 6, "sum to 0"),
}

# -- Hugin ---------------------------------------------------------------------------------------

NET = "net { }\n"
NET_A = 'node A { states = ("x" "y"); }\n'
NET_B = 'node B { states = ("x" "y"); }\n'
NET_P_A = "potential (A) { data = (0.25 0.75); }\n"


def net_table(data):
    """A file whose line 5 is the potential of B given A."""
    return NET + NET_A + NET_B + NET_P_A + "potential (B | A) { " + data + " }\n"


HUGIN = {
    "empty": ("", 1, "net block"),
    "only a comment": ("% nothing\n", 1, "net block"),
    "prose": ("Dear reader,", 1, "'Dear'"),
    "xml": ("<BIF/>", 1, "'<BIF/>'"),
    "a bif file": ("network n { }", 1, "'network'"),
    "no net": (NET_A + NET_P_A, 1, "net block"),
    "two nets": (NET + NET, 2, "second net block"),
    "net never closed": ("net { name = 3;", 1, "end of the file"),
    "net without brace": ("net name", 1, "“{” is expected"),
    "attribute without value": ("net { name; }", 1, "“=” is expected"),
    "attribute never closed": ("net { name = 3 }", 1, "closed with “;”"),
    "unclosed quote": ('net { name = "n; }', 1, "quotation mark"),
    "unclosed quote in states": (NET + 'node A { states = ("x); }', 2, "never closed"),
    "class": ("class n {\n}", 1, r"object-oriented networks \(class\)"),
    "continuous": (NET + "continuous node A { }", 2, "continuous nodes"),
    "utility": (NET + "utility U { }", 2, "utility nodes"),
    "decision": (NET + 'decision D { states = ("a"); }', 2, "decision nodes"),
    "discrete decision": (NET + 'discrete decision D { states = ("a"); }', 2, "decision nodes"),
    "function": (NET + "function F { }", 2, "function nodes"),
    "continuous function": (NET + "continuous function F { }", 2, "continuous nodes"),
    "instance": (NET + "instance I : C() { }", 2, "instances"),
    "node without name": (NET + "node { }", 2, "A node cannot be called"),
    "node without brace": (NET + "node A", 2, "end of the file"),
    "endless name": (NET + f"node {'x' * 501} {{ }}", 2, "500 characters"),
    "name of many words": (NET + "node " + "a " * 999 + "{ }", 2, "more than 128 entries"),
    "no states": (NET + "node A { }", 2, "has no states"),
    "empty states": (NET + "node A { states = (); }", 2, "at least one state"),
    "states without parentheses": (NET + 'node A { states = "x"; }', 2, r"“\(” is expected"),
    "states never closed": (NET + 'node A { states = ("x" "y"', 2, "end of the file"),
    "states twice": (NET + 'node A { states = ("x"); states = ("y"); }', 2, "given twice"),
    "state twice": (NET + 'node A { states = ("x" "x"); }', 2, "'x' twice"),
    "blank state": (NET + 'node A { states = ("x" " "); }', 2, "not blank"),
    "state on two lines": (NET + 'node A { states = ("x\ny"); }', 2, "one line"),
    "too many states": (
        NET + "node A { states = (" + " ".join(f"s{i}" for i in range(10_001)) + "); }",
        2,
        "10,000",
    ),
    "attributes without end": (
        "net { " + "".join(f"a{i}=;" for i in range(10_001)) + "}",
        1,
        "more than 10,000 attributes",
    ),
    "nodes without end": (
        NET + "".join(f"node a{i}{{states=(x);}}" for i in range(100_001)),
        2,
        "more than 100,000",
    ),
    "node twice": (NET + NET_A + NET_A, 3, "declared twice"),
    "no potential": (NET + NET_A, 2, "potential of A is missing"),
    "potential twice": (NET + NET_A + NET_P_A + NET_P_A, 4, "given twice"),
    "potential of nothing": (NET + NET_P_A, 2, "no variable called 'A'"),
    "potential of none": (NET + "potential ( ) { }", 2, "one node is expected, not of 0"),
    "potential of two": (NET + NET_A + NET_B + "potential (A B) { }", 4, "chain graphs"),
    "potential without parentheses": (NET + NET_A + "potential A { }", 3, r"“\(” is expected"),
    "potential without body": (NET + NET_A + "potential (A);", 3, "“{” is expected"),
    "potential never closed": (NET + NET_A + NET_P_A[:-3], 3, "closed with “}”"),
    "unknown parent": (NET + NET_A + "potential (A | C) { }", 3, "'C'"),
    "own parent": (NET + NET_A + "potential (A | A) { }", 3, "its own parent"),
    "parent twice": (NET + NET_A + NET_B + NET_P_A + "potential (B | A A) { }", 5, "parent twice"),
    "cycle": (
        NET
        + NET_A
        + NET_B
        + "potential (A | B) { data = ((1 0)(1 0)); }\npotential (B | A) { data = ((1 0)(1 0)); }",
        None,
        "no directed cycles",
    ),
    "enormous table": (
        NET
        + "".join(f'node v{i} {{ states = ("x" "y"); }}\n' for i in range(41))
        + "".join(f"potential (v{i}) {{ }}\n" for i in range(1, 41))
        + f"potential (v0 | {' '.join(f'v{i}' for i in range(1, 41))}) {{ data = (1); }}",
        83,
        "limit is",
    ),
    "enormous table without data": (
        NET
        + "".join(f'node v{i} {{ states = ("x" "y"); }}\n' for i in range(41))
        + "".join(f"potential (v{i}) {{ }}\n" for i in range(1, 41))
        + f"potential (v0 | {' '.join(f'v{i}' for i in range(1, 41))}) {{ }}",
        83,
        "limit is",
    ),
    "too few numbers": (net_table("data = ((1 0)(1));"), 5, "4 numbers are expected for B, not 3"),
    "too many numbers": (net_table("data = ((1 0)(1 0)(1 0));"), 5, "not more"),
    "no numbers": (net_table("data = ();"), 5, "not 0"),
    "data twice": (net_table("data = (1 0 1 0); data = (1 0 1 0);"), 5, "given twice"),
    "data never closed": (net_table("data = (1 0 1 0)"), 5, "closed with “;”"),
    "words": (net_table("data = ((1 0)\n(half 0.5));"), 6, "not 'half'"),
    "words behind a comment": (net_table("data = ((1 0) % one; (two)\n(x 1));"), 6, "not 'x'"),
    "a distribution": (net_table("data = normal(0, 1);"), 5, "'normal'"),
    "a model": (net_table("model_nodes = (A); model_data = (Normal(0, 1));"), 5, "by a model"),
    "samples": (net_table("samples_per_interval = 25; model_data = (A);"), 5, "by a model"),
    "NaN": (net_table("data = ((1 0)(NaN 0));"), 5, "nan"),
    "infinity": (net_table("data = ((1 0)(inf 0));"), 5, "inf"),
    "too large": (net_table("data = ((1 0)(1e999 0));"), 5, "inf"),
    "negative": (net_table("data = ((1 0)\n(1.5 -0.5));"), 6, "-0.5"),
    "underscores": (net_table("data = ((1_0 0)(1 0));"), 5, "'1_0'"),
    "digits of another script": (net_table("data = ((٠.٥ 0.5)(1 0));"), 5, "a number is"),
    "column far from one": (net_table("data = ((1 0)\n(0.5 0.4));"), 6, "A = y .* sum to 0.9"),
    "zeros": (net_table("data = ((0 0)(1 0));"), 5, "sum to 0"),
}

# -- GeNIe ---------------------------------------------------------------------------------------

CPT_A = '<cpt id="A"><state id="x"/><state id="y"/><probabilities>0.5 0.5</probabilities></cpt>\n'


def smile(*parts):
    """A file whose nodes begin on line 2."""
    return '<smile version="1.0" id="n"><nodes>\n' + "".join(parts) + "</nodes></smile>\n"


def child(inner, tag="cpt"):
    """A file whose line 3 is the node B with the parent A."""
    states = '<state id="x"/><state id="y"/><parents>A</parents>'
    return smile(CPT_A, f'<{tag} id="B">{states}{inner}</{tag}>\n')


def noisy(inner):
    """A file whose line 3 is a noisy-MAX."""
    return child(inner, "noisymax")


XDSL = {
    "empty": ("", 1, "no element found"),
    "prose": ("Dear reader,", 1, "not well-formed"),
    "another root": ("<BIF/>", 1, "not with <smile>"),
    "no nodes": ("<smile/>", 1, "no <nodes>"),
    "cut short": (smile(CPT_A)[:-20], None, "XML"),
    "billion laughs": (entities(10).replace("BIF", "smile") + smile("&l9;"), 2, "entity 'l0'"),
    "nested deeply": ("<smile><nodes>" + "<submodel>" * 9999, 1, "more than 60 deep"),
    "decision": (smile('<decision id="D"><state id="a"/></decision>'), 2, "'D' is a decision"),
    "utility": (smile('<utility id="U"/>'), 2, "'U' is a utility"),
    "sum of utilities": (smile('<mau id="M"/>'), 2, "'M' is a utility"),
    "equation": (smile('<equation id="E"><definition>E=1</definition></equation>'), 2, "equation"),
    "noisy adder": (smile('<noisyadder id="N"/>'), 2, "noisy adder"),
    "De Morgan gate": (smile('<demorgan id="G"/>'), 2, "De Morgan"),
    "unknown node": (smile('<quantum id="Q"/>'), 2, "<quantum>, not known"),
    "dynamic network": (
        smile(CPT_A).replace("</smile>", "<dynamic numslices='5'><cpt id='A'/></dynamic></smile>"),
        3, "dynamic networks",
    ),
    "no id": (smile("<cpt/>"), 2, "no id"),
    "id of two words": (smile('<cpt id="a b"/>'), 2, "id of one word"),
    "id twice": (smile(CPT_A, CPT_A), 3, "declared twice"),
    "no states": (smile('<cpt id="A"/>'), 2, "at least one state"),
    "state twice": (smile('<cpt id="A"><state id="x"/><state id="x"/></cpt>'), 2, "'x' twice"),
    "state without id": (smile('<cpt id="A"><state/></cpt>'), 2, "not blank"),
    "too many states": (
        smile('<cpt id="A">', *(f'<state id="s{i}"/>' for i in range(10_001)), "</cpt>"),
        2, "10,00",
    ),
    "no probabilities": (child(""), 3, "one <probabilities> is expected for B"),
    "probabilities twice": (child("<probabilities/><probabilities/>"), 3, "not 2"),
    "unknown parent": (child("").replace(">A<", ">C<"), 3, "no node 'C', a parent of B"),
    "own parent": (child("").replace(">A<", ">B<"), 3, "its own parent"),
    "parent twice": (child("").replace(">A<", ">A A<"), 3, "same parent twice"),
    "cycle": (
        smile(CPT_A.replace("<prob", "<parents>A2</parents><prob").replace("0.5 0.5", "1 0 1 0"),
              CPT_A.replace('"A"', '"A2"').replace("<prob", "<parents>A</parents><prob")
              .replace("0.5 0.5", "1 0 1 0")), None, "no directed cycles",
    ),
    "enormous table": (
        smile(*(CPT_A.replace('"A"', f'"v{i}"') for i in range(40)),
              CPT_A.replace("<prob", f"<parents>{' '.join(f'v{i}' for i in range(40))}</parents>"
                            "<prob")), 42, "limit is",
    ),
    "enormous noisy-MAX": (
        smile(*(CPT_A.replace('"A"', f'"v{i}"') for i in range(40)),
              '<noisymax id="N"><state id="x"/><state id="y"/><parents>'
              + " ".join(f"v{i}" for i in range(40)) + "</parents></noisymax>"), 42, "limit is",
    ),
    "too few numbers": (child("<probabilities>1 0 1</probabilities>"), 3, "4 numbers"),
    "too many numbers": (child("<probabilities>1 0 1 0 1</probabilities>"), 3, "not more"),
    "words": (child("<probabilities>1 0\n half 0.5</probabilities>"), 4, "not 'half'"),
    "NaN": (child("<probabilities>1 0 nan 0</probabilities>"), 3, "nan"),
    "infinity": (child("<probabilities>1 0 -inf 0</probabilities>"), 3, "inf"),
    "negative": (child("<probabilities>1 0 1.5 -0.5</probabilities>"), 3, "-0.5"),
    "column far from one": (child("<probabilities>1 0\n0.5 0.4</probabilities>"), 4, "0.9"),
    "no resulting states": (child("", "deterministic"), 3, "one <resultingstates>"),
    "too few resulting states": (
        child("<resultingstates>x</resultingstates>", "deterministic"), 3, "2 states are expected"
    ),
    "too many resulting states": (
        child("<resultingstates>x y x</resultingstates>", "deterministic"), 3, "not more"
    ),
    "unknown resulting state": (
        child("<resultingstates>x\nz</resultingstates>", "deterministic"), 4, "no state 'z'"
    ),
    "no parameters": (noisy(""), 3, "one <parameters>"),
    "too few parameters": (noisy("<parameters>1 0 0 1</parameters>"), 3, "6 numbers"),
    "a parameter below zero": (noisy("<parameters>1 0 0 1\n1.5 -0.5</parameters>"), 4, "-0.5"),
    "parameters far from one": (noisy("<parameters>1 0\n0.5 0.1 0 1</parameters>"), 4, "0.6"),
    "strengths that order nothing": (
        noisy("<strengths>0 0</strengths><parameters>1 0 0 1 0 1</parameters>"), 3, "strengths of B"
    ),
    "too few strengths": (
        noisy("<strengths>0</strengths><parameters>1 0 0 1 0 1</parameters>"), 3, "strengths of B"
    ),
}  # fmt: skip

# -- UAI -----------------------------------------------------------------------------------------

UAI = {
    'empty': ('', 1, 'MARKOV or BAYES'),
    'prose': ('Dear reader,', 1, 'begins with the word'),
    'unknown kind': ('GAUSS\n1\n2\n1\n1 0\n2 0.5 0.5', 1, 'begins with the word'),
    'no count': ('BAYES', 1, 'file ends'),
    'negative count': ('BAYES -1', 1, "'-1'"),
    'count of words': ('BAYES two', 1, "'two'"),
    'too many variables': ('MARKOV 999999999 2 2', 1, 'file ends'),
    'variable without states': ('MARKOV 1 0 0', 1, '0 states'),
    'too many states': ('MARKOV 1 99999 0', 1, '99,999 states'),
    'fewer sizes than variables': ('MARKOV 3 2 2', 1, 'file ends'),
    'scope of an unknown variable': ('MARKOV 1 2 1 1 5 2 1 1', 1, 'and not 5'),
    'scope with a variable twice': ('MARKOV 1 2 1 2 0 0 4 1 1 1 1', 1, 'at most 1'),
    'scope cut short': ('MARKOV 2 2 2 1 2 0', 1, 'file ends'),
    'length that does not fit': ('MARKOV 1 2 1 1 0 3 1 1 1', 1, 'declares 3 entries'),
    'table cut short': ('MARKOV 1 2 1 1 0 2 1', 1, 'middle of the table'),
    'words': ('MARKOV 1 2 1 1 0 2 1 half', 1, "'half'"),
    'NaN': ('MARKOV 1 2 1 1 0 2 1 nan', 1, "'nan'"),
    'infinity': ('MARKOV 1 2 1 1 0 2 1 inf', 1, "'inf'"),
    'negative': ('MARKOV 1 2 1 1 0 2 1 -1', 1, 'is negative'),
    'zeros': ('MARKOV 1 2 1 1 0 2 0 0', 1, 'only zeros'),
    'numbers left over': ('MARKOV 1 2 1 1 0 2 1 1 7', 1, 'left over'),
    'two tables for a variable': ('BAYES 1 2 2 1 0 1 0 2 1 0 2 1 0', 1, 'second one of 0'),
    'a variable without a table': ('BAYES 2 2 2 1 1 0 2 1 0', 1, 'last in no function'),
    'column far from one': ('BAYES 1 2 1 1 0 2 0.5 0.1', 1, 'sums to 0.6'),
    "huge count": ("BAYES " + "9" * 30, 1, "99999"),
    "cycle": ("BAYES 2 2 2 2 2 0 1 2 1 0 4 1 0 1 0 4 1 0 1 0", None, "no directed cycles"),
    "enormous table": (
        f"MARKOV 41 {'2 ' * 41} 1 41 {' '.join(map(str, range(41)))} {2**41} 1", 1, "limit is"
    ),
}  # fmt: skip

TEXTS = {".xml": XMLBIF, ".net": HUGIN, ".xdsl": XDSL, ".uai": UAI}

GOOD = {
    ".xml": xml_table("0.5 0.5 0.25 0.75"),
    ".net": net_table("data = ((0.5 0.5)(0.25 0.75));"),
    ".xdsl": child("<probabilities>0.5 0.5 0.25 0.75</probabilities>"),
}

BYTES = {
    "NUL": lambda text: text.encode().replace(b"A", b"\x00", 1),
    "NUL at the end": lambda text: text.encode() + b"\x00",
    "a bell": lambda text: text.encode().replace(b" ", b"\x07", 1),
    "UTF-16 without a mark inside": lambda text: b"  " + text.encode("utf-16-le"),
    "UTF-16 cut in a character": lambda text: text.encode("utf-16")[:-1],
    "UTF-32 cut in a character": lambda text: text.encode("utf-32")[:-1],
    "a picture": lambda text: b"\x89PNG\r\n\x1a\n\x00\x00" + text.encode(),
    "gzip cut short": lambda text: gzip.compress(text.encode())[:-12],
    "gzip damaged": lambda text: gzip.compress(text.encode())[:-8] + bytes(8),
    "gzip of a NUL": lambda text: gzip.compress(b"\x00"),
    "gzip in gzip": lambda text: gzip.compress(gzip.compress(text.encode())),
    "bomb": lambda text: gzip.compress(b" " * (2**28 + 1), 1),
    "half": lambda text: text.encode()[: len(text) // 2],
    "without its end": lambda text: text.encode().rstrip()[:-1],
    "twice": lambda text: text.encode() * 2,
}


def files():
    """Every malformed file as (name, suffix, bytes)."""
    for suffix, cases in TEXTS.items():
        for name, (text, *_) in cases.items():
            yield name, suffix, text.encode()
    for suffix, text in GOOD.items():
        for name, spoil in BYTES.items():
            yield name, suffix, spoil(text)
