"""The measures of a process with uncountably many causal states, from integrals over beliefs."""

import math
from typing import NamedTuple

import numpy as np

from core.processes.block_entropies import BlockEntropies, block_entropies
from core.processes.causal_states import CausalStates
from core.processes.effort import THOROUGH, Effort
from core.processes.errors import ProcessError
from core.processes.extrapolation import limit_of, sum_of, tail
from core.processes.measure import Measure, shown
from core.processes.two_sided import Side, Weighted, symbol_entropy_between
from core.processes.two_sided_operator import Sides, reverse_integrals, symbol_entropy
from core.processes.unifilar import Floats
from core.progress import Progress

SAMPLED = 1e-5
"""Bounds on h_mu wider than this are worth a sample of beliefs."""

GOOD_ENOUGH = 1e-8
"""An operator's error estimate below which no level sums are tried."""


class Sums(NamedTuple):
    """h_mu, E and T with their errors and where they come from."""

    h: tuple[float | None, float | None]
    E: tuple[float | None, float | None]
    T: tuple[float | None, float | None]
    method: str


def belief_measures(
    causal: CausalStates,
    curves: BlockEntropies,
    sides: tuple[Side, Side] | None,
    measured: Sides | None = None,
    effort: Effort = THOROUGH,
    progress: Progress | None = None,
) -> dict[str, Measure]:
    """Return what can be said where there is no machine.

    Parameters
    ----------
    sides : (Side, Side) or None
        What past and future say about the generator's states; None for a generalized process.
    measured : Sides or None
        The invariant measures of both, where the polynomial operator gives them.
    """
    sums = _sums(causal, curves, effort, progress)
    values = _of_sums(causal, curves, sums)
    verdict = causal.verdict.capitalize() + "."
    is_cut = causal.kind == "countable"  # a longer chain may still have a finite entropy
    too_long = f"Not computed: the chain of causal states is too long. {verdict}"
    for name in ("C_mu", "chi"):
        values[name] = Measure(name, None, too_long) if is_cut else Measure(name, math.inf, verdict)
    for name, unit in (("causal_states", "states"), ("markov_order", "symbols")):
        values[name] = Measure(name, math.inf, verdict, unit=unit)
    reason = too_long if is_cut else "Not computed where the causal states are uncountable."
    for name, unit in (
        ("cryptic_order", "symbols"),
        ("S", "bit-symbols"),
        ("synchronisation_time", "symbols"),
        ("synchronising_word", "symbols"),
        ("C_mu_reverse", "bits"),
        ("chi_reverse", "bits"),
        ("causal_irreversibility", "bits"),
        ("C_bidirectional", "bits"),
        ("reverse_causal_states", "states"),
    ):
        values[name] = Measure(name, None, reason, unit=unit)
    return values | _anatomy(causal, curves, sums, sides, measured)


def _sums(
    causal: CausalStates,
    curves: BlockEntropies,
    effort: Effort,
    progress: Progress | None,
) -> Sums:
    from core.processes.polynomial_operator import DEGREES, invariant_integrals

    if causal.generator.is_generalized:
        return _from_levels(causal, curves, effort, progress)
    if causal.generator.n not in DEGREES:
        levels = _from_levels(causal, curves, effort, progress)
        if effort.is_live or (levels.h[1] or 0.0) < SAMPLED:
            return levels
        sampled = invariant_integrals(causal.generator, progress=progress)
        h, error = sampled.h_mu.value, sampled.h_mu.error
        if h is None or error is None or error > (levels.h[1] or 0.0):
            return levels
        return _summed(curves.h[1:], h, error, f"{sampled.method} E and T from its h(l) - h_mu.")
    degree = effort.degree(causal.generator.n)
    direction = ""
    try:
        found = invariant_integrals(causal.generator, degree, progress)
    except ProcessError:
        backwards = reverse_integrals(causal.generator, degree, progress)
        if backwards is None:
            return _from_levels(causal, curves, effort, progress)
        found, direction = backwards, " of the process read backwards"
    method = (
        f"Polynomial transfer operator{direction}, degree {found.degree}; error against a lower "
        "degree."
    )
    integrals = Sums(
        (found.h_mu.value, found.h_mu.error),
        (found.E.value, found.E.error),
        (found.T.value, found.T.error),
        method,
    )
    if effort.is_live or (found.h_mu.error or 0.0) < GOOD_ENOUGH:
        return integrals
    levels = _from_levels(causal, curves, effort, progress)
    return levels if (levels.h[1] or 0.0) < (found.h_mu.error or 0.0) else integrals


def _from_levels(
    causal: CausalStates, curves: BlockEntropies, effort: Effort, progress: Progress | None
) -> Sums:
    """Return the sums between h(l) from words and h(l) from words after a known state.

    The entropy rate lies between both, which close in on it from either side.
    """
    model = causal.generator
    outer = block_entropies(
        model, effort.levels, start=causal.pi, most=effort.beliefs, progress=progress
    ).h[1:]
    if curves.length > outer.size:
        outer = curves.h[1:]
    if model.is_generalized:
        low, high, size = 0.0, float(outer[-1]), outer.size
        falls = tail(np.maximum(outer[:-1] - outer[1:], 0.0)) if size > 2 else math.inf
        h, spread = (high - falls, falls) if math.isfinite(falls) else (high, high)
        method = f"Level limit: h({size}) going on as it fell."
    else:
        inner = _rates_from_known_states(causal, outer.size, effort, progress)
        size = min(outer.size, inner.size)
        low, high = float(inner[size - 1]), float(outer[size - 1])
        h, spread = 0.5 * (low + high), 0.5 * max(0.0, high - low)
        method = f"Level limit: between the bounds that words of {size} symbols give."
        limit, doubt = _common_limit(outer[:size], inner[:size])
        if doubt < spread and low - doubt <= limit <= high + doubt:
            h, spread = min(max(limit, low), high), doubt
            method = f"Bounds from words of up to {size} symbols, both extrapolated to one limit."
    return _summed(outer[:size], h, spread, method)


