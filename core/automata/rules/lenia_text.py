"""Lenia's rules as text, such as ``lenia:R=13,T=10;m=0.15,s=0.015``, both ways.

The first part is of the whole rule: R, T, and where they differ from the usual d (dimensions),
c (channels), P, mask, noise, growth-noise, clip=soft, update=target, method=adams-bashforth,
sum=plain. Then one part per kernel: b=1|1/3, kn, gn, m, s, and h, r, c=0>1, peak; a free kernel
has bumps=HEIGHT@CENTRE~WIDTH|… (plain-bumps=… where widths are not squared) in place of b and kn.
"""

from collections.abc import Set
from fractions import Fraction

from core.automata.errors import UnreadableRule
from core.automata.rules.lenia import (
    CORES,
    MAPPINGS,
    Bumps,
    Growth,
    LeniaKernel,
    LeniaRule,
    Rings,
)
from core.labels import quoted

PREFIX = "lenia:"
EXAMPLE = f"{PREFIX}R=13,T=10;m=0.15,s=0.015"
_RULE_KEYS = {
    "R", "T", "d", "c", "P", "mask", "noise", "growth-noise", "clip", "update", "method", "sum",
}  # fmt: skip
_KERNEL_KEYS = {"b", "kn", "gn", "m", "s", "h", "r", "c", "peak", "bumps", "plain-bumps"}


def lenia_text(rule: LeniaRule) -> str:
    """Return the canonical text of a rule; what is as usual is left out."""
    parts = [f"R={number_text(rule.radius)}", f"T={number_text(rule.steps_per_unit)}"]
    for key, value, usual in (
        ("d", rule.dimensions, 2),
        ("c", rule.channels, 1),
        ("P", rule.levels, 0),
        ("mask", rule.mask_rate, 0.0),
        ("noise", rule.noise, 0.0),
        ("growth-noise", rule.growth_noise, 0.0),
    ):
        if value != usual:
            parts.append(f"{key}={number_text(value)}")
    for key, word, common in (
        ("clip", rule.clip, "hard"),
        ("update", rule.update, "growth"),
        ("method", rule.method, "euler"),
        ("sum", "averaged" if rule.is_averaged else "plain", "averaged"),
    ):
        if word != common:
            parts.append(f"{key}={word}")
    return PREFIX + ";".join([",".join(parts), *(_kernel_text(each) for each in rule.kernels)])


def lenia_rule_of(text: str) -> LeniaRule:
    """Return the rule of a text as `lenia_text` writes it.

    Raises
    ------
    UnreadableRule
        Telling the part that cannot be read.
    """
    plain = "".join(text.split())
    if not plain.lower().startswith(PREFIX):
        raise UnreadableRule(f"A rule of Lenia has numbers after its name, as in {EXAMPLE}.")
    head, *parts = plain[len(PREFIX) :].split(";")
    values = _fields(head, _RULE_KEYS, _KERNEL_KEYS)
    for key in ("R", "T"):
        if key not in values:
            raise UnreadableRule(f"A rule of Lenia needs {key}, as in {EXAMPLE}.")
    if not parts:
        raise UnreadableRule(
            "A rule of Lenia needs a kernel after a semicolon, as ;m=0.15,s=0.015."
        )
    if values.get("sum", "averaged") not in ("averaged", "plain"):
        raise UnreadableRule(f"There is no sum {quoted(values['sum'])}; use averaged or plain.")
    return LeniaRule(
        radius=number(values["R"]),
        steps_per_unit=number(values["T"]),
        kernels=tuple(_kernel(part) for part in parts),
        channels=whole(values.get("c", "1")),
        dimensions=whole(values.get("d", "2")),
        levels=whole(values.get("P", "0")),
        mask_rate=number(values.get("mask", "0")),
        noise=number(values.get("noise", "0")),
        growth_noise=number(values.get("growth-noise", "0")),
        clip=values.get("clip", "hard"),
        update=values.get("update", "growth"),
        method=values.get("method", "euler"),
        is_averaged=values.get("sum", "averaged") == "averaged",
    )


def number(text: str) -> float:
    """Return the number of a text, a decimal or a fraction such as ``1/3``."""
    above, slash, below = text.strip().partition("/")
    try:
        return float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        raise UnreadableRule(f"{quoted(text)} is no number in a rule of Lenia.") from None


def whole(text: str) -> int:
    """Return the whole number of a text."""
    value = number(text)
    if not value.is_integer():
        raise UnreadableRule(f"{quoted(text)} is no whole number in a rule of Lenia.")
    return int(value)


