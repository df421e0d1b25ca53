"""Follows a live world: takes a sample of the chosen measures every few steps, at a bounded cost.

Whoever steps the world stops where the tracker wants to look (`next_look`) and lets it `look`.
Samples lie a power of two of steps apart. Where looking takes more than its share of the time, they
move apart by themselves, and together again where there is time to spare.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import hypot, nan
from time import perf_counter

import numpy as np

from core.automata.errors import TooLarge
from core.automata.line_sums import LineSums
from core.automata.measures.board import Board, Plane, board_of, setting_of
from core.automata.measures.components import COMPONENT_THRESHOLD, components
from core.automata.measures.entropies import value_entropy
from core.automata.measures.moments import Moments, moments, moments_of_lines
from core.automata.measures.motion import heading, turn_between, way_between
from core.automata.measures.recurrence import PeriodFinder, Recurrence
from core.automata.measures.registry import DEFAULT, Measure, measures_named
from core.automata.measures.series import Series
from core.automata.stepper import Stepper
from core.automata.world import World

COST_SHARE = 0.06
"""Looking takes about this share of the time of stepping, at most."""

CREDIT_SECONDS = 0.1
"""So much looking is free at first, and again after a while: short runs are sampled whole."""

LONGEST_INTERVAL = 2**40
"""HashLife makes a billion steps in the time of a look."""

_FROM_LINES = {"sums", "change", "growth"}
"""Works for which what an engine tells by `line_sums` is enough; the cells are not looked at."""

_ALWAYS = ("centroid_x", "centroid_y", "displacement_x", "displacement_y", "direction", "mass")
"""Kept with every sample, since what follows builds on them."""


class Tracker:
    """The samples of one run.

    Parameters
    ----------
    world : World
        Says how its states are measured.
    names : sequence of str, optional
        Of `MEASURES`; without them those that suit the world.
    every : int
        Steps from one sample to the next.
    cost_share : float or None
        Samples move further apart than `every` where looking takes a larger share of the time than
        this. None for exactly every `every` steps, whatever it costs.

    Attributes
    ----------
    series : Series
    recurrence : Recurrence or None
        How the newest state repeats an earlier one, where periods are looked for.

    Raises
    ------
    AutomataError
        For a measure that is unknown or makes no sense in this world.
    """

    def __init__(
        self,
        world: World,
        names: Sequence[str] | None = None,
        *,
        every: int = 1,
        cost_share: float | None = None,
    ) -> None:
        self.setting = setting_of(world)
        chosen = DEFAULT[self.setting.family] if names is None else tuple(names)
        self.measures: tuple[Measure, ...] = measures_named(chosen, self.setting)
        self._works = {each.work for each in self.measures}
        columns = [column for each in self.measures for column in each.series]
        self.series = Series(tuple(dict.fromkeys((*columns, *_ALWAYS))))
        self.recurrence: Recurrence | None = None
        self._every, self._share = max(1, every), cost_share
        self.interval = self._every
        self._tells_change = False
        self._finder = PeriodFinder() if "period" in self._works else None
        self._before: tuple[int, Plane, tuple[int, int]] | None = None
        self._phase: tuple[int, int, float] | None = None
        self._costs: deque[float] = deque(maxlen=8)
        self._credit = CREDIT_SECONDS
        self._noting = 0.0
        self._step_costs: deque[float] = deque(maxlen=8)

    def next_look(self, generation: int) -> int:
        """Return the generation after this one in which the tracker wants to look."""
        due = (generation // self.interval + 1) * self.interval
        if self.needs_step_before and due - 1 > generation:
            return due - 1
        return due

    @property
    def needs_step_before(self) -> bool:
        """Whether a sample is compared with the state one step earlier."""
        return "change" in self._works and not self._tells_change

    def look(self, stepper: Stepper) -> None:
        """Take the sample that is due, or note the state before it; else do nothing."""
        now = stepper.generation
        if now % self.interval == 0 or not len(self.series):
            self.sample(stepper)
        elif self.needs_step_before and (now + 1) % self.interval == 0:
            self.note(stepper)

    def sample(self, stepper: Stepper) -> None:
        """Take a sample now.

        A generation that is not later than the last sample means that time was turned back: the
        samples from there on are forgotten.
        """
        now, begun = stepper.generation, perf_counter()
        if len(self.series) and now <= self.series.generations[-1]:
            self.truncate(now - 1)
        try:
            board, lines, sums = self._seen(stepper)
        except TooLarge:
            alive = float(stepper.population())
            self.series.append(now, {"population": alive, "mass": alive})
        else:
            self.series.append(now, self._sample(stepper, board, lines, sums))
            if self.interval == 1 and board is not None:
                self._note(now, board)
        self._spent(perf_counter() - begun)

    def note(self, stepper: Stepper) -> None:
        """Take note of the state one step before a sample."""
        begun = perf_counter()
        with suppress(TooLarge):
            self._note(stepper.generation, board_of(stepper, self.setting))
        spent = perf_counter() - begun
        self._noting = min(self._noting or spent, spent)

    def stepped(self, steps: int, seconds: float) -> None:
        """Be told what stepping costs, which decides how often looking is cheap enough."""
        if steps < 1:
            return
        self._step_costs.append(seconds / steps)
        if self._share is not None:
            self._credit = min(CREDIT_SECONDS, self._credit + self._share * seconds)

    def truncate(self, generation: int) -> None:
        """Forget all that was seen after a generation."""
        self.series.truncate(generation)
        self.recurrence = None
        if self._finder is not None:
            self._finder.forget_after(generation)
        if self._before is not None and self._before[0] > generation:
            self._before = None
        if self._phase is not None and self._phase[0] > generation:
            self._phase = None

    def follow(self, world: World) -> None:
        """Go on in a world with another rule of the same family."""
        self.setting = setting_of(world)
        self.disturbed()

    def disturbed(self) -> None:
        """Take note that a hand or another rule changed the course: no earlier state comes back."""
        self.recurrence = None
        self.hurry()
        if self._finder is not None:
            self._finder.forget()

    @property
    def cost(self) -> float:
        """Seconds that a look takes, as far as is known."""
        return min(self._costs, default=0.0) + self._noting

    def hurry(self) -> None:
        """Look as often as is allowed again, and learn anew what that costs."""
        self.interval = self._every
        self._costs.clear()
        self._step_costs.clear()

    # Inside

    def _spent(self, seconds: float) -> None:
        """Move samples apart where the credit of time is used up, together where it is back."""
        if len(self.series) > 1:  # a first look may have to compile
            self._costs.append(seconds)
            # One look that had to compile or to wait for a core uses up a part of it at most.
            self._credit -= min(seconds, 3 * self.cost, CREDIT_SECONDS / 8)
        if self._share is None or len(self._step_costs) < 3 or len(self._costs) < 3:
            return
        if self._credit > CREDIT_SECONDS / 2:
            self.interval = max(self._every, self.interval // 2)
        elif self._credit < 0:
            # The cheapest of the latest: another process on the core is none of our cost.
            affordable = self.cost / (self._share * max(min(self._step_costs), 1e-15))
            interval = self._every
            while interval < affordable and interval < LONGEST_INTERVAL:
                interval *= 2
            self.interval = max(interval, self.interval)

    def _note(self, now: int, board: Board) -> None:
        """Keep a state that the next sample is compared with."""
        if not self.needs_step_before:
            return
        if self._before is not None and self._before[0] == now:
            return
        known = self._before[1] if self._before is not None else None
        if known is not None and known.shape == board.plane.shape:
            np.copyto(known, board.plane)
            self._before = (now, known, board.origin)
        else:
            self._before = (now, board.plane.copy(), board.origin)

    def _seen(self, stepper: Stepper) -> tuple[Board | None, LineSums | None, Moments]:
        """Return the state, or None where what the engine tells of it is enough, and its sums."""
        tell: Callable[[float], LineSums | None] | None = getattr(stepper, "line_sums", None)
        lines = None if tell is None else tell(self.setting.threshold)
        self._tells_change = lines is not None
        if lines is None:
            board = board_of(stepper, self.setting)
            before = self._overwritten(stepper.generation, board)
            return board, None, moments(board, has_shape=False, before=before)
        enough = _FROM_LINES if lines.words is None else _FROM_LINES | {"period"}
        seen = None if self._works <= enough else board_of(stepper, self.setting)
        return seen, lines, moments_of_lines(lines, self.setting)

    def _sample(
        self, stepper: Stepper, board: Board | None, lines: LineSums | None, sums: Moments
    ) -> dict[str, float]:
        now, last = stepper.generation, self.series.latest()
        steps = now - int(self.series.generations[-1]) if last else 0
        values = self._place(sums, last, steps)
        if "change" in self._works:
            values |= self._change(now, board, sums)
        if "growth" in self._works:
            values |= self._growth(stepper, sums)
        if self._finder is not None:
            if lines is not None and lines.words is not None:
                self.recurrence = self._finder.see_words(now, lines, self.setting)
            elif board is not None:
                self.recurrence = self._finder.see(now, board)
            values["period"] = nan if self.recurrence is None else float(self.recurrence.period)
        if board is not None:
            values |= self._of_cells(now, board, sums, (values["vx"], values["vy"]))
        return values

    def _of_cells(
        self, now: int, board: Board, sums: Moments, velocity: tuple[float, float]
    ) -> dict[str, float]:
        """Return what needs a look at each cell."""
        values: dict[str, float] = {}
        if "shape" in self._works:
            values |= _shape(moments(board, velocity))
        if "values" in self._works:
            values["entropy"] = value_entropy(board.plane, self.setting.states)
        if "zlib" in self._works:
            values["compressed"] = _compressed(board)
        if "pieces" in self._works:
            least = COMPONENT_THRESHOLD if self.setting.family == "field" else 0
            count, areas = components(board.plane > least, self.setting.wraps)
            values |= {
                "components": float(count), "largest_piece": float(areas[0]) if count else 0.0,
            }  # fmt: skip
        if "circles" in self._works:
            values |= self._circles(now, board, sums)
        return values

    def _place(self, found: Moments, last: dict[str, float], steps: int) -> dict[str, float]:
        x, y = found.centroid
        area = self.setting.area
        values = {
            "mass": found.mass,
            "population": found.mass,
            "volume": float(found.volume),
            "density": found.mass / area if area else nan,
            "centroid_x": x,
            "centroid_y": y,
            "gyradius": found.gyradius,
            "displacement_x": 0.0,
            "displacement_y": 0.0,
            "vx": 0.0,
            "vy": 0.0,
        }
        if not last or steps < 1:
            return values
        before = (last["centroid_x"], last["centroid_y"])
        dx, dy = way_between(before, (x, y), self.setting)
        velocity = (dx / steps, dy / steps)
        direction = heading(velocity)
        return values | {
            "displacement_x": _known(last["displacement_x"]) + dx,
            "displacement_y": _known(last["displacement_y"]) + dy,
            "vx": velocity[0],
            "vy": velocity[1],
            "speed": hypot(*velocity),
            "direction": direction,
            "angular_speed": turn_between(last["direction"], direction) / steps,
            "mass_rate": (found.mass - last["mass"]) / steps * self.setting.steps_per_unit,
        }

    def _overwritten(self, now: int, board: Board) -> Plane | None:
        """Return the state one step earlier, to be compared with this one and become it."""
        before = self._before
        if before is None or before[0] != now - 1 or not 0 <= self.setting.states <= 2:
            return None
        plane, is_same_place = before[1], before[2] == board.origin
        if self.setting.family == "particles" or plane.dtype != board.plane.dtype:
            return None
        if not is_same_place or plane.shape != board.plane.shape:
            return None
        self._before = (now, plane, board.origin)
        return plane

    def _change(self, now: int, board: Board | None, found: Moments) -> dict[str, float]:
        spanned = 0 if board is None else board.plane.size
        if found.difference == found.difference:
            return self._changes(spanned, found.difference, found.changed)
        before = self._before
        if board is None or before is None or before[0] != now - 1:
            return {}
        if self.setting.family == "particles":
            return {}
        from core.automata.measures.kernels_measures import add_differences

        sums = np.zeros(2)
        one, other = _overlaid((before[1], before[2]), (board.plane, board.origin))
        add_differences(one, other, sums)
        return self._changes(spanned, float(sums[0]), float(sums[1]))

    def _changes(self, spanned: int, difference: float, changed: float) -> dict[str, float]:
        return {
            "change": difference * self.setting.steps_per_unit,
            "activity": changed / (self.setting.area or spanned or 1),
        }

    def _growth(self, stepper: Stepper, sums: Moments) -> dict[str, float]:
        growth = getattr(stepper, "growth", None)
        if growth is None:
            return {}
        positive = np.maximum(growth(), 0.0)
        plane = positive.reshape(-1, *positive.shape[-2:]).sum(axis=0)
        found = moments(Board(plane, (0, 0), self.setting), has_shape=False)
        way = way_between(sums.centroid, found.centroid, self.setting)
        return {
            "growth": found.mass / self.setting.radius**2,
            "growth_distance": float(np.hypot(*way)) if found.mass > 0 else nan,
        }

    def _circles(self, now: int, board: Board, sums: Moments) -> dict[str, float]:
        from core.automata.measures.symmetry import rotational_symmetry

        if not np.isfinite([*sums.centroid, sums.gyradius]).all() or board.plane.shape[0] < 3:
            return {}
        plane = np.minimum(board.plane, 1) if self.setting.states else board.plane
        centre = (sums.centroid[0] - board.origin[0], sums.centroid[1] - board.origin[1])
        radius = min(max(2.5 * sums.gyradius, 2.0), min(plane.shape) / 2)
        found = rotational_symmetry(plane.astype(np.float64), centre, radius, self.setting.wraps)
        k, before = found.order, self._phase
        rotation = nan
        if k:
            phase = found.phases[k - 1]
            if before is not None and before[1] == k and now > before[0]:
                turn = 360.0 / k
                way = (phase - before[2] + turn / 2) % turn - turn / 2
                rotation = way / (now - before[0])
            self._phase = (now, k, phase)
        return {"symmetry_order": float(k), "symmetry": found.strength, "rotation": rotation}


def _overlaid(
    one: tuple[Plane, tuple[int, int]], other: tuple[Plane, tuple[int, int]]
) -> tuple[Plane, Plane]:
    """Return two planes with places (x, y) as planes of one size, as they lie over each other."""
    if one[1] == other[1] and one[0].shape == other[0].shape:
        return one[0], other[0]
    left, top = (min(a, b) for a, b in zip(one[1], other[1], strict=True))
    right = max(origin[0] + plane.shape[1] for plane, origin in (one, other))
    bottom = max(origin[1] + plane.shape[0] for plane, origin in (one, other))
    both = np.zeros((2, bottom - top, right - left), dtype=other[0].dtype)
    for layer, (plane, (x, y)) in zip(both, (one, other), strict=True):
        layer[y - top : y - top + plane.shape[0], x - left : x - left + plane.shape[1]] = plane
    return both[0], both[1]


def _known(value: float) -> float:
    """Return 0 for a way that was not measured."""
    return 0.0 if value != value else value


def _shape(found: Moments) -> dict[str, float]:
    return {
        "long_axis": found.axes[0],
        "short_axis": found.axes[1],
        "eccentricity": found.eccentricity,
        "asymmetry": found.asymmetry,
    }


def _compressed(board: Board) -> float:
    from zlib import compress

    plane = board.plane
    if plane.dtype != np.uint8:
        plane = np.rint(np.clip(plane, 0.0, 1.0) * 255).astype(np.uint8)
    return float(len(compress(np.ascontiguousarray(plane).tobytes(), 6)))