def _common_limit(outer: Floats, inner: Floats) -> tuple[float, float]:
    """Return the limit that bounds from either side go to; where they differ is its error."""
    above, above_error = limit_of(outer)
    below, below_error = limit_of(inner)
    value = above if above_error < below_error else below
    return value, abs(above - below) + min(above_error, below_error)


def _summed(curve: Floats, h: float, spread: float, method: str) -> Sums:
    """Return E and T from h(1), h(2), ..., which go on falling towards h as they fell last."""
    above = np.maximum(curve - h, 0.0)
    lengths = np.arange(1.0, curve.size + 1.0)
    sums = []
    for terms, doubt in ((above, curve.size), (above * lengths, curve.size**2)):
        total, error = sum_of(terms, noise=1e-15 + spread)
        is_known = math.isfinite(error)
        sums.append((total, error + doubt * spread + 1e-12) if is_known else (None, None))
    return Sums((h, spread + 1e-13), sums[0], sums[1], method)


def _rates_from_known_states(
    causal: CausalStates, levels: int, effort: Effort, progress: Progress | None
) -> Floats:
    from core.processes.belief_dynamics import carry, dynamics_of
    from core.processes.shannon import entropy_rows

    model = causal.generator
    dynamics = dynamics_of(model.T)
    beliefs, weights, rates = np.eye(model.n), causal.pi, []
    for _ in range(levels):
        rates.append(float(weights @ entropy_rows(beliefs @ model.emission)))
        ahead = carry(dynamics, beliefs, weights, most=effort.beliefs, progress=progress)
        if ahead is None:
            break
        beliefs, weights = ahead
    return np.array(rates)


def _of_sums(causal: CausalStates, curves: BlockEntropies, sums: Sums) -> dict[str, Measure]:
    h = sums.h[0]
    most = math.log2(causal.generator.k)
    single = float(curves.H[1])
    values = {
        "h_mu": Measure(
            "h_mu", h, sums.method, sums.h[1],
            f"h_μ = ∫ dμ(η) H[p(η)] = {shown(h, 12)}", "bits per symbol",
        ),
        "E": Measure(
            "E", sums.E[0], sums.method, sums.E[1],
            f"E = Σ_l (h(l) − h_μ) = {shown(sums.E[0], 12)}",
        ),
        "T": Measure(
            "T", sums.T[0], sums.method, sums.T[1],
            f"T = Σ_l l (h(l) − h_μ) = {shown(sums.T[0], 12)}", "bit-symbols",
        ),
    }  # fmt: skip
    assert h is not None
    values["G"] = Measure(
        "G", h - most, sums.method, sums.h[1],
        f"G = h_μ − log₂ k = {shown(h)} − {shown(most)} = {shown(h - most)}", "bits per symbol",
    )  # fmt: skip
    values["rho_mu"] = Measure(
        "rho_mu", single - h, sums.method, sums.h[1],
        f"ρ_μ = H(1) − h_μ = {shown(single)} − {shown(h)} = {shown(single - h)}",
    )  # fmt: skip
    E, error = sums.E
    sigma = None if E is None else E - (single - h)
    values["sigma_mu"] = Measure(
        "sigma_mu", sigma, sums.method, None if error is None else error + (sums.h[1] or 0.0),
        f"σ_μ = E − ρ_μ = {shown(E)} − {shown(single - h)} = {shown(sigma)}",
    )  # fmt: skip
    return values


def _anatomy(
    causal: CausalStates,
    curves: BlockEntropies,
    sums: Sums,
    sides: tuple[Side, Side] | None,
    measured: Sides | None,
) -> dict[str, Measure]:
    model, h = causal.generator, sums.h[0]
    names = ("r_mu", "b_mu", "q_mu", "w_mu")
    if sides is None or h is None:
        reason = "Not computed: a generalized process has no states to bound it with."
        return {name: Measure(name, None, reason) for name in names}
    past, future = sides
    above = symbol_entropy_between(past.outer, future.outer, model.T, causal.pi)
    below = symbol_entropy_between(past.inner, future.inner, model.T, causal.pi)
    r, error = 0.5 * (above + below), 0.5 * max(0.0, above - below) + (sums.h[1] or 0.0)
    found = None if measured is None else symbol_entropy(measured, model.T, causal.pi)
    method = (
        f"Between bounds from words on either side of the symbol ({_words(past.outer)} before, "
        f"{_words(future.outer)} after)."
    )
    if found is not None and found.value is not None and (found.error or 0.0) < error:
        r, error = found.value, (found.error or 0.0) + (sums.h[1] or 0.0)
        method = "Integral over the invariant measures of beliefs from the past and the future."
    b, rho = h - r, float(curves.H[1]) - h
    formulas = {
        "r_mu": (r, f"r_μ = H[X_0 | past, future] in [{shown(below)}, {shown(above)}]"),
        "b_mu": (b, f"b_μ = h_μ − r_μ = {shown(h)} − {shown(r)} = {shown(b)}"),
        "q_mu": (rho - b, f"q_μ = ρ_μ − b_μ = {shown(rho)} − {shown(b)} = {shown(rho - b)}"),
        "w_mu": (rho + b, f"w_μ = ρ_μ + b_μ = {shown(rho)} + {shown(b)} = {shown(rho + b)}"),
    }
    return {
        name: Measure(name, value, method, error, formula)
        for name, (value, formula) in formulas.items()
    }


def _words(side: Weighted) -> str:
    return "everything" if side.length is None else f"{side.length}"
