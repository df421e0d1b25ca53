"""`macroscope infer` beyond marginals: joints, explanations, all pairs, methods and orders.

The numbers of the sprinkler follow from its tables by enumeration; P(Wet) = 0.6471.
"""

import io
import json
import math

import numpy as np
import pytest

METHODS = ["clique-tree", "variable-elimination", "naive"]
ORDERS = ["min-fill", "weighted-min-fill", "min-weight", "min-degree", "search"]


@pytest.fixture
def odd(tmp_path):
    """A net whose names hold commas and quotes, as JSON."""
    nodes = [
        {"name": "a,b", "states": ["x", "y"], "parents": [], "table": [0.25, 0.75]},
        {"name": "a", "states": ["x", "y"], "parents": [], "table": [0.5, 0.5]},
        {"name": 'the "c"', "states": ["x", "y"], "parents": ["a"], "table": [[1, 0], [0, 1]]},
    ]
    path = tmp_path / "odd.json"
    record = {"format": "macroscope-network", "version": 1, "name": "odd", "nodes": nodes}
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def test_joints_have_the_first_variable_outermost(infer, sprinkler):
    result = infer(sprinkler, "--joint", "Wet,Cloudy", "--joint", "Rain")
    pair, single = result["joints"]
    assert pair["variables"] == ["Wet", "Cloudy"]
    # P(W, C) = P(C) sum P(S | C) P(R | C) P(W | S, R): 0.3726 with clouds, 0.2745 without
    expected = [[0.3726, 0.2745], [0.1274, 0.2255]]
    assert np.array(pair["table"]) == pytest.approx(np.array(expected), abs=1e-12)
    assert single == {"variables": ["Rain"], "table": pytest.approx([0.5, 0.5])}


def test_a_joint_is_given_the_evidence(infer, sprinkler):
    result = infer(sprinkler, "--evidence", "Wet=T", "--joint", "Sprinkler,Rain")
    table = np.array(result["joints"][0]["table"])
    assert table.sum() == pytest.approx(1, abs=1e-12)
    assert table[0].sum() == pytest.approx(0.429763560500696, abs=1e-12)
    assert table[:, 0].sum() == pytest.approx(0.707927677329625, abs=1e-12)


def test_keys_are_there_only_when_asked_for(infer, sprinkler):
    extra = {"joints", "mpe", "map", "mutual_information"}
    assert not extra & set(infer(sprinkler))
    asked = infer(sprinkler, "--joint", "Rain", "--mpe", "--all-pairs")
    assert extra & set(asked) == {"joints", "mpe", "mutual_information"}


@pytest.mark.parametrize("method", METHODS)
def test_the_explanation_of_wet_grass(infer, sprinkler, method):
    result = infer(sprinkler, "--evidence", "Wet=T", "--mpe", "--method", method)
    assert result["method"] == method
    assert result["mpe"] == {"Cloudy": "T", "Sprinkler": "F", "Rain": "T", "Wet": "T"}
    result = infer(sprinkler, "--evidence", "Wet=T", "--map", "Rain", "--method", method)
    assert result["map"] == {"Rain": "T"}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_the_same_numbers(infer, sprinkler, method):
    result = infer(sprinkler, "--evidence", "Wet=T", "--method", method, "--joint", "Cloudy,Rain")
    assert result["log_evidence"] == pytest.approx(math.log(0.6471), abs=1e-12)
    assert result["marginals"]["Rain"]["T"] == pytest.approx(0.707927677329625, abs=1e-12)
    assert result["marginals"]["Wet"] == {"T": 1.0, "F": 0.0}
    joint = np.array(result["joints"][0]["table"])
    assert joint[0].sum() == pytest.approx(0.575799721835883, abs=1e-12)
    assert result["cost"]["multiplications"] > 0
    assert result["cost"]["additions"] > 0


def test_each_level_does_less_than_the_one_below(infer, sprinkler):
    costs = [infer(sprinkler, "--method", method)["cost"] for method in METHODS]
    totals = [cost["multiplications"] + cost["additions"] for cost in costs]
    assert totals == sorted(totals)


@pytest.mark.parametrize("calibration", ["sum-product", "belief-update"])
def test_both_calibrations_agree(infer, sprinkler, calibration):
    result = infer(sprinkler, "--evidence", "Wet=T", "--calibration", calibration)
    assert result["log_evidence"] == pytest.approx(math.log(0.6471), abs=1e-12)
    assert result["marginals"]["Cloudy"]["T"] == pytest.approx(0.575799721835883, abs=1e-12)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("method", ["clique-tree", "variable-elimination"])
def test_every_order_gives_the_same_numbers(infer, sprinkler, order, method):
    result = infer(sprinkler, "--order", order, "--method", method, "--evidence", "Wet=T")
    assert result["marginals"]["Sprinkler"]["T"] == pytest.approx(0.429763560500696, abs=1e-12)


def test_repeating_changes_no_number(infer, sprinkler):
    once, often = infer(sprinkler), infer(sprinkler, "--repeat", "5")
    assert once["marginals"] == often["marginals"]
    assert often["seconds"]["propagate"] >= 0


def test_all_pairs_are_symmetric_with_entropies_on_the_diagonal(infer, sprinkler):
    found = infer(sprinkler, "--all-pairs")["mutual_information"]
    assert found["unit"] == "nats"
    assert found["variables"] == ["Cloudy", "Sprinkler", "Rain", "Wet"]
    matrix = np.array(found["matrix"])
    assert matrix == pytest.approx(matrix.T, abs=1e-15)
    assert matrix[0, 0] == pytest.approx(math.log(2), abs=1e-12)
    # P(C, R) = 0.4, 0.1, 0.1, 0.4
    expected = 0.8 * math.log(0.4 / 0.25) + 0.2 * math.log(0.1 / 0.25)
    assert matrix[0, 2] == pytest.approx(expected, abs=1e-12)


