"""`macroscope convert`: any network from any format to any other, told by the endings."""

import pytest

from app.catalogue import KINDS
from app.cli.evidence_options import evidence_from
from app.shell.opening import open_any, study_around
from app.study.model import Study, SubjectEntry
from app.study.store import write_study
from core.networks import zoo
from core.networks.evidence import Evidence
from core.networks.formats import bif, hugin, uai, xdsl, xmlbif

READERS = {
    ".bif": bif.read,
    ".bif.gz": bif.read,
    ".xml": xmlbif.read,
    ".xmlbif": xmlbif.read,
    ".bifxml": xmlbif.read,
    ".net": hugin.read,
    ".xdsl": xdsl.read,
}


@pytest.mark.parametrize("first", [*READERS, ".json"])
@pytest.mark.parametrize("second", READERS)
def test_every_format_goes_to_every_other_and_back(macroscope, sprinkler, tmp_path, first, second):
    middle, end = tmp_path / f"middle{first}", tmp_path / f"end{second}"
    assert macroscope("convert", sprinkler, middle) == (0, "", "")
    assert macroscope("convert", middle, end) == (0, "", "")
    assert READERS[second](end) == bif.read(sprinkler)


def test_a_study_is_written_with_its_network_laid_out(macroscope, sprinkler, tmp_path):
    assert macroscope("convert", sprinkler, tmp_path / "s.macroscope") == (0, "", "")
    (entry,) = open_any(tmp_path / "s.macroscope", KINDS).subjects
    assert entry.name == "sprinkler"
    assert len({node.position for node in entry.value.net}) == 4


def test_a_uai_file_is_written_and_read_with_numbers_for_names(macroscope, sprinkler, tmp_path):
    status, output, errors = macroscope("convert", sprinkler, tmp_path / "s.uai")
    assert (status, output) == (0, "")
    assert errors.splitlines() == [
        "A UAI file has no names; the variables become 0, 1, 2, …",
        "A UAI file has no labels; the states become 0, 1, 2, …",
    ]
    assert macroscope("convert", tmp_path / "s.uai", tmp_path / "s.net") == (0, "", "")
    assert hugin.read(tmp_path / "s.net").names == ("0", "1", "2", "3")
    net = uai.read(tmp_path / "s.uai")
    assert net["3"].table.tolist() == bif.read(sprinkler)["Wet"].table.tolist()


def test_what_is_lost_is_told_once_on_standard_error(macroscope, tmp_path):
    study = study_around("network", "Net", zoo.example("chest-clinic").build())
    (entry,) = study.subjects
    value = entry.value.with_node_style("name")
    write_study(study_around("network", "Net", value), tmp_path / "s.macroscope", KINDS)
    status, output, errors = macroscope("convert", tmp_path / "s.macroscope", tmp_path / "n.xdsl")
    assert (status, output) == (0, "")
    assert errors.count("how nodes are shown") == 1


def test_what_the_reader_changed_is_told_on_standard_error(macroscope, tmp_path):
    path = tmp_path / "n.net"
    path.write_text('net { } node A { states = ("x" "y"); } potential (A) { }')
    status, _, errors = macroscope("convert", path, tmp_path / "n.bif")
    assert (status, errors) == (0, "No numbers are given for A; they were made equal.\n")


def two_networks(path):
    entries = (
        SubjectEntry("s1", "network", "First", zoo.example("sprinkler").build()),
        SubjectEntry("s2", "network", "Second", zoo.example("student").build()),
    )
    write_study(Study(subjects=entries), path, KINDS)


def test_one_of_several_networks_is_chosen_by_name(macroscope, tmp_path):
    two_networks(tmp_path / "s.macroscope")
    command = ("convert", tmp_path / "s.macroscope", tmp_path / "n.net")
    status, _, errors = macroscope(*command)
    assert status == 0
    assert "holds First, Second; taking First" in errors
    status, _, errors = macroscope(*command, "--subject", "Second")
    assert hugin.read(tmp_path / "n.net").name == zoo.example("student").build().net.name
    status, _, errors = macroscope(*command, "--subject", "Third")
    assert status == 2
    assert "no network 'Third'" in errors


