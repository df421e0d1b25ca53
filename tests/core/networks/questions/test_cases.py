"""Sampling forward and inferring many cases: CSV in and out, exact against one by one."""

import csv
import math
import os
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.model import BayesNet, Node
from core.networks.questions import case_engine
from core.networks.questions.batch import infer_cases
from core.networks.questions.case_engine import CaseEngine
from core.networks.questions.case_files import CaseError
from core.networks.questions.forward_sampling import sample_cases, sample_to_csv, write_cases
from core.networks.zoo.markov import misconception
from core.progress import Cancelled, Progress
from tests.core.networks.inference.test_random_nets import nets
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.strategies import nets as odd_nets
from tests.core.networks.strategies import patient


def rows_of(path):
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


# -- sampling --------------------------------------------------------------------------------------


def test_frequencies_are_the_probabilities_to_five_standard_errors(asia):
    count = 200_000
    cases = sample_cases(asia, count, seed=7)
    marginals = infer_by_enumeration(asia).marginals
    for name, column in zip(cases.names, cases.states.T, strict=True):
        p = marginals[name][0]
        assert abs((column == 0).mean() - p) < 5 * math.sqrt(p * (1 - p) / count)
    both = (cases.states[:, [2, 6]] == 0).all(axis=1).mean()
    p = 0.0758524  # P(smoke, xray), bayes.md section 6
    assert abs(both - p) < 5 * math.sqrt(p * (1 - p) / count)


@patient
@given(nets())
def test_what_is_impossible_is_never_drawn(net):
    cases = sample_cases(net, 50, seed=1)
    number = {name: v for v, name in enumerate(net.names)}
    for node in net:
        family = cases.states[:, [number[name] for name in (*node.parents, node.name)]]
        assert all(node.table[tuple(row)] > 0 for row in family)


def test_a_seed_is_a_sequence(asia):
    first = sample_cases(asia, 100, seed=3).states
    assert np.array_equal(first, sample_cases(asia, 100, seed=3).states)
    assert np.array_equal(first[:40], sample_cases(asia, 40, seed=3).states)
    assert not np.array_equal(first, sample_cases(asia, 100, seed=4).states)


def test_missing_cells_leave_the_others_as_they_were(asia):
    whole = sample_cases(asia, 20_000, seed=5).states
    holey = sample_cases(asia, 20_000, seed=5, missing=0.25).states
    gone = holey == -1
    assert np.array_equal(holey[~gone], whole[~gone])
    assert abs(gone.mean() - 0.25) < 5 * math.sqrt(0.25 * 0.75 / gone.size)


def test_no_cases_and_no_nodes(asia):
    assert sample_cases(asia, 0, seed=1).states.shape == (0, 8)
    assert sample_cases(BayesNet(), 3, seed=1).states.shape == (3, 0)


@pytest.mark.parametrize(
    ("count", "seed", "missing"), [(-1, 0, 0.0), (10**12, 0, 0.0), (1, -1, 0.0), (1, 0, 1.5)]
)
def test_samples_that_make_no_sense_are_refused(asia, count, seed, missing):
    with pytest.raises(NetworkError):
        sample_cases(asia, count, seed, missing=missing)


def test_the_file_holds_the_labels(asia, tmp_path):
    sample_to_csv(asia, 25, 3, tmp_path / "cases.csv", missing=0.2)
    cases = sample_cases(asia, 25, 3, missing=0.2)
    heading, *rows = rows_of(tmp_path / "cases.csv")
    assert tuple(heading) == asia.names
    labels = [["yes", "no", ""][state] for state in cases.states.ravel()]
    assert [cell for row in rows for cell in row] == labels


# -- batch inference -------------------------------------------------------------------------------


def answers(net, path, names):
    """The rows of a file of posteriors, checked to have the columns of `names`."""
    heading, *rows = rows_of(path)
    expected = [f"{name}={state}" for name in names for state in net[name].states]
    assert heading == ["log_evidence", *expected]
    return rows


def assert_as_one_by_one(model, states):
    """Assert that a block of cases is answered as each by enumeration; -1 is not observed."""
    found = CaseEngine(compile_network(model)).posteriors(model.names, states.astype(np.int32))
    for case, row in enumerate(states):
        known = {n: int(s) for n, s in zip(model.names, row, strict=True) if s >= 0}
        try:
            expected = infer_by_enumeration(model, Evidence(known))
        except ImpossibleEvidence:
            assert found.log_evidence[case] == -math.inf
            continue
        assert found.log_evidence[case] == pytest.approx(expected.log_evidence, abs=1e-11)
        marginals = np.concatenate(list(expected.marginals.values()))
        assert found.marginals[:, case] == pytest.approx(marginals, abs=1e-12)