def chosen(text: str, names: tuple[str, ...], what: str) -> str:
    """Return the name that the number `text`, counted from 1, stands for."""
    index = whole(text)
    if not 1 <= index <= len(names):
        raise UnreadableRule(f"There is no {what} {index}; they are 1 to {len(names)}.")
    return names[index - 1]


def number_text(value: float) -> str:
    """Return the shortest text that gives this number back."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def height_text(value: float) -> str:
    """Return a height as a small fraction where it is exactly one, as files of Lenia do."""
    fraction = Fraction(value).limit_denominator(48) if abs(value) < 1e6 else Fraction(0)
    is_exact = fraction.denominator > 1 and fraction.numerator / fraction.denominator == value
    return str(fraction) if is_exact else number_text(value)


def _kernel_text(kernel: LeniaKernel) -> str:
    parts = []
    shell, growth = kernel.shell, kernel.growth
    if isinstance(shell, Bumps):
        each = zip(shell.heights, shell.centres, shell.widths, strict=True)
        joined = "|".join("{}@{}~{}".format(*map(number_text, bump)) for bump in each)
        parts.append(f"{'plain-bumps' if shell.is_plain else 'bumps'}={joined}")
    else:
        if shell.heights != (1.0,):
            parts.append("b=" + "|".join(height_text(height) for height in shell.heights))
        if shell.core != CORES[0]:
            parts.append(f"kn={CORES.index(shell.core) + 1}")
    if growth.mapping != MAPPINGS[0]:
        parts.append(f"gn={MAPPINGS.index(growth.mapping) + 1}")
    parts += [f"m={number_text(growth.mu)}", f"s={number_text(growth.sigma)}"]
    for key, value in (("h", kernel.weight), ("r", kernel.relative_radius), ("peak", growth.peak)):
        if value != 1.0:
            parts.append(f"{key}={number_text(value)}")
    if kernel.source or kernel.target:
        parts.append(f"c={kernel.source}>{kernel.target}")
    return ",".join(parts)


def _kernel(part: str) -> LeniaKernel:
    values = _fields(part, _KERNEL_KEYS, _RULE_KEYS)
    for key in ("m", "s"):
        if key not in values:
            raise UnreadableRule(f"The kernel {quoted(part)} needs {key}, as in m=0.15,s=0.015.")
    source, arrow, target = values.get("c", "0>0").partition(">")
    if not arrow:
        raise UnreadableRule(f"A kernel's channels are written as c=0>1, not {quoted(source)}.")
    growth = Growth(
        number(values["m"]),
        number(values["s"]),
        chosen(values.get("gn", "1"), MAPPINGS, "growth map"),
        number(values.get("peak", "1")),
    )
    return LeniaKernel(
        growth,
        _shell(values),
        whole(source),
        whole(target),
        number(values.get("h", "1")),
        number(values.get("r", "1")),
    )


def _shell(values: dict[str, str]) -> Rings | Bumps:
    for key in ("bumps", "plain-bumps"):
        if key in values:
            bumps = [_bump(each) for each in values[key].split("|")]
            heights, centres, widths = zip(*bumps, strict=True)
            return Bumps(heights, centres, widths, is_plain=key == "plain-bumps")
    heights = tuple(number(each) for each in values.get("b", "1").split("|"))
    return Rings(heights, chosen(values.get("kn", "1"), CORES, "kernel core"))


def _bump(text: str) -> tuple[float, float, float]:
    height, _, rest = text.partition("@")
    centre, _, width = rest.partition("~")
    if not width:
        raise UnreadableRule(f"A bump is written as HEIGHT@CENTRE~WIDTH, not {quoted(text)}.")
    return number(height), number(centre), number(width)


def _fields(part: str, known: Set[str], others: Set[str]) -> dict[str, str]:
    """Return the entries of a part; `others` are names of parts of the other sort."""
    values: dict[str, str] = {}
    for each in filter(None, part.split(",")):
        key, equals, value = each.partition("=")
        if not equals or key not in known:
            raise UnreadableRule(_misplaced(each, key if equals else "", known, others))
        if key in values:
            raise UnreadableRule(f"A rule of Lenia has {key} twice in one part.")
        values[key] = value
    return values


def _misplaced(entry: str, key: str, known: Set[str], others: Set[str]) -> str:
    """Return why an entry cannot stand where it is."""
    is_head = "R" in known
    if key in others:
        where = (
            "of a kernel, after a semicolon" if is_head else "of the whole rule, before the first"
        )
        return f"{quoted(entry)} is {where}{'' if is_head else ' semicolon'}, as in {EXAMPLE}."
    names = ", ".join(sorted(known, key=str.lower))
    what = "the head of a rule of Lenia" if is_head else "a kernel of Lenia"
    return f"{quoted(entry)} has no meaning in {what}; its numbers are {names}."
