"""Whether a world holds a soliton: one piece that keeps its mass, stays small, and comes back.

The world is let settle, then followed for a window; frames are laid over each other by their
centroids (parts of a cell by a phase in Fourier space) and, where that fails, turned.
Source: Chan, Lenia: biology of artificial life (2019); Hamon et al., Discovering sensorimotor
agency in cellular automata (2024), for the empirical tests.
"""

from dataclasses import dataclass
from math import ceil, degrees, hypot, nan

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.measures.board import Board, Setting, board_of, setting_of
from core.automata.measures.components import COMPONENT_THRESHOLD, components
from core.automata.measures.moments import moments
from core.automata.measures.motion import heading, way_between
from core.automata.measures.recurrence import find_period
from core.automata.measures.symmetry import ANGLES
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.progress import Progress

SETTLING = 300
WINDOW = 300
MASS_VARIATION = 0.05
RECURRENCE_ERROR = 0.05
ANOTHER_SHAPE = 0.3
"""A recurrence error from here on is a change of shape, and no matter of the grid."""

EXTINCT = 1e-9
"""Of the mass at the beginning."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a world turned out to hold.

    Attributes
    ----------
    kind : str
        ``"extinct"``, ``"exploding"``, ``"metamorphic"``, ``"stationary"``, ``"rotating"``,
        ``"translating"``, ``"gyrating"``, ``"several pieces"``; of states ``"still life"``,
        ``"oscillator"``, ``"spaceship"`` or ``"unsettled"``.
    is_soliton : bool
    period : int or None
        Steps until the shape is the same again; None for one that does not change, or never does.
    speed : float
        Cells a step, from end to end of the window.
    heading : float
        Degrees, 0 to the right and 90 downwards.
    displacement : (dx, dy)
        In the period of a spaceship, or in the window.
    mass, mass_variation : float
        Mean, and standard deviation over mean.
    gyradius : (float, float)
        Smallest and largest.
    pieces : int
        The most at a time.
    recurrence_error : float
        Smallest ``|A(t+p) moved back - A(t)| / M``.
    turn : float
        Degrees a step by which the shape turns.
    """

    kind: str
    is_soliton: bool
    period: int | None = None
    speed: float = 0.0
    heading: float = nan
    mass: float = nan
    mass_variation: float = nan
    gyradius: tuple[float, float] = (nan, nan)
    pieces: int = 0
    recurrence_error: float = nan
    turn: float = 0.0
    displacement: tuple[float, float] = (0.0, 0.0)

    @property
    def sentence(self) -> str:
        """The verdict in a sentence."""
        if self.kind == "extinct":
            return "Extinct: nothing is left."
        if self.kind == "exploding":
            return "Exploding: more than half of the world is filled."
        if self.kind == "unsettled":
            return "Unsettled: no state came back."
        if self.kind in ("still life", "oscillator", "spaceship"):
            return self._of_states()
        head = f"{'Soliton' if self.is_soliton else 'No soliton'}, {self.kind}"
        parts = [f"mass {self.mass:.4g} ± {100 * self.mass_variation:.2g} %"]
        if self.kind in ("translating", "gyrating"):
            parts.append(f"speed {self.speed:.4g} cells a step towards {self.heading:.0f}°")
        if abs(self.turn) > _LEAST_TURN:
            parts.append(f"turns {self.turn:.3g}° a step")
        parts.append(f"period {self.period} steps" if self.period else "")
        if self.pieces > 1:
            parts.append(f"{self.pieces} pieces")
        parts.append(f"recurs within {100 * self.recurrence_error:.2g} %")
        return f"{head}: {', '.join(part for part in parts if part)}."

    def _of_states(self) -> str:
        if self.kind == "still life":
            return "Still life."
        if self.kind == "oscillator":
            return f"Oscillator of period {self.period}."
        dx, dy = (round(each) for each in self.displacement)
        return f"Spaceship: moves by ({dx}, {dy}) in {self.period} steps."


_BLUR = 1 / 8
"""Standard deviation in radii."""

_LEAST_TURN = 0.05
_LEAST_SPEED = 0.01
"""Radii a unit of time."""


def judge(
    world: World,
    settling: int = SETTLING,
    window: int = WINDOW,
    progress: Progress | None = None,
) -> Verdict:
    """Let a world settle and say what it holds.

    Worlds of states are stepped on until a state comes back, for up to settling + window steps;
    what repeats there is the whole state.

    Raises
    ------
    AutomataError
        For particles, which have no shape.
    """
    setting = setting_of(world)
    if setting.family == "particles":
        raise AutomataError("Particles have no shape that could recur; look at their measures.")
    stepper = make_stepper(world)
    if setting.family == "states":
        return _judge_states(stepper, setting, settling + window, progress)
    return _judge_field(stepper, setting, settling, window, progress)


