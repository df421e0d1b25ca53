"""One trial of a candidate: let it settle, watch it, say what it is.

Definitions: Chan (2019) for the classes by motion; Hamon et al. (2024) for the tests of a soliton.
"""

from dataclasses import dataclass, replace
from math import hypot

import numpy as np
import numpy.typing as npt

from core.automata.rules.lenia import LeniaRule
from core.automata.search.candidate import Candidate, candidate_world
from core.automata.stepper import Stepper, make_stepper
from core.progress import Progress

Field = npt.NDArray[np.float64]

SETTLING = 300
WATCHED = 400
CHECKED_EVERY = 25
SAMPLED_EVERY = 10

LASTING = 1000
"""Steps that what was found has to last once more, after a little noise, before it counts."""

NOISE = 0.05
"""Of the value, standard deviation, at the start of these."""

LIVING = 0.01
"""A cell lives above this value."""

BODY = 0.1
"""Cells above this value make the bodies that are counted."""

LARGEST_SHARE = 0.12
"""What covers more of the world than this has spread."""

LARGEST_VARIATION = 0.15
"""Of mass and gyradius of a soliton, standard deviation over mean."""

MOVED = 1.0
"""A soliton moves if it gets on by more than so many radii while watched, and straight."""

STRAIGHT = 0.5
"""Net displacement over path length from which a path counts as straight."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a candidate.

    Attributes
    ----------
    verdict : str
        ``"extinct"``, ``"spread"``, ``"restless"`` (alive, but no soliton), ``"several"`` bodies,
        or a soliton: ``"still"`` or ``"moving"``.
    mass : float
        Mean over the time watched, in units of R² (cells of full value over radius squared).
    gyradius : float
        Mean, in radii.
    speed : float
        Net displacement over time, in radii per unit of time.
    heading : float
        Direction of the net displacement in degrees, 0 to the right, 90 downwards.
    variation : float
        Standard deviation of the mass over its mean.
    patch : float64[h, w] or None
        The living part at the end, unless it is no soliton.
    """

    verdict: str
    mass: float = 0.0
    gyradius: float = 0.0
    speed: float = 0.0
    heading: float = 0.0
    variation: float = 0.0
    patch: Field | None = None

    @property
    def is_soliton(self) -> bool:
        """Whether it is one body that keeps its mass and its size."""
        return self.verdict in ("still", "moving")


