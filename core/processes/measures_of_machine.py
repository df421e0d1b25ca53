"""The measures of a process with finitely or countably many causal states, from its machine."""

import math
from dataclasses import replace

import numpy as np

from core.processes.anatomy import Ephemeral, anatomy, ephemeral_information
from core.processes.bidirectional import Bidirectional, bidirectional
from core.processes.causal_states import CausalStates
from core.processes.effort import THOROUGH, Effort
from core.processes.measure import Measure, listed_terms, shown
from core.processes.model import HiddenMarkovModel
from core.processes.orders import Orders, orders
from core.processes.polynomial_operator import DEGREES, InvariantIntegrals
from core.processes.shannon import entropy
from core.processes.synchronisation import (
    Synchronisation,
    synchronisation,
    synchronising_word,
)
from core.processes.two_sided_operator import entropy_after, reverse_integrals
from core.processes.unifilar import Floats, UnifilarMachine
from core.progress import Progress

ROUNDING = 1e-13
MOST_STATES = 1500
"""Larger machines are not followed through all beliefs about their states."""

SELDOM, OFTEN = 1e-9, 1e-4
"""States of a countable chain that are left out to see whether an order grows with the chain."""


def machine_measures(
    causal: CausalStates, effort: Effort = THOROUGH, progress: Progress | None = None
) -> tuple[dict[str, Measure], Bidirectional]:
    """Return the measures of the epsilon-machine and its reverse causal states."""
    machine = causal.machine
    assert machine is not None
    both = bidirectional(machine, progress, most=effort.states)
    times = synchronisation(machine, progress, most=effort.states, work=effort.edges)
    h, C = machine.entropy_rate, machine.state_entropy + causal.hidden_entropy
    is_finite = causal.kind == "finite"
    # a chain's tail holds so little that even its entropy is below rounding
    bound = ROUNDING + 200.0 * causal.lost
    values = _state_measures(causal, machine, bound)
    found = None
    if is_finite and both.excess_entropy is None and not times.is_exact:
        found = _integrals_backwards(causal, effort, progress)
    E = _excess(both, times, bound if is_finite else 2.0 * bound)
    if found is not None:
        times, E = _with_integrals(times, E, found)
    values["E"] = E
    assert E.value is not None
    chi = max(0.0, C - E.value)
    values["chi"] = Measure(
        "chi", chi, E.method, E.error,
        f"χ = H[S⁺ | future] = C_μ − E = {shown(C)} − {shown(E.value)} = {shown(chi)}",
    )  # fmt: skip
    values |= _order_measures(causal, machine)
    values |= _time_measures(times, bound, E.value, h)
    if causal.hidden_entropy > 0.0:
        values |= _without_tails(values, ("S", "synchronisation_time", "cryptic_order"))
    r = ephemeral_information(both, progress, most=effort.cells)
    if found is not None and found.measure is not None:
        exact = entropy_after(found.measure, machine.matrices(), machine.pi)
        if exact.value is not None and exact.error is not None and exact.error < r.error:
            r = Ephemeral(exact.value, exact.error, None)
    values |= _anatomy_measures(machine, r, E)
    values |= _reverse_measures(both, _reverse_kind(causal, both), C, E)
    values |= _word_measures(causal, machine)
    values["G"] = _total_predictability(machine, h, bound)
    return values, both


def _state_measures(
    causal: CausalStates, machine: UnifilarMachine, bound: float
) -> dict[str, Measure]:
    """Return the rate, the entropy of the states and their number."""
    h, C = machine.entropy_rate, machine.state_entropy + causal.hidden_entropy
    is_finite = causal.kind == "finite"
    how = (
        "Exact: finite epsilon-machine."
        if is_finite
        else f"Countable epsilon-machine, cut after {machine.n:,} states."
    )
    return {
        "h_mu": Measure("h_mu", h, how, bound, _rate_formula(machine), "bits per symbol"),
        "C_mu": Measure(
            "C_mu",
            C,
            how,
            bound,
            _entropy_formula("C_μ = H[S⁺]", machine.pi, C, causal.hidden_entropy),
        ),
        "causal_states": Measure(
            "causal_states",
            machine.n if is_finite else math.inf,
            causal.verdict.capitalize() + ".",
            0.0 if is_finite else None,
            unit="states",
        ),
    }


