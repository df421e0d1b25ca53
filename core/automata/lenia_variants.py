"""Steps of Lenia that are not the plain one: two-step, softly clipped, noisy, asynchronous.

What chance does to a step depends on the seed and the generation alone.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.growth import targets
from core.automata.rules.lenia import LeniaRule

Floats = npt.NDArray[np.floating[Any]]


def chance_of(seed: int, generation: int) -> np.random.Generator:
    """Return the random numbers of a step: by counter, whatever ran before."""
    key = np.array([seed % 2**64, generation % 2**64], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key))


class VariantStep:
    """Changes the cells of a board by their growth as the variants of a rule say.

    Attributes
    ----------
    growth : [C, height, width]
        Where the growth is expected.
    """

    def __init__(self, rule: LeniaRule, change: Floats, size: tuple[int, int]) -> None:
        dtype = change.dtype
        self._rule = rule
        self._targets = targets(rule)
        k = 1.0 / rule.dt if rule.clip == "soft" else 0.0
        more = np.array([rule.growth_noise, rule.noise / 10, k], dtype=dtype)
        self._change = np.concatenate([change, more])
        self.growth: Floats = np.zeros((rule.channels, *size), dtype=dtype)
        self._no_growth: Floats = np.zeros((0, 0, 0), dtype=dtype)
        self._normals: Floats = np.zeros(size if rule.growth_noise else (0, 0), dtype=dtype)
        self._factors: Floats = np.zeros(size if rule.noise else (0, 0), dtype=dtype)
        self._draws = np.zeros(size if rule.mask_rate else (0, 0))

    def run(
        self,
        board: Floats,
        inside: npt.NDArray[np.int64],
        last: Floats | None,
        random: np.random.Generator | None,
    ) -> Floats | None:
        """Change the cells inside a board and return the growth for the next step to look back.

        Parameters
        ----------
        last : [C, height, width] or None
            What the step before returned; it is written to.
        random : numpy.random.Generator, optional
            Needed where `rule.is_random`.
        """
        from core.automata.kernels_lenia import change_freely

        is_second = last is not None
        looks_back = self._rule.method == "adams-bashforth"
        if looks_back and last is None:
            last = np.zeros_like(self.growth)
        for channel in self._targets:
            if random is not None:
                self._draw(random)
            change_freely(
                board, channel, inside, self.growth, self._no_growth if last is None else last,
                self._normals, self._factors, self._draws, self._change, self._rule.mask_rate,
                is_second,
            )  # fmt: skip
        return last

    def _draw(self, random: np.random.Generator) -> None:
        """Draw the numbers of a channel in the order of `growth.updated`."""
        dtype: Any = self._normals.dtype.type
        if self._normals.size:
            random.standard_normal(dtype=dtype, out=self._normals)
        if self._factors.size:
            random.random(dtype=dtype, out=self._factors)
        if self._draws.size:
            random.random(out=self._draws)
