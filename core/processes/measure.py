"""One number about a process, with how it was come by."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, where it comes from, and what it may be off by.

    Attributes
    ----------
    name : str
        The symbol, such as "h_mu".
    value : float or None
        Infinity where it diverges; None where it is not defined or not computed.
    method : str
        How it was obtained or, without a value, why there is none.
    error : float or None
        A bound or estimate; None where there is no value or it is infinite.
    formula : str
        The formula with the numbers in.
    unit : str
    """

    name: str
    value: float | None
    method: str
    error: float | None = None
    formula: str = ""
    unit: str = "bits"


def shown(value: float | None, digits: int = 6) -> str:
    """Return a number for a formula."""
    if value is None:
        return "?"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    return text.replace("-", "−")


def listed_terms(terms: list[str], joint: str = " + ", most: int = 6) -> str:
    """Return the first terms of a sum."""
    if len(terms) > most:
        terms = [*terms[: most - 1], "…", terms[-1]]
    return joint.join(terms)
