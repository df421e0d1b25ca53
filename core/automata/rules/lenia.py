"""Lenia: continuous cellular automata by one or many kernels and growth maps.

Sources: Chan, Lenia: biology of artificial life (2019); Lenia and expanded universe (2020);
Hamon et al., Discovering sensorimotor agency in cellular automata (2024), for free kernels and
obstacles; Kawaguchi et al., Introducing asymptotics to the state-updating rule in Lenia (2021).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from core.automata.errors import UnreadableRule

CORES = ("polynomial", "exponential", "step", "staircase", "gaussian")
"""Kernel cores in the order of the numbers kn of files; the Gaussian one has the number 5."""

MAPPINGS = ("polynomial", "exponential", "step", "obstacle")
"""Growth maps in the order of the numbers gn of files; the map of obstacles has the number 4."""

LARGEST_RADIUS = 1000.0
LARGEST_NUMBER = 1e6
MOST_KERNELS = 256
MOST_CHANNELS = 32


@dataclass(frozen=True, slots=True)
class Rings:
    """A kernel's shell of equally wide rings, each with the profile of a core.

    Attributes
    ----------
    heights : tuple of float
        b_1 to b_B, from the inside out.
    core : str
        One of `CORES`.
    """

    heights: tuple[float, ...] = (1.0,)
    core: str = "polynomial"

    def __post_init__(self) -> None:
        if self.core not in CORES:
            raise UnreadableRule(f"There is no kernel core {self.core!r}; use {_list(CORES)}.")
        _require_heights(self.heights)


@dataclass(frozen=True, slots=True)
class Bumps:
    """A free shell: a sum of Gaussian bumps with a smooth cut-off at the kernel's radius.

    ``sum_i b_i exp(-(r - a_i)^2 / (2 w_i^2)) * sigmoid(-10 (r - 1))``, and with `is_plain` the
    form ``exp(-(r - a_i)^2 / w_i)`` of Flow-Lenia's reference code.
    """

    heights: tuple[float, ...]
    centres: tuple[float, ...]
    widths: tuple[float, ...]
    is_plain: bool = False

    def __post_init__(self) -> None:
        _require_heights(self.heights)
        if not len(self.heights) == len(self.centres) == len(self.widths):
            raise UnreadableRule("Every bump of a free kernel needs a height, a centre, a width.")
        _require_finite("centre of a bump", self.centres)
        _require_finite("width of a bump", self.widths)
        if min(self.widths) <= 0:
            raise UnreadableRule("The bumps of a free kernel need widths above 0.")


LEAST_SIGMA = 1e-9
"""Narrower growth maps have no number as the inverse of their squared width."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth map G(u) with its peak at `mu` and the width `sigma`.

    Attributes
    ----------
    mapping : str
        ``"polynomial"`` 2 max(0, 1 - (u-mu)^2/(9 sigma^2))^4 - 1, ``"exponential"``
        2 exp(-(u-mu)^2/(2 sigma^2)) - 1, ``"step"`` 2 [|u-mu| <= sigma] - 1, or ``"obstacle"``
        -clip(u - mu, 0, 1) / sigma, which only takes away.
    peak : float
        Factor of the bell, 1 but for sensorimotor Lenia's exp(-0.001).
    """

    mu: float
    sigma: float
    mapping: str = "polynomial"
    peak: float = 1.0

    def __post_init__(self) -> None:
        if self.mapping not in MAPPINGS:
            raise UnreadableRule(f"There is no growth map {self.mapping!r}; use {_list(MAPPINGS)}.")
        _require_finite("mu", (self.mu,))
        _require_finite("sigma", (self.sigma,))
        _require_finite("peak of the growth", (self.peak,))
        if self.sigma <= 0:
            raise UnreadableRule(f"The growth width sigma is {self.sigma:g}; it has to be above 0.")
        if self.sigma < LEAST_SIGMA:
            raise UnreadableRule(
                f"The growth width sigma is {self.sigma:g}; less than {LEAST_SIGMA:g} is nothing."
            )


@dataclass(frozen=True, slots=True)
class LeniaKernel:
    """One kernel: from which channel to which, its weight, radius, shell and growth map.

    Attributes
    ----------
    source, target : int
        Channels c0 and c1.
    weight : float
        h, its part in the growth of the target.
    relative_radius : float
        r, so that the kernel reaches R r cells.
    """

    growth: Growth
    shell: Rings | Bumps = field(default_factory=Rings)
    source: int = 0
    target: int = 0
    weight: float = 1.0
    relative_radius: float = 1.0

    def __post_init__(self) -> None:
        _require_finite("weight h of a kernel", (self.weight,))
        _require_finite("relative radius r of a kernel", (self.relative_radius,))
        if self.relative_radius <= 0:
            raise UnreadableRule("The relative radius r of a kernel has to be above 0.")


@dataclass(frozen=True, slots=True)
class LeniaRule:
    """A rule of Lenia on `channels` channels in `dimensions` dimensions.

    Attributes
    ----------
    radius : float
        R in cells.
    steps_per_unit : float
        T; one step takes the time dt = 1/T.
    kernels : tuple of LeniaKernel
        A channel that no kernel has as its target never changes, as obstacles do not.
    levels : int
        P; after clipping, values are rounded to multiples of 1/P. 0 for no rounding.
    mask_rate : float
        Probability with which a cell keeps its value for a step (asynchronous update).
    noise : float
        Level of multiplicative noise, A (1 + level / 10 * uniform(-1/2, 1/2)) after a step.
    growth_noise : float
        Standard deviation of normal noise that is added to the growth.
    clip : str
        ``"hard"``, or ``"soft"`` for the smooth log-sum-exp clip with k = 1/dt.
    update : str
        ``"growth"`` for A + dt G, ``"target"`` for A + dt ((G + 1) / 2 - A) (asymptotic Lenia).
    method : str
        ``"euler"``, or ``"adams-bashforth"`` for the two-step (3 G_t - G_{t-1}) / 2.
    is_averaged : bool
        Whether the growths of a target are divided by the sum of their weights.
    """

    radius: float
    steps_per_unit: float
    kernels: tuple[LeniaKernel, ...]
    channels: int = 1
    dimensions: int = 2
    levels: int = 0
    mask_rate: float = 0.0
    noise: float = 0.0
    growth_noise: float = 0.0
    clip: str = "hard"
    update: str = "growth"
    method: str = "euler"
    is_averaged: bool = True

    states: ClassVar[int] = 0

    def __post_init__(self) -> None:
        _require_finite("radius R", (self.radius,))
        _require_finite("number T of steps", (self.steps_per_unit,))
        if not 0 < self.radius <= LARGEST_RADIUS:
            raise UnreadableRule(
                f"The radius R is {self.radius:g}; it has to be above 0 and at most "
                f"{LARGEST_RADIUS:g} cells."
            )
        if self.steps_per_unit <= 0:
            raise UnreadableRule(f"T is {self.steps_per_unit:g}; it has to be above 0.")
        _require_counts(self)
        _require_options(self)

    @property
    def dt(self) -> float:
        """The time of one step, 1/T."""
        return 1.0 / self.steps_per_unit

    @property
    def is_random(self) -> bool:
        """Whether a step draws random numbers."""
        return bool(self.mask_rate or self.noise or self.growth_noise)

    @property
    def text(self) -> str:
        """The rule as ``lenia:R=13,T=10;m=0.15,s=0.015``, one part after a semicolon per kernel."""
        from core.automata.rules.lenia_text import lenia_text

        return lenia_text(self)

    def with_kernel(self, index: int, kernel: LeniaKernel) -> "LeniaRule":
        """Return the rule with another kernel in place of the one at `index`."""
        kernels = list(self.kernels)
        kernels[index] = kernel
        return replace(self, kernels=tuple(kernels))

    def with_growth(self, index: int = 0, **changes: float) -> "LeniaRule":
        """Return the rule with the `mu`, `sigma` or `peak` of one kernel's growth changed."""
        kernel = self.kernels[index]
        growth = kernel.growth
        changed = Growth(
            changes.get("mu", growth.mu),
            changes.get("sigma", growth.sigma),
            growth.mapping,
            changes.get("peak", growth.peak),
        )
        return self.with_kernel(index, replace(kernel, growth=changed))


