"""The numbers of a rule that can be moved while it runs, for every family of rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from core.automata.rules.flow_lenia import FlowLeniaRule
from core.automata.rules.lenia import LeniaRule
from core.automata.rules.noisy import Noisy
from core.automata.rules.rule import Rule


@dataclass(frozen=True)
class RuleParameter:
    """One number of a rule.

    Attributes
    ----------
    name : str
        Short, as in the literature.
    meaning : str
    low, high : float
        The ends of a slider; other values can be typed.
    value : float
    put : function
        Returns the rule with another value.
    is_whole : bool
    """

    name: str
    meaning: str
    low: float
    high: float
    value: float
    put: Callable[[float], Rule]
    is_whole: bool = False


Range = tuple[str, str, str, float, float, bool]
"""Field, name, meaning, low, high, whether it is whole."""

RANGES: dict[str, tuple[Range, ...]] = {
    "LeniaRule": (
        ("radius", "R", "radius of the kernel in cells", 2, 40, True),
        ("steps_per_unit", "T", "steps in a unit of time", 1, 60, True),
        ("noise", "noise", "multiplicative noise after every step", 0, 10, False),
        ("mask_rate", "mask", "share of cells that skip a step", 0, 0.95, False),
        ("levels", "P", "levels of rounding, 0 for none", 0, 255, True),
    ),
    "FlowLeniaRule": (
        ("dt", "dt", "time of a step", 0.02, 0.5, False),
        ("critical_mass", "θ", "mass at which cells push apart", 0.2, 4, False),
    ),
    "ParticleLeniaRule": (
        ("mu_k", "μ K", "distance of the kernel's ring", 0.5, 10, False),
        ("sigma_k", "σ K", "width of the kernel's ring", 0.1, 3, False),
        ("w_k", "w K", "weight of the kernel", 0.001, 0.1, False),
        ("mu_g", "μ G", "field that particles like best", 0.05, 2, False),
        ("sigma_g", "σ G", "width of what they like", 0.02, 0.6, False),
        ("c_rep", "c rep", "strength of repulsion", 0, 4, False),
        ("dt", "dt", "time of a step", 0.01, 0.3, False),
    ),
    "Ising": (
        ("temperature", "T", "temperature; critical at 2.269", 0.1, 5, False),
        ("field", "h", "outer field", -1, 1, False),
        ("coupling", "J", "coupling of neighbours", -2, 2, False),
    ),
    "Noisy": (("flip", "noise", "probability that a cell flips after a step", 0, 0.2, False),),
    "Asynchronous": (("alpha", "α", "share of cells that make a step", 0.01, 1, False),),
    "DomanyKinzel": (
        ("p1", "p₁", "probability of life with one living parent", 0, 1, False),
        ("p2", "p₂", "probability of life with two living parents", 0, 1, False),
    ),
    "Contact": (("rate", "λ", "infections for every recovery", 0, 6, False),),
    "Voter": (("noise", "noise", "probability of an opinion of one's own", 0, 0.2, False),),
    "Sir": (
        ("infection", "β", "probability of infection", 0, 1, False),
        ("recovery", "γ", "probability of recovery", 0, 1, False),
        ("waning", "ω", "probability of losing immunity", 0, 0.2, False),
    ),
    "Cyclic": (
        ("threshold", "threshold", "successors around that it takes to advance", 1, 12, True),
        ("reach", "reach", "of the neighbourhood", 1, 5, True),
    ),
    "GreenbergHastings": (
        ("threshold", "threshold", "excited neighbours it takes to fire", 1, 12, True),
        ("reach", "reach", "of the neighbourhood", 1, 5, True),
    ),
    "Elementary": (("number", "rule", "Wolfram's number", 0, 255, True),),
    "LargerThanLife": (("radius", "R", "radius of the neighbourhood", 1, 12, True),),
}


def kernel_count(rule: Rule) -> int:
    """Return the number of kernels whose growth can be moved."""
    return len(rule.kernels) if isinstance(rule, LeniaRule | FlowLeniaRule) else 0


def parameters_of(
    rule: Rule, kernel: int = 0, *, takes_noise: bool = True
) -> tuple[RuleParameter, ...]:
    """Return what can be moved of a rule, of the kernel chosen where there are several.

    A rule without noise has its probability among them where the world takes noise: one with an
    end does.
    """
    found = _of_kernel(rule, min(kernel, kernel_count(rule) - 1)) if kernel_count(rule) else ()
    own = tuple(_of_field(rule, each) for each in _ranges(rule))
    inner = getattr(rule, "rule", None)
    if inner is not None:
        deeper = tuple(
            replace(each, put=partial(_around, rule, each.put))
            for each in parameters_of(
                inner, kernel, takes_noise=takes_noise and not isinstance(rule, Noisy)
            )
        )
        return (*own, *deeper)
    noise: tuple[RuleParameter, ...] = ()
    if takes_noise and rule.states and type(rule).__name__ in WITHOUT_NOISE:
        noise = (RuleParameter("noise", _NOISE, 0.0, 0.2, 0.0, partial(_noisy, rule)),)
    return (*found, *own, *noise)


_NOISE = RANGES["Noisy"][0][2]
WITHOUT_NOISE = ("Elementary", "LifeLike", "Generations", "LargerThanLife", "RuleTable", "Margolus")
"""Rules to which noise can be added."""


def _ranges(rule: Rule) -> tuple[Range, ...]:
    known = RANGES.get(type(rule).__name__, ())
    return tuple(each for each in known if hasattr(rule, each[0]))


def _of_field(rule: Rule, given: Range) -> RuleParameter:
    field, name, meaning, low, high, is_whole = given
    return RuleParameter(
        name,
        meaning,
        low,
        high,
        float(getattr(rule, field)),
        partial(_with_field, rule, field, is_whole),
        is_whole,
    )


def _with_field(rule: Any, field: str, is_whole: bool, value: float) -> Rule:
    changed: Rule = replace(rule, **{field: round(value) if is_whole else value})
    return changed


def _around(outer: Any, put: Callable[[float], Rule], value: float) -> Rule:
    changed: Rule = replace(outer, rule=put(value))
    return changed


def _noisy(rule: Rule, value: float) -> Rule:
    return Noisy(rule, value)


def _of_kernel(rule: Any, index: int) -> tuple[RuleParameter, ...]:
    kernel = rule.kernels[index]
    growth = getattr(kernel, "growth", kernel)
    found = [
        RuleParameter(
            "μ", "potential that grows best", 0.01, 0.6, growth.mu, _put_growth(rule, index, "mu")
        ),
        RuleParameter(
            "σ", "width of the growth", 0.001, 0.15, growth.sigma, _put_growth(rule, index, "sigma")
        ),
    ]
    if len(rule.kernels) > 1:
        field = "weight" if hasattr(kernel, "weight") else "h"
        found.append(
            RuleParameter(
                "h",
                "weight of the kernel",
                0.0,
                1.0,
                getattr(kernel, field),
                partial(_with_kernel, rule, index, field),
            )
        )
    return tuple(found)


def _put_growth(rule: Any, index: int, field: str) -> Callable[[float], Rule]:
    if isinstance(rule, LeniaRule):
        return partial(_with_growth, rule, index, field)
    return partial(_with_kernel, rule, index, field)


def _with_growth(rule: LeniaRule, index: int, field: str, value: float) -> Rule:
    return rule.with_growth(index, **{field: value})


def _with_kernel(rule: Any, index: int, field: str, value: float) -> Rule:
    kernels = list(rule.kernels)
    kernels[index] = replace(kernels[index], **{field: value})
    changed: Rule = replace(rule, kernels=tuple(kernels))
    return changed
