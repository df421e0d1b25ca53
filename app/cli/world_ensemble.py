"""`macroscope world SPEC ensemble`: many runs of a region, as an ensemble for `boundary`."""

import math
from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.progress import told_progress
from app.cli.row_region import require_row_region

SUFFIX = ".npz"
OUTLINES = ("rectangle", "body", "scattered")


def ensemble(spec: str, arguments: Sequence[str]) -> int:
    """Make an ensemble of a region, write it, and tell its sizes."""
    given = _parser().parse_args(_with_region_joined(arguments))
    out = _path_to_write(given.out)

    from app.cli.world_spec import find_world, read_size
    from core.boundaries.ensemble import PARTS
    from core.boundaries.ensemble_file import write_ensemble
    from core.crossings.region_ensemble import region_ensemble
    from core.crossings.region_settings import RegionSettings

    settings = RegionSettings(
        trajectories=given.trajectories,
        steps=given.steps,
        lag=given.lag,
        layers=given.layers or 0,
        reach=given.reach or 0,
        vary=given.vary,
        density=given.density,
        level=given.level,
        stir=given.stir,
        phases=given.phases,
        damage=given.damage,
        burn_in=given.burn_in,
        outline=given.outline,
        is_co_moving=given.co_moving,
        features=given.features,
        sectors=given.sectors,
        seed=given.seed or 0,
    )
    size = () if given.size is None else tuple(read_size(given.size))
    world = find_world(spec, size=size, seed=given.seed, noise=given.noise)
    require_row_region(world, given.region)
    progress = told_progress()
    if given.skip:
        world = _later(world, given.skip, progress)
    found = region_ensemble(world, given.region, settings, progress=progress)
    write_ensemble(found, out)
    print_json(
        {
            "trajectories": found.trajectories,
            "times": found.length,
            **{part: found.features(part) for part in PARTS},
            "lag": found.lag,
            "labels": {part: list(found.labels[part]) for part in PARTS},
            "cells": {
                part: int((found.mask == number).sum())
                for number, part in enumerate(PARTS, start=1)
            },
            "source": found.source,
            "note": found.note,
        }
    )
    return GOOD


def _parser() -> VerbParser:
    parser = VerbParser(
        "world SPEC ensemble", "Run a region many times with other surroundings or beginnings."
    )
    add = parser.add_argument
    add("--region", required=True, type=_region, metavar="X,Y,W,H", help="what V and A fill")
    add("--out", required=True, metavar="FILE.npz")
    add("--layers", type=count_above_zero, metavar="N", help="width of A and P in cells")
    add("--reach", type=count_above_zero, metavar="N", help="width of E in cells")
    add("--outline", choices=OUTLINES, default=OUTLINES[0], help="of the layers")
    add("--co-moving", action="store_true", help="follow what lives in V and A")
    add("--trajectories", type=count_above_zero, default=200, metavar="N")
    add("--steps", type=count_above_zero, default=20, metavar="N")
    add("--lag", type=_whole, default=0, metavar="K", help="0, the default: enough for a layer")
    add("--vary", choices=("outside", "inside", "both"), default="outside")
    add("--density", type=_share, metavar="D", help="of random cells, default 0.5 or 0.25")
    add("--level", type=_share, default=1.0, metavar="L", help="largest random value of a field")
    add("--stir", type=_share, default=0.0, metavar="S", help="share beyond E redrawn each step")
    add("--phases", type=count_above_zero, default=16, metavar="N", help="beginnings inside")
    add("--damage", type=_share, default=0.0, metavar="D", help="share of V drawn anew inside")
    add("--burn-in", type=_whole, default=0, metavar="N", help="steps not told")
    add("--skip", type=_whole, default=0, metavar="N", help="steps before the region is taken")
    add("--features", choices=("auto", "bits", "sums"), default="auto")
    add("--sectors", type=count_above_zero, default=1, metavar="K", help="of each part, summed")
    add("--size", metavar="HxW", help="on a torus of this size")
    add("--noise", type=_share, default=0.0, metavar="P", help="flip cells after each step")
    add("--seed", type=_whole, metavar="S", help="of all that is random, default 0")
    return parser


def _with_region_joined(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with --region=X,Y,W,H in one: argparse takes -5,… for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--region" and argument[:1] == "-" and argument[1:2].isdigit():
            joined[-1] = f"--region={argument}"
        else:
            joined.append(argument)
    return joined


def _later(world: Any, steps: int, progress: Any) -> Any:
    from core.automata.run import present_cells
    from core.automata.stepper import make_stepper

    stepper = make_stepper(world)
    stepper.step(steps, progress)
    return world.with_cells(*present_cells(stepper), stepper.generation)


def _region(text: str) -> tuple[int, int, int, int]:
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not x,y,width,height") from None
    if max(abs(x), abs(y), abs(width), abs(height)) >= 2**31:
        raise ArgumentTypeError(f"{text!r} is too far out")
    return x, y, width, height


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _path_to_write(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != SUFFIX:
        raise UsageError(f"An ensemble is written as {SUFFIX}, not {path.name or 'nothing'}.")
    if not path.parent.is_dir():
        raise UsageError(f"{path} could not be written: its folder does not exist.")
    return path
