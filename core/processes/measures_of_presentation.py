"""The measures of the states that a process was given with, rather than of its causal states."""

from core.processes.causal_states import CausalStates
from core.processes.measure import Measure, shown
from core.processes.presentations import PresentationInformation, presentation_information
from core.processes.two_sided import Side

NAMES = ("presentation_crypticity", "oracular", "gauge")


def presentation_measures(
    causal: CausalStates, values: dict[str, Measure], sides: tuple[Side, Side] | None
) -> dict[str, Measure]:
    """Return gauge and oracular information and the crypticity of the generator's own states.

    Parameters
    ----------
    sides : (Side, Side) or None
        What past and future say about the states; None where they are causal states or signed.
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
    return {
        name: Measure(name, value, method, found.error, _formula(name, found))
        for name, value in zip(NAMES, (found.crypticity, found.oracular, found.gauge), strict=True)
    }


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
