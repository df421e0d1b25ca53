"""Long whole numbers as they are typed, and long numbers in short, ``3.1 × 10¹¹``."""

import re
from math import floor, log10

from core.automata.errors import AutomataError

_SEPARATORS = re.compile(r"[,\s._'\u2009\u202f]")
_POWER = re.compile(r"(\d{1,6})\^(\d{1,3})")
_LONG_NUMBER = re.compile(r"\d+\.\d{6,}(?:e[+-]?\d+)?")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class NoWholeNumber(AutomataError):
    """A text that should be a whole number is none."""


def whole_number(text: str) -> int:
    """Return the number of a text such as ``1,073,741,824`` or ``2^30``.

    Raises
    ------
    NoWholeNumber
        When it is none.

    Examples
    --------
    >>> whole_number("2^30") == whole_number("1 073 741 824")
    True
    """
    plain = _SEPARATORS.sub("", text)
    power = _POWER.fullmatch(plain)
    if power is not None:
        return int(power[1]) ** int(power[2])
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 1000:
        raise NoWholeNumber(f"{text[:40]!r} is no whole number; write one such as 1,000 or 2^30.")
    return int(plain)


def power_text(value: float, digits: int = 2) -> str:
    """Return a number, not 0, as a multiple of a power of ten.

    Examples
    --------
    >>> power_text(311_234_000_000)
    '3.1 × 10¹¹'
    """
    exponent = floor(log10(abs(value)))
    mantissa = f"{value / 10**exponent:.{digits - 1}f}"
    if mantissa.lstrip("-").startswith("10"):  # rounded up
        exponent, mantissa = exponent + 1, mantissa.replace("10", "1", 1)
    mantissa = (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa).replace("-", "−")
    raised = str(exponent).translate(_RAISED)
    return f"10{raised}" if mantissa == "1" else f"{mantissa} × 10{raised}"


def count_text(value: int, longest: int) -> str:
    """Return a whole number with commas, in short where it is longer than so many characters.

    Examples
    --------
    >>> count_text(161_598_144_512, 20), count_text(2**70, 20)
    ('161,598,144,512', '1.18059 × 10²¹')
    """
    text = f"{value:,}".replace("-", "−")
    return text if len(text) <= longest else power_text(value, 6)


def shortened(text: str, digits: int = 5) -> str:
    """Return a rule with its long numbers in so many digits.

    Examples
    --------
    >>> shortened("lenia:R=13,T=10;m=0.1500340001,s=0.017")
    'lenia:R=13,T=10;m=0.15003,s=0.017'
    """
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.{digits}g}", text)