class Trials:
    """Tries one candidate after the other on one engine; not to be shared by threads.

    Parameters
    ----------
    side : int
        Cells of the torus along each side.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self._stepper: Stepper | None = None
        self._radius = 0.0

    def outcome(self, candidate: Candidate, progress: Progress | None = None) -> Outcome:
        """Run a candidate and judge it."""
        return self._judged_after(SETTLING, candidate, progress)

    def confirmed(
        self, rule: LeniaRule, patch: Field, seed: int, progress: Progress | None = None
    ) -> Outcome:
        """Judge a body that was found again, after a little noise and `LASTING` steps more.

        Much of what lives through a first trial is a long transient on the edge of death.
        """
        random = np.random.default_rng([seed, LASTING])
        noisy = np.clip(patch * (1.0 + random.normal(0.0, NOISE, patch.shape)), 0.0, 1.0)
        return self._judged_after(LASTING, Candidate(rule, noisy), progress)

    def _judged_after(self, steps: int, candidate: Candidate, progress: Progress | None) -> Outcome:
        stepper = self._ready(candidate)
        for _ in range(steps // CHECKED_EVERY):
            if progress is not None:
                progress.check()
            stepper.step(CHECKED_EVERY)
            early = _ended(stepper.cells()[0], candidate.rule)
            if early:
                return Outcome(early)
        return self._watched(stepper, candidate.rule, progress)

    def _ready(self, candidate: Candidate) -> Stepper:
        """Return the engine in the candidate's first state; a new one only for another radius."""
        world = candidate_world(candidate, self.side)
        use = getattr(self._stepper, "use", None)
        if use is None or self._radius != candidate.rule.radius:
            self._stepper, self._radius = make_stepper(world), candidate.rule.radius
            return self._stepper
        assert self._stepper is not None
        use(candidate.rule)
        self._stepper.replace(world.array)
        return self._stepper

    def _watched(self, stepper: Stepper, rule: LeniaRule, progress: Progress | None) -> Outcome:
        place = centroid(stepper.cells()[0])
        masses, sizes, path = [], [], [np.zeros(2)]
        field = stepper.cells()[0]
        for _ in range(WATCHED // SAMPLED_EVERY):
            if progress is not None:
                progress.check()
            stepper.step(SAMPLED_EVERY)
            field = stepper.cells()[0]
            early = _ended(field, rule)
            if early:
                return Outcome(early)
            now = centroid(field)
            path.append(path[-1] + (now - place + self.side / 2) % self.side - self.side / 2)
            place = now
            masses.append(float(field.sum()))
            sizes.append(gyradius(field, place))
        return _judged(np.array(path), np.array(masses), np.array(sizes), field, rule)


def centroid(field: Field) -> npt.NDArray[np.float64]:
    """Return the circular mean (y, x) of a field on a torus."""
    places = []
    for axis in (0, 1):
        cells = field.shape[axis]
        turns = np.exp(2j * np.pi * np.arange(cells) / cells)
        angle = np.angle((field.sum(axis=1 - axis) * turns).sum())
        places.append(angle * cells / (2 * np.pi) % cells)
    return np.array(places)


def gyradius(field: Field, place: npt.NDArray[np.float64]) -> float:
    """Return the root mean square distance from a place on a torus, weighted by the field."""
    squares = []
    for axis in (0, 1):
        cells = field.shape[axis]
        away = (np.arange(cells) - place[axis] + cells / 2) % cells - cells / 2
        squares.append(float((field.sum(axis=1 - axis) * away**2).sum()))
    return float(np.sqrt(sum(squares) / field.sum()))


def centred(field: Field) -> Field:
    """Return a field on a torus rolled so that its centroid is in the middle."""
    shift = [round(n / 2 - c) for n, c in zip(field.shape, centroid(field), strict=True)]
    return np.roll(field, shift, axis=(0, 1))


def living_part(field: Field) -> Field:
    """Return the smallest rectangle with all living cells, cut from the centred field.

    Values are rounded to 255ths, as files keep them, so that a search goes on from its file as
    if it had never stopped.
    """
    middle = centred(field)
    rows = np.flatnonzero((middle > LIVING / 4).any(axis=1))
    columns = np.flatnonzero((middle > LIVING / 4).any(axis=0))
    part = middle[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(np.rint(np.clip(part, 0.0, 1.0) * 255) / 255)


def bodies(field: Field) -> int:
    """Return how many connected bodies (four neighbours) the centred field has."""
    from scipy.ndimage import binary_dilation, label

    grown = binary_dilation(centred(field) > BODY, iterations=1)
    return int(label(grown)[1])


def _ended(field: Field, rule: LeniaRule) -> str:
    """Return the verdict on what is dead or all over the place already, else nothing."""
    if float(field.sum()) < 0.01 * rule.radius**2:
        return "extinct"
    return "spread" if float((field > LIVING).mean()) > LARGEST_SHARE else ""


def _judged(path: Field, masses: Field, sizes: Field, field: Field, rule: LeniaRule) -> Outcome:
    radius = rule.radius
    variation = float(masses.std() / masses.mean())
    net = path[-1] - path[0]
    length = float(np.hypot(*np.diff(path, axis=0).T).sum())
    got_on = hypot(*net)
    measured = Outcome(
        "restless",
        mass=float(masses.mean()) / radius**2,
        gyradius=float(sizes.mean()) / radius,
        speed=got_on / radius / WATCHED * rule.steps_per_unit,
        heading=float(np.degrees(np.arctan2(net[0], net[1]))) % 360.0,
        variation=variation,
    )
    if variation > LARGEST_VARIATION or float(sizes.std() / sizes.mean()) > LARGEST_VARIATION:
        return measured
    if bodies(field) > 1:
        return replace(measured, verdict="several")
    moves = got_on > MOVED * radius and got_on > STRAIGHT * length
    return replace(measured, verdict="moving" if moves else "still", patch=living_part(field))
