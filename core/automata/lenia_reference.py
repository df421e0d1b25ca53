"""The engine of Lenia that follows the definition: any dimension, single or double precision.

Every kernel is a product of spectra by SciPy's transforms. Worlds that are no torus are padded by
the reach of the kernels with what lies beyond their sides.
"""

import numpy as np
import numpy.typing as npt

from core.automata.growth import Field, growth_of, kernel_factors
from core.automata.halo import halo
from core.automata.lenia_kernel import kernel_weights, rule_reach, torus_spectrum
from core.automata.lenia_stepper import LeniaStepper, is_twisted, require_stepped
from core.automata.rules.lenia import LeniaRule
from core.automata.world import World


def lenia_reference(
    world: World, *, precision: str = "float64", threads: int = 1
) -> "LeniaReference | None":
    """Return the engine for a world of Lenia, None where it does not know the topology."""
    rule = world.rule
    if not isinstance(rule, LeniaRule) or not require_stepped(rule, world.topology):
        return None
    return LeniaReference(world, precision)


class LeniaReference(LeniaStepper):
    """A live world of Lenia, stepped by the definition."""

    def __init__(self, world: World, precision: str = "float64") -> None:
        super().__init__(world)
        self._dtype = np.dtype(precision)
        self._cells = np.clip(world.array, 0.0, 1.0).astype(self._dtype)
        self._prepare()

    def _state(self) -> Field:
        return self._cells

    def _prepare(self) -> None:
        from scipy.fft import next_fast_len

        rule = self.rule
        sides = self._cells.shape[1:]
        self._is_twisted = is_twisted(rule, self.topology)
        is_torus = self.topology.kind == "torus" and not self._is_twisted
        self._margin = 0 if is_torus else rule_reach(rule)
        if self._margin:
            sides = tuple(next_fast_len(n + 2 * self._margin, real=True) for n in sides)
        self._shape = sides
        self._spectra = [
            torus_spectrum(kernel_weights(rule, kernel), sides).astype(self._dtype)
            for kernel in rule.kernels
        ]

    def potentials(self) -> Field:
        """Return U = K * A of every kernel, [K, …]."""
        from scipy.fft import irfftn, rfftn

        axes = tuple(range(1, self._cells.ndim))
        spectra = rfftn(self._padded(), s=self._shape, axes=axes)
        found = np.empty((len(self.rule.kernels), *self._cells.shape[1:]), self._dtype)
        crop = tuple(slice(self._margin, self._margin + n) for n in self._cells.shape[1:])
        for index, kernel in enumerate(self.rule.kernels):
            product = spectra[kernel.source] * self._spectra[index]
            found[index] = irfftn(product, s=self._shape)[crop]
        return found

    def growth(self) -> Field:
        """Return the averaged growth of every channel, [C, …]."""
        total = np.zeros_like(self._cells)
        factors = kernel_factors(self.rule)
        for u, kernel, factor in zip(self.potentials(), self.rule.kernels, factors, strict=True):
            total[kernel.target] += self._dtype.type(factor) * growth_of(u, kernel.growth)
        return total

    def _advance(self) -> None:
        self._apply(self.growth())

    def _padded(self) -> Field:
        if not self._margin:
            return self._cells
        pads = [(0, 0)] + [(self._margin, self._margin)] * (self._cells.ndim - 1)
        if self.topology.kind == "reflecting":
            return np.pad(self._cells, pads, mode="symmetric")
        if self.topology.kind == "plane":
            return np.pad(self._cells, pads)
        if self._is_twisted:
            return self._joined(np.pad(self._cells, pads))
        left, right, top, bottom = self.topology.border
        padded: npt.NDArray[np.floating] = self._cells
        sides = [(left, right), (top, bottom), *[(0.0, 0.0)] * (self._cells.ndim - 3)]
        # Beyond a corner lies what lies above or below, so x is padded first.
        for axis, values in zip(range(self._cells.ndim - 1, 0, -1), sides, strict=False):
            one = [(0, 0)] * padded.ndim
            one[axis] = pads[axis]
            padded = np.pad(padded, one, constant_values=[values] * padded.ndim)
        return padded

    def _joined(self, padded: Field) -> Field:
        """Fill the padding of a world in two dimensions with what lies beyond its sides."""
        height, width = self._cells.shape[1:]
        at, source = halo(self.topology.resized(width, height), self._margin)
        for plane in padded.reshape(padded.shape[0], -1):
            plane[at] = plane[source]
        return padded
