"""`macroscope world search`, and what of one world is an ensemble: robustness and map."""

import math
import time
from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.progress import told_progress

if TYPE_CHECKING:
    from core.automata.search.archive import Archive

FAMILIES = ("lenia",)
TOLD = 20
"""Creatures that are printed; the archive holds them all."""

LONGEST_MINUTES = 60.0 * 24 * 31


def search(arguments: Sequence[str]) -> int:
    """Search for creatures, going on where the archive stands if there is one."""
    parser = VerbParser("world search", "Search for creatures and keep the best of each kind.")
    parser.add_argument("--family", choices=FAMILIES, default="lenia")
    parser.add_argument("--goal", default="moving", metavar="GOAL", help="moving, mass, obstacles")
    parser.add_argument("--minutes", type=_minutes, metavar="M", help="how long; default 10")
    parser.add_argument("--trials", type=count_above_zero, metavar="N", help="or how many")
    parser.add_argument("--seed", type=_seed, default=0, metavar="S")
    parser.add_argument("--threads", type=count_above_zero, default=2, metavar="N")
    parser.add_argument("--out", required=True, metavar="ARCHIVE", help="a .json file")
    given = parser.parse_args(arguments)
    path = Path(given.out)
    if not path.parent.is_dir():
        raise UsageError(f"{path} could not be written: its folder does not exist.")
    archive = _archive_at(path, given)

    from core.automata.search.archive import write_archive
    from core.automata.search.search import search as search_on

    minutes = given.minutes if given.minutes is not None or given.trials else 10.0
    start = time.perf_counter()
    write_archive(archive, path)
    search_on(
        archive,
        minutes=minutes,
        trials=given.trials,
        threads=given.threads,
        progress=told_progress(),
        on_batch=lambda found: write_archive(found, path),
    )
    print_json(_search_report(archive, path, time.perf_counter() - start))
    return GOOD


def robustness(spec: str, arguments: Sequence[str]) -> int:
    """Run a creature perturbed in many ways and print what it survives."""
    parser = VerbParser("world SPEC robustness", "Run a creature perturbed in many ways.")
    parser.add_argument("--battery", metavar="NAMES", default="obstacles,noise")
    parser.add_argument("--runs", type=count_above_zero, default=20, metavar="N", help="per level")
    parser.add_argument("--steps", type=count_above_zero, default=500, metavar="N")
    parser.add_argument("--seed", type=_seed, default=0, metavar="S")
    parser.add_argument("--threads", type=count_above_zero, default=2, metavar="N")
    given = parser.parse_args(arguments)

    from app.cli.world_spec import find_world
    from core.automata.robustness.ensemble import robustness as survived
    from core.automata.robustness.perturbations import perturbations_named

    chosen = perturbations_named(part.strip() for part in given.battery.split(",") if part.strip())
    if not chosen:
        raise UsageError("--battery names no perturbation; give some, such as obstacles,noise.")
    start = time.perf_counter()
    found = survived(
        find_world(spec),
        chosen,
        runs=given.runs,
        seed=given.seed,
        steps=given.steps,
        threads=given.threads,
        progress=told_progress(),
    )
    curves: dict[str, list[dict[str, Any]]] = {each.name: [] for each in chosen}
    for each in found:
        row = {name: getattr(each, name) for name in ("level", "survived", "share", "low", "high")}
        curves[each.perturbation].append(row)
    score = sum(each.survived for each in found) / sum(each.runs for each in found)
    print_json(
        {
            "runs": given.runs,
            "steps": given.steps,
            "score": score,
            "curves": curves,
            "seconds": time.perf_counter() - start,
        }
    )
    return GOOD


def parameter_map(spec: str, arguments: Sequence[str]) -> int:
    """Run a creature over a grid of mu and sigma and print what becomes of it."""
    parser = VerbParser("world SPEC map", "Run a creature over a grid of mu and sigma.")
    parser.add_argument("--mu", type=_range, required=True, metavar="FROM:TO")
    parser.add_argument("--sigma", type=_range, required=True, metavar="FROM:TO")
    parser.add_argument("--points", type=_points, default=24, metavar="N", help="along each side")
    parser.add_argument("--threads", type=count_above_zero, default=2, metavar="N")
    given = parser.parse_args(arguments)

    from app.cli.world_spec import find_world
    from core.automata.parameter_map import VERDICTS
    from core.automata.parameter_map import parameter_map as map_of

    found = map_of(
        find_world(spec),
        given.mu,
        given.sigma,
        points=given.points,
        threads=given.threads,
        progress=told_progress(),
    )
    print_json(
        {
            "mu": found.mu.tolist(),
            "sigma": found.sigma.tolist(),
            "verdict": [[VERDICTS[each] for each in row] for row in found.verdict],
            "mass": [[_finite(each) for each in row] for row in found.mass.tolist()],
            "speed": [[_finite(each) for each in row] for row in found.speed.tolist()],
        }
    )
    return GOOD


def _archive_at(path: Path, given: Any) -> "Archive":
    from core.automata.search.archive import Archive, read_archive
    from core.automata.search.goals import goal_named

    goal_named(given.goal)
    if not path.exists():
        return Archive(given.goal, given.family, given.seed)
    archive = read_archive(path)
    if (archive.goal, archive.family, archive.seed) != (given.goal, given.family, given.seed):
        raise UsageError(
            f"{path} is of a search for {archive.goal} with seed {archive.seed}; go on with these, "
            f"or give another file."
        )
    return archive


def _search_report(archive: "Archive", path: Path, seconds: float) -> dict[str, Any]:
    best = archive.best()
    return {
        "goal": archive.goal,
        "seed": archive.seed,
        "trials": archive.trials,
        "kinds": len(best),
        "moving": sum(each.outcome.verdict == "moving" for each in best),
        "found": [
            {
                "name": each.name,
                "trial": each.trial,
                "parent": each.parent,
                "score": each.score,
                "verdict": each.outcome.verdict,
                "rule": each.candidate.rule.text,
                "mass": each.outcome.mass,
                "speed": each.outcome.speed,
                "gyradius": each.outcome.gyradius,
            }
            for each in best[:TOLD]
        ],
        "archive": str(path),
        "seconds": seconds,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= LONGEST_MINUTES:
        raise ArgumentTypeError(f"{text!r} is not a number of minutes above 0 and up to a month")
    return value


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _points(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 2 <= int(text[:5]) <= 512:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 2 to 512")
    return int(text)


def _range(text: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in text.split(":"))
    except ValueError:
        low = high = math.nan
    if not 0 < low <= high <= 10:
        raise ArgumentTypeError(f"{text!r} is no range such as 0.1:0.2 of numbers above 0")
    return low, high
