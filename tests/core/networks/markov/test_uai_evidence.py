"""UAI evidence files of all years, and what is wrong with others."""

import pytest

from core.files.errors import FormatError
from core.networks.evidence import Evidence
from core.networks.formats import uai_evidence
from core.networks.markov_network import MarkovNetwork, Variable

NET = MarkovNetwork([Variable(str(v), ("0", "1", "2")) for v in range(5)])


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("0", {}),
        (" 0\n", {}),
        ("", {}),
        ("2 1 0 3 2", {"1": 0, "3": 2}),
        ("2\n1 0\n3 2\n", {"1": 0, "3": 2}),
        ("1\n2 1 0 3 2", {"1": 0, "3": 2}),
        ("1\n0", {}),
        ("2\n1 0 1\n2 0 1 1 1", {"0": 1}),
    ],
    ids=[
        "none",
        "spaced",
        "empty",
        "plain",
        "lines",
        "sample first",
        "empty sample",
        "two samples",
    ],
)
def test_evidence_is_read_with_and_without_the_number_of_samples(text, findings):
    assert uai_evidence.parse(text, NET) == Evidence(findings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 9 0", "a variable .* less than 5, and not 9"),
        ("1 2 3", "variable 2 has the states 0 to 2, and not 3"),
        ("2 1 0", "ends where the number of a variable"),
        ("1 1 0 4 4", "'4' is left over after the last finding"),
        ("2 1 0 1 0", "observed twice"),
        ("1 1 x", "whole number"),
        ("-1", "whole number"),
    ],
)
def test_evidence_that_does_not_fit_is_refused(text, words):
    with pytest.raises(FormatError, match=words):
        uai_evidence.parse(text, NET)


def test_states_come_back_and_likelihoods_are_refused(tmp_path):
    path = tmp_path / "some.evid"
    evidence = Evidence({"3": 1, "0": 2})
    uai_evidence.write(evidence, NET, path)
    assert path.read_text() == "2 3 1 0 2\n"
    assert uai_evidence.read(path, NET) == evidence
    with pytest.raises(FormatError, match="likelihood"):
        uai_evidence.write(Evidence({"1": (0.5, 1.0, 1.0)}), NET, path)
