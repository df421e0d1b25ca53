"""What a SPEC of `macroscope world` names: a pattern, a file, a soup, or a kind of world."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.cli.errors import UsageError
from core.automata.errors import TooLarge
from core.automata.formats.pattern_file import READ, read_world
from core.automata.formats.placement import CELL_LIMIT, require_cells
from core.automata.formats.rule_folders import table_finder
from core.automata.patterns import PATTERNS, find_pattern
from core.automata.rules.noisy import Noisy
from core.automata.rules.reading import rule_of
from core.automata.rules.rule import Rule
from core.automata.topology import Topology, torus
from core.automata.world import World
from core.labels import quoted

Sides = tuple[int, ...]

GALLERY = "world-"
"""How the names of the gallery's worlds begin."""

PICTURE = ".png"

USUAL_SIDE = 256


def find_world(
    spec: str, *, size: Sides = (), seed: int | None = None, noise: float = 0.0
) -> World:
    """Return the world of a SPEC on a torus of a size, with a seed and with noise, where told.

    Raises
    ------
    MacroscopeError
        When the SPEC names nothing, or a file that cannot be read.
    """
    world, is_sized = _named(spec, size, seed or 0)
    if size and not is_sized:
        world = on_torus(world, size)
    if seed is not None:
        world = replace(world, seed=seed)
    if noise:
        if world.is_field:
            raise UsageError("--noise flips states; a field of real numbers has none.")
        if world.topology.kind == "unbounded":
            raise UsageError("Noise needs a board with an end; add a --size.")
        world = replace(world, rule=Noisy(world.rule, noise))
    return world


def on_torus(world: World, size: Sides) -> World:
    """Return the pattern of a world in the middle of a torus: its first cell at (N - h) // 2."""
    cells: Any = world.array
    if world.is_field and type(world.rule).__name__ == "ParticleLeniaRule":
        raise UsageError("--size is of no use to particles, which have no cells.")
    axes = cells.ndim - 1 if world.is_field else cells.ndim
    sides = size if len(size) == axes else (size[0],) * axes
    if len(size) not in (1, axes):
        raise UsageError(f"--size has {len(size)} sides, but the world has {axes}.")
    lead = cells.ndim - axes
    total = math.prod(sides) * max(math.prod(cells.shape[:lead]), 1)
    if total > CELL_LIMIT:
        raise TooLarge(f"A world of {' by '.join(map(str, sides))} cells is too large.")
    if any(length > side for length, side in zip(cells.shape[lead:], sides, strict=True)):
        cells = _living_part(cells, lead)
    if any(length > side for length, side in zip(cells.shape[lead:], sides, strict=True)):
        wanted, there = (" by ".join(map(str, each)) for each in (sides, cells.shape[lead:]))
        raise UsageError(f"The pattern is {there} cells and does not fit on a torus of {wanted}.")
    board = np.zeros((*cells.shape[:lead], *sides), dtype=cells.dtype)
    into: list[slice] = [slice(None)] * lead
    for length, side in zip(cells.shape[lead:], sides, strict=True):
        start = (side - length) // 2
        into.append(slice(start, start + length))
    board[tuple(into)] = cells
    height = sides[-2] if axes > 1 else 1
    return replace(world, topology=torus(sides[-1], height), cells=board, origin=(0, 0))


def _living_part(cells: Any, lead: int) -> Any:
    """Return the smallest box with all that is not 0; the first `lead` axes are channels."""
    part = [slice(None)] * lead
    for axis in range(lead, cells.ndim):
        others = tuple(other for other in range(cells.ndim) if other != axis)
        lived = np.flatnonzero(cells.any(axis=others))
        part.append(slice(int(lived[0]), int(lived[-1]) + 1) if lived.size else slice(0, 0))
    return cells[tuple(part)]


def _named(spec: str, size: Sides, seed: int) -> tuple[World, bool]:
    """Return the world, and whether it has the size that was asked for."""
    if not spec.strip():
        raise UsageError("The world has no name; give a pattern, a file, or a soup.")
    example = _example(spec)
    if example is not None:
        return example, False
    head, _, rest = spec.partition(":")
    makers = {
        "elementary": _elementary,
        "soup": _soup,
        "particle-lenia": _particles,
        "flow-lenia": _flow,
        "margolus": _margolus,
    }
    if head in makers and not _is_path(spec):
        return makers[head](rest, size, seed), True
    return _of_file(spec, size)


def _example(spec: str) -> World | None:
    """Return a pattern by its name, or a world of the gallery by the name it has there."""
    pattern = find_pattern(spec)
    if pattern is not None:
        return pattern.build()
    if not spec.strip().lower().startswith(GALLERY):
        return None
    from app.benches.automata.examples import EXAMPLES

    name = spec.strip().lower()
    found = next((each for each in EXAMPLES if each.name == name), None)
    return None if found is None else found.build().world


def _of_file(spec: str, size: Sides) -> tuple[World, bool]:
    name, _, which = spec.partition("#")
    if _is_path(spec):
        name, which = spec, ""
    path = Path(name)
    if name.lower().endswith(PICTURE):
        from app.benches.automata.library.pictures import world_of_picture

        return world_of_picture(path, which), False
    if not name.lower().endswith(READ):
        names = ", ".join(each.name for each in PATTERNS)
        raise UsageError(
            f"There is no world {quoted(spec)}; it is a file ({', '.join(READ)}, {PICTURE}), "
            f"soup:RULE:..., elementary:N, margolus:NAME, particle-lenia, flow-lenia:NAME, one of "
            f"the gallery such as world-lenia, or one of {names}."
        )
    side = size if len(size) > 1 else (size[0] if size else 0)
    return read_world(path, which, side), False