def lenia(
    radius: float,
    steps_per_unit: float,
    mu: float,
    sigma: float,
    *,
    heights: Iterable[float] = (1.0,),
    core: str = "polynomial",
    mapping: str = "polynomial",
    dimensions: int = 2,
) -> LeniaRule:
    """Return the rule of one kernel on one channel, the Lenia of 2019.

    Examples
    --------
    >>> lenia(13, 10, 0.15, 0.015).text
    'lenia:R=13,T=10;m=0.15,s=0.015'
    """
    kernel = LeniaKernel(Growth(mu, sigma, mapping), Rings(tuple(heights), core))
    return LeniaRule(radius, steps_per_unit, (kernel,), dimensions=dimensions)


def _require_counts(rule: LeniaRule) -> None:
    if not 1 <= rule.dimensions <= 4:
        raise UnreadableRule(f"Lenia has 1 to 4 dimensions, not {rule.dimensions}.")
    if not 1 <= rule.channels <= MOST_CHANNELS:
        raise UnreadableRule(f"Lenia has 1 to {MOST_CHANNELS} channels, not {rule.channels}.")
    if not 1 <= len(rule.kernels) <= MOST_KERNELS:
        raise UnreadableRule(f"Lenia has 1 to {MOST_KERNELS} kernels, not {len(rule.kernels)}.")
    for kernel in rule.kernels:
        for channel in (kernel.source, kernel.target):
            if not 0 <= channel < rule.channels:
                raise UnreadableRule(
                    f"A kernel names channel {channel}, but there are only {rule.channels}, "
                    "counted from 0."
                )
        if rule.radius * kernel.relative_radius > LARGEST_RADIUS:
            raise UnreadableRule(f"A kernel reaches farther than {LARGEST_RADIUS:g} cells.")
    if rule.is_averaged:
        for target in {kernel.target for kernel in rule.kernels}:
            if sum(each.weight for each in rule.kernels if each.target == target) == 0:
                raise UnreadableRule(f"The weights h of the kernels to channel {target} sum to 0.")


