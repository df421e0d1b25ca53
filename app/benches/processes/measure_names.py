"""What measures are called for people, and in which order and groups they are listed."""

from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

from core.processes.measure import Measure, shown


@dataclass(frozen=True, slots=True)
class MeasureName:
    """A measure's sign and its name, with a sentence on what it is."""

    id: str
    sign: str
    title: str
    meaning: str


GROUPS: tuple[tuple[str, tuple[MeasureName, ...]], ...] = (
    (
        "Randomness and structure",
        (
            MeasureName(
                "h_mu", "hμ", "Entropy rate", "What each symbol surprises by, given all before it."
            ),
            MeasureName(
                "C_mu",
                "Cμ",
                "Statistical complexity",
                "What the causal states remember of the past.",
            ),
            MeasureName("E", "E", "Excess entropy", "What the past tells about the future."),
            MeasureName("chi", "χ", "Crypticity", "What is remembered and never told: Cμ − E."),
            MeasureName(
                "causal_states", "|S|", "Causal states", "States of the smallest unifilar machine."
            ),
        ),
    ),
    (
        "Synchronisation",
        (
            MeasureName(
                "markov_order",
                "R",
                "Markov order",
                "How many symbols tell as much as all of the past.",
            ),
            MeasureName(
                "cryptic_order",
                "kχ",
                "Cryptic order",
                "How many past symbols must be known to retrace the states.",
            ),
            MeasureName(
                "S",
                "S",
                "Synchronisation information",
                "All the doubt about the state on the way to knowing it.",
            ),
            MeasureName(
                "T",
                "T",
                "Transient information",
                "The area between the block entropy and its asymptote.",
            ),
            MeasureName(
                "synchronisation_time",
                "τ",
                "Mean time to synchronise",
                "Symbols until the state is known, on average.",
            ),
            MeasureName(
                "synchronising_word",
                "Ls",
                "Shortest synchronising word",
                "Length of the shortest word that tells the state.",
            ),
        ),
    ),
    (
        "Anatomy of a bit",
        (
            MeasureName(
                "r_mu",
                "rμ",
                "Ephemeral information",
                "In the present alone: neither past nor future know it.",
            ),
            MeasureName("b_mu", "bμ", "Bound information", "Created now and told to the future."),
            MeasureName(
                "q_mu",
                "qμ",
                "Enigmatic information",
                "Shared by past, present and future at once, beyond pairs.",
            ),
            MeasureName(
                "w_mu",
                "wμ",
                "Structure in the present",
                "All in the present that is not ephemeral.",
            ),
            MeasureName(
                "rho_mu",
                "ρμ",
                "Anticipated information",
                "In the present, already known from the past.",
            ),
            MeasureName(
                "sigma_mu",
                "σμ",
                "Elusive information",
                "Past and future share it, the present does not have it.",
            ),
        ),
    ),
    (
        "Backwards and both ways",
        (
            MeasureName(
                "C_mu_reverse",
                "Cμ⁻",
                "Reverse complexity",
                "Statistical complexity of the process run backwards.",
            ),
            MeasureName(
                "chi_reverse",
                "χ⁻",
                "Reverse crypticity",
                "Crypticity of the process run backwards.",
            ),
            MeasureName(
                "reverse_causal_states",
                "|S⁻|",
                "Reverse causal states",
                "Causal states of the process run backwards.",
            ),
            MeasureName(
                "causal_irreversibility",
                "Ξ",
                "Causal irreversibility",
                "Difference of both complexities.",
            ),
            MeasureName(
                "C_bidirectional",
                "Cμ±",
                "Bidirectional complexity",
                "Memory of the machine that runs both ways.",
            ),
        ),
    ),
    (
        "This presentation",
        (
            MeasureName(
                "gauge", "φ", "Gauge information", "What its states know that no symbol ever tells."
            ),
            MeasureName(
                "oracular",
                "ζ",
                "Oracular information",
                "What its states know of the future beyond the past.",
            ),
            MeasureName(
                "presentation_crypticity",
                "χ'",
                "Crypticity of this machine",
                "What its states remember of the past in vain.",
            ),
            MeasureName(
                "G", "G", "Total predictability", "The area between the entropy gains and zero."
            ),
        ),
    ),
)

NAMES = {name.id: name for _, names in GROUPS for name in names}


def value_text(measure: Measure, digits: int = 6) -> str:
    """Return a value as people read it, no more of it than is known; a dash where there is none."""
    if measure.value is None:
        return "—"
    value, error = measure.value, measure.error
    if error is not None and isfinite(value) and _last_place(value, digits) < 2 * error < inf:
        places = max(0, -floor(log10(error)))
        return f"{value:.{places}f} ± {ceil(error * 10**places) / 10**places:.{places}f}".replace(
            "-", "−"
        )
    if abs(value) < 5e-13:
        return "0"
    return shown(value, digits)


def _last_place(value: float, digits: int) -> float:
    """Return what one more in the last of so many digits is worth, or in the fifth decimal."""
    return max(1e-5, 10.0 ** (floor(log10(max(abs(value), 1e-6))) - digits + 1))


def error_text(measure: Measure) -> str:
    """Return how far off a value may be, empty where that is nothing one could see."""
    if measure.error is None or not measure.error > 5e-7:
        return ""
    return f"± {measure.error:.1g}"


def unit_text(measure: Measure) -> str:
    """Return a measure's unit as narrow as a column has room for, in the singular for one."""
    unit = measure.unit
    if measure.value == 1 and unit in ("symbols", "states"):
        unit = unit.removesuffix("s")
    return unit.replace(" per ", "/")