def _excess(both: Bidirectional, times: Synchronisation, bound: float) -> Measure:
    exact = both.excess_entropy
    if exact is not None and both.joint_entropy is not None:
        C, R = both.forward.state_entropy, both.reverse_complexity
        formula = (
            f"E = C⁺ + C⁻ − H[S⁺, S⁻] = {shown(C)} + {shown(R)} − {shown(both.joint_entropy)} "
            f"= {shown(exact)}"
        )
        method = "Exact: joint distribution of forward and reverse causal states."
        if both.found.kind == "countable" or bound > 1.5 * ROUNDING:
            method = "Joint distribution of forward and reverse causal states, chains cut."
        return Measure("E", exact, method, bound + 200.0 * both.found.lost, formula)
    formula = (
        f"E = Σ_η v(η) (H[p(η)] − Σ_i η_i H_i) over {times.beliefs:,} uncertain beliefs = "
        f"{shown(times.E)}"
    )
    return Measure("E", times.E, _how_summed(times), times.errors[1] + bound, formula)


def _integrals_backwards(
    causal: CausalStates, effort: Effort, progress: Progress | None
) -> InvariantIntegrals | None:
    """Return E and T of the process read backwards, which are the same, where they settle."""
    machine, alphabet = causal.machine, causal.generator.alphabet
    assert machine is not None
    if machine.n not in DEGREES:
        return None
    T = machine.matrices()
    T /= T.sum(axis=(0, 2))[None, :, None]  # rounding alone
    names = tuple(f"S{i}" for i in range(machine.n))
    model = HiddenMarkovModel("", alphabet, names, T)
    return reverse_integrals(model, effort.degree(machine.n), progress)


def _with_integrals(
    times: Synchronisation, E: Measure, found: InvariantIntegrals
) -> tuple[Synchronisation, Measure]:
    """Return the sums with E and T from the integrals where those are surer."""
    T, T_error = found.T.value, found.T.error
    if T is not None and T_error is not None and T_error < times.errors[2]:
        S_error, E_error, _, time_error = times.errors
        times = replace(times, T=T, errors=(S_error, E_error, T_error, time_error))
    value, error = found.E.value, found.E.error
    if value is None or error is None or E.error is None or error >= E.error:
        return times, E
    method = f"Polynomial transfer operator of the process read backwards, degree {found.degree}."
    formula = f"E = Σ_l (h(l) − h_μ) = {shown(value, 12)}"
    return times, Measure("E", value, method, error, formula)


def _how_summed(times: Synchronisation) -> str:
    if times.is_exact:
        return f"Exact: linear equations over {times.beliefs:,} uncertain beliefs."
    return (
        f"Level sums over {times.beliefs:,} uncertain beliefs, going on as they fell; the error "
        "is the part beyond."
    )


def _order_measures(causal: CausalStates, machine: UnifilarMachine) -> dict[str, Measure]:
    found = orders(machine if causal.kind == "finite" else _likely_part(machine, SELDOM))
    if found is None:
        reason = f"Not computed: the pairs of {machine.n:,} states are too many."
        return {
            name: Measure(name, None, reason, unit="symbols")
            for name in ("markov_order", "cryptic_order")
        }
    if causal.kind == "finite":
        how = "Exact: longest paths among pairs of causal states."
        return _order_pair(found, how, how)
    fewer = orders(_likely_part(machine, OFTEN))
    grows = fewer is None or fewer.cryptic != found.cryptic
    return _order_pair(
        Orders(math.inf, math.inf if grows else found.cryptic),
        "Words of bounded length cannot tell infinitely many causal states apart.",
        "The longest path among pairs of states grows with the chain."
        if grows
        else "The longest path among pairs of states does not grow with the chain.",
    )