def _require_options(rule: LeniaRule) -> None:
    if not (0 <= rule.levels <= 2**24):
        raise UnreadableRule(f"The number P of levels is {rule.levels}; use 0 to {2**24}.")
    if not (0 <= rule.mask_rate <= 1):
        raise UnreadableRule(f"The mask rate is {rule.mask_rate:g}; it is a probability.")
    for name, level in (("noise", rule.noise), ("growth noise", rule.growth_noise)):
        if not (0 <= level <= LARGEST_NUMBER):
            raise UnreadableRule(f"The level of {name} is {level:g}; it cannot be below 0.")
    for name, value, known in (
        ("clip", rule.clip, ("hard", "soft")),
        ("update", rule.update, ("growth", "target")),
        ("method", rule.method, ("euler", "adams-bashforth")),
    ):
        if value not in known:
            raise UnreadableRule(f"There is no {name} {value!r} of Lenia; use {_list(known)}.")


def _require_heights(heights: tuple[float, ...]) -> None:
    if not heights:
        raise UnreadableRule("A kernel needs at least one ring or bump.")
    _require_finite("height of a ring", heights)
    if not any(heights):
        raise UnreadableRule("A kernel whose rings all have the height 0 is none.")


def _require_finite(name: str, values: Iterable[float]) -> None:
    for value in values:
        if not (math.isfinite(value) and abs(value) <= LARGEST_NUMBER):
            raise UnreadableRule(f"The {name} is {value}, which is no number Lenia can use.")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


LIFE_AS_LENIA = lenia(2, 1, 0.35, 0.07, core="staircase", mapping="step")
"""Conway's Life: eight neighbours of weight 1, the cell itself 1/2, a cell on at 2.5 to 3.5."""
