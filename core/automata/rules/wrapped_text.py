"""Rules that change another rule, written as ``name(number):rule``."""

import re

from core.automata.errors import UnreadableRule
from core.labels import quoted

_WRAPPED = re.compile(r"\s*([A-Za-z-]+)\s*\(\s*([^()\s]+)\s*\)\s*:(.*)", re.DOTALL)


def read_wrapped(text: str, name: str) -> tuple[float, str]:
    """Return the number and the text of the rule within; raises `UnreadableRule`."""
    found = _WRAPPED.fullmatch(text)
    if found is None or found[1].lower() != name:
        raise UnreadableRule(f"{quoted(text)} is not like {name}(0.01):B3/S23.")
    try:
        return float(found[2]), found[3].strip()
    except ValueError:
        raise UnreadableRule(f"{quoted(text)} has {quoted(found[2])} where a number is.") from None
