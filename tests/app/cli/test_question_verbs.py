"""The verbs that ask: separation, cases, sample, sensitivity and value."""

import csv
import json
import math

import pytest


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.fixture
def ask(macroscope):
    """Return a function that runs a verb, asserts that it went well and gives its JSON."""

    def run(*arguments):
        status, output, errors = macroscope(*arguments)
        assert status == 0, errors
        return json.loads(output)

    return run


# -- separation ------------------------------------------------------------------------------------


def test_the_sprinkler_and_rain_share_a_cause_and_an_effect(ask, sprinkler):
    question = ("separation", sprinkler, "--from", "Sprinkler", "--to", "Rain")
    assert ask(*question) == {
        "separated": False,
        "open_paths": [["Sprinkler", "Cloudy", "Rain"]],
    }
    assert ask(*question, "--given", "Cloudy") == {"separated": True, "open_paths": []}
    assert ask(*question, "--given", "Cloudy,Wet") == {
        "separated": False,
        "open_paths": [["Sprinkler", "Wet", "Rain"]],
    }


def test_groups_may_be_asked_about(ask, sprinkler):
    found = ask("separation", sprinkler, "--from", "Cloudy", "--to", "Wet", "--given",
                "Sprinkler,Rain")  # fmt: skip
    assert found == {"separated": True, "open_paths": []}
    found = ask("separation", sprinkler, "--from", "Cloudy", "--to", "Rain,Wet", "--limit", "9")
    assert all(path[0] == "Cloudy" and path[-1] in ("Rain", "Wet") for path in found["open_paths"])


def test_more_paths_than_asked_for_are_mentioned(macroscope, sprinkler):
    words = ("--from", "Cloudy", "--to", "Wet", "--limit", "1")
    status, output, errors = macroscope("separation", sprinkler, *words)
    assert (status, len(json.loads(output)["open_paths"])) == (0, 1)
    assert "more" in errors


# -- cases and samples -----------------------------------------------------------------------------


def test_samples_are_inferred_again(macroscope, sprinkler, tmp_path):
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    words = ("--cases", "200", "--seed", "4", "--missing", "0.5", "--out", data)
    assert macroscope("sample", sprinkler, *words) == (0, "", "")
    heading, *cases = rows_of(data)
    assert heading == ["Cloudy", "Sprinkler", "Rain", "Wet"]
    assert len(cases) == 200
    status, output, errors = macroscope("cases", sprinkler, "--data", data, "--out", out)
    assert (status, output, errors) == (0, "", "200 cases.\n")
    heading, *posteriors = rows_of(out)
    assert heading[:3] == ["log_evidence", "Cloudy=T", "Cloudy=F"]
    assert len(posteriors) == 200
    for case, row in zip(cases, posteriors, strict=True):
        if case[0]:
            assert float(row[1]) == (case[0] == "T")


def test_a_case_that_is_all_missing_gives_the_priors(macroscope, sprinkler, tmp_path):
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    data.write_text("Wet,Rain\n,?\nT,NA\n")
    words = ("--data", data, "--out", out, "--variables", "Sprinkler,Wet")
    assert macroscope("cases", sprinkler, *words)[0] == 0
    heading, first, second = rows_of(out)
    assert heading == ["log_evidence", "Sprinkler=T", "Sprinkler=F", "Wet=T", "Wet=F"]
    assert list(map(float, first)) == pytest.approx([0, 0.3, 0.7, 0.6471, 0.3529], abs=1e-12)
    assert float(second[0]) == pytest.approx(math.log(0.6471), abs=1e-12)
    assert float(second[1]) == pytest.approx(0.429763560500696, abs=1e-12)


def test_impossible_cases_are_marked_and_counted(macroscope, sprinkler, tmp_path):
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    data.write_text("Sprinkler,Rain,Wet\nF,F,T\nT,T,T\n")
    status, _, errors = macroscope("cases", sprinkler, "--data", data, "--out", out)
    assert (status, errors) == (0, "2 cases, 1 impossible.\n")
    assert rows_of(out)[1] == ["-inf", *[""] * 8]


# -- sensitivity and value -------------------------------------------------------------------------


