"""`macroscope infer`: numbers of the literature, the form of the result, every way to err.

The sprinkler's numbers follow from its tables by enumeration (Murphy 1998): P(Wet) = 0.6471, and
given Wet the posteriors are C 0.575799721835883, S 0.429763560500696, R 0.707927677329625.
"""

import gzip
import json
import math
import os
import subprocess
import sys

import pytest

from app.catalogue import KINDS, NETWORK_KIND
from app.study.model import Study, SubjectEntry
from app.study.store import write_study
from core.networks.evidence import Evidence
from core.networks.model import BayesNet, Node, frozen
from core.networks.subject import NetworkSubject


def _saved(path, *subjects):
    entries = [
        SubjectEntry(f"s{number}", NETWORK_KIND.id, subject.net.name, subject)
        for number, subject in enumerate(subjects, start=1)
    ]
    write_study(Study(subjects=tuple(entries), title="study"), path, KINDS)
    return path


def _coin(name, heads):
    return NetworkSubject(
        BayesNet([Node("coin", ("heads", "tails"), (), frozen([heads, 1 - heads]))], name)
    )


def test_the_priors_of_the_sprinkler_net_are_those_of_its_tables(infer, sprinkler):
    marginals = infer(sprinkler)["marginals"]
    assert marginals["Wet"]["T"] == pytest.approx(0.6471, abs=1e-12)
    assert marginals["Sprinkler"]["T"] == pytest.approx(0.3, abs=1e-12)
    assert marginals["Rain"]["T"] == pytest.approx(0.5, abs=1e-12)


def test_observing_wet_grass_gives_the_posteriors_of_the_literature(infer, sprinkler):
    result = infer(sprinkler, "--evidence", "Wet=T")
    assert result["log_evidence"] == pytest.approx(math.log(0.6471), abs=1e-12)
    assert result["marginals"]["Cloudy"]["T"] == pytest.approx(0.575799721835883, abs=1e-12)
    assert result["marginals"]["Sprinkler"]["T"] == pytest.approx(0.429763560500696, abs=1e-12)
    assert result["marginals"]["Rain"]["T"] == pytest.approx(0.707927677329625, abs=1e-12)


def test_rain_explains_the_sprinkler_away(infer, sprinkler):
    result = infer(sprinkler, "--evidence", "Wet=T", "--evidence", "Rain=T")
    assert result["marginals"]["Sprinkler"]["T"] == pytest.approx(0.194499017681729, abs=1e-12)
    assert result["log_evidence"] == pytest.approx(math.log(0.4581), abs=1e-12)


def test_the_result_has_the_keys_of_the_interface(infer, sprinkler):
    result = infer(sprinkler)
    assert list(result) == ["method", "log_evidence", "marginals", "cost", "seconds"]
    assert result["method"] == "clique-tree"
    keys = ["treewidth", "cliques", "clique_cells", "multiplications", "additions"]
    assert list(result["cost"]) == keys
    assert list(result["seconds"]) == ["read", "compile", "propagate"]
    assert all(seconds >= 0 for seconds in result["seconds"].values())


def test_the_cost_of_the_sprinkler_is_that_of_its_two_cliques_of_three(infer, sprinkler):
    # The moral graph is a square with one diagonal (S, R): cliques CSR and SRW, 8 cells each.
    cost = infer(sprinkler)["cost"]
    assert (cost["treewidth"], cost["cliques"], cost["clique_cells"]) == (2, 2, 16)


def test_variables_and_states_come_in_the_order_of_the_file(infer, sprinkler):
    marginals = infer(sprinkler, "--evidence", "Wet=F")["marginals"]
    assert list(marginals) == ["Cloudy", "Sprinkler", "Rain", "Wet"]
    assert [list(states) for states in marginals.values()] == [["T", "F"]] * 4
    assert marginals["Wet"] == {"T": 0.0, "F": 1.0}


def test_a_likelihood_of_a_file_counts_as_virtual_evidence(infer, sprinkler, tmp_path):
    file = tmp_path / "evidence.json"
    file.write_text('{"Wet": "T", "Rain": [0.3, 0.6]}', encoding="utf-8")
    result = infer(sprinkler, "--evidence-file", file)
    # Bayes: P(R, W) = 0.4581 of 0.6471; weights 0.3 and 0.6.
    rain, dry = 0.4581 * 0.3, (0.6471 - 0.4581) * 0.6
    assert result["marginals"]["Rain"]["T"] == pytest.approx(rain / (rain + dry), abs=1e-12)
    assert result["log_evidence"] == pytest.approx(math.log(rain + dry), abs=1e-12)