def _judge_states(
    stepper: Stepper, setting: Setting, steps: int, progress: Progress | None
) -> Verdict:
    found = find_period(stepper, setting, steps, progress)
    alive = float(stepper.population())
    if not alive:
        return Verdict("extinct", is_soliton=False)
    if found is None:
        return Verdict("unsettled", is_soliton=False, mass=alive)
    dx, dy = found.displacement
    kind = "spaceship" if dx or dy else "still life" if found.period == 1 else "oscillator"
    return Verdict(
        kind,
        is_soliton=True,
        period=found.period,
        speed=hypot(dx, dy) / found.period,
        heading=heading((dx, dy)),
        mass=alive,
        displacement=(float(dx), float(dy)),
    )


@dataclass(slots=True)
class _Track:
    """What was seen in the window, a number for each step."""

    masses: list[float]
    radii: list[float]
    ways: list[tuple[float, float]]
    pieces: list[int]
    errors: list[float]
    turned_errors: list[float]
    turns: list[float]


def _judge_field(
    stepper: Stepper, setting: Setting, settling: int, window: int, progress: Progress | None
) -> Verdict:
    first = float(stepper.population())
    for made in range(0, settling, 10):
        if progress is not None:
            progress.report(made / (settling + window), "Settling")
        stepper.step(min(10, settling - made))
        if stepper.population() <= EXTINCT * first:
            return Verdict("extinct", is_soliton=False)
    track = _Track([], [], [], [], [], [], [])
    half = reference = turned_reference = None
    middle = (nan, nan)
    for made in range(window + 1):
        if progress is not None:
            progress.report((settling + made) / (settling + window + 1), "Following")
        board = board_of(stepper, setting)
        seen = moments(board, has_shape=False)
        if not seen.mass > EXTINCT * first:
            return Verdict("extinct", is_soliton=False)
        if setting.area and seen.volume > setting.area / 2:
            return Verdict("exploding", is_soliton=False, mass=seen.mass)
        track.masses.append(seen.mass)
        track.radii.append(seen.gyradius)
        if made % 10 == 0:
            track.pieces.append(_pieces(board))
        if made:
            track.ways.append(way_between(middle, seen.centroid, setting))
        middle = seen.centroid
        if not np.isfinite(middle).all():
            return Verdict("metamorphic", is_soliton=False, mass=seen.mass)
        if half is None:
            half = _half_side(board, seen.gyradius)
        patch = _patch(board, middle, half)
        circles = _circles(patch)
        if reference is None or turned_reference is None:
            reference, turned_reference = patch, circles
        else:
            track.errors.append(float(np.abs(patch - reference).sum()) / seen.mass)
            turn, error = _best_turn(turned_reference, circles)
            track.turned_errors.append(error)
            track.turns.append(turn)
        if made < window:
            stepper.step()
    return _verdict(track, setting)


