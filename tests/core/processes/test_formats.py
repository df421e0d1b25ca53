import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files.errors import FormatError
from core.processes.formats import edge_list, json_format, read_process, yaml_format
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject, zoo_subject
from core.processes.word import word_probability
from core.processes.zoo import PROCESSES
from tests.core.networks.strategies import LABELS, patient
from tests.core.processes.machines import golden_mean, random_model

ODD_NAMES = st.one_of(
    LABELS, st.sampled_from(["a b", "#", '"', "-0->", "x->", "states", "process"])
)


@patient
@given(
    st.integers(0, 10_000),
    st.lists(ODD_NAMES, min_size=3, max_size=3, unique=True),
    st.lists(ODD_NAMES, min_size=2, max_size=2, unique=True),
)
def test_every_model_reads_back_equal(seed, states, symbols):
    plain = random_model(seed, zeros=0.3)
    model = HiddenMarkovModel("odd name", tuple(symbols), tuple(states), plain.T)
    subject = ProcessSubject(model)
    assert json_format.parse(json_format.json_text(subject)).model == model
    assert edge_list.parse(edge_list.edge_text(model)).model == model
    assert json_format.parse(json.dumps(json_format.plain_record(model))).model == model


@pytest.mark.parametrize("entry", PROCESSES, ids=lambda entry: entry.name)
def test_processes_of_the_zoo_keep_all_their_digits(entry, tmp_path):
    subject = zoo_subject(entry.name).moved({entry.build().states[0]: (10.0, -3.5)})
    for name in ("p.json", "p.json.gz"):
        json_format.write(subject, tmp_path / name)
        back = read_process(tmp_path / name)
        assert back.to_record()[0] == subject.to_record()[0]
        assert np.array_equal(back.model.T, subject.model.T)
    edge_list.write(subject, tmp_path / "p.edges")
    assert read_process(tmp_path / "p.edges").model == subject.model


def test_the_least_that_is_a_process():
    text = '{"alphabet": ["0", "1"], "states": ["A"], "T": {"0": [[0.25]], "1": [[0.75]]}}'
    model = json_format.parse(text, "coin.json").model
    assert (model.name, model.T.ravel().tolist()) == ("coin", [0.25, 0.75])


def test_edges_may_be_fractions_and_have_remarks():
    text = "# no 11\nA -0-> A 1/2\nA -1-> B 0.5  # then B\nB -0-> A 1\n"
    assert edge_list.parse(text, "golden-mean.edges").model == golden_mean()