def _order_pair(found: Orders, markov: str, cryptic: str) -> dict[str, Measure]:
    return {
        "markov_order": Measure(
            "markov_order", found.markov, markov,
            None if math.isinf(found.markov) else 0.0,
            f"R = min {{L: H[S_L | X_0:L] = 0}} = {shown(found.markov)}", "symbols",
        ),
        "cryptic_order": Measure(
            "cryptic_order", found.cryptic, cryptic,
            None if math.isinf(found.cryptic) else 0.0,
            f"k = min {{L: H[S_L | X_0:∞] = 0}} = {shown(found.cryptic)}", "symbols",
        ),
    }  # fmt: skip


def _without_tails(values: dict[str, Measure], names: tuple[str, ...]) -> dict[str, Measure]:
    reason = "Not computed: the chain of causal states is too long to be followed state by state."
    return {name: Measure(name, None, reason, unit=values[name].unit) for name in names}


def _likely_part(machine: UnifilarMachine, least: float) -> UnifilarMachine:
    chosen = np.flatnonzero(machine.pi > least)
    number = np.full(machine.n, -1, dtype=np.int64)
    number[chosen] = np.arange(chosen.size)
    following = machine.following[chosen]
    following = np.where(following >= 0, number[following], -1)
    return UnifilarMachine(np.ascontiguousarray(following), machine.probability[chosen])


def _time_measures(times: Synchronisation, bound: float, E: float, h: float) -> dict[str, Measure]:
    how = _how_summed(times)
    sums = f"v(η) visits to each of {times.beliefs:,} uncertain beliefs"
    return {
        "S": Measure(
            "S", times.S, how, times.errors[0] + bound,
            f"S = Σ_L H[S_L | X_0:L] = Σ_η v(η) H[η] = {shown(times.S)}, with {sums}",
            "bit-symbols",
        ),
        "T": Measure(
            "T", times.T, how, times.errors[2] + bound,
            f"T = Σ_L [E + h_μ L − H(L)] = Σ_l l (h(l) − h_μ) = {shown(times.T)}, "
            f"with E = {shown(E)}, h_μ = {shown(h)}",
            "bit-symbols",
        ),
        "synchronisation_time": Measure(
            "synchronisation_time", times.expected_time, how, times.errors[3] + bound,
            f"⟨τ⟩ = Σ_L Pr(uncertain after L symbols) = {shown(times.expected_time)}", "symbols",
        ),
    }  # fmt: skip


def _anatomy_measures(machine: UnifilarMachine, r: Ephemeral, E: Measure) -> dict[str, Measure]:
    assert E.value is not None and E.error is not None
    h = machine.entropy_rate
    single = entropy(machine.pi @ machine.probability)
    atoms = anatomy(machine, r.value, E.value)
    if r.length is None:
        how = "All of the future: beliefs of the process read backwards."
    else:
        how = f"Between the bounds that {r.length} symbols of the future give."
    H, rho, b = shown(single), shown(atoms.rho), shown(atoms.b)
    return {
        "r_mu": Measure("r_mu", atoms.r, how, r.error,
            f"r_μ = H[X_0 | past, future] = {shown(atoms.r)}"),
        "b_mu": Measure("b_mu", atoms.b, how, r.error,
            f"b_μ = h_μ − r_μ = {shown(h)} − {shown(atoms.r)} = {b}"),
        "q_mu": Measure("q_mu", atoms.q, how, r.error,
            f"q_μ = ρ_μ − b_μ = {rho} − {b} = {shown(atoms.q)}"),
        "w_mu": Measure("w_mu", atoms.w, how, r.error,
            f"w_μ = ρ_μ + b_μ = {rho} + {b} = {shown(atoms.w)}"),
        "rho_mu": Measure("rho_mu", atoms.rho, "Exact: causal states.", 1e-13,
            f"ρ_μ = H(1) − h_μ = {H} − {shown(h)} = {rho}"),
        "sigma_mu": Measure("sigma_mu", atoms.sigma, E.method, E.error,
            f"σ_μ = E − ρ_μ = {shown(E.value)} − {rho} = {shown(atoms.sigma)}"),
    }  # fmt: skip


