"""What interventions do to particles: they are added, taken away, pushed and shaken."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.interventions import (
    PURPOSE,
    Fill,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Push,
    Randomise,
    Stroke,
    flying,
)
from core.automata.seeds import step_key, stream_of, uniforms
from core.automata.stepper import Stepper
from core.automata.topology import Topology

LARGEST = 1_000_000
"""Particles that may be added at once."""

Reals = npt.NDArray[np.float64]


def carry_out(stepper: Stepper, intervention: Intervention, topology: Topology) -> None:
    """Do to live particles what an intervention says, as of its generation."""
    match intervention:
        case Stroke(points=points, radius=radius, value=0):
            away = _Away(stepper.cells(), topology)
            kept = np.ones(len(away.particles), dtype=np.bool_)
            for first, last in zip(points, points[1:] or points, strict=False):
                kept &= away.from_segment(first, last) > radius
            stepper.replace(away.particles[kept])
        case Stroke(points=points):
            _add(stepper, np.asarray(points, dtype=np.float64))
        case Patch(x=x, y=y, cells=cells):
            stepper.paste(cells, x, y)
        case Fill(value=0):
            particles = stepper.cells()
            inside = (particles[:, :2] >= (intervention.x, intervention.y)).all(axis=1)
            corner = (intervention.x + intervention.width, intervention.y + intervention.height)
            inside &= (particles[:, :2] < corner).all(axis=1)
            stepper.replace(particles[~inside])
        case Randomise():
            _sprinkle(stepper, intervention)
        case Push(x=x, y=y, radius=radius, dx=dx, dy=dy):
            away = _Away(stepper.cells(), topology)
            share = np.maximum(0.0, 1.0 - (away.from_point(x, y) / radius) ** 2)
            away.particles[:, :2] += share[:, None] * (dx, dy)
            stepper.replace(away.particles)
        case Obstacle(x=x, y=y, radius=radius):
            _expel(stepper, [(x, y)], radius, topology)
        case Gun(radius=radius):
            _expel(stepper, list(flying(intervention, stepper.generation)), radius, topology)
        case NoiseBrush():
            _shake(stepper, intervention, topology)
        case _:
            raise AutomataError("Particles can be painted, sprinkled and pushed, but not fed.")


class _Away:
    """Particles and their distances, around a torus where there is one."""

    def __init__(self, particles: Reals, topology: Topology) -> None:
        self.particles = particles
        is_torus = topology.kind == "torus"
        self._periods = (topology.width, topology.height) if is_torus else (0, 0)

    def offsets(self, x: float, y: float) -> Reals:
        """Return float64[n, 2], from a point to each particle on the shortest way."""
        offsets = self.particles[:, :2] - (x, y)
        for axis, period in enumerate(self._periods):
            if period:
                offsets[:, axis] -= period * np.rint(offsets[:, axis] / period)
        return np.asarray(offsets, dtype=np.float64)

    def from_point(self, x: float, y: float) -> Reals:
        """Return the distances from a point."""
        return np.asarray(np.hypot(*self.offsets(x, y).T), dtype=np.float64)

    def from_segment(self, first: tuple[float, float], last: tuple[float, float]) -> Reals:
        """Return the distances from a straight part of a path."""
        offsets, along = self.offsets(*first), np.subtract(last, first)
        length = float(along @ along)
        if length:
            share = np.clip(offsets @ along / length, 0.0, 1.0)
            offsets = offsets - share[:, None] * along
        return np.asarray(np.hypot(*offsets.T), dtype=np.float64)


def _add(stepper: Stepper, places: Reals) -> None:
    """Add particles; those of a world with depth on its plane in the middle of all."""
    particles = stepper.cells()
    more = np.zeros((len(places), particles.shape[1]))
    more[:, :2] = places
    if particles.shape[1] > 2 and len(particles):
        more[:, 2:] = particles[:, 2:].mean(axis=0)
    stepper.replace(np.concatenate([particles, more]))


def _sprinkle(stepper: Stepper, patch: Randomise) -> None:
    count = round(patch.density * patch.width * patch.height)
    if count > LARGEST:
        raise AutomataError(f"At most {LARGEST} particles can be added at once.")
    drawn = uniforms(step_key(stream_of(patch.seed, PURPOSE), 0), 2 * count).reshape(2, count)
    corner, size = np.array([[patch.x], [patch.y]]), np.array([[patch.width], [patch.height]])
    _add(stepper, np.ascontiguousarray((corner + size * drawn).T))


def _expel(
    stepper: Stepper,
    places: Sequence[tuple[float, float]],
    radius: float,
    topology: Topology,
) -> None:
    """Move the particles in discs straight out to their rims."""
    particles = stepper.cells()
    moved = False
    for x, y in places:
        offsets = _Away(particles, topology).offsets(x, y)
        distances = np.hypot(*offsets.T)
        inside = distances < radius
        if inside.any():
            outwards = np.tile((1.0, 0.0), (int(inside.sum()), 1))
            far = distances[inside] > 0
            outwards[far] = offsets[inside][far] / distances[inside][far, None]
            particles[inside, :2] = (x, y) + radius * outwards
            moved = True
    if moved:
        stepper.replace(particles)


def _shake(stepper: Stepper, brush: NoiseBrush, topology: Topology) -> None:
    away = _Away(stepper.cells(), topology)
    inside = away.from_point(brush.x, brush.y) < brush.radius
    if inside.any():
        key = step_key(stream_of(brush.seed, PURPOSE), stepper.generation)
        drawn = uniforms(key, 2 * len(inside)).reshape(-1, 2)
        away.particles[inside, :2] += brush.level * (2.0 * drawn[inside] - 1.0)
        stepper.replace(away.particles)
