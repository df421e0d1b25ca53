import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.errors import MatrixError, NotErgodic
from core.processes.measures import measures
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_part
from core.processes.reversal import reversed_process
from core.processes.zoo import PROCESSES, process
from core.progress import Cancelled, Progress
from tests.core.processes.known_values import KNOWN, ZOO
from tests.core.processes.machines import golden_mean, random_model, two_classes
from tests.core.processes.unifilar_machines import (
    patient,
    synchronising_machines,
    unifilar_machines,
)

MEASURED = (
    "h_mu C_mu E chi markov_order cryptic_order S T r_mu b_mu rho_mu q_mu w_mu sigma_mu "
    "C_mu_reverse chi_reverse C_bidirectional"
).split()


def known_model(name):
    entry, parameters = ZOO[name]
    return process(entry, **parameters)


@pytest.mark.parametrize("name", KNOWN)
def test_measures_are_those_of_the_reference(name):
    found, values = measures(known_model(name)), KNOWN[name]["values"]
    expected = {each: values[each] for each in MEASURED if values.get(each) is not None}
    assert {each: found[each].value for each in expected} == pytest.approx(
        {each: float(value) for each, value in expected.items()}, abs=1e-8
    )


@pytest.mark.parametrize("name", KNOWN)
def test_block_entropies_are_those_of_the_reference(name):
    assert measures(known_model(name)).H == pytest.approx(KNOWN[name]["values"]["H_L"], abs=1e-8)


@pytest.mark.parametrize("name", KNOWN)
def test_numbers_of_causal_states_are_those_of_the_reference(name):
    found, values = measures(known_model(name)), KNOWN[name]["values"]
    expected = values["n_causal_states"]
    assert found["causal_states"].value == (math.inf if isinstance(expected, str) else expected)
    if isinstance(values.get("n_reverse_causal_states"), int):
        assert found["reverse_causal_states"].value == values["n_reverse_causal_states"]


def test_the_random_random_xor_process_takes_long_to_synchronise_to():
    found = measures(process("rrxor"))
    # Crutchfield and Feldman's S and T agree where the crypticity vanishes
    assert found["S"].value == pytest.approx(12.74309339, abs=1e-8)
    assert found["T"].value == pytest.approx(12.74309339, abs=1e-8)


def test_the_simple_nonunifilar_source_has_infinitely_many_states_and_a_finite_complexity():
    found = measures(process("sns"))
    w = np.array([(n + 1) / 2.0**n for n in range(200)])  # survival after an event
    mu, F = 1 / w.sum(), w[:-1] - w[1:]
    C = -sum(mu * w * np.log2(mu * w))
    shrinking = sum((n + 1) * mu * f * math.log2(mu * f) for n, f in enumerate(F) if f > 0)
    assert found["C_mu"].value == pytest.approx(C, abs=1e-10)
    assert found["C_mu"].value == pytest.approx(2.71146872, abs=1e-8)
    assert found["E"].value == pytest.approx(2 * C + shrinking, abs=1e-10)
    assert found["causal_states"].value == math.inf
    assert found["C_mu"].method.startswith("Countable")


@pytest.mark.parametrize(("p", "q"), [(0.3, 0.6), (0.1, 0.5), (0.02, 0.9)])
def test_other_renewal_chains_keep_to_their_closed_form(p, q):
    found = measures(process("sns", p=p, q=q))
    # survival of a run that passes p first and q second: both geometric
    n = np.arange(4000)
    w = (q * (1 - p) ** n - p * (1 - q) ** n) / (q - p)
    mu, F = 1 / w.sum(), w[:-1] - w[1:]
    w, F = w[w > 1e-200], F[F > 1e-200]
    assert found["C_mu"].value == pytest.approx(-sum(mu * w * np.log2(mu * w)), abs=1e-8)
    assert found["h_mu"].value == pytest.approx(-mu * sum(F * np.log2(F)), abs=1e-8)


def test_the_explosive_process_has_more_reverse_states_than_can_be_counted_out():
    found = measures(process("explosive"))
    assert found["causal_states"].value == 2
    assert found["reverse_causal_states"].value == math.inf
    assert found["E"].value + found["chi"].value == pytest.approx(found["C_mu"].value, abs=1e-12)


def test_uncountable_causal_states_have_an_infinite_complexity_and_say_so():
    found = measures(process("mess3", x=0.15, a=0.6))
    assert found["C_mu"].value == math.inf
    assert found["C_mu"].method.startswith("Uncountable at this resolution")
    assert found["h_mu"].value == pytest.approx(1.570933619028, abs=1e-10)
    assert found["S"].value is None
    assert found["S"].method


def test_the_middle_third_cantor_process_is_a_fair_coin():
    found = measures(process("middle-third-cantor"))
    assert found["causal_states"].value == 1
    assert found["h_mu"].value == pytest.approx(1.0, abs=1e-12)
    assert found["C_mu"].value == 0.0


