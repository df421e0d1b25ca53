"""What a search looks for, and how good a soliton is at it."""

from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from core.automata.errors import AutomataError
from core.automata.interventions import Obstacle
from core.automata.run import Run
from core.automata.search.candidate import Candidate, candidate_world
from core.automata.search.trial import LARGEST_SHARE, LIVING, Outcome, bodies
from core.labels import quoted
from core.progress import Progress

OBSTACLE_RUNS = 4
OBSTACLE_STEPS = 300
STEPS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal by name with a sentence for people."""

    name: str
    title: str
    help: str


GOALS = (
    Goal("moving", "Moves", "Solitons that get on; the faster the better."),
    Goal("mass", "Holds its mass", "Solitons whose mass stays the same; the steadier the better."),
    Goal(
        "obstacles",
        "Survives obstacles",
        "Solitons that move and live on among obstacles; the more often the better.",
    ),
)


def goal_named(name: str) -> Goal:
    """Return the goal with a name; raises `AutomataError` where there is none."""
    for goal in GOALS:
        if goal.name == name:
            return goal
    known = ", ".join(each.name for each in GOALS)
    raise AutomataError(f"There is no goal {quoted(name)}; use one of {known}.")


def is_fit(goal: Goal, outcome: Outcome) -> bool:
    """Whether what was seen in a trial may have a score at all."""
    return outcome.is_soliton if goal.name == "mass" else outcome.verdict == "moving"


def score(
    goal: Goal,
    outcome: Outcome,
    candidate: Candidate,
    side: int,
    progress: Progress | None = None,
) -> float | None:
    """Return how good a soliton is at a goal, None where it misses it altogether."""
    if not is_fit(goal, outcome):
        return None
    if goal.name == "mass":
        return 1.0 - outcome.variation
    if goal.name == "moving":
        return outcome.speed
    body = Candidate(candidate.rule, _patch_of(outcome))
    return survival_among_obstacles(body, side, progress)


def survival_among_obstacles(
    candidate: Candidate, side: int, progress: Progress | None = None
) -> float:
    """Return the share of runs among random obstacles after which it is still one body."""
    radius = candidate.rule.radius
    survived = 0
    for seed in range(OBSTACLE_RUNS):
        random = np.random.default_rng([seed, 71])
        turn = random.uniform(0, 2 * pi)
        obstacles = [
            Obstacle(
                0,
                side / 2 + 2.2 * radius * cos(turn + at),
                side / 2 + 2.2 * radius * sin(turn + at),
                float(random.uniform(0.2, 0.4)) * radius,
            )
            for at in (0.0, 2 * pi / 3, 4 * pi / 3)
        ]
        run = Run(candidate_world(candidate, side), obstacles, memory=1)
        for _ in range(OBSTACLE_STEPS // STEPS_AT_ONCE):
            if progress is not None:
                progress.check()
            run.step(STEPS_AT_ONCE)
        field = run.stepper.cells()[0]
        lives = float(field.sum()) > 0.01 * radius**2
        is_small = float((field > LIVING).mean()) <= LARGEST_SHARE
        survived += lives and is_small and bodies(field) == 1
    return survived / OBSTACLE_RUNS


def _patch_of(outcome: Outcome) -> np.ndarray:
    assert outcome.patch is not None
    return outcome.patch
