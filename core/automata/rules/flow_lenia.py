"""Flow-Lenia: a field whose mass flows along its affinity and is conserved.

Source: Plantec, Hamon, Etcheverry, Oudeyer, Moulin-Frier and Chan, Flow-Lenia: Towards open-ended
evolution in cellular automata through mass conservation and parameter localization (2023).
"""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Self

from core.automata.errors import UnreadableRule
from core.automata.rules.settings_text import require_between
from core.labels import quoted

WIDTHS = ("plain", "squared")
BORDERS = ("torus", "wall")
MIXINGS = ("none", "average", "softmax", "stochastic")
NAME = "flow-lenia"


@dataclass(frozen=True, slots=True)
class FlowKernel:
    """One kernel, a sum of rings, and its growth map.

    Attributes
    ----------
    source, target : int
        Channels it looks at and acts on.
    h : float
        Weight of its growth.
    r : float
        Its radius relative to ``radius + 15`` cells.
    a, w, b : tuple of float
        Places, widths and heights of the rings, in units of its radius.
    mu, sigma : float
        Centre and width of the growth ``2 exp(-(u - mu)^2 / (2 sigma^2)) - 1``.
    """

    source: int
    target: int
    h: float
    r: float
    a: tuple[float, ...]
    w: tuple[float, ...]
    b: tuple[float, ...]
    mu: float
    sigma: float

    def __post_init__(self) -> None:
        for key in ("a", "w", "b"):
            object.__setattr__(self, key, tuple(float(value) for value in getattr(self, key)))
        if not (self.a and len(self.a) == len(self.w) == len(self.b)):
            raise UnreadableRule("A kernel of flow-lenia needs as many a as w and b.")
        require_between(NAME, "h", self.h, -1e6, 1e6)
        require_between(NAME, "r", self.r, 1e-3, 100)
        require_between(NAME, "mu", self.mu, -1e6, 1e6)
        require_between(NAME, "sigma", self.sigma, 1e-9, 1e6)
        for width in self.w:
            require_between(NAME, "w", width, 1e-9, 1e6)
        for value in (*self.a, *self.b):
            require_between(NAME, "a or b", value, -1e6, 1e6)


