"""`macroscope examples`: the list, and every example in every format it is written in."""

import json

import pytest

from app.benches.automata.kind import WORLD_KIND
from app.benches.boundaries.kind import ENSEMBLE_KIND
from app.benches.processes.kind import PROCESS_KIND
from app.catalogue import MARKOV_KIND, NETWORK_KIND

NAMES = [example.name for example in NETWORK_KIND.examples]
MARKOV_NAMES = [example.name for example in MARKOV_KIND.examples]
PROCESS_NAMES = [example.name for example in PROCESS_KIND.examples]
WORLD_NAMES = [example.name for example in WORLD_KIND.examples]
ENSEMBLE_NAMES = [example.name for example in ENSEMBLE_KIND.examples]


def test_the_list_is_json_and_names_the_sprinkler(macroscope):
    status, output, errors = macroscope("examples")
    assert (status, errors) == (0, "")
    assert json.loads(output) == [
        *NAMES, *MARKOV_NAMES, *PROCESS_NAMES, *WORLD_NAMES, *ENSEMBLE_NAMES
    ]  # fmt: skip
    assert "sprinkler" in NAMES


@pytest.mark.parametrize("suffix", [".bif", ".bif.gz", ".json", ".macroscope"])
@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_written_and_read_back_in_every_format(
    macroscope, infer, tmp_path, name, suffix
):
    path = tmp_path / f"example{suffix}"
    assert macroscope("examples", name, "--out", path) == (0, "", "")
    example = next(each for each in NETWORK_KIND.examples if each.name == name)
    marginals = infer(path)["marginals"]
    assert {key: list(states) for key, states in marginals.items()} == {
        node.name: list(node.states) for node in example.build().net
    }
    assert all(sum(states.values()) == pytest.approx(1, abs=1e-9) for states in marginals.values())


@pytest.mark.parametrize("suffix", [".uai.gz", ".json", ".macroscope"])
def test_a_markov_network_is_written_and_read_back_in_every_format(
    macroscope, infer, tmp_path, suffix
):
    path = tmp_path / f"example{suffix}"
    status, output, _ = macroscope("examples", "misconception", "--out", path)
    assert (status, output) == (0, "")
    assert infer(path)["log_evidence"] == pytest.approx(15.789847106893081, abs=1e-12)


def test_an_example_without_a_file_is_printed_as_json(macroscope, infer, tmp_path):
    status, output, errors = macroscope("examples", "sprinkler")
    assert (status, errors) == (0, "")
    (tmp_path / "printed.json").write_text(output, encoding="utf-8")
    marginals = infer(tmp_path / "printed.json")["marginals"]
    assert marginals["WetGrass"]["true"] == pytest.approx(0.6471, abs=1e-12)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["nowhere", "--out", "{folder}/e.bif"], "sprinkler"),
        (["--out", "{folder}/e.bif"], "name"),
        (["sprinkler", "--out", "{folder}/e.txt"], "e.txt"),
        (["misconception", "--out", "{folder}/e.bif"], ".uai.gz"),
        (["sprinkler", "--out", "{folder}/none/e.bif"], "e.bif"),
        (["sprinkler", "--out", "{folder}/none/e.macroscope"], "e.macroscope"),
        (["sprinkler", "chest-clinic"], "chest-clinic"),
    ],
)
def test_a_bad_command_line_is_one_sentence(macroscope, tmp_path, words, named):
    status, output, errors = macroscope("examples", *(w.format(folder=tmp_path) for w in words))
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors
