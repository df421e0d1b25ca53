"""`macroscope world SPEC ACTION`: run, convert, draw or try a cellular world, or search for one."""

import math
import sys
import time
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.cli import world_column, world_ensemble, world_local_states, world_search
from app.cli.arguments import VerbParser
from app.cli.compile_note import compiling_told
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.progress import told_progress
from app.cli.world_help import text_of_actions, text_of_specs

ACTIONS = {
    "run": "make steps and tell population or mass, place and shape, as JSON",
    "convert": "write the world in another format, by the ending of the file",
    "render": "draw the world as it is after some steps",
    "robustness": "perturb a creature in many ways and tell what it survives, as JSON",
    "column": "estimate the process of one cell's history, as JSON",
    "ensemble": "run a region many times with other surroundings, for macroscope boundary",
    "map": "tell what becomes of a creature over a grid of mu and sigma, as JSON",
    "local-states": "find the local causal states of a space-time block, as JSON",
}

WARM_CELLS = 2**18

LARGEST = 10**18
"""Of steps and seeds: coordinates on the plane stay within 64 bits."""


def world(arguments: Sequence[str]) -> int:
    """Do one thing with the world that comes first in `arguments`, or search for new ones."""
    if arguments and arguments[0] == "search":
        with compiling_told():
            return world_search.search(arguments[1:])
    parser = VerbParser("world", text_of_actions(ACTIONS))
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = text_of_specs()
    parser.add_argument("spec", metavar="SPEC", help="which world; see below")
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help="one of those above")
    has_own_help = len(arguments) > 2 and arguments[1] in ACTIONS
    given = parser.parse_args(arguments[:2] if has_own_help else arguments)
    if given.action == "convert":
        return convert(given.spec, arguments[2:])
    with compiling_told():
        return DOING[given.action](given.spec, arguments[2:])


def run(spec: str, arguments: Sequence[str]) -> int:
    """Run the world and print what became of it."""
    parser = _parser("run")
    parser.add_argument("--steps", required=True, type=_whole, metavar="N", help="how many steps")
    _add_world(parser)
    parser.add_argument("--every", type=_above_zero, metavar="K", help="sample every K steps")
    parser.add_argument(
        "--measure",
        metavar="NAMES",
        help="of the samples: population,mass,centroid,displacement,speed and all others",
    )
    parser.add_argument("--series", metavar="FILE", help="write the samples: .csv or .npz")
    parser.add_argument("--out", metavar="FINAL", help="write the last state")
    parser.add_argument(
        "--film", metavar="FILM", help="a frame at each sample: .gif .png, .mp4 by the extra video"
    )
    parser.add_argument("--film-marks", metavar="MARKS", help="label,trail,circle,box in the film")
    parser.add_argument("--film-rate", type=_rate, default=25, metavar="N", help="frames a second")
    given = parser.parse_args(arguments)
    begin = _world_of(spec, given)
    out = _world_to_write(given.out) if given.out is not None else None

    from core.automata.world_run import run_world

    table = _path_to_write(given.series) if given.series is not None else None
    if table is not None and table.suffix.lower() not in (".csv", ".npz"):
        raise UsageError(f"{table.name} has an ending no table is written in; use .csv or .npz.")
    film = None
    if given.film is not None:
        from app.cli.world_film import film_of

        film = film_of(given, _path_to_write(given.film), begin)
    names = tuple(part.strip() for part in (given.measure or "").split(",") if part.strip())
    if getattr(begin.cells, "size", WARM_CELLS) < WARM_CELLS:
        run_world(begin, 2, precision=given.precision)  # starting kernels is no part of the time
    start = time.perf_counter()
    try:
        found = run_world(
            begin,
            given.steps,
            every=given.every or 0,
            measures=names,
            precision=given.precision,
            on_frame=film.add if film is not None else None,
            progress=told_progress(),
        )
        seconds = time.perf_counter() - start
        if film is not None:
            film.close()
    except BaseException:
        if film is not None:
            film.cancel()
        raise
    if out is not None:
        _write(found.world, out)
    if table is not None:
        from core.automata.measures.series import write_series

        write_series(table, found.columns())
    print_json(_report(begin, found, given.steps, seconds))
    return GOOD


def convert(spec: str, arguments: Sequence[str]) -> int:
    """Write the world as it is."""
    parser = _parser("convert")
    parser.add_argument("out", metavar="OUT", help=".rle .cells .mc .mc.gz .lif .npy .png .json")
    parser.add_argument("--size", metavar="HxW", help="on a torus of this size")
    parser.add_argument("--seed", type=_whole, metavar="S", help="of all that is random, default 0")
    given = parser.parse_args(arguments)
    out = _world_to_write(given.out)

    from app.cli.world_spec import find_world

    _write(find_world(spec, size=_size(given.size), seed=given.seed), out)
    return GOOD


