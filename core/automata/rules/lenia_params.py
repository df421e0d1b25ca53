"""Lenia's rules as the parameters of animals files, both ways.

Chan's files have changed with the years: one object of parameters, a list of them with channels,
weights and radii, and a list with what all kernels share in `settings`. All are read.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

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
from core.automata.rules.lenia_text import chosen, height_text, number, number_text, whole
from core.labels import quoted

Params = Mapping[str, Any]


def rule_of_params(
    params: Params | Sequence[Params],
    *,
    channels: int = 1,
    dimensions: int = 2,
    settings: Params | None = None,
) -> LeniaRule:
    """Return the rule of an animal's `params` and `settings`.

    R, T, kn and gn are those of the first kernel, else of the settings. Kernels without channels
    get them in the order of `default_pairs`.

    Raises
    ------
    UnreadableRule
        Naming the entry that is missing or has no meaning.
    """
    shared = dict(settings or {})
    kernels: list[Any] = list(params) if isinstance(params, list | tuple) else [params]
    if not kernels or not all(isinstance(each, Mapping) for each in kernels):
        raise UnreadableRule("The params of an animal are an object or a list of objects.")
    first = {**shared, **kernels[0]}
    core = chosen(_text(first, "kn", "1"), CORES, "kernel core kn")
    mapping = chosen(_text(first, "gn", "1"), MAPPINGS, "growth map gn")
    pairs = default_pairs(len(kernels), channels, shared)
    return LeniaRule(
        radius=number(_text(first, "R")),
        steps_per_unit=number(_text(first, "T")),
        kernels=tuple(
            _kernel(each, core, mapping, pair) for each, pair in zip(kernels, pairs, strict=True)
        ),
        channels=channels,
        dimensions=dimensions,
    )


def default_pairs(kernels: int, channels: int, settings: Params) -> list[tuple[int, int]]:
    """Return (source, target) of each kernel where a file leaves them out.

    First each channel's own kernels, channel by channel, then those of each ordered pair of
    different channels. How many of each there are (`ks`, `kx`) is told by the settings, else it
    is one per pair, where that fits the number of kernels.
    """
    if channels == 1:
        return [(0, 0)] * kernels
    own, cross = _kernels_per_pair(kernels, channels, settings)
    pairs = [(c, c) for c in range(channels) for _ in range(own)]
    for source in range(channels):
        for target in range(channels):
            if source != target:
                pairs += [(source, target)] * cross
    return (pairs + [(0, 0)] * kernels)[:kernels]


def params_of_rule(rule: LeniaRule) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the params that animals files have for a rule.

    Raises
    ------
    UnreadableRule
        When the rule has what those files cannot say, such as free kernels.
    """
    first = rule.kernels[0]
    if any(isinstance(each.shell, Bumps) for each in rule.kernels):
        raise UnreadableRule("Animals files have no free kernels; save the world as JSON instead.")
    plain = LeniaRule(
        rule.radius, rule.steps_per_unit, rule.kernels, rule.channels, rule.dimensions
    )
    kinds = {(_core(each), each.growth.mapping, each.growth.peak) for each in rule.kernels}
    if rule != plain or len(kinds) > 1 or first.growth.peak != 1.0:
        raise UnreadableRule("Animals files cannot say all of this rule; save the world as JSON.")
    params = [_params(rule, each) for each in rule.kernels]
    is_single = len(params) == 1 and rule.channels == 1 and first.weight == 1.0
    if is_single and first.relative_radius == 1.0:
        return {key: params[0][key] for key in ("R", "T", "b", "m", "s", "kn", "gn")}
    return params


def _params(rule: LeniaRule, kernel: LeniaKernel) -> dict[str, Any]:
    assert isinstance(kernel.shell, Rings)
    return {
        "R": _plain(rule.radius),
        "T": _plain(rule.steps_per_unit),
        "b": ",".join(height_text(height) for height in kernel.shell.heights),
        "m": kernel.growth.mu,
        "s": kernel.growth.sigma,
        "h": kernel.weight,
        "r": kernel.relative_radius,
        "c": [kernel.source, kernel.target],
        "kn": CORES.index(kernel.shell.core) + 1,
        "gn": MAPPINGS.index(kernel.growth.mapping) + 1,
    }


def _kernel(params: Params, core: str, mapping: str, pair: tuple[int, int]) -> LeniaKernel:
    heights = tuple(number(each) for each in _text(params, "b", "1").split(","))
    source, target = _pair(params.get("c", pair))
    return LeniaKernel(
        Growth(number(_text(params, "m")), number(_text(params, "s")), mapping),
        Rings(heights, core),
        source,
        target,
        number(_text(params, "h", "1")),
        number(_text(params, "r", "1")),
    )


def _pair(value: Any) -> tuple[int, int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return value, value
    is_pair = isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2
    if not is_pair or not all(isinstance(each, int) for each in value):
        raise UnreadableRule(f"The channels of a kernel are two numbers, not {quoted(str(value))}.")
    return value[0], value[1]


def _kernels_per_pair(kernels: int, channels: int, settings: Params) -> tuple[int, int]:
    pairs = channels * (channels - 1)
    if "ks" in settings or "kx" in settings:
        return whole(_text(settings, "ks", "1")), whole(_text(settings, "kx", "1"))
    for cross in (1, 0, *range(2, kernels // pairs + 1)):
        own, rest = divmod(kernels - cross * pairs, channels)
        if rest == 0 and own >= 0:
            return own, cross
    return math.ceil(kernels / channels), 0


def _text(params: Params, key: str, usual: str | None = None) -> str:
    value = params.get(key, usual)
    if value is None:
        raise UnreadableRule(f"The params of the animal have no {key}.")
    if isinstance(value, list):
        value = ",".join(str(each) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UnreadableRule(f"The params of the animal have {quoted(str(value))} as {key}.")
    return str(value)


def _core(kernel: LeniaKernel) -> str:
    return kernel.shell.core if isinstance(kernel.shell, Rings) else ""


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else float(number_text(value))