@patient
@given(nets(), st.integers(0, 2**32), st.sampled_from([0.0, 0.3, 0.8]))
def test_a_block_of_cases_is_as_one_by_one(net, seed, missing):
    # states drawn evenly, so that many cases are impossible
    random = np.random.default_rng(seed)
    states = np.stack([random.integers(0, len(node.states), 30) for node in net], axis=1)
    states[random.random(states.shape) < missing] = -1
    assert_as_one_by_one(net, states)


def test_a_tree_too_large_for_blocks_gives_the_same(asia, monkeypatch):
    states = sample_cases(asia, 20, 1, missing=0.5).states
    states[0] = [-1, -1, -1, 0, -1, 1, -1, -1]  # lung cancer and yet neither: impossible
    blocks = CaseEngine(compile_network(asia)).posteriors(asia.names, states)
    monkeypatch.setattr(case_engine, "MAP_LIMIT", 0)
    alone = CaseEngine(compile_network(asia)).posteriors(asia.names, states)
    assert alone.log_evidence[0] == blocks.log_evidence[0] == -math.inf
    assert alone.log_evidence[1:] == pytest.approx(blocks.log_evidence[1:], abs=1e-12)
    assert alone.marginals[:, 1:] == pytest.approx(blocks.marginals[:, 1:], abs=1e-12)


def test_a_case_near_the_end_of_the_range_of_doubles_keeps_its_digits():
    # a thousand readings, each of probability 1e-3 or 2e-3 whatever the cause
    table = np.array([[1e-3, 1 - 1e-3], [2e-3, 1 - 2e-3]])
    cause = Node("cause", ("a", "b"), (), np.array([0.5, 0.5]))
    readings = [Node(f"r{k}", ("on", "off"), ("cause",), table) for k in range(200)]
    net = BayesNet([cause, *readings])
    names = [reading.name for reading in readings]
    found = CaseEngine(compile_network(net)).posteriors(names, np.zeros((1, 200), dtype=np.int32))
    expected = math.log(0.5) + 200 * math.log(2e-3) + math.log1p(0.5**200)
    assert found.log_evidence[0] == pytest.approx(expected, rel=1e-12)
    assert found.marginals[0, 0] == pytest.approx(0.5**200 / (1 + 0.5**200), rel=1e-9)


@patient
@given(odd_nets(min_size=1), st.integers(0, 2**32))
def test_odd_names_survive_the_way_through_both_files(tmp_path_factory, net, seed):
    folder = tmp_path_factory.mktemp("cases")
    cases = sample_cases(net, 12, seed, missing=0.3)
    write_cases(net, cases, folder / "cases.csv")
    summary = infer_cases(compile_network(net), folder / "cases.csv", folder / "out.csv")
    assert (summary.cases, summary.impossible) == (12, 0)
    rows = answers(net, folder / "out.csv", net.names)
    for states, row in zip(cases.states, rows, strict=True):
        known = {n: int(s) for n, s in zip(net.names, states, strict=True) if s >= 0}
        expected = infer_by_enumeration(net, Evidence(known))
        assert float(row[0]) == pytest.approx(expected.log_evidence, abs=1e-11)
        marginals = np.concatenate(list(expected.marginals.values()))
        assert list(map(float, row[1:])) == pytest.approx(marginals, abs=1e-12)


def test_a_file_as_people_write_it(asia, tmp_path):
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    data.write_bytes(b"\xef\xbb\xbf dysp ,smoke,xray\r\nyes,?,NA\r\n\r\nno, yes ,\r\nyes,?,NA\r\n")
    summary = infer_cases(compile_network(asia), data, out, names=["lung", "asia"])
    assert (summary.cases, summary.impossible, summary.distinct) == (3, 0, 2)
    first, second, third = answers(asia, out, ["lung", "asia"])
    assert first == third
    assert float(first[0]) == pytest.approx(math.log(0.4359706), abs=1e-12)
    assert float(first[1]) == pytest.approx(0.102759222754929, abs=1e-12)
    expected = infer_by_enumeration(asia, Evidence({"dysp": 1, "smoke": 0}))
    assert float(second[1]) == pytest.approx(expected.marginals["lung"][0], abs=1e-12)


def test_an_impossible_case_is_marked_and_the_others_go_on(asia, tmp_path):
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    data.write_text("lung,either\nyes,no\nyes,yes\n")
    summary = infer_cases(compile_network(asia), data, out, names=["lung"])
    assert (summary.cases, summary.impossible) == (2, 1)
    assert answers(asia, out, ["lung"])[0] == ["-inf", "", ""]
    assert float(answers(asia, out, ["lung"])[1][1]) == 1.0


