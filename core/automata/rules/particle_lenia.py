"""Particle Lenia: particles that descend the energy of a field they make themselves.

Source: Mordvintsev, Niklasson and Randazzo, Particle Lenia and the energy-based formulation (2022).
"""

import math
from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from core.automata.errors import UnreadableRule
from core.automata.rules.settings_text import read_settings, require_between, settings_text

DESCENTS = ("own", "total")


@dataclass(frozen=True, slots=True)
class ParticleLeniaRule:
    """The parameters of the fields and of the step.

    With ``peak(x; mu, s) = exp(-((x - mu) / s)^2)`` and r the distance of a particle,
    U = w_k sum peak(r; mu_k, sigma_k), G = peak(U; mu_g, sigma_g),
    R = c_rep / 2 sum max(0, 1 - r)^2 and E = R - G. A particle counts in its own fields.

    Attributes
    ----------
    dt : float
        Length of an Euler step.
    dimensions : int
        2 or 3.
    descent : str
        ``"own"``: each particle descends its own E, the others held fixed (the rule of the
        source). ``"total"``: all descend the sum of all E.
    """

    mu_k: float = 4.0
    sigma_k: float = 1.0
    w_k: float = 0.022
    mu_g: float = 0.6
    sigma_g: float = 0.15
    c_rep: float = 1.0
    dt: float = 0.1
    dimensions: int = 2
    descent: str = "own"

    states: ClassVar[int] = 0

    def __post_init__(self) -> None:
        for key in ("mu_k", "w_k", "mu_g", "c_rep", "dt"):
            require_between("particle-lenia", key, getattr(self, key), -1e6, 1e6)
        for key in ("sigma_k", "sigma_g"):
            require_between("particle-lenia", key, getattr(self, key), 1e-6, 1e6)
        require_between("particle-lenia", "dimensions", self.dimensions, 2, 3)
        if self.descent not in DESCENTS:
            raise UnreadableRule(
                f"The descent of particle-lenia is own or total, not {self.descent}."
            )

    @property
    def text(self) -> str:
        """The rule as ``particle-lenia:mu_k=4,sigma_k=1,...``, every parameter written."""
        return settings_text("particle-lenia", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; what is left out is that of the source."""
        return read_settings(text, "particle-lenia", cls)


def normalised_weight(mu_k: float, sigma_k: float, dimensions: int) -> float:
    """Return the weight w_k with which the field of one particle has the integral 1.

    The integral of ``peak(r) r^(d-1)`` from 0 on, in closed form by the error function.
    """
    z = mu_k / sigma_k
    tail = math.exp(-z * z)
    gauss = math.sqrt(math.pi) / 2 * (1 + math.erf(z))  # integral of the peak over sigma
    if dimensions == 2:
        return 1 / (2 * math.pi * sigma_k * (mu_k * gauss + sigma_k * tail / 2))
    second = (mu_k**2 + sigma_k**2 / 2) * gauss + mu_k * sigma_k * tail / 2
    return 1 / (4 * math.pi * sigma_k * second)
