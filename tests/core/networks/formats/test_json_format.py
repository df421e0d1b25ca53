"""Our own JSON: everything of a subject there and back, and errors with their place."""

import json

import pytest
from hypothesis import given

from core.files.errors import FormatError
from core.networks.evidence import Evidence
from core.networks.formats import json_format
from core.networks.subject import NetworkSubject
from core.networks.zoo import EXAMPLES, example
from tests.core.networks.strategies import patient, subjects

SUBJECT = NetworkSubject(
    example("student").build().net, Evidence({"Grade": 2}), {"lucky": Evidence({"SAT": (1, 3)})}
)
TEXT = json_format.json_text(SUBJECT)
RECORD = json.loads(TEXT)


@patient
@given(subjects())
def test_every_subject_reads_back_equal(subject):
    assert json_format.parse(json_format.json_text(subject)) == subject


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: each.name)
@pytest.mark.parametrize("name", ["net.json", "net.json.gz"])
def test_every_example_reads_back_equal_from_a_file(each, name, tmp_path):
    json_format.write(each.build(), tmp_path / name)
    assert json_format.read(tmp_path / name) == each.build()


def test_the_file_holds_labels_and_nested_tables():
    assert (RECORD["format"], RECORD["version"]) == ("macroscope-network", 1)
    assert RECORD["evidence"] == {"Grade": "g3"}
    assert RECORD["evidence_sets"] == {"lucky": {"SAT": [1.0, 3.0]}}
    grade = next(node for node in RECORD["nodes"] if node["name"] == "Grade")
    assert grade["parents"] == ["Intelligence", "Difficulty"]
    assert grade["table"][1][0] == [0.9, 0.08, 0.02]


def test_fields_that_a_person_leaves_out_have_defaults():
    text = (
        '{"format": "macroscope-network", "version": 1,'
        ' "nodes": [{"name": "A", "states": ["x", "y"], "table": [1, 0]}]}'
    )
    subject = json_format.parse(text)
    assert subject.net["A"].parents == ()
    assert (subject.net.name, subject.node_style) == ("network", "bars")


def test_columns_that_miss_one_are_kept_for_they_may_be_work_in_progress():
    net = SUBJECT.net.with_table("SAT", [[0.5, 0.1], [0.2, 0.8]])
    subject = SUBJECT.with_net(net)
    assert json_format.parse(json_format.json_text(subject)) == subject


def changed(change):
    """The student's record after `change`, as text on many lines."""
    record = json.loads(TEXT)
    change(record)
    return json.dumps(record, indent=1)


def setting(*place, value):
    """A change of one value of the record."""

    def change(record):
        for step in place[:-1]:
            record = record[step]
        record[place[-1]] = value

    return changed(change)


