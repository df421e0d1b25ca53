"""Measures that follow an edit: at once with the errors that allows, then with all digits."""

import pytest

from app.benches.processes.measure_names import unit_text, value_text
from app.benches.processes.measuring import Measuring
from app.jobs.pool import Jobs
from core.processes.measure import Measure
from core.processes.model import HiddenMarkovModel
from core.processes.zoo import process


def measuring_of(qtbot):
    jobs = Jobs()
    measuring = Measuring(jobs, jobs)
    seen = []
    measuring.updated.connect(lambda: seen.append(measuring.measured))
    return jobs, measuring, seen


def test_values_with_larger_errors_come_first_and_all_digits_follow(qtbot):
    jobs, measuring, seen = measuring_of(qtbot)
    measuring.take(process("mess3", x=0.05, a=0.85))
    qtbot.waitUntil(lambda: not measuring.is_waiting, timeout=120_000)
    first, last = seen[0], seen[-1]
    assert first.is_refining
    assert not last.is_refining
    assert last.measures["h_mu"].error < first.measures["h_mu"].error
    assert abs(last.measures["h_mu"].value - 1.14471727) < 1e-8
    assert abs(first.measures["h_mu"].value - 1.14471727) < first.measures["h_mu"].error + 1e-8
    jobs.shutdown()


def test_exact_values_are_not_measured_twice(qtbot):
    jobs, measuring, seen = measuring_of(qtbot)
    measuring.take(process("golden-mean"))
    qtbot.waitUntil(lambda: not measuring.is_waiting, timeout=120_000)
    assert len(seen) == 1
    assert not seen[0].is_refining
    jobs.shutdown()


def test_the_newest_of_many_machines_is_measured_in_the_end(qtbot):
    jobs, measuring, _ = measuring_of(qtbot)
    models = [process("mess3", x=0.1 + 0.01 * step, a=0.6) for step in range(12)]
    for model in models:
        measuring.take(model)
    qtbot.waitUntil(lambda: not measuring.is_waiting, timeout=120_000)
    assert measuring.measured.model is models[-1]
    assert not measuring.measured.is_stale
    jobs.shutdown()


def test_a_draft_keeps_the_values_of_before_and_says_what_it_lacks(qtbot):
    jobs, measuring, _ = measuring_of(qtbot)
    measuring.take(process("golden-mean"))
    qtbot.waitUntil(lambda: not measuring.is_waiting, timeout=120_000)
    draft = HiddenMarkovModel.from_edges("draft", [("A", "0", "A", 0.4)], is_draft=True)
    measuring.take(draft)
    assert measuring.measured.problem
    assert measuring.measured.is_stale
    assert measuring.measured.measures is not None
    measuring.take(process("even"))
    qtbot.waitUntil(lambda: not measuring.is_waiting, timeout=120_000)
    assert not measuring.measured.problem
    jobs.shutdown()


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (1.5560523869, 0.0026, "1.556 ± 0.003"),
        (-0.00085235, 0.0026, "−0.001 ± 0.003"),
        (5.55765, 4.92, "6 ± 5"),
        (0.8616489754, 0.0195, "0.86 ± 0.02"),
        (0.6666666667, 1e-15, "0.66667"),
        (0.0037544502, 2.7e-7, "0.0037545"),
        (1e-15, None, "0"),
        (None, None, "—"),
    ],
)
def test_no_more_digits_are_shown_than_are_known(value, error, text):
    assert value_text(Measure("E", value, "", error=error), 5) == text


def test_a_unit_is_singular_for_one():
    assert unit_text(Measure("markov_order", 1, "", unit="symbols")) == "symbol"
    assert unit_text(Measure("markov_order", 2, "", unit="symbols")) == "symbols"
    assert unit_text(Measure("h_mu", 1, "", unit="bits per symbol")) == "bits/symbol"
