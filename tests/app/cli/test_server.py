"""The inference server answers every line with a line, whatever the line says."""

import json
import math
import os
import subprocess
import sys

import pytest

from app.cli.server import answer
from core.networks import zoo
from core.networks.formats import bif

GRID = """MARKOV
3
2 2 3
2
2 0 1
2 1 2
4
1 2 3 4
6
1 1 2 1 0 1
"""


@pytest.fixture
def clinic(tmp_path):
    path = tmp_path / "clinic.bif"
    bif.write(zoo.example("chest-clinic").build().net, path)
    return str(path)


@pytest.fixture
def grid(tmp_path):
    path = tmp_path / "grid.uai"
    path.write_text(GRID)
    return str(path)


def ask(**request):
    return answer(json.dumps(request))


def test_a_bayes_net_is_answered_with_times_and_posteriors(clinic):
    # Lauritzen and Spiegelhalter (1988): P(dysp = yes) = 0.4359706, P(lung = yes) = 0.055.
    found = ask(path=clinic, evidence={"dysp": "yes"}, switch=["smoke", "no"], threads=1, reps=2)
    assert list(found) == [
        "load_s", "compile_s", "prior_s", "evid_s", "switch_s", "logpe", "prior", "evid",
    ]  # fmt: skip
    assert found["logpe"] == pytest.approx(math.log(0.4359706), abs=1e-12)
    assert sum(found["prior"]["lung"]) == pytest.approx(1.0)
    assert 0.055 in [pytest.approx(p) for p in found["prior"]["lung"]]
    assert sorted(found["evid"]["dysp"]) == [0.0, 1.0]
    assert all(found[name] > 0 for name in list(found)[:5])


def test_variables_of_a_uai_file_have_numbers_for_names_and_states(grid):
    # Z without evidence: (1 + 3) * 4 + (2 + 4) * 2; with variable 1 = 0 it is (1 + 3) * 4.
    found = ask(path=grid, evidence={"1": 0}, switch=None, reps=1)
    assert found["logpe"] == pytest.approx(math.log(16))
    assert found["switch_s"] is None
    assert found["prior"]["1"] == pytest.approx([16 / 28, 12 / 28])
    assert found["evid"]["2"] == pytest.approx([1 / 4, 1 / 4, 1 / 2])
    assert ask(path=grid, evidence={"1": "0"})["logpe"] == found["logpe"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nonsense", "not a line of JSON"),
        ("[]", "not an object"),
        ("{}", 'the "path" of a network file'),
        ('{"path": "/nowhere.bif"}', "does not exist"),
        ('{"path": "CLINIC", "evidence": 3}', '"evidence" is not an object'),
        ('{"path": "CLINIC", "evidence": {"rain": 1}}', "'rain', which is not a node"),
        ('{"path": "CLINIC", "evidence": {"lung": "perhaps"}}', "no state 'perhaps'"),
        ('{"path": "CLINIC", "evidence": {"lung": 7}}', "no state '7'"),
        ('{"path": "CLINIC", "evidence": {"lung": true}}', "no state 'True'"),
        ('{"path": "CLINIC", "switch": ["lung"]}', '"switch" is neither null'),
        ('{"path": "CLINIC", "reps": 0}', '"reps" is not a whole number'),
        ('{"path": "CLINIC", "threads": 0}', '"threads" is not a whole number from 1'),
        ('{"path": "a\\nb.bif"}', "a b.bif does not exist"),
        ('{"path": "CLINIC", "evidence": {"lung": "' + "9" * 5000 + '"}}', "has no state"),
        ('{"path": "CLINIC", "evidence": {"lung": "yes", "either": "no"}}', "is impossible"),
    ],
)
def test_a_failed_request_is_answered_with_a_sentence(clinic, line, sentence):
    found = answer(line.replace("CLINIC", clinic))
    assert list(found) == ["error"]
    assert sentence in found["error"]
    assert "\n" not in found["error"]


def test_a_request_may_allow_more_threads_than_are_used(clinic):
    assert ask(path=clinic, threads=4)["prior"] == ask(path=clinic)["prior"]


def test_lines_are_utf_8_whatever_the_terminal_uses(clinic):
    good = json.dumps({"path": clinic}).encode()
    done = subprocess.run(
        [sys.executable, "-m", "app.main", "infer", "--server"],
        input=b'\xff\n{"path": "caf\xc3\xa9.bif"}\n\xef\xbb\xbf' + good + b"\n",
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict"},
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert "not a line of JSON" in first["error"]
    assert second["error"].startswith("café.bif does not exist")
    assert third["prior"]


def test_the_server_lives_on_after_a_failed_request(clinic):
    good = json.dumps({"path": clinic, "evidence": {}, "switch": None, "threads": 1, "reps": 1})
    done = subprocess.run(
        [sys.executable, "-m", "app.main", "infer", "--server"],
        input=f"{good}\n\nnonsense\n{good}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert list(second) == ["error"]
    assert first["prior"] == third["prior"]
    assert first["logpe"] == 0.0