@pytest.mark.parametrize("entry", PROCESSES, ids=lambda entry: entry.name)
def test_every_measure_of_every_process_says_how_it_was_obtained(entry):
    for name, measure in measures(entry.build()).items():
        assert measure.name == name
        assert measure.method
        if measure.value is not None and math.isfinite(measure.value):
            assert measure.error is not None
            assert measure.error >= 0


def test_formulas_have_the_numbers_in():
    formula = measures(golden_mean())["h_mu"].formula
    assert formula == "h_μ = Σ_i π_i H[X | S = i] = 0.6667·1 + 0.3333·0 = 0.666667"


def test_general_golden_means_follow_their_closed_forms():
    for p in (0.1, 0.37, 0.9):
        found = measures(golden_mean(p))
        h = -(p * math.log2(p) + (1 - p) * math.log2(1 - p)) / (1 + p)
        assert found["h_mu"].value == pytest.approx(h, abs=1e-12)
        assert found["chi"].value == pytest.approx(h, abs=1e-12)
        assert found["T"].value == pytest.approx(found["E"].value, abs=1e-12)


def test_certain_golden_means_alternate():
    found = measures(golden_mean(1.0))
    assert (found["h_mu"].value, found["C_mu"].value) == (0.0, 1.0)
    assert found["E"].value == pytest.approx(1.0, abs=1e-12)


def test_a_state_left_for_good_changes_nothing():
    edges = [(e.source, e.symbol, e.target, e.probability) for e in golden_mean().edges()]
    model = HiddenMarkovModel.from_edges(
        "late", [("S", "0", "S", 0.5), ("S", "1", "A", 0.5), *edges]
    )
    found, plain = measures(model), measures(golden_mean())
    assert found["E"].value == pytest.approx(plain["E"].value, abs=1e-12)
    assert found.H == pytest.approx(plain.H, abs=1e-12)


def test_mixtures_are_refused_and_their_classes_measured():
    with pytest.raises(NotErgodic, match="2 recurrent classes"):
        measures(two_classes())
    assert measures(recurrent_part(two_classes(), 1))["h_mu"].value == 0.0


def test_drafts_are_refused_with_the_row():
    draft = HiddenMarkovModel.from_edges("draft", [("A", "0", "A", 0.4)], is_draft=True)
    with pytest.raises(MatrixError, match="A"):
        measures(draft)


@pytest.mark.parametrize("name", ["mess3", "two-state-cantor", "noisy-golden-mean", "leaky-rrxor"])
def test_live_values_lie_within_their_errors(name):
    model = process(name)
    quick, thorough = measures(model, is_live=True), measures(model)
    for each in ("h_mu", "E"):
        error = quick[each].error + thorough[each].error
        assert quick[each].value == pytest.approx(thorough[each].value, abs=2 * error)


def test_cancelled_measures_stop():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        measures(process("mess3"), progress=progress)


@patient
@given(synchronising_machines())
def test_information_identities_hold_for_any_synchronising_machine(model):
    found = measures(model)
    value = {name: measure.value for name, measure in found.items()}
    error = found["r_mu"].error + found["E"].error + 1e-9
    assert value["E"] + value["chi"] == pytest.approx(value["C_mu"], abs=error)
    assert value["E"] <= value["C_mu"] + error
    assert value["cryptic_order"] <= value["markov_order"]
    assert (value["chi"] < 1e-9) == (value["cryptic_order"] == 0)
    assert value["rho_mu"] == pytest.approx(found.H[0] - value["h_mu"], abs=1e-9)
    assert value["b_mu"] + value["q_mu"] + value["sigma_mu"] == pytest.approx(value["E"], abs=error)
    assert value["r_mu"] + 2 * value["b_mu"] + value["q_mu"] == pytest.approx(found.H[0], abs=1e-9)
    assert value["r_mu"] >= -error
    assert value["b_mu"] >= -error


@patient
@given(synchronising_machines(3))
def test_reversal_keeps_what_is_symmetric_in_time(model):
    there, back = measures(model), measures(reversed_process(model), is_live=True)
    assert back["h_mu"].value == pytest.approx(
        there["h_mu"].value, abs=1e-9 + there["h_mu"].error + back["h_mu"].error
    )
    assert back.H == pytest.approx(there.H, abs=1e-9)
    if back["E"].value is not None:
        error = there["E"].error + back["E"].error + 1e-9
        assert back["E"].value == pytest.approx(there["E"].value, abs=error)


@patient
@given(unifilar_machines())
def test_values_lie_within_their_errors_of_what_more_levels_give(model):
    found = measures(model, max_length=14)
    h, E = found["h_mu"], found["E"]
    curve = found.curves.h[1:] - h.value
    assert (curve >= -1e-9).all()
    assert curve.sum() <= E.value + E.error + 1e-9


@patient
@given(st.integers(0, 1000))
def test_entropy_rates_of_random_models_lie_between_the_bounds_of_their_words(seed):
    model = random_model(seed, states=2)
    found = measures(model, is_live=True)
    assert found["h_mu"].value <= found.curves.h[-1] + found["h_mu"].error + 1e-9
