"""`macroscope world SPEC local-states`: which pasts have alike futures, cell by cell."""

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
from app.cli.row_region import require_row_region

if TYPE_CHECKING:
    from core.automata.regions import Box
    from core.automata.world import World
    from core.crossings.local_states import WorldLocalStates

FIGURES = (".png", ".svg", ".pdf")
SHOWN = ("complexity", "state", "cells", "sensitivity")
NUMBERS = (".npz",)


def local_states(spec: str, arguments: Sequence[str]) -> int:
    """Find the local causal states of a space-time block and print them."""
    parser = VerbParser("world SPEC local-states", "Find the local causal states of a world.")
    parser.add_argument("--steps", required=True, type=count_above_zero, metavar="N")
    parser.add_argument("--skip", type=_from_zero, default=0, metavar="N", help="steps before")
    parser.add_argument("--every", type=count_above_zero, default=1, metavar="K")
    parser.add_argument("--region", type=_region, metavar="X,Y,W,H", help="default the whole board")
    parser.add_argument("--past", type=_from_zero, metavar="L", help="depth, with the present")
    parser.add_argument("--future", type=count_above_zero, metavar="L", help="depth")
    parser.add_argument("--speed", type=_from_zero, metavar="C", help="of light, cells a slice")
    parser.add_argument("--alpha", type=_level, metavar="A", help="of all tests together: 0.001")
    parser.add_argument("--symbols", type=count_above_zero, metavar="K", help="of a field: 4")
    parser.add_argument("--clusters", type=count_above_zero, metavar="K", help="or typical cones")
    parser.add_argument("--channel", type=_from_zero, default=0, metavar="C", help="of a field")
    parser.add_argument("--sensitivity", action="store_true", help="change every cell, too")
    parser.add_argument("--shown", choices=SHOWN, default="complexity", help="in the figure")
    parser.add_argument("--slice", type=_from_zero, metavar="T", help="of the figure of a plane")
    parser.add_argument("--size", metavar="HxW", help="on a torus of this size")
    parser.add_argument("--seed", type=_from_zero, metavar="S")
    parser.add_argument("--out", metavar="FILE", help="a figure, .png .svg .pdf; or numbers, .npz")
    given = parser.parse_args(arguments)
    path = None if given.out is None else _path_to_write(given.out)

    from app.cli.world_spec import find_world, read_size
    from core.crossings.local_states import local_states_of_world

    settings = _settings(given)
    size = () if given.size is None else tuple(read_size(given.size))
    world = find_world(spec, size=size, seed=given.seed)
    _require_fitting(world, given)
    start = time.perf_counter()
    found = local_states_of_world(world, settings, told_progress())
    seconds = time.perf_counter() - start
    if path is not None:
        _write(found, path, given)
    print_json(_report(found, seconds))
    return GOOD


def _require_fitting(world: "World", given: Any) -> None:
    """Refuse what has no meaning in a world, rather than leave it out."""
    require_row_region(world, given.region)
    if given.symbols is not None and given.clusters is not None:
        raise UsageError("--symbols and --clusters exclude each other; give one of them.")
    for name in ("symbols", "clusters"):
        if world.rule.states and getattr(given, name) is not None:
            raise UsageError(
                f"--{name} is of fields of real numbers; the cells of this world have "
                f"{world.rule.states} states, which are taken as they are."
            )
    if world.is_field and (given.sensitivity or given.shown == "sensitivity"):
        raise UsageError("Sensitivity is of worlds of states; a field has none to change.")


def _settings(given: Any) -> Any:
    from core.crossings.local_states import LocalStatesSettings

    more = {
        name: getattr(given, name)
        for name in ("alpha", "symbols", "clusters", "past", "future", "speed", "seed")
        if getattr(given, name) is not None
    }
    return LocalStatesSettings(
        given.steps,
        given.region,
        given.skip,
        given.every,
        given.channel,
        sensitivity=given.sensitivity or given.shown == "sensitivity",
        **more,
    )


def _write(found: "WorldLocalStates", path: Path, given: Any) -> None:
    if path.suffix.lower() in NUMBERS:
        from core.automata.measures.series import write_series

        try:
            write_series(path, found.columns())
        except OSError as error:
            raise UsageError(f"{path} could not be written: {error.strerror}.") from error
        return
    from app.benches.automata.local_states.drawing import Look, local_states_figure
    from app.benches.automata.local_states.fields import Fields
    from app.figures.description import FigureOptions
    from app.figures.export import export

    slices = len(found.block.values)
    place = slices // 2 if given.slice is None else given.slice
    if place >= slices:
        raise UsageError(f"--slice is {place}, but the slices are 0 to {slices - 1}.")
    export(local_states_figure(Fields(found), Look(given.shown, place), FigureOptions()), path)


def _report(found: "WorldLocalStates", seconds: float) -> dict[str, Any]:
    from core.boundaries.local_causal_states import verdict

    states, block = found.states, found.block
    best = states.future_counts.argmax(axis=1)
    report: dict[str, Any] = {
        "states": states.n,
        "C_mu": states.C_mu,
        "future_entropy": states.future_entropy,
        "predictive_information": states.predictive_information,
        "counts": states.counts.tolist(),
        "complexities": states.complexities.tolist(),
        "most_probable_futures": states.futures[best].tolist(),
        "pasts": states.past_count,
        "futures": len(states.futures),
        "block": list(block.values.shape),
        "region": list(block.box),
        "generations": [block.start, block.generation(len(block.values) - 1)],
        "past": states.cones.past,
        "future": states.cones.future,
        "speed": states.cones.speed,
        "alpha": states.alpha,
        "verdict": verdict(states),
        "notes": list(states.notes),
    }
    if len(found.edges):
        report["edges"] = found.edges.tolist()
    if found.sensitivity is not None:
        known = found.sensitivity[found.sensitivity >= 0]
        report["mean_sensitivity"] = float(known.mean())
    return {**report, "seconds": seconds}


def _path_to_write(text: str) -> Path:
    path = Path(text)
    known = (*FIGURES, *NUMBERS)
    if path.suffix.lower() not in known:
        raise UsageError(
            f"{path.name or text!r} has an ending that is not written here; use "
            f"{', '.join(known[:-1])} or {known[-1]}."
        )
    if not path.parent.is_dir():
        raise UsageError(f"{path} could not be written: its folder does not exist.")
    return path


def _region(text: str) -> "Box":
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        width = height = 0
    if width < 1 or height < 1 or len(text) > 60:
        raise ArgumentTypeError(f"{text!r} is no region such as 0,0,64,64")
    return x, y, width, height


def _level(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < 1:
        raise ArgumentTypeError(f"{text!r} is not a number between 0 and 1")
    return value


def _from_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)
