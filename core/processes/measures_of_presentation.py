"""The measures of the states that a process was given with, rather than of its causal states."""

from core.processes.causal_states import CausalStates
from core.processes.measure import Measure, shown
from core.processes.presentations import PresentationInformation, presentation_information
from core.processes.shannon import entropy
from core.processes.two_sided import Side
from core.processes.two_sided_operator import Sides, state_entropies

NAMES = ("presentation_crypticity", "oracular", "gauge")


def presentation_measures(
    causal: CausalStates,
    values: dict[str, Measure],
    sides: tuple[Side, Side] | None,
    measured: Sides | None = None,
) -> dict[str, Measure]:
    """Return gauge and oracular information and the crypticity of the generator's own states.

    Parameters
    ----------
    sides : (Side, Side) or None
        What past and future say about the states; None where they are causal states or signed.
    measured : Sides or None
        The invariant measures of both, where the polynomial operator gives them.
    """
    if causal.generator.is_generalized:
        reason = "The states of a generalized process have no probabilities."
        return {name: Measure(name, None, reason) for name in NAMES}
    if sides is None:
        return _of_causal_states(values)
    past, future = sides
    found = presentation_information(past, future, causal.pi)
    method = (
        "Exact: every belief about the generator's states from either side."
        if found.is_exact
        else "Between bounds from words on either side of the state "
        f"(past {_length(past.outer.length)}, future {_length(future.outer.length)})."
    )
    integrated = None if measured is None else _integrated(measured, causal)
    if integrated is not None and integrated.error < found.error:
        found = integrated
        method = "Integrals over the invariant measures of beliefs from the past and the future."
    return {
        name: Measure(name, value, method, found.error, _formula(name, found))
        for name, value in zip(NAMES, (found.crypticity, found.oracular, found.gauge), strict=True)
    }


def _integrated(measured: Sides, causal: CausalStates) -> PresentationInformation:
    past, future, both = state_entropies(measured, causal.pi)
    assert past.value is not None and future.value is not None and both.value is not None
    whole, gauge = entropy(causal.pi), both.value
    crypticity, oracular = max(0.0, future.value - gauge), max(0.0, past.value - gauge)
    error = sum(each.error or 0.0 for each in (past, future, both))
    excess = whole - crypticity - oracular - gauge
    return PresentationInformation(whole, excess, crypticity, oracular, gauge, error, False)


def _length(length: int | None) -> str:
    return "whole" if length is None else f"{length} symbols"


def _formula(name: str, found: PresentationInformation) -> str:
    parts = (
        f"H[R] = E + χ_R + ζ + φ: {shown(found.state_entropy)} = {shown(found.excess)} + "
        f"{shown(found.crypticity)} + {shown(found.oracular)} + {shown(found.gauge)}"
    )
    meaning = {
        "presentation_crypticity": "χ_R = I[past; R | future]",
        "oracular": "ζ = I[R; future | past]",
        "gauge": "φ = H[R | past, future]",
    }
    return f"{meaning[name]}; {parts}"


def _of_causal_states(values: dict[str, Measure]) -> dict[str, Measure]:
    chi = values["chi"]
    reason = "Exact: the generator's states are the causal states."
    none = "The past tells the causal state: ζ = φ = 0"
    return {
        "presentation_crypticity": Measure(
            "presentation_crypticity", chi.value, reason, chi.error, chi.formula
        ),
        "oracular": Measure("oracular", 0.0, reason, 0.0, none),
        "gauge": Measure("gauge", 0.0, reason, 0.0, none),
    }