def test_sensitivity_tells_slope_function_and_range(ask, sprinkler):
    found = ask("sensitivity", sprinkler, "--target", "Rain=T", "--full", "--limit", "3")
    assert (found["target"], found["probability"]) == ({"Rain": "T"}, pytest.approx(0.5))
    cloudy = next(row for row in found["parameters"] if row["node"] == "Cloudy")
    # P(Rain) = 0.8 t + 0.2 (1 - t) for the prior t of clouds, and the same turned for no clouds
    assert abs(cloudy["derivative"]) == pytest.approx(0.6, abs=1e-12)
    assert sorted(cloudy["range"]) == pytest.approx([0.2, 0.8])
    assert len(found["parameters"]) == 3


def test_clouds_tell_most_about_rain(ask, sprinkler):
    found = ask("value", sprinkler, "--target", "Rain")
    assert (found["target"], found["unit"]) == ("Rain", "nats")
    assert found["entropy"] == pytest.approx(math.log(2), abs=1e-12)
    assert next(iter(found["values"])) == "Cloudy"
    expected = 0.8 * math.log(0.4 / 0.25) + 0.2 * math.log(0.1 / 0.25)
    assert found["values"]["Cloudy"] == pytest.approx(expected, abs=1e-12)


BAD_COMMANDS = {
    "separation from nowhere": (["separation", "{net}", "--to", "Rain"], "--from"),
    "separation from an unknown node": (
        ["separation", "{net}", "--from", "Snow", "--to", "Rain"],
        "Snow",
    ),
    "separation on two sides": (
        ["separation", "{net}", "--from", "Rain", "--to", "Rain"],
        "two sides",
    ),
    "cases without data": (["cases", "{net}", "--out", "{out}"], "--data"),
    "cases that are not there": (
        ["cases", "{net}", "--data", "none.csv", "--out", "{out}"],
        "none.csv",
    ),
    "cases over themselves": (["cases", "{net}", "--data", "{csv}", "--out", "{csv}"], "another"),
    "cases of another net": (["cases", "{net}", "--data", "{csv}", "--out", "{out}"], "column 2"),
    "no number of samples": (["sample", "{net}", "--out", "{out}"], "--cases"),
    "too few samples": (["sample", "{net}", "--cases", "0", "--out", "{out}"], "0"),
    "a share above one": (
        ["sample", "{net}", "--cases", "5", "--missing", "2", "--out", "{out}"],
        "2",
    ),
    "a target without a state": (["sensitivity", "{net}", "--target", "Rain"], "NAME=STATE"),
    "a target in an unknown state": (["sensitivity", "{net}", "--target", "Rain=x"], "x"),
    "an unknown target": (["value", "{net}", "--target", "Snow"], "Snow"),
}


@pytest.mark.parametrize("case", BAD_COMMANDS)
def test_a_bad_question_is_one_sentence(macroscope, sprinkler, tmp_path, case):
    (tmp_path / "cases.csv").write_text("Rain,Snow\nT,F\n")
    words, named = BAD_COMMANDS[case]
    places = {"net": sprinkler, "csv": tmp_path / "cases.csv", "out": tmp_path / "out.csv"}
    status, output, errors = macroscope(*(word.format(**places) for word in words))
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("verb", ["separation", "cases", "sample", "sensitivity", "value"])
def test_every_verb_has_its_help(macroscope, verb):
    status, output, errors = macroscope(verb, "--help")
    assert (status, errors) == (0, "")
    assert output.startswith(f"usage: macroscope {verb}")


def test_a_markov_network_is_separated_by_its_graph_and_has_nothing_to_sample(
    ask, macroscope, tmp_path
):
    ring = tmp_path / "ring.uai"
    ring.write_text("MARKOV 4 2 2 2 2 4 2 0 1 2 1 2 2 2 3 2 3 0 " + "4 2 1 1 2 " * 4)
    found = ask("separation", ring, "--from", "0", "--to", "2", "--given", "1")
    assert found == {"separated": False, "open_paths": [["0", "3", "2"]]}
    assert ask("separation", ring, "--from", "0", "--to", "2", "--given", "1,3")["separated"]
    status, _, errors = macroscope("sample", ring, "--cases", "3", "--out", tmp_path / "c.csv")
    assert (status, errors.count("\n")) == (2, 1)
    assert "Bayes net" in errors