def render(spec: str, arguments: Sequence[str]) -> int:
    """Draw the world after some steps; a row of cells as its history."""
    parser = _parser("render")
    parser.add_argument("--step", required=True, type=_whole, metavar="N", help="after so many")
    parser.add_argument("--out", required=True, metavar="FIGURE", help=".png .svg .pdf")
    _add_world(parser)
    given = parser.parse_args(arguments)
    out = _path_to_write(given.out)

    from app.cli.world_picture import SUFFIXES, draw_world

    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{out.name} has an ending that is no picture's; use {_or(SUFFIXES)}.")
    draw_world(_world_of(spec, given), given.step, out, given.precision, told_progress())
    return GOOD


DOING: dict[str, Callable[[str, Sequence[str]], int]] = {
    "run": run,
    "convert": convert,
    "render": render,
    "robustness": world_search.robustness,
    "column": world_column.column,
    "ensemble": world_ensemble.ensemble,
    "map": world_search.parameter_map,
    "local-states": world_local_states.local_states,
}


def _parser(action: str) -> VerbParser:
    what = ACTIONS[action]
    return VerbParser(f"world SPEC {action}", f"{what[:1].upper()}{what[1:]}.")


def _add_world(parser: VerbParser) -> None:
    parser.add_argument("--size", metavar="HxW", help="on a torus of N by N or H by W cells")
    parser.add_argument(
        "--noise", type=_probability, default=0.0, metavar="P", help="flip cells after each step"
    )
    parser.add_argument("--seed", type=_whole, metavar="S", help="of all that is random, default 0")
    parser.add_argument(
        "--precision",
        choices=("float32", "float64"),
        default="float32",
        help="of large fields; small ones always have float64",
    )


def _world_of(spec: str, given: Any) -> Any:
    from app.cli.world_spec import find_world

    return find_world(spec, size=_size(given.size), seed=given.seed, noise=given.noise)


def _report(begin: Any, found: Any, steps: int, seconds: float) -> dict[str, Any]:
    amount: dict[str, float]
    if type(begin.rule).__name__ == "ParticleLeniaRule":
        amount = {"population": int(found.population), "mass": float(found.population)}
    elif begin.is_field and found.population == found.population:
        amount = {"mass": float(found.population)}
    else:
        amount = {"population": found.population}
    topology = begin.topology
    if begin.is_field:
        size = list(begin.array.shape[1:]) if topology.is_bounded else None
    elif topology.is_bounded:
        sides = [topology.height, topology.width]
        size = sides[2 - begin.rule.dimensions :]
    else:
        size = None
    suffix = f":{topology.text}" if topology.text and not begin.is_field else ""
    return {
        "rule": begin.rule.text + suffix,
        "size": size,
        "steps": steps,
        **amount,
        "centroid": found.centroid,
        "displacement": found.displacement,
        "speed": found.speed,
        "bounding_box": found.bounding_box,
        "generation": steps,
        "alive": found.is_alive,
        "series": found.series,
        "seconds": seconds,
    }


def _size(text: str | None) -> tuple[int, ...]:
    from app.cli.world_spec import read_size

    return () if text is None else tuple(read_size(text))


def _or(endings: Sequence[str]) -> str:
    return ", ".join(endings[:-1]) + f" or {endings[-1]}"


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 19 or int(text) > LARGEST:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 to 10^18")
    return int(text)


def _above_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:20]) <= LARGEST:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 to 10^18")
    return int(text)


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 100:
        raise ArgumentTypeError(f"{text!r} is not a number of frames from 1 to 100")
    return int(text)


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a probability from 0 to 1")
    return value


def _world_to_write(text: str) -> Path:
    from core.automata.formats.pattern_file import WRITTEN

    path = _path_to_write(text)
    if not path.name.lower().endswith(WRITTEN):
        raise UsageError(f"{path.name} has an ending no world is written in; use {_or(WRITTEN)}.")
    return path


def _write(world: Any, path: Path) -> None:
    """Write a world, and tell on standard error what the format cannot hold of it."""
    from core.automata.formats.losses import lost_in
    from core.automata.formats.pattern_file import write_world

    write_world(world, path)
    for lost in lost_in(world, path.name):
        sys.stderr.write(f"{path.name}: {lost}\n")


def _path_to_write(text: str) -> Path:
    if not text:
        raise UsageError("The file to write has no name; give one.")
    path = Path(text)
    if not path.name or path.is_dir():
        raise UsageError(f"{text} is a folder; give the name of a file.")
    if not path.parent.is_dir():
        raise UsageError(f"{path} could not be written: its folder does not exist.")
    return path
