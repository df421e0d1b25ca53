"""Names of processes with their parameters in them: ``mess3_x0.15_a0.6``, ``sns_half``.

Lists of processes in the literature write a process and its setting as one word. What follows the
name of a process of the zoo is read as parameters: ``x0.15`` by name, bare numbers in the order in
which the process has its parameters, ``half`` for all of them.
"""

import re

from core.processes.errors import ProcessError
from core.processes.zoo import ZooEntry, zoo_entry

NAMED = re.compile(r"([A-Za-z]+)([0-9]+(?:\.[0-9]+)?)")
BARE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
WHOLE_NAMES = {"period-5-00001": ("period", {"n": 5.0})}


def setting_in_name(text: str) -> tuple[ZooEntry, dict[str, float]] | None:
    """Return the process and the parameters that a name spells, or None when it spells none.

    Examples
    --------
    >>> entry, values = setting_in_name("rk_golden_mean_3_2")
    >>> entry.name, values
    ('rk-golden-mean', {'r': 3.0, 'k': 2.0})
    """
    words = re.split(r"[_\- ]", text.strip())
    whole = WHOLE_NAMES.get("-".join(words).lower())
    if whole is not None:
        return zoo_entry(whole[0]), dict(whole[1])
    for length in range(len(words) - 1, 0, -1):
        try:
            entry = zoo_entry("-".join(words[:length]))
        except ProcessError:
            continue
        values = _values(entry, words[length:])
        return None if values is None else (entry, values)
    return None


def _values(entry: ZooEntry, words: list[str]) -> dict[str, float] | None:
    names = [each.name for each in entry.parameters]
    if words == ["half"] and names:
        return dict.fromkeys(names, 0.5)
    values: dict[str, float] = {}
    for word in words:
        named = NAMED.fullmatch(word)
        if named is not None:
            name, number = _name_among(names, named[1]), named[2]
        elif BARE.fullmatch(word) is not None and len(values) < len(names):
            name, number = names[len(values)], word
        else:
            return None
        if name is None or name in values:
            return None
        values[name] = float(number)
    return values


def _name_among(names: list[str], text: str) -> str | None:
    """Return the parameter of that name; capitals matter only where they tell two apart."""
    if text in names:
        return text
    alike = [name for name in names if name.lower() == text.lower()]
    return alike[0] if len(alike) == 1 else None