def test_uai_evidence_counts_as_evidence(infer, sprinkler, tmp_path):
    (tmp_path / "wet.evid").write_text("1 3 0\n")
    result = infer(sprinkler, "--evidence-file", tmp_path / "wet.evid")
    assert result["log_evidence"] == pytest.approx(math.log(0.6471), abs=1e-12)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('a,the "c"', ["a", 'the "c"']),
        ("a,b", ["a,b"]),
        ("a,a,b", ["a", "a,b"]),
        ('"a,b","a"', ["a,b", "a"]),
        ('"the ""c""", a', ['the "c"', "a"]),
    ],
)
def test_names_may_hold_commas_and_quotes(infer, odd, text, names):
    assert infer(odd, "--joint", text)["joints"][0]["variables"] == names


BAD_COMMANDS = {
    "an unknown variable in a joint": (["--joint", "Wet,Snow"], "Snow"),
    "a variable twice in a joint": (["--joint", "Wet,Wet"], "twice"),
    "an empty joint": (["--joint", ""], "--joint"),
    "an unknown variable in a map": (["--map", "Snow"], "Snow"),
    "two explanations": (["--map", "Wet", "--mpe"], "--mpe"),
    "an unknown method": (["--method", "guess"], "guess"),
    "an unknown order": (["--order", "random"], "random"),
    "an unknown calibration": (["--calibration", "loopy"], "loopy"),
    "no repetition": (["--repeat", "0"], "0"),
    "a repetition that is no number": (["--repeat", "two"], "two"),
}


@pytest.mark.parametrize("case", BAD_COMMANDS)
def test_a_bad_question_is_one_sentence(macroscope, sprinkler, case):
    words, named = BAD_COMMANDS[case]
    status, output, errors = macroscope("infer", sprinkler, *words)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors


@pytest.mark.parametrize("method", METHODS)
def test_impossible_evidence_is_impossible_by_every_method(macroscope, sprinkler, method):
    options = ["Sprinkler=F", "Rain=F", "Wet=T"]
    words = [word for option in options for word in ("--evidence", option)]
    status, output, errors = macroscope("infer", sprinkler, *words, "--method", method)
    assert (status, output, errors.count("\n")) == (3, "", 1)
    assert "Wet = T" in errors


def test_a_network_that_cannot_fit_is_refused_with_the_number(macroscope, tmp_path):
    # every two of sixty variables of three states are parents of one more: a clique of sixty
    lines = ["network big { }"]
    for k in range(60):
        lines += [
            f"variable v{k} {{ type discrete [ 3 ] {{ a, b, c }}; }}",
            f"probability ( v{k} ) {{ table 0.2, 0.3, 0.5; }}",
        ]
    for i in range(60):
        for k in range(i):
            lines += [
                f"variable e{i}x{k} {{ type discrete [ 1 ] {{ a }}; }}",
                f"probability ( e{i}x{k} | v{i}, v{k} ) {{ default 1; }}",
            ]
    path = tmp_path / "big.bif"
    path.write_text("\n".join(lines))
    status, output, errors = macroscope("infer", path)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "cells" in errors
    status, _, errors = macroscope("infer", path, "--method", "naive")
    assert (status, "cells" in errors) == (2, True)


MISCONCEPTION = """MARKOV
4
2 2 2 2
4
2 0 1
2 1 2
2 2 3
2 3 0
4 30 5 1 10
4 100 1 1 100
4 1 100 100 1
4 100 1 1 100
"""


@pytest.fixture
def misconception(tmp_path):
    """Koller and Friedman (2009), figure 4.2, as a UAI file: Z = 7 201 840."""
    path = tmp_path / "misconception.uai"
    path.write_text(MISCONCEPTION)
    return path


@pytest.mark.parametrize("method", METHODS)
def test_a_markov_network_answers_with_the_logarithm_of_z(infer, misconception, method):
    result = infer(misconception, "--method", method, "--mpe", "--joint", "0,2")
    assert result["log_evidence"] == pytest.approx(math.log(7_201_840), abs=1e-12)
    found = [marginal["1"] for marginal in result["marginals"].values()]
    expected = [0.180552469924353, 0.736132710529531, 0.7637950857003211, 0.20843701054175]
    assert found == pytest.approx(expected, abs=1e-12)
    assert result["mpe"] == {"0": "0", "1": "1", "2": "1", "3": "0"}
    table = np.array(result["joints"][0]["table"])
    assert table.sum(axis=1)[1] == pytest.approx(0.180552469924353, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_evidence_reduces_a_markov_network_and_its_z(infer, misconception, tmp_path, method):
    (tmp_path / "c0.evid").write_text("1 2 0")
    found = infer(misconception, "--evidence-file", tmp_path / "c0.evid", "--method", method)
    assert found["log_evidence"] == pytest.approx(math.log(1_701_110), abs=1e-12)
    assert found["marginals"]["1"]["1"] == pytest.approx(0.0593788761455756, abs=1e-12)
    assert found["marginals"]["0"]["1"] == pytest.approx(0.646701271522712, abs=1e-12)


def test_requests_are_answered_line_by_line(macroscope, sprinkler, monkeypatch):
    request = {"path": str(sprinkler), "evidence": {"Wet": "T"}, "switch": None, "reps": 1}
    lines = io.BytesIO(json.dumps(request).encode() + b"\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(lines, encoding="utf-8"))
    status, output, errors = macroscope("infer", "--server")
    assert (status, errors) == (0, "")
    assert json.loads(output)["logpe"] == pytest.approx(math.log(0.6471), abs=1e-12)