def test_a_file_and_options_add_up(infer, sprinkler, tmp_path):
    file = tmp_path / "evidence.json"
    file.write_text('{"Wet": "T"}', encoding="utf-8")
    result = infer(sprinkler, "--evidence-file", file, "--evidence=Rain=T")
    assert result["log_evidence"] == pytest.approx(math.log(0.4581), abs=1e-12)


def test_a_gzipped_file_gives_the_same_numbers(infer, sprinkler, tmp_path):
    zipped = tmp_path / "sprinkler.bif.gz"
    zipped.write_bytes(gzip.compress(sprinkler.read_bytes()))
    assert infer(zipped)["marginals"] == infer(sprinkler)["marginals"]


def test_names_and_states_may_hold_equals_signs(infer, tmp_path):
    nodes = [
        Node("a", ("b=1", "b=2"), (), frozen([0.5, 0.5])),
        Node("a=b", ("1", "3"), ("a",), frozen([[0.9, 0.1], [0.2, 0.8]])),
    ]
    path = _saved(tmp_path / "signs.macroscope", NetworkSubject(BayesNet(nodes, "signs")))
    assert infer(path, "--evidence", "a=b=2")["marginals"]["a"]["b=2"] == 1.0
    assert infer(path, "--evidence", "a=b=3")["marginals"]["a=b"]["3"] == 1.0


def test_findings_saved_with_a_network_do_not_count_and_that_is_said(macroscope, tmp_path):
    subject = _coin("coin", 0.25).with_evidence(Evidence({"coin": 0}))
    status, output, errors = macroscope("infer", _saved(tmp_path / "s.macroscope", subject))
    assert status == 0
    assert json.loads(output)["marginals"]["coin"]["heads"] == 0.25
    assert "left out" in errors


def test_of_several_networks_the_first_is_taken_and_that_is_said(macroscope, tmp_path):
    path = _saved(tmp_path / "s.macroscope", _coin("first", 0.25), _coin("second", 0.75))
    status, output, errors = macroscope("infer", path)
    assert status == 0
    assert json.loads(output)["marginals"]["coin"]["heads"] == 0.25
    assert "taking first" in errors


def test_a_network_can_be_chosen_by_its_name(infer, macroscope, tmp_path):
    path = _saved(tmp_path / "s.macroscope", _coin("first", 0.25), _coin("second", 0.75))
    assert infer(path, "--subject", "second")["marginals"]["coin"]["heads"] == 0.75
    status, _, errors = macroscope("infer", path, "--subject", "third")
    assert (status, "first, second" in errors) == (2, True)


def test_impossible_evidence_has_a_status_of_its_own_and_names_the_conflict(macroscope, sprinkler):
    options = ["Cloudy=T", "Sprinkler=F", "Rain=F", "Wet=T"]
    words = [word for option in options for word in ("--evidence", option)]
    status, output, errors = macroscope("infer", sprinkler, *words)
    assert status == 3
    assert output == ""
    assert errors.count("\n") == 1
    assert all(finding in errors for finding in ("Sprinkler = F", "Rain = F", "Wet = T"))
    assert "Cloudy" not in errors


BAD_COMMANDS = {
    "no network": ([], "NET"),
    "an unknown option": (["{net}", "--fast"], "--fast"),
    "an abbreviated option": (["{net}", "--evid", "Wet=T"], "--evid"),
    "a file that is not there": (["{folder}/none.bif"], "none.bif"),
    "a folder": (["{folder}"], "folder"),
    "an unknown ending": (["{text}"], "notes.txt"),
    "an unknown node": (["{net}", "--evidence", "Snow=T"], "Snow"),
    "an unknown state": (["{net}", "--evidence", "Rain=heavy"], "heavy"),
    "evidence without a state": (["{net}", "--evidence", "Rain"], "NAME=STATE"),
    "two findings on one node": (
        ["{net}", "--evidence", "Rain=T", "--evidence", "Rain=F"],
        "given twice",
    ),
    "an evidence file that is not there": (
        ["{net}", "--evidence-file", "{folder}/e.json"],
        "e.json",
    ),
    "an evidence file without a name": (["{net}", "--evidence-file", ""], "evidence file"),
    "a network file without a name": ([""], "no name"),
    "a name that no file can have": (["n" * 300 + ".bif"], "too long"),
}