def test_all_networks_of_a_study_go_into_another_study(macroscope, tmp_path):
    two_networks(tmp_path / "s.macroscope")
    assert macroscope("convert", tmp_path / "s.macroscope", tmp_path / "t.macroscope")[0] == 0
    assert len(open_any(tmp_path / "t.macroscope", KINDS).subjects) == 2


@pytest.mark.parametrize(
    ("source", "out", "says"),
    [
        ("{net}", "{net}", "is the file to read"),
        ("{net}", "{folder}/n.pdf", "ending that nothing is written in"),
        ("{net}", "{folder}/n", "ending that nothing is written in"),
        ("{net}", "{folder}/none/n.net", "folder does not exist"),
        ("{net}", "", "no name"),
        ("", "{folder}/n.net", "no name"),
        ("{folder}/none.bif", "{folder}/n.net", "does not exist"),
        ("{folder}/bad.xml", "{folder}/n.net", "not well-formed"),
        ("{folder}/empty.macroscope", "{folder}/n.net", "holds no network"),
        ("{folder}/empty.macroscope", "{folder}/t.macroscope", "the study is empty"),
    ],
)
def test_what_cannot_be_converted_is_one_sentence(
    macroscope, sprinkler, tmp_path, source, out, says
):
    (tmp_path / "bad.xml").write_text("<BIF><")
    write_study(Study(), tmp_path / "empty.macroscope", KINDS)
    before = sorted(path.name for path in tmp_path.iterdir())
    places = {"net": sprinkler, "folder": tmp_path}
    status, output, errors = macroscope("convert", source.format(**places), out.format(**places))
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert says in errors
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_failure_leaves_the_file_that_was_there(macroscope, sprinkler, tmp_path):
    out = tmp_path / "n.net"
    out.write_text("mine")
    text = sprinkler.read_text().replace("0.99, 0.01", "0.99, 0.5")
    sprinkler.write_text(text)
    assert macroscope("convert", sprinkler, out)[0] == 2
    assert out.read_text() == "mine"


def test_findings_of_an_evid_file_are_by_number(sprinkler, tmp_path):
    net = bif.read(sprinkler)
    path = tmp_path / "e.evid"
    path.write_text("1\n 2 0\n")
    assert evidence_from(net, [], str(path)) == Evidence({"Rain": 0})
    assert evidence_from(net, ["Wet=F", "Rain=T"], str(path)) == Evidence({"Rain": 0, "Wet": 1})


def test_a_bad_evid_file_is_one_sentence(macroscope, sprinkler, tmp_path):
    (tmp_path / "e.evid").write_text("1 9 0")
    status, _, errors = macroscope("infer", sprinkler, "--evidence-file", tmp_path / "e.evid")
    assert (status, errors.count("\n")) == (2, 1)
    assert "e.evid" in errors


MARKOV = "MARKOV\n2\n2 3\n2\n1 0\n2 0 1\n2\n 0.5 2.0\n6\n 1.0 2.0 3.0 4.0 5.0 6.0\n"


def test_a_markov_network_goes_to_uai_and_studies_and_nowhere_else(macroscope, tmp_path):
    (tmp_path / "m.uai").write_text(MARKOV)
    assert macroscope("convert", tmp_path / "m.uai", tmp_path / "m.macroscope") == (0, "", "")
    status, _, errors = macroscope("convert", tmp_path / "m.macroscope", tmp_path / "n.uai.gz")
    assert (status, errors) == (0, "A UAI file has no positions.\n")
    before, after = uai.read(tmp_path / "m.uai"), uai.read(tmp_path / "n.uai.gz")
    assert [p.table.tolist() for p in after.potentials] == [
        p.table.tolist() for p in before.potentials
    ]
    for suffix in READERS:
        status, output, errors = macroscope("convert", tmp_path / "m.uai", tmp_path / f"m{suffix}")
        assert (status, output, errors.count("\n")) == (2, "", 1)
        assert "is a Markov network, which" in errors
