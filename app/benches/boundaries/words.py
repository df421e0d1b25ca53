"""Numbers of the boundaries bench as people read them; no Qt."""

from math import isfinite


def bits_text(value: float) -> str:
    """Return bits with four places; a dash where there is none."""
    if not isfinite(value):
        return "—"
    text = f"{value:.4f}"
    return "0.0000" if text == "-0.0000" else text.replace("-", "−")


def interval_text(low: float, high: float) -> str:
    """Return an interval of bits as narrow as a column has room for."""
    if not isfinite(low + high):
        return "—"
    ends = (f"{end:.3f}" for end in (low, high))
    return " … ".join("0.000" if end == "-0.000" else end for end in ends).replace("-", "−")


def p_text(p: float) -> str:
    """Return a p-value as far as it means anything."""
    return "—" if not isfinite(p) else f"{p:.3f}" if p >= 0.0995 else f"{p:.2g}"


def generations_text(generation: int) -> str:
    """Return a time as a place in a run."""
    return f"generation {generation:,}"
