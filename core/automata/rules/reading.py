"""Rule strings of every family, with or without the suffix of a topology."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from core.automata.errors import UnreadableRule
from core.automata.rules.elementary import Elementary
from core.automata.rules.generations import Generations
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.life_like import LifeLike
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED, Topology, topology_of
from core.labels import quoted

FindTable = Callable[[str], Rule | None]
"""Returns the rule of a named table, or None when there is none of that name."""

LONGEST = 1_000_000

MOST_WRAPPED = 8
_AROUND = re.compile(r"(?:noisy|asynchronous)\s*\(", re.IGNORECASE)

NAMED = {
    "life": "B3/S23",
    "conway's life": "B3/S23",
    "highlife": "B36/S23",
    "seeds": "B2/S",
    "day & night": "B3678/S34678",
    "day and night": "B3678/S34678",
    "replicator": "B1357/S1357",
    "life without death": "B3/S012345678",
    "brian's brain": "/2/3",
    "star wars": "345/2/4",
    "bosco's rule": "R5,C0,M1,S34..58,B34..45,NM",
}

_B_S = re.compile(r"B([0-8a-z-]*)[/_]?S([0-8a-z-]*)([VHM]?)")
_S_B = re.compile(r"([0-8a-z-]*)[/_]([0-8a-z-]*)([VHM]?)")
_GENERATIONS = (
    re.compile(r"(?P<s>[0-8a-z-]*)/(?P<b>[0-8a-z-]*)/(?P<c>\d+)(?P<n>[VHM]?)"),
    re.compile(r"B(?P<b>[0-8a-z-]*)/S(?P<s>[0-8a-z-]*)/[CG]?(?P<c>\d+)(?P<n>[VHM]?)"),
    re.compile(r"S(?P<s>[0-8a-z-]*)/B(?P<b>[0-8a-z-]*)/[CG]?(?P<c>\d+)(?P<n>[VHM]?)"),
    re.compile(r"(?P<c>\d+)/B(?P<b>[0-8a-z-]*)/S(?P<s>[0-8a-z-]*)(?P<n>[VHM]?)"),
)
_ELEMENTARY = re.compile(r"(?:W|elementary:|rule )(\d{1,4})")
_SUFFIX = re.compile(r":([PTKCSRF]\d[\d*+,=-]*)$", re.IGNORECASE)

_BY_PREFIX = {
    "margolus": "margolus:Margolus",
    "cyclic": "cyclic:Cyclic",
    "greenberg-hastings": "greenberg_hastings:GreenbergHastings",
    "domany-kinzel": "domany_kinzel:DomanyKinzel",
    "ising": "ising:Ising",
    "voter": "voter:Voter",
    "contact": "contact:Contact",
    "sir": "sir:Sir",
    "totalistic": "totalistic:Totalistic",
    "particle-lenia": "particle_lenia:ParticleLeniaRule",
    "flow-lenia": "flow_lenia:FlowLeniaRule",
}
_WITH_DEFAULTS = ("ising", "voter", "contact", "sir", "particle-lenia")
"""Names that are a rule without numbers too."""

_EXAMPLES = {
    "margolus": "margolus:critters",
    "cyclic": "cyclic:R1/T3/C3/NM",
    "greenberg-hastings": "greenberg-hastings:R1/T1/C3/NN",
    "domany-kinzel": "domany-kinzel:p1=0.6447,p2=0.8738",
    "totalistic": "totalistic:code=777,states=3,radius=1,outer=0",
    "flow-lenia": "flow-lenia:drops, flow-lenia:cells, flow-lenia:herd or flow-lenia:reef",
    "noisy": "noisy(0.01):B3/S23",
    "asynchronous": "asynchronous(0.5):B3/S23",
}
"""How rules are written whose name alone is none."""

_AROUND_ANOTHER = {"noisy": "noisy:Noisy", "asynchronous": "asynchronous:Asynchronous"}


def rule_of(text: str, *, find_table: FindTable | None = None) -> Rule:
    """Return the rule that a text says; an empty one is Life.

    Parameters
    ----------
    text : str
        Such as ``B3/S23``, ``23/3``, ``B2ce3/S23-a``, ``B2/S34H``, ``345/2/4``,
        ``R5,C0,M1,S34..58,B34..45,NM``, ``W30``, ``margolus:critters``, ``noisy(0.01):B3/S23``,
        ``lenia:R=13,T=10;m=0.15,s=0.015``, or the name of a table.
    find_table : function, optional
        Where names of tables are looked up.

    Raises
    ------
    UnreadableRule
        When the text is no rule, or a name that nobody knows.
    """
    if len(text) > LONGEST:
        raise UnreadableRule("The rule is longer than a million letters.")
    if len(_AROUND.findall(text)) > MOST_WRAPPED:
        raise UnreadableRule(f"A rule is changed by at most {MOST_WRAPPED} others around it.")
    plain = NAMED.get(text.strip().lower(), text.strip())
    if not plain:
        return LifeLike("3", "23")
    if find_table is not None and (table := find_table(plain)) is not None:
        return table
    return _prefixed(plain, find_table) or _by_digits(plain) or _unknown(plain)


def rule_and_topology(text: str, *, find_table: FindTable | None = None) -> tuple[Rule, Topology]:
    """Return the rule and the topology that its suffix says, unbounded without one."""
    plain = text.strip()
    found = _SUFFIX.search(plain)
    if found is None:
        return rule_of(plain, find_table=find_table), UNBOUNDED
    return rule_of(plain[: found.start()], find_table=find_table), topology_of(found[1])


def _prefixed(text: str, find_table: FindTable | None) -> Rule | None:
    name = re.split(r"[:(]", text, maxsplit=1)[0].strip().lower()
    if name == "lenia":
        from core.automata.rules.lenia_text import lenia_rule_of

        return lenia_rule_of(text)
    if name in _BY_PREFIX and (name != text.lower() or name in _WITH_DEFAULTS):
        return _from_text(_BY_PREFIX[name], text)
    if name in _AROUND_ANOTHER and "(" in text:
        return _from_text(
            _AROUND_ANOTHER[name], text, lambda inner: rule_of(inner, find_table=find_table)
        )
    if text[:4].upper() == "MS,D":
        return _from_text(_BY_PREFIX["margolus"], text)
    return None


def _from_text(target: str, *given: Any) -> Rule:
    module, name = target.split(":")
    family = getattr(import_module(f"core.automata.rules.{module}"), name)
    rule: Rule = family.from_text(*given)
    return rule


def _by_digits(text: str) -> Rule | None:
    """Return the rule of a text made of numbers of neighbours; capitals do not matter for B, S."""
    found = _ELEMENTARY.fullmatch(text)
    if found is not None:
        return Elementary(int(found[1]))
    if re.match(r"R\d|\d+,", text, re.IGNORECASE):
        return LargerThanLife.from_text(text)
    plain = _with_capitals(text)
    for form in _GENERATIONS:
        found = form.fullmatch(plain)
        if found is not None:
            return _of_states(found["b"], found["s"], found["c"], found["n"])
    found = _B_S.fullmatch(plain)
    if found is not None:
        return LifeLike(found[1], found[2], found[3] or "M")
    found = re.fullmatch(r"S([0-8a-z-]*)[/_]?B([0-8a-z-]*)([VHM]?)", plain)
    found = found or _S_B.fullmatch(plain)
    if found is not None:
        return LifeLike(found[2], found[1], found[3] or "M")
    return None


def _of_states(born: str, survive: str, states: str, neighbourhood: str) -> Rule:
    count = int(states) if len(states) < 6 else 10**6
    if count == 2:
        return LifeLike(born, survive, neighbourhood or "M")
    return Generations(born, survive, count, neighbourhood or "M")


def _with_capitals(text: str) -> str:
    """Return the text with capital B, S, C and G at the head of a part, and V, H, M at the end."""
    plain = re.sub(r"(^|[/_])([bscg])", lambda each: each[1] + each[2].upper(), text)
    plain = re.sub(r"^(B[0-8a-z-]*)s", r"\1S", plain)
    return re.sub(r"(?<=[0-8/S])([vhm])$", lambda each: each[1].upper(), plain)


def _unknown(text: str) -> Rule:
    example = _EXAMPLES.get(text.lower())
    if example is not None:
        raise UnreadableRule(f"The rule {text.lower()} needs more than its name: {example}.")
    raise UnreadableRule(
        f"There is no rule {quoted(text)}; write one such as B3/S23 or 345/2/4, or put "
        f"{text[:60]}.rule beside the pattern."
    )