def _verdict(track: _Track, setting: Setting) -> Verdict:
    masses = np.array(track.masses)
    variation = float(masses.std() / masses.mean())
    steps = len(track.ways)
    dx, dy = (float(sum(axis)) for axis in zip(*track.ways, strict=True))
    speed = hypot(dx, dy) / steps
    least = max(1, min(round(setting.steps_per_unit), steps // 4))
    moved, turned = np.array(track.errors), np.array(track.turned_errors)
    error, shapes = float(moved[least - 1 :].min()), moved
    if error > RECURRENCE_ERROR and float(turned[least - 1 :].min()) < error:
        error, shapes = float(turned[least - 1 :].min()), turned
    # A shape that returns between two steps is met to within half of a step's change.
    tolerance = max(RECURRENCE_ERROR, 0.5 * float(shapes[0]))
    turn = 0.0
    if float(turned[: 2 * least].max()) < RECURRENCE_ERROR < float(moved.max()):
        turn = _turn_rate(track.turns)
    pieces = max(track.pieces)
    radii = (min(track.radii), max(track.radii))
    path = sum(hypot(*way) for way in track.ways) / steps
    is_moving = path * setting.steps_per_unit / setting.radius > _LEAST_SPEED
    if variation >= MASS_VARIATION or error > tolerance or radii[1] > 2 * radii[0]:
        kind = "metamorphic"
    elif pieces != 1:
        kind = "several pieces"
    elif is_moving:
        kind = "translating" if speed > 0.5 * path else "gyrating"
    else:
        kind = "rotating" if abs(turn) > _LEAST_TURN else "stationary"
    return Verdict(
        kind,
        is_soliton=kind not in ("metamorphic", "several pieces"),
        period=_first_return(shapes, tolerance),
        speed=speed,
        heading=heading((dx, dy)),
        mass=float(masses.mean()),
        mass_variation=variation,
        gyradius=radii,
        pieces=pieces,
        recurrence_error=error,
        turn=turn,
        displacement=(dx, dy),
    )


def _first_return(errors: Floats, tolerance: float) -> int | None:
    """Return after how many steps the shape was the same again after it had been another.

    None where it never was another by much, or never came back.
    """
    if float(errors.max()) < ANOTHER_SHAPE:
        return None
    left = int(np.argmax(errors >= ANOTHER_SHAPE))
    later = np.flatnonzero(errors[left:] < tolerance)
    if not later.size:
        return None
    start = left + int(later[0])
    after = np.flatnonzero(errors[start:] >= tolerance)
    end = start + int(after[0]) if after.size else len(errors)
    return start + int(np.argmin(errors[start:end])) + 1


def _turn_rate(turns: list[float]) -> float:
    """Return degrees a step from the angles to the first frame, unwrapped."""
    unwrapped = np.unwrap(np.array([0.0, *turns]), period=360.0)
    return float(np.polyfit(np.arange(len(unwrapped)), unwrapped, 1)[0])


def _pieces(board: Board) -> int:
    """Return how many pieces there are; those nearer than the kernel's radius are one.

    They are told apart on a grid of squares of half the radius, of which one may be cut short.
    """
    living = board.plane > COMPONENT_THRESHOLD
    side = max(1, int(board.setting.radius) // 2)
    height, width = (-(-size // side) * side for size in living.shape)
    padded = np.zeros((height, width), dtype=bool)
    padded[: living.shape[0], : living.shape[1]] = living
    squares = np.asarray(
        padded.reshape(height // side, side, width // side, side).any(axis=(1, 3)), dtype=np.bool_
    )
    return components(squares, board.setting.wraps)[0]


def _half_side(board: Board, gyradius: float) -> int:
    """Return half the side of a square that holds what lives."""
    least = min(board.plane.shape)
    return int(min(max(4, ceil(4 * gyradius) + 2), max(1, (least - 1) // 2)))


def _patch(board: Board, middle: tuple[float, float], half: int) -> Floats:
    """Return the square around a centroid, moved by the part of a cell that is left over."""
    plane = board.plane
    height, width = plane.shape
    x, y = middle[0] - board.origin[0], middle[1] - board.origin[1]
    left, top = round(x) - half, round(y) - half
    rows, columns = top + np.arange(2 * half + 1), left + np.arange(2 * half + 1)
    patch = plane[np.ix_(rows % height, columns % width)].astype(np.float64)
    if not board.setting.wraps[1]:
        patch[(rows < 0) | (rows >= height)] = 0.0
    if not board.setting.wraps[0]:
        patch[:, (columns < 0) | (columns >= width)] = 0.0
    ky = np.fft.fftfreq(patch.shape[0])[:, None]
    kx = np.fft.rfftfreq(patch.shape[1])[None, :]
    phase = np.exp(2j * np.pi * (ky * (y - round(y)) + kx * (x - round(x))))
    # Rims are a cell thin; told apart as sharply, a body would differ from itself moved by half a
    # cell. What the kernel cannot resolve is smoothed away.
    blur = np.exp(-2 * (np.pi * _BLUR * board.setting.radius) ** 2 * (ky**2 + kx**2))
    moved: Floats = np.fft.irfft2(np.fft.rfft2(patch) * phase * blur, s=patch.shape)
    return moved


def _circles(patch: Floats) -> Floats:
    """Return the patch on circles around its middle, each weighted by its length."""
    from scipy.ndimage import map_coordinates

    half = patch.shape[0] // 2
    rings = np.arange(0.5, max(half, 1), 1.0)[:, None]
    angles = np.arange(ANGLES) * (2 * np.pi / ANGLES)
    places = [half + rings * np.sin(angles), half + rings * np.cos(angles)]
    circles: Floats = map_coordinates(patch, places, order=3) * rings * (2 * np.pi / ANGLES)
    return circles


def _best_turn(before: Floats, after: Floats) -> tuple[float, float]:
    """Return the angle in degrees that turns one into the other best, and the error left."""
    spectra = np.fft.rfft(after, axis=1) * np.conj(np.fft.rfft(before, axis=1))
    match = np.fft.irfft(spectra.sum(axis=0), n=ANGLES)
    turn = int(np.argmax(match))
    error = float(np.abs(after - np.roll(before, turn, axis=1)).sum() / max(after.sum(), 1e-300))
    return degrees(2 * np.pi * turn / ANGLES), error