@dataclass(frozen=True, slots=True)
class FlowLeniaRule:
    """The kernels, and how mass flows.

    Attributes
    ----------
    kernels : tuple of FlowKernel
    channels : int
    radius : float
        Kernel k reaches ``(radius + 15) r_k`` cells.
    dt : float
    width : str
        ``"plain"``: rings are exp(-(d - a)^2 / w), as in the reference program; ``"squared"``:
        exp(-(d - a)^2 / (2 w^2)).
    slope : float
        Scale of the Sobel sum (1, 2, 1) x (-1, 0, 1): 1 as in the reference program, which is 8
        times a derivative; 0.125 for the derivative itself.
    critical_mass, power : float
        alpha = clip((A / critical_mass)^power, 0, 1) weighs spreading against affinity.
    half_width : float
        s: mass arrives spread over a square of side 2 s.
    reach : int
        dd: mass moves at most reach - s cells in a step along each axis.
    border : str
        ``"torus"``, or ``"wall"`` where mass stays within the walls.
    mixing : str
        ``"none"``: the weights h are those of the kernels. Otherwise each cell has its own h, which
        moves with the mass and where masses meet is their ``"average"``, their mean weighted by the
        ``"softmax"`` of mass, or one of them drawn in proportion to mass, ``"stochastic"``.
    """

    kernels: tuple[FlowKernel, ...]
    channels: int = 1
    radius: float = 10.0
    dt: float = 0.2
    width: str = "plain"
    slope: float = 1.0
    critical_mass: float = 1.0
    power: float = 2.0
    half_width: float = 0.65
    reach: int = 5
    border: str = "torus"
    mixing: str = "none"

    states: ClassVar[int] = 0
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if not self.kernels:
            raise UnreadableRule("flow-lenia needs at least one kernel.")
        require_between(NAME, "channels", self.channels, 1, 64)
        for kernel in self.kernels:
            if not (0 <= kernel.source < self.channels and 0 <= kernel.target < self.channels):
                raise UnreadableRule(
                    f"A kernel of flow-lenia leads from channel {kernel.source} to "
                    f"{kernel.target}, but there are {self.channels} channels, from 0 on."
                )
        require_between(NAME, "radius", self.radius, -14, 1000)
        require_between(NAME, "dt", self.dt, 1e-9, 1000)
        require_between(NAME, "slope", self.slope, 0, 1e6)
        require_between(NAME, "critical_mass", self.critical_mass, 1e-9, 1e9)
        require_between(NAME, "power", self.power, 1e-3, 100)
        require_between(NAME, "half_width", self.half_width, 0.5, 10)
        require_between(NAME, "reach", self.reach, 1, 20)
        if self.reach <= self.half_width:
            raise UnreadableRule("The reach of flow-lenia is more than its half_width.")
        for key, known in (("width", WIDTHS), ("border", BORDERS), ("mixing", MIXINGS)):
            if getattr(self, key) not in known:
                raise UnreadableRule(
                    f"{key} of flow-lenia is one of {', '.join(known)}, not "
                    f"{quoted(str(getattr(self, key)))}."
                )

    @property
    def text(self) -> str:
        """The rule as ``flow-lenia:{...}`` with everything written as JSON."""
        return f"{NAME}:{json.dumps(asdict(self), separators=(',', ':'))}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of JSON or of a name (`flow_named`); raises `UnreadableRule`."""
        head, _, body = text.strip().partition(":")
        if head.strip().lower() != NAME:
            raise UnreadableRule(f"{quoted(text)} is no rule of the kind {NAME}.")
        from core.automata.rules import flow_named

        if body.strip().lower() in flow_named.KINDS:
            known: Self = flow_named.flow_rule(body.strip().lower())  # type: ignore[assignment]
            return known
        try:
            record = json.loads(body)
        except (ValueError, RecursionError):
            raise UnreadableRule(
                f"{quoted(text)} has neither JSON after {NAME}: nor one of the names "
                f"{', '.join(flow_named.KINDS)}."
            ) from None
        return cls.from_record(record)

    @classmethod
    def from_record(cls, record: Any) -> Self:
        """Return the rule of a JSON object; raises `UnreadableRule`."""
        kernels = record.get("kernels") if isinstance(record, dict) else None
        if not isinstance(kernels, list):
            raise UnreadableRule(f"A rule of {NAME} is an object with a list of kernels.")
        built = tuple(FlowKernel(**_values(FlowKernel, kernel)) for kernel in kernels)
        rest = {key: value for key, value in record.items() if key != "kernels"}
        return cls(kernels=built, **_values(cls, rest))


def _values(kind: type[Any], record: Any) -> dict[str, Any]:
    """Return the fields of a record, of the types that the dataclass says."""
    if not isinstance(record, dict):
        raise UnreadableRule(f"A kernel of {NAME} is an object, not {quoted(str(record))}.")
    known = {each.name: each for each in fields(kind) if each.name != "kernels"}
    for key in record:
        if key not in known:
            raise UnreadableRule(f"{NAME} has no {quoted(str(key))}; it has {', '.join(known)}.")
    if kind is FlowKernel and len(record) < len(known):
        missing = [key for key in known if key not in record]
        raise UnreadableRule(f"A kernel of {NAME} lacks {', '.join(missing)}.")
    return {key: _value(key, value, known[key].type) for key, value in record.items()}


def _value(key: str, value: Any, kind: Any) -> Any:
    if kind is str and isinstance(value, str):
        return value
    if kind in (int, float) and _is_number(value) and (kind is float or value == int(value)):
        return kind(value)
    if kind not in (int, float, str) and isinstance(value, list) and all(map(_is_number, value)):
        return tuple(float(each) for each in value)
    raise UnreadableRule(f"{key} of {NAME} cannot be {quoted(str(value))}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