SHELL = '{"alphabet": ["0", "1"], "states": ["A", "B"], "T": {"0": %s, "1": %s}}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ("[]", "an object is expected here"),
        ("{}", '"alphabet" is missing'),
        ('{"alphabet": ["0"], "states": 1000000000}', "with 1,000,000,000 states is too large"),
        ('{"alphabet": ["0"], "states": ["A", "A"]}', "Two states are called 'A'"),
        ('{"alphabet": ["0"], "states": [1]}', "column 32: states[0]: text is expected here"),
        ('{"alphabet": ["0"], "states": ["A"]}', "T: one matrix for each symbol"),
        ('{"alphabet": ["0"], "states": ["A"], "T": {}}', "matrix of symbol '0' is missing"),
        (
            '{"alphabet": ["0"], "states": ["A"], "T": {"0": [[1]], "2": 3}}',
            "'2' is not in the alph",
        ),
        (
            SHELL % ("[[1, 0]]", "[]"),
            "symbol '0' needs 2 rows, one for each state, and there are 1",
        ),
        (SHELL % ("[[1, 0], [1]]", "[]"), "row 'B' of symbol '0' needs 2 numbers"),
        (
            SHELL % ("[[1, 0], [1, null]]", "[]"),
            "row 'B' of symbol '0' has an entry that is no num",
        ),
        (
            SHELL % ("[[1, 0], [1, NaN]]", "[[0, 0], [0, 0]]"),
            "row 'B' of symbol '0', the entry for",
        ),
        (
            SHELL % ("[[1, 0], [1, 0]]", "[[0, 0], [0, -1]]"),
            "row 'B' of symbol '1', the entry for n",
        ),
        (
            SHELL % ("[[1, 0], [0.5, 0]]", "[[0, 0], [0, 0]]"),
            "Row 'B' sums to 0.5 over all symbols",
        ),
        (SHELL % ("[[1, 0], [1e999, 0]]", "[[0, 0], [0, 0]]"), "is inf, which is too large"),
        (
            SHELL % ("[[1, 0], [1" + "0" * 400 + ", 0]]", "[[0, 0], [0, 0]]"),
            "a number is too large",
        ),
        (SHELL.replace("{", '{"format": "macroscope-network", ', 1) % ("[]", "[]"), "no process"),
        ('{"alphabet": [], "alphabet": []}', "the key 'alphabet' stands twice"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_json_that_is_no_process_is_refused_in_a_sentence(text, told):
    with pytest.raises(FormatError) as caught:
        json_format.parse(text, "bad.json")
    assert str(caught.value).startswith("bad.json")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A -0-> A", "line 1, column 1: an edge is written as A -0-> B 0.5"),
        (
            "A -0-> A 1\nA -0-> A 1",
            "line 2, column 1: the edge from 'A' on '0' to 'A' stands twice",
        ),
        ("A -0-> A one", "'one' is no probability"),
        ("A -0-> A 1/0", "'1/0' is no probability"),
        ("A -0-> A nan", "not a number"),
        ("A -0-> B 1", "Row 'B' sums to 0"),
        ("A -0-> A 2", "Row 'A' sums to 2"),
        ("states A\nA -0-> B 1", "no state called 'B'"),
        ("alphabet 1\nA -0-> A 1", "no symbol called '0'"),
        ("states", "are expected after states"),
        ("states A\nstates A", "states is given twice"),
        ('states "A', "are expected after states"),
        ("", "at least one symbol"),
    ],
)
def test_an_edge_list_that_is_none_is_refused_at_its_line(text, told):
    with pytest.raises(FormatError) as caught:
        edge_list.parse(text, "bad.edges")
    assert told in str(caught.value)


SOFIC = """schema: sofic.model
version: 1
class: sofic.generators.mealy.MealyHMM
graph:
  nodes:
  - id: A
    attrs:
      __sofic_type__: dict
      items: []
  - id: B
    attrs:
      __sofic_type__: dict
      items: []
  edges:
  - source: A
    target: A
    key: 0
    attrs:
      __sofic_type__: dict
      items:
      - key: emission
        value: '0'
      - key: prob
        value: 0.5
  - source: A
    target: B
    key: 0
    attrs:
      __sofic_type__: dict
      items:
      - key: emission
        value: '1'
      - key: prob
        value: 0.5
  - source: B
    target: A
    key: 0
    attrs:
      __sofic_type__: dict
      items:
      - key: emission
        value: '0'
      - key: prob
        value: 1.0
metadata:
  __sofic_type__: dict
  items: []
"""


def test_a_model_of_sofic_is_read_from_yaml_and_json():
    assert yaml_format.parse(SOFIC, "golden-mean.yaml").model == golden_mean()
    record = {
        "schema": "sofic.model",
        "version": 1,
        "graph": {
            "nodes": [
                {"id": {"__sofic_type__": "tuple", "items": [0, "a"]}, "attrs": {}},
            ],
            "edges": [
                {
                    "source": {"__sofic_type__": "tuple", "items": [0, "a"]},
                    "target": {"__sofic_type__": "tuple", "items": [0, "a"]},
                    "attrs": {"emission": 7, "prob": 1},
                }
            ],
        },
    }
    model = json_format.parse(json.dumps(record)).model
    assert (model.states, model.alphabet) == (("(0, a)",), ("7",))