def _reverse_kind(causal: CausalStates, both: Bidirectional) -> str:
    """Return whether the reverse causal states are finitely many, seen through a cut chain."""
    kind, reverse = both.found.kind, both.reverse
    if kind == "finite" and causal.kind == "countable" and reverse is not None:
        # the cut makes the reverse of an infinite chain finite, but about as long
        return "countable" if 2 * reverse.n >= both.forward.n else "finite"
    return kind


def _reverse_measures(both: Bidirectional, kind: str, C: float, E: Measure) -> dict[str, Measure]:
    names = ("C_mu_reverse", "chi_reverse", "causal_irreversibility", "C_bidirectional")
    R = both.reverse_complexity
    counts = {
        "finite": "Exact: finite reverse epsilon-machine.",
        "countable": "Countable reverse epsilon-machine, cut where its states have no weight.",
        "uncountable": "The reverse causal states are uncountable at this resolution.",
    }
    how = counts[kind]
    states = Measure(
        "reverse_causal_states",
        both.reverse.n if both.reverse is not None and kind == "finite" else math.inf,
        how,
        0.0 if kind == "finite" else None,
        unit="states",
    )
    if R is None and kind == "countable":
        how = "Not computed: the reverse causal states are countable, and too many to be followed."
        states = Measure(states.name, math.inf, how, unit="states")
        found = {name: Measure(name, None, how) for name in names}
    elif R is None or E.value is None:
        signs = (math.inf, math.inf, -math.inf, math.inf)
        found = {name: Measure(name, value, how) for name, value in zip(names, signs, strict=True)}
    else:
        R += both.found.hidden_entropy
        J = C + R - E.value
        c, r, e = shown(C), shown(R), shown(E.value)
        formulas = (
            (R, f"C⁻ = H[S⁻] = {r}"),
            (max(0.0, R - E.value), f"χ⁻ = C⁻ − E = {r} − {e} = {shown(R - E.value)}"),
            (C - R, f"Ξ = C⁺ − C⁻ = {c} − {r} = {shown(C - R)}"),
            (J, f"C± = H[S⁺, S⁻] = C⁺ + C⁻ − E = {c} + {r} − {e} = {shown(J)}"),
        )
        found = {
            name: Measure(name, value, how, E.error, formula)
            for name, (value, formula) in zip(names, formulas, strict=True)
        }
    return found | {"reverse_causal_states": states}


def _word_measures(causal: CausalStates, machine: UnifilarMachine) -> dict[str, Measure]:
    name = "synchronising_word"
    word = synchronising_word(machine)
    if word is None:
        return {
            name: Measure(name, None, "No word was found that leaves one state.", unit="symbols")
        }
    text = " ".join(causal.generator.alphabet[x] for x in word) or "the empty word"
    how = "Exact: breadth first through the sets of possible states."
    return {name: Measure(name, len(word), how, 0.0, f"After {text} one state is left", "symbols")}


def _total_predictability(machine: UnifilarMachine, h: float, bound: float) -> Measure:
    most = math.log2(machine.k)
    return Measure(
        "G", h - most, "Exact: from h_mu.", bound,
        f"G = Σ_L Δ²H(L) = h_μ − log₂ k = {shown(h)} − {shown(most)} = {shown(h - most)}",
        "bits per symbol",
    )  # fmt: skip


def _rate_formula(machine: UnifilarMachine) -> str:
    terms = [
        f"{shown(p, 4)}·{shown(H, 4)}"
        for p, H in zip(machine.pi, machine.symbol_entropies, strict=True)
    ]
    return f"h_μ = Σ_i π_i H[X | S = i] = {listed_terms(terms)} = {shown(machine.entropy_rate)}"


def _entropy_formula(name: str, distribution: Floats, value: float, tail: float) -> str:
    terms = [shown(float(p), 4) for p in distribution]
    more = f" + {shown(tail)} inside a geometric tail" if tail > 0.0 else ""
    return f"{name} = H[{listed_terms(terms, ', ')}]{more} = {shown(value)}"