def _is_path(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # longer than names are, or with what no name has
        return False


def _elementary(rest: str, size: Sides, seed: int) -> World:
    from core.automata.patterns.others import RING, elementary_world

    del seed
    number, _, options = rest.partition(":")
    given = _options(options, {"width": str(size[-1] if size else RING)})
    _require_one_size(size, f"width={given['width']}" if "width" in options else "")
    if not number.isascii() or not number.isdigit() or len(number) > 4:
        raise UsageError(f"elementary:{number[:40]} is no rule; they go from 0 to 255.")
    width = _whole(given["width"], "width")
    require_cells(width, 1, "elementary")
    return elementary_world(int(number), width)


def _soup(rest: str, size: Sides, seed: int) -> World:
    rule_text, options = rest, ""
    head, colon, tail = rest.rpartition(":")
    if colon and "=" in tail and tail.split("=")[0].strip() in ("size", "density"):
        rule_text, options = head, tail
    if not rule_text.strip():
        raise UsageError("A soup needs a rule, such as soup:B3/S23:size=256x256,density=0.5.")
    given = _options(options, {"size": "", "density": "0.5"})
    _require_one_size(size, f"size={given['size']}" if given["size"] else "")
    sides = tuple(read_size(given["size"])) if given["size"] else size
    rule = rule_of(rule_text, find_table=table_finder([Path()]))
    if rule.states == 0:
        raise UsageError(f"A soup is of states; {rule_text[:60]} has none.")
    sides = sides or (USUAL_SIDE,)
    if len(sides) < rule.dimensions:
        sides = sides * rule.dimensions
    sides = sides[-rule.dimensions :]
    density = _number(given["density"], "density")
    if density > 1:
        raise UsageError(f"density is {given['density'][:40]}, which is no share from 0 to 1.")
    require_cells(sides[-1], math.prod(sides[:-1]), "soup")
    cells = _random_cells(rule, sides, density, seed)
    height = sides[0] if rule.dimensions > 1 else 1
    return World("soup", rule, Topology("torus", sides[-1], height), cells, seed=seed)


def _require_one_size(size: Sides, told: str) -> None:
    if size and told:
        given = "x".join(map(str, size))
        raise UsageError(f"--size {given} and {told} are two sizes of one world; give one.")


def _random_cells(rule: Rule, sides: Sides, density: float, seed: int) -> Any:
    random = np.random.default_rng(seed)
    lives = random.random(sides) < density
    family = type(getattr(rule, "rule", rule)).__name__
    if family in ("Cyclic", "RuleTable", "Voter", "Totalistic"):
        states = random.integers(1, rule.states, sides, dtype=np.uint8)
        return np.where(lives, states, 0).astype(np.uint8)
    return lives.astype(np.uint8)


def _particles(rest: str, size: Sides, seed: int) -> World:
    from core.automata.patterns.particles import USUAL_PARTICLES, particle_world
    from core.automata.rules.particle_lenia import ParticleLeniaRule

    if size:
        raise UsageError("--size is of no use to particles, which have no cells.")
    parts = [part for part in rest.split(",") if part.strip()]
    count, side, others = USUAL_PARTICLES, 0.0, []
    for part in parts:
        key, _, value = part.partition("=")
        if key.strip() == "n":
            count = _whole(value, "n")
        elif key.strip() == "side":
            side = _number(value, "side")
        else:
            others.append(part)
    rule = ParticleLeniaRule.from_text("particle-lenia:" + ",".join(others))
    if count > 10_000_000:
        raise TooLarge(f"{count} particles are more than ten million.")
    return particle_world(rule, count, side, seed)


def _flow(rest: str, size: Sides, seed: int) -> World:
    from core.automata.patterns.flow import flow_world

    name, _, options = rest.partition(":")
    if options:
        raise UsageError(f"flow-lenia:{name} takes no options.")
    height, width = (size[0], size[-1]) if size else (128, 128)
    require_cells(width, height, "flow-lenia")
    return flow_world(name or "drops", height, width, seed)


def _margolus(rest: str, size: Sides, seed: int) -> World:
    from core.automata.patterns.others import margolus_world

    height, width = (size[0], size[-1]) if size else (USUAL_SIDE, USUAL_SIDE)
    if height % 2 or width % 2:
        raise UsageError(f"Blocks of two by two cells need even sides, not {height} by {width}.")
    require_cells(width, height, "margolus")
    return margolus_world(rest, height, width, seed)


def read_size(text: str) -> list[int]:
    """Return the sides of ``N``, ``HxW`` or ``DxHxW``; raises `UsageError`."""
    parts = text.lower().split("x")
    if len(parts) > 4 or not all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts):
        raise UsageError(f"{quoted(text)} is no size; use N or HxW.")
    sides = [int(part) for part in parts]
    if min(sides) < 1:
        raise UsageError(f"{quoted(text)} has a side without cells.")
    return sides


def _options(text: str, usual: dict[str, str]) -> dict[str, str]:
    given = dict(usual)
    for part in filter(None, (each.strip() for each in text.split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or key not in usual:
            known = ", ".join(f"{name}=" for name in usual)
            raise UsageError(f"{quoted(part)} is no option here; there are {known}.")
        given[key] = value
    return given


def _whole(text: str, name: str) -> int:
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9 or int(plain) == 0:
        raise UsageError(f"{name} is {quoted(text)}, which is no whole number above 0.")
    return int(plain)


def _number(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1e6:
        raise UsageError(f"{name} is {quoted(text)}, which is no number from 0 on.")
    return value