BAD_FILES = {
    "empty": ("", "empty"),
    "an unknown variable": ("dysp,snow\nyes,no\n", "line 1, column 2: 'snow'"),
    "a variable twice": ("dysp,dysp\nyes,no\n", "line 1, column 2"),
    "an unknown state": ("asia,dysp\nyes,no\nno,maybe\n", "line 3, column 2: dysp"),
    "too few cells": ("asia,dysp\nyes\n", "line 2: the heading names 2 columns and this row has 1"),
    "too many cells": (
        "asia,dysp\nyes,no,no\n",
        "line 2: the heading names 2 columns and this row has 3",
    ),
    "a quote left open": ('asia,dysp\n"yes,no\n', "line 2"),
    "a NUL byte": ("asia,dysp\nyes,n\0o\n", "line 2"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_of_cases_is_one_sentence_and_writes_nothing(asia, tmp_path, case):
    text, named = BAD_FILES[case]
    data, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    data.write_text(text)
    with pytest.raises(CaseError, match=named):
        infer_cases(compile_network(asia), data, out)
    assert list(tmp_path.iterdir()) == [data]


def test_a_file_that_is_not_text_or_not_there_is_one_sentence(asia, tmp_path):
    compiled = compile_network(asia)
    (tmp_path / "latin.csv").write_bytes(b"asia,dysp\nyes,\xff\n")
    with pytest.raises(CaseError, match="UTF-8"):
        infer_cases(compiled, tmp_path / "latin.csv", tmp_path / "out.csv")
    with pytest.raises(CaseError, match=r"none\.csv"):
        infer_cases(compiled, tmp_path / "none.csv", tmp_path / "out.csv")
    (tmp_path / "good.csv").write_text("asia\nyes\n")
    with pytest.raises(CaseError, match="could not be written"):
        infer_cases(compiled, tmp_path / "good.csv", tmp_path / "none" / "out.csv")


def test_a_cancelled_batch_leaves_no_half_a_file(asia, tmp_path):
    sample_to_csv(asia, 10, 1, tmp_path / "cases.csv")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        infer_cases(compile_network(asia), tmp_path / "cases.csv", tmp_path / "out.csv", progress)
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]


def test_a_batch_tells_how_far_it_is(asia, tmp_path):
    sample_to_csv(asia, 10_000, 1, tmp_path / "cases.csv", missing=0.1)
    fractions = []
    progress = Progress(lambda fraction, _message: fractions.append(fraction))
    infer_cases(compile_network(asia), tmp_path / "cases.csv", tmp_path / "out.csv", progress)
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.9


def test_cases_of_a_markov_network(tmp_path):
    network = misconception().net
    (tmp_path / "cases.csv").write_text(f"{network.names[2]}\nno\n")
    infer_cases(compile_network(network), tmp_path / "cases.csv", tmp_path / "out.csv")
    # Koller and Friedman (2009), figure 4.2: Z reduced by c0 is 1 701 110
    assert float(answers(network, tmp_path / "out.csv", network.names)[0][0]) == pytest.approx(
        math.log(1_701_110), abs=1e-12
    )


@patient
@given(networks(min_size=1, zeros=True), st.integers(0, 2**32))
def test_a_block_of_cases_of_a_markov_network(network, seed):
    random = np.random.default_rng(seed)
    sizes = network.sizes(network.names)
    states = np.stack([random.integers(-1, size, 12) for size in sizes], axis=1)
    assert_as_one_by_one(network, states)


def test_a_pipe_is_read_and_written_and_stays_a_pipe(asia, tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    for path in (data, out):
        os.mkfifo(path)
    writing = Thread(target=data.write_text, args=("dysp\nyes\nno\n",), daemon=True)
    writing.start()
    found = []
    reading = Thread(target=lambda: found.append(out.read_text()), daemon=True)
    reading.start()
    infer_cases(compile_network(asia), data, out)
    writing.join(10)
    reading.join(10)
    assert len(found[0].splitlines()) == 3
    assert out.is_fifo()
    assert sorted(tmp_path.iterdir()) == [data, out]


def test_a_link_is_written_through(asia, tmp_path):
    link, file = tmp_path / "link.csv", tmp_path / "file.csv"
    link.symlink_to(file)
    sample_to_csv(asia, 3, 1, link)
    assert link.is_symlink()
    assert len(file.read_text().splitlines()) == 4