SCALE = "1" * 5000
MALFORMED = {
    "empty": ("", "not JSON"),
    "prose": ("Dear reader", "not JSON"),
    "a number": ("5", "not a network"),
    "a list": ("[]", "not a network"),
    "null": ("null", "not a network"),
    "another object": ("{}", "not a network"),
    "truncated": (TEXT[: len(TEXT) // 2], "not JSON"),
    "two objects": (TEXT + TEXT, "extra data"),
    "comment": ("// note\n" + TEXT, "not JSON"),
    "trailing comma": (TEXT.rstrip()[:-1] + ",}", "not JSON"),
    "control character in text": (TEXT.replace("Grade", "Gra\tde"), "control character"),
    "deep": ("[" * 200_000, "nested too deeply"),
    "digits": (TEXT.replace("0.6", SCALE, 1), "thousands of digits"),
    "repeated key": (TEXT.replace('"version"', '"format": 1, "version"', 1), "'format' stands"),
    "another format": (setting("format", value="graph"), "not a network"),
    "format of the wrong kind": (setting("format", value=["macroscope-network"]), "not a network"),
    "no version": (changed(lambda record: record.pop("version")), '"version" is missing'),
    "newer": (setting("version", value=2), "newer Macroscope"),
    "no nodes": (changed(lambda record: record.pop("nodes")), '"nodes" is missing'),
    "nodes of the wrong kind": (setting("nodes", value={}), "nodes: a list"),
    "node of the wrong kind": (setting("nodes", 1, value="x"), r"nodes\[1\]: an object"),
    "node without name": (changed(lambda r: r["nodes"][0].pop("name")), '"name" is missing'),
    "name of the wrong kind": (setting("nodes", 0, "name", value=7), r"nodes\[0\].name: text"),
    "blank name": (setting("nodes", 0, "name", value=" "), "no node|not blank"),
    "half a character": (setting("nodes", 3, "name", value="\ud800"), "one line"),
    "name twice": (setting("nodes", 0, "name", value="SAT"), "two nodes"),
    "states missing": (changed(lambda r: r["nodes"][0].pop("states")), '"states" is missing'),
    "no states": (setting("nodes", 3, "states", value=[]), "list of 0|at least one"),
    "state of the wrong kind": (setting("nodes", 0, "states", 1, value=1), r"states\[1\]: text"),
    "state twice": (setting("nodes", 0, "states", 1, value="d0"), "'d0' twice"),
    "parents of the wrong kind": (setting("nodes", 2, "parents", value="x"), "parents: a list"),
    "parent of the wrong kind": (setting("nodes", 2, "parents", 0, value=3), "no node called '3'"),
    "unknown parent": (setting("nodes", 2, "parents", 0, value="Mood"), r"parents\[0\].*'Mood'"),
    "parent twice": (
        setting("nodes", 2, "parents", value=["Difficulty", "Difficulty"]),
        "same parent twice",
    ),
    "own parent": (setting("nodes", 3, "parents", value=["SAT"]), "no directed cycles"),
    "table missing": (changed(lambda r: r["nodes"][0].pop("table")), '"table" is missing'),
    "table of the wrong kind": (setting("nodes", 0, "table", value=0.5), "table: a list"),
    "flat table": (setting("nodes", 3, "table", value=[1, 0, 0, 1]), "a list of 2 lists"),
    "short column": (setting("nodes", 3, "table", 1, value=[1]), r"table\[1\]: a list of 2"),
    "text in a table": (setting("nodes", 3, "table", 1, 0, value="1"), r"table\[1\]\[0\]"),
    "truth in a table": (setting("nodes", 3, "table", 1, 0, value=True), "finite number"),
    "null in a table": (setting("nodes", 3, "table", 1, 0, value=None), "finite number"),
    "not a number": (setting("nodes", 3, "table", 1, 0, value=float("nan")), "finite number"),
    "infinity": (setting("nodes", 3, "table", 1, 0, value=float("inf")), "finite number"),
    "too large for a double": (TEXT.replace("0.95", "1e999"), "finite number"),
    "huge whole number": (TEXT.replace("0.95", "1" * 400), "finite number"),
    "negative": (setting("nodes", 3, "table", 0, value=[1.5, -0.5]), "negative"),
    "position of the wrong kind": (setting("nodes", 0, "position", value=5), "position: a list"),
    "position of three": (setting("nodes", 0, "position", value=[1, 2, 3]), "two numbers"),
    "position of words": (setting("nodes", 0, "position", value=["a", "b"]), "two numbers"),
    "position at infinity": (setting("nodes", 0, "position", value=[1e400, 0]), "two numbers"),
    "colour of the wrong kind": (setting("nodes", 0, "colour", value=5), "#rrggbb"),
    "unknown colour": (setting("nodes", 0, "colour", value="red"), "#rrggbb"),
    "note of the wrong kind": (setting("nodes", 0, "note", value=5), "note: text"),
    "name of the net": (setting("name", value=["x"]), "name: text"),
    "evidence of the wrong kind": (setting("evidence", value=[]), "evidence: an object"),
    "evidence on nothing": (setting("evidence", value={"Mood": "x"}), "evidence: .*'Mood'"),
    "unknown state": (setting("evidence", "Grade", value="g9"), "no state 'g9'"),
    "short likelihood": (setting("evidence", "Grade", value=[1]), "3 likelihoods"),
    "likelihood of words": (setting("evidence", "Grade", value=["a"] * 3), "not all numbers"),
    "likelihood of zeros": (setting("evidence", "Grade", value=[0, 0, 0]), "not all 0"),
    "sets of the wrong kind": (setting("evidence_sets", value=[]), "evidence_sets: an object"),
    "set of the wrong kind": (setting("evidence_sets", "lucky", value=1), "lucky: an object"),
    "blank set": (setting("evidence_sets", value={" ": {}}), "evidence set cannot be called"),
    "style of the wrong kind": (setting("node_style", value=1), "node_style: text"),
    "unknown style": (setting("node_style", value="loud"), "node style 'loud'"),
    "style of nothing": (setting("node_styles", value={"Mood": "name"}), "'Mood'"),
    "style of lists": (setting("node_styles", value={"SAT": ["name"]}), "style"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_is_refused_in_one_sentence(case, tmp_path):
    text, words = MALFORMED[case]
    path = tmp_path / "net.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=words) as caught:
        json_format.read(path)
    sentence = str(caught.value)
    assert sentence.startswith("net.json")
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_an_error_names_the_line_and_column_of_the_value():
    text = setting("nodes", 3, "table", 1, 0, value="1")
    with pytest.raises(FormatError) as caught:
        json_format.parse(text)
    line = text.splitlines()[caught.value.line - 1]
    assert line[caught.value.column - 1 :].startswith('"1"')


@pytest.mark.parametrize("data", [b"\x00\x01", "{}".encode("utf-16"), b'{"\xff\x81"'])
def test_bytes_that_are_no_text_are_refused(data, tmp_path):
    (tmp_path / "net.json").write_bytes(data)
    with pytest.raises(FormatError, match=r"net\.json, line 1.*not text"):
        json_format.read(tmp_path / "net.json")
