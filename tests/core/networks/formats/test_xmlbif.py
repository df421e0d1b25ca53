"""Everything that an XMLBIF file may hold, in the manners of several programs."""

import pytest

from core.networks.formats import xmlbif
from core.networks.formats.xmlbif_writer import xmlbif_text
from core.networks.model import BayesNet, Node, frozen

JAVABAYES = """<?xml version="1.0" encoding="US-ASCII"?>

<!--
  Bayesian network in XMLBIF v0.3 (BayesNet Interchange Format)
  Produced by a program in the manner of JavaBayes
-->

<!-- DTD for the XMLBIF 0.3 format -->
<!DOCTYPE BIF [
	<!ELEMENT BIF ( NETWORK )*>
	<!ATTLIST BIF VERSION CDATA #REQUIRED>
	<!ELEMENT NETWORK ( NAME, ( PROPERTY | VARIABLE | DEFINITION )* )>
	<!ELEMENT NAME (#PCDATA)>
	<!ELEMENT VARIABLE ( NAME, ( OUTCOME |  PROPERTY )* ) >
	<!ATTLIST VARIABLE TYPE (nature|decision|utility) "nature">
	<!ELEMENT OUTCOME (#PCDATA)>
	<!ELEMENT DEFINITION ( FOR | GIVEN | TABLE | PROPERTY )* >
	<!ELEMENT FOR (#PCDATA)>
	<!ELEMENT GIVEN (#PCDATA)>
	<!ELEMENT TABLE (#PCDATA)>
	<!ELEMENT PROPERTY (#PCDATA)>
]>

<BIF VERSION="0.3">
<NETWORK>
<NAME>Dog_Problem</NAME>
<PROPERTY>credal-set constant-density-bounded 1.1</PROPERTY>

<!-- Variables -->
<VARIABLE TYPE="nature">
	<NAME>  light-on  </NAME>
	<OUTCOME>true</OUTCOME>
	<OUTCOME>false</OUTCOME>
	<PROPERTY>position = (73, 165)</PROPERTY>
</VARIABLE>
<VARIABLE TYPE="nature">
	<NAME>dog-out</NAME>
	<OUTCOME>in</OUTCOME>
	<OUTCOME>&lt;5</OUTCOME>
	<OUTCOME>5 &amp; more</OUTCOME>
	<PROPERTY>position = (-155.5,165)</PROPERTY>
</VARIABLE>
<VARIABLE TYPE="nature">
	<NAME>family</NAME>
	<OUTCOME>out</OUTCOME>
	<OUTCOME>home</OUTCOME>
</VARIABLE>

<!-- Probability distributions -->
<DEFINITION>
	<FOR>dog-out</FOR>
	<GIVEN>light-on</GIVEN>
	<GIVEN>family</GIVEN>
	<TABLE>
		<!-- light-on, out -->  0.1 0.2 0.7
		0.3 0.3 0.4  <!-- 0.9 is no number of the table -->
		1 0 0.
		.5 5e-1 0E0
	</TABLE>
</DEFINITION>
<DEFINITION>
	<FOR>light-on</FOR>
	<TABLE>0.6 0.4 </TABLE>
</DEFINITION>
<DEFINITION>
	<FOR>family</FOR>
	<TABLE>0.15 0.85 </TABLE>
</DEFINITION>

</NETWORK>
</BIF>
"""

COLUMNS = [[[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]], [[1, 0, 0], [0.5, 0.5, 0]]]


def test_a_file_with_a_document_type_comments_and_odd_spaces_is_read():
    net = xmlbif.parse(JAVABAYES)
    assert net.name == "Dog_Problem"
    assert net.names == ("light-on", "dog-out", "family")
    assert net["dog-out"].states == ("in", "<5", "5 & more")
    assert net["dog-out"].parents == ("light-on", "family")
    assert net["dog-out"].table.tolist() == COLUMNS
    assert net["light-on"].position == (73.0, 165.0)
    assert net["dog-out"].position == (-155.5, 165.0)


PGMPY = """<BIF version="0.3" xmlns="http://www.cs.ubc.ca/labs/lci/fopi/ve/XMLBIFv0_3">
  <NETWORK>
    <VARIABLE TYPE="nature"><NAME>A</NAME><OUTCOME>a0</OUTCOME><OUTCOME>a1</OUTCOME></VARIABLE>
    <VARIABLE TYPE="nature"><NAME>B</NAME><OUTCOME>b0</OUTCOME><OUTCOME>b1</OUTCOME></VARIABLE>
    <DEFINITION><FOR>A</FOR><TABLE>0.25 0.75</TABLE></DEFINITION>
    <DEFINITION><FOR>B</FOR><GIVEN>A</GIVEN><TABLE>0.1 0.4 0.9 0.6 </TABLE></DEFINITION>
  </NETWORK>
</BIF>"""


def test_a_table_with_the_child_slowest_is_read_so_when_only_that_sums_to_one():
    assert xmlbif.parse(PGMPY)["B"].table.tolist() == [[0.1, 0.9], [0.4, 0.6]]


def test_a_net_without_a_name_is_named_after_its_file(tmp_path):
    (tmp_path / "lamp.v2.xml").write_text(PGMPY)
    assert xmlbif.read(tmp_path / "lamp.v2.xml").name == "lamp"


def test_a_description_becomes_the_note_unless_there_is_one():
    text = PGMPY.replace(
        "<NAME>A</NAME>", "<NAME>A</NAME><PROPERTY>description = a lamp</PROPERTY>"
    )
    assert xmlbif.parse(text)["A"].note == "a lamp"
    text = text.replace("<OUTCOME>a0", '<PROPERTY>note = "mine"</PROPERTY><OUTCOME>a0')
    assert xmlbif.parse(text)["A"].note == "mine"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-8", "utf-16-be"),
        ("UTF-32", "utf-32"),
        ("UTF-16", "utf-8"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("US-ASCII", "utf-8"),
        ("US-ASCII", "latin-1"),
        ("UTF-8", "latin-1"),
        (None, "utf-8"),
        (None, "latin-1"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_encodings_are_told_by_their_mark_their_name_or_their_bytes(
    declared, encoding, ends, tmp_path
):
    head = f"<?xml version='1.0' encoding='{declared}'?>\n" if declared else ""
    text = head + PGMPY.replace("a0", "größer")
    path = tmp_path / "net.xml"
    path.write_bytes(text.replace("\n", ends).encode(encoding))
    assert xmlbif.read(path)["A"].states == ("größer", "a1")


def test_white_space_before_the_declaration_is_passed_over():
    assert len(xmlbif.parse('\n  <?xml version="1.0"?>\n' + PGMPY)) == 2


def test_what_is_written_has_no_document_type_and_one_line_for_each_column():
    root = Node("A", ("x", "y"), (), frozen([0.25, 0.75]), (1.5, -2.0), "#aabbcc", "so; {1}")
    leaf = Node("B <", ("x", " y"), ("A",), frozen([[1 / 3, 2 / 3], [1e-05, 0.99999]]))
    text = xmlbif_text(BayesNet([root, leaf], "a & b"))
    assert "<!DOCTYPE" not in text
    assert "<NAME>a &amp; b</NAME>" in text
    assert "<NAME>B &lt;</NAME>" in text
    assert '<OUTCOME xml:space="preserve"> y</OUTCOME>' in text
    assert "<PROPERTY>position = (1.5, -2.0)</PROPERTY>" in text
    assert "<PROPERTY>colour = #aabbcc</PROPERTY>" in text
    assert "\n    0.3333333333333333 0.6666666666666666\n    1e-05 0.99999\n" in text