@pytest.mark.parametrize("case", BAD_COMMANDS)
def test_a_bad_command_line_is_one_sentence(macroscope, sprinkler, tmp_path, case):
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    words, named = BAD_COMMANDS[case]
    places = {"net": sprinkler, "folder": tmp_path, "text": tmp_path / "notes.txt"}
    status, output, errors = macroscope("infer", *(word.format(**places) for word in words))
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors
    assert "Traceback" not in errors


BAD_EVIDENCE = {
    "not JSON": ('{"Rain": T}', "line 1, column 10"),
    "cut short": ('{"Rain":\n "T"', "line 2"),
    "a list": ('["Rain"]', "one object"),
    "a node twice": ('{"Rain": "T", "Rain": "F"}', "twice"),
    "a number for a state": ('{"Rain": 1}', "Rain"),
    "nothing for a state": ('{"Rain": null}', "Rain"),
    "a state of another net": ('{"Rain": "yes"}', "yes"),
    "a node of another net": ('{"Snow": "T"}', "Snow"),
    "too few likelihoods": ('{"Rain": [1]}', "Rain"),
    "no likelihood at all": ('{"Rain": [0, 0]}', "Rain"),
    "a negative likelihood": ('{"Rain": [1, -1]}', "Rain"),
    "words among likelihoods": ('{"Rain": [1, "2"]}', "Rain"),
    "an infinite likelihood": ('{"Rain": [1, 1e999]}', "Rain"),
    "a huge whole number": ('{"Rain": [1, ' + "9" * 400 + "]}", "Rain"),
    "a number of too many digits": ('{"Rain": [1, ' + "9" * 5000 + "]}", "too large"),
    "NaN": ('{"Rain": [1, NaN]}', "NaN"),
    "too deep": ("[" * 100_000, "evidence.json"),
    "not UTF-8": ("latin", "UTF-8"),
}


@pytest.mark.parametrize("case", BAD_EVIDENCE)
def test_a_bad_evidence_file_is_one_sentence(macroscope, sprinkler, tmp_path, case):
    text, named = BAD_EVIDENCE[case]
    file = tmp_path / "evidence.json"
    file.write_bytes(b'{"Rain": "\xff"}' if text == "latin" else text.encode())
    status, output, errors = macroscope("infer", sprinkler, "--evidence-file", file)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors


def test_a_damaged_network_is_told_with_line_and_column(macroscope, sprinkler):
    sprinkler.write_text(sprinkler.read_text().replace("[ 2 ]", "[ two ]"), encoding="utf-8")
    status, output, errors = macroscope("infer", sprinkler)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "sprinkler.bif, line 2, column" in errors


def test_help_is_printed_and_is_no_error(macroscope):
    status, output, errors = macroscope("infer", "--help")
    assert (status, errors) == (0, "")
    assert "--evidence-file" in output


def test_infer_imports_no_qt(sprinkler):
    code = (
        "import sys; from app.main import main; status = main(sys.argv[1:]); "
        "sys.exit(9 if any(name.startswith('PySide6') for name in sys.modules) else status)"
    )
    command = [sys.executable, "-c", code, "infer", str(sprinkler), "--evidence", "Wet=T"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["marginals"]["Wet"]["T"] == 1.0


def test_json_is_utf_8_whatever_the_terminal_takes(tmp_path):
    file = tmp_path / "size.bif"
    file.write_text(
        "network n { }\nvariable Größe { type discrete [ 1 ] { groß }; }\n"
        "probability ( Größe ) { table 1; }\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "app.main", "infer", file],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout.decode("utf-8"))["marginals"] == {"Größe": {"groß": 1.0}}


def test_columns_that_miss_one_are_told_and_divided_by_their_sum(macroscope, sprinkler):
    text = sprinkler.read_text(encoding="utf-8")
    sprinkler.write_text(text.replace("(T) 0.8, 0.2", "(T) 0.8, 0.2001"), encoding="utf-8")
    status, output, errors = macroscope("infer", sprinkler, "--evidence", "Cloudy=T")
    assert status == 0
    assert errors == (
        "A column of Rain sums to 1.0001 and not to 1; inference divides each column by its sum.\n"
    )
    rain = json.loads(output)["marginals"]["Rain"]["T"]
    assert rain == pytest.approx(0.8 / 1.0001, abs=1e-12)