def test_a_state_emitting_model_of_sofic_emits_where_it_stands():
    record = {
        "schema": "sofic.model",
        "version": 1,
        "graph": {
            "nodes": [
                {"id": "A", "attrs": {"emission_dist": {"0": 1.0}}},
                {"id": "B", "attrs": {"emission_dist": {"0": 0.25, "1": 0.75}}},
            ],
            "edges": [
                {"source": "A", "target": "B", "attrs": {"prob": 1.0}},
                {"source": "B", "target": "A", "attrs": {"prob": 1.0}},
            ],
        },
    }
    subject = json_format.parse(json.dumps(record))
    assert word_probability(subject.model, "1", [0.0, 1.0]) == 0.75
    assert subject.convention == "on-leaving"


@pytest.mark.parametrize(
    ("convention", "first"),
    [("on-arrival", [[0.0, 0.25], [0.5, 0.125]]), ("on-leaving", [[0, 1], [0.125, 0.125]])],
)
def test_a_state_emitting_model_is_converted_and_the_convention_kept(convention, first):
    record = {
        "alphabet": ["0", "1"],
        "states": ["A", "B"],
        "P": [[0.0, 1.0], [0.5, 0.5]],
        "B": [[1.0, 0.0], [0.25, 0.75]],
        "convention": convention,
    }
    subject = json_format.parse(json.dumps(record))
    assert subject.model.T[0].tolist() == first
    assert subject.convention == convention
    assert json_format.parse(json_format.json_text(subject)).convention == convention


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"B": [[1.0, 0.0]]}, "B: 2 rows are expected here, not 1"),
        ({"B": [[1.0, 0.0], [1.0]]}, "row 'B' needs 2 numbers"),
        ({"B": [[1.0, 0.0], [1.0, 0.5]]}, "Row 'B' of B sums to 1.5"),
        ({"P": [[0.0, 1.0], [-0.5, 1.5]]}, "In row 'B' of P, the entry for 'A' is -0.5"),
        ({"convention": "sometimes"}, "no convention 'sometimes'"),
    ],
)
def test_a_state_emitting_model_that_is_none_is_refused(change, told):
    record = {
        "alphabet": ["0", "1"],
        "states": ["A", "B"],
        "P": [[0.0, 1.0], [0.5, 0.5]],
        "B": [[1.0, 0.0], [0.25, 0.75]],
    }
    with pytest.raises(FormatError) as caught:
        json_format.parse(json.dumps({**record, **change}))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is empty"),
        ("a: &x 1", "line 1, column 1: this part of YAML is not read here: &"),
        ("a: 1\na: 2", "the key 'a' stands twice"),
        ("a:\n  b: 1\n   c: 2", "line 3, column 4: this line is indented more"),
        ("a: 1\n\tb: 2", "spaces, not tabs"),
        ("a: 'open", "a text in quotes ends on its line"),
        ("a: {b: 1}", "collections in brackets hold plain values"),
        (SOFIC.replace("version: 1", "version: 9"), "only version 1 of sofic's files is read"),
        (SOFIC.replace("key: prob", "key: weight"), "'MealyHMM' is not read as a process"),
        (SOFIC.replace("value: 1.0", "value: 0.5"), "Row 'B' sums to 0.5"),
        ("- " * 5000 + "a", "nested too deeply"),
    ],
)
def test_yaml_that_is_not_understood_is_refused_at_its_line(text, told):
    with pytest.raises(FormatError) as caught:
        yaml_format.parse(text, "bad.yaml")
    assert told in str(caught.value)


def test_a_file_of_an_unknown_kind_or_none_at_all_is_refused(tmp_path):
    with pytest.raises(FormatError, match="the ending is none of"):
        read_process(tmp_path / "p.bif")
    with pytest.raises(FormatError, match="cannot be read"):
        read_process(tmp_path / "none.json")
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"{}")[:-9])
    with pytest.raises(FormatError, match="compressed data"):
        read_process(tmp_path / "cut.json.gz")
