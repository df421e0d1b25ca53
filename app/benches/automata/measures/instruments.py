"""Measures that are asked for: what each does with the world as it is; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from core.automata.world import World
    from core.progress import Progress


@dataclass(frozen=True, eq=False)
class Finding:
    """What an instrument found: a sentence, and perhaps a curve.

    Attributes
    ----------
    curve : (x, y) or None
        Two arrays of the same length.
    x_label, y_label : str
        With units.
    is_logarithmic : bool
        Both axes; places at or below 0 are left out.
    """

    title: str
    sentence: str
    curve: tuple[Any, Any] | None = None
    x_label: str = ""
    y_label: str = ""
    is_logarithmic: bool = False


@dataclass(frozen=True)
class Instrument:
    """One instrument; `families` are those of `core.automata.measures.registry`."""

    id: str
    title: str
    help: str
    families: tuple[str, ...]
    work: Callable[[World, Progress], Finding]


LYAPUNOV_STEPS = 2000
DAMAGE_STEPS = 400
HISTORY_STEPS = 1000
SHARED_LEVELS = 8
LONGEST_DISTANCE = 64


def verdict(world: World, progress: Progress) -> Finding:
    """Let it settle, follow it, and say what it is."""
    from core.automata.measures.soliton import judge

    return Finding("Verdict", judge(world, progress=progress).sentence)


def lyapunov(world: World, progress: Progress) -> Finding:
    """Step a twin."""
    from core.automata.measures.lyapunov import lyapunov_exponent

    found = lyapunov_exponent(world, LYAPUNOV_STEPS, progress=progress)
    if found.died:
        sentence = "Every small difference dies out: the exponent is −∞."
    else:
        sentence = (
            f"λ = {found.per_step:.4f} ± {found.error:.4f} nats a step, "
            f"{found.per_time:.4f} a unit of time."
        )
    steps = np.arange(1, len(found.stretchings) + 1)
    return Finding(
        "Lyapunov exponent", sentence.replace("-", "−"), (steps, found.running), "steps",
        "mean stretching, nats a step",
    )  # fmt: skip


def damage(world: World, progress: Progress) -> Finding:
    """Flip a cell of a twin."""
    from core.automata.measures.damage import spread_damage

    found = spread_damage(world, DAMAGE_STEPS, progress=progress)
    x, y = found.flipped
    if found.healed:
        sentence = f"The damage at ({x}, {y}) healed."
    else:
        sentence = (
            f"After {len(found.cells) - 1:,} steps {found.cells[-1]:,} cells differ; the damage "
            f"at ({x}, {y}) grows as step^{found.exponent:.2f}."
        )
    steps = np.arange(len(found.cells))
    return Finding(
        "Spreading of damage", sentence, (steps, found.cells), "steps", "cells that differ"
    )


def blocks(world: World, progress: Progress) -> Finding:
    """Count n by n blocks."""
    from core.automata.measures.board import plane_of, setting_of
    from core.automata.measures.entropies import block_entropies, symbols_of

    progress.report(0.1, "Counting blocks")
    setting = setting_of(world)
    symbols = symbols_of(plane_of(world.array, setting), setting.states, 2)
    is_row = symbols.shape[0] == 1
    found = block_entropies(symbols, 10 if is_row else 4, setting.wraps)
    last = found.density[-1]
    what = "words" if is_row else "square blocks"
    levels = "" if setting.states else " Values are told apart as below or above one half."
    sentence = (
        f"The last {what} add {last:.4f} bits a cell; all smaller ones together "
        f"{found.excess:.4f} bits more than that.{levels}"
    )
    return Finding(
        "Block entropies", sentence, (np.array(found.sides), np.array(found.density)),
        "side of the block, cells", "bits a cell",
    )  # fmt: skip


def over_time(world: World, progress: Progress) -> Finding:
    """Count words of single cells along time."""
    from core.automata.measures.board import plane_of, setting_of
    from core.automata.measures.entropies import symbols_of, time_entropies
    from core.automata.stepper import make_stepper

    setting, stepper = setting_of(world), make_stepper(world)
    first = plane_of(stepper.cells(), setting)
    chosen = _cells_to_follow(first.shape)
    history = np.empty((HISTORY_STEPS, chosen.size), dtype=np.int64)
    for step in range(HISTORY_STEPS):
        progress.report(0.9 * step / HISTORY_STEPS, f"Step {step:,}")
        plane = plane_of(stepper.cells(), setting)
        history[step] = symbols_of(plane, setting.states, 2).ravel()[chosen]
        stepper.step()
    H = time_entropies(history, 10)
    rates = np.diff((0.0, *H))
    sentence = (
        f"A cell brings {rates[-1]:.4f} bits a step beyond what its last {len(H) - 1} steps tell; "
        f"{chosen.size:,} cells followed for {HISTORY_STEPS:,} steps."
    )
    lengths = np.arange(1, len(H) + 1)
    return Finding(
        "Entropy along time", sentence, (lengths, rates), "length of the word, steps", "bits a step"
    )


def shared(world: World, progress: Progress) -> Finding:
    """Compare cells at each distance."""
    from core.automata.measures.board import plane_of, setting_of
    from core.automata.measures.entropies import symbols_of
    from core.automata.measures.mutual_information import mutual_information

    setting = setting_of(world)
    plane = plane_of(world.array, setting)
    longest = max(1, min(LONGEST_DISTANCE, max(plane.shape) // 2))
    symbols = symbols_of(plane, setting.states, SHARED_LEVELS)
    found = mutual_information(symbols, longest, setting.wraps, progress)
    distances = np.arange(1, longest + 1)
    levels = "" if setting.states else f" Values are told apart in {SHARED_LEVELS} levels."
    sentence = f"Neighbours share {found[1]:.4f} bits of {found[0]:.4f}.{levels}"
    return Finding(
        "Mutual information", sentence, (distances, found[1:]), "distance, cells", "bits"
    )


def waves(world: World, progress: Progress) -> Finding:
    """Transform the state."""
    from core.automata.measures.board import plane_of, setting_of
    from core.automata.measures.spectrum import radial_spectrum

    progress.report(0.1, "Transforming")
    setting = setting_of(world)
    plane = plane_of(world.array, setting)
    numbers, power = radial_spectrum(np.minimum(plane, 1).astype(np.float64))
    if not len(power) or not power.max() > 0:
        return Finding("Power spectrum", "The state is uniform: it has no waves.")
    strongest = int(np.argmax(power))
    side = max(plane.shape)
    sentence = (
        f"Strongest at {numbers[strongest]:.0f} waves along the longer side, a wavelength of "
        f"{side / numbers[strongest]:.3g} cells."
    )
    return Finding(
        "Power spectrum", sentence, (numbers, power), "waves along the longer side",
        "power a cell", is_logarithmic=True,
    )  # fmt: skip


def lambda_of_rule(world: World, progress: Progress) -> Finding:
    """Read the table of the rule."""
    from core.automata.measures.langton import langton_lambda

    found = langton_lambda(world.rule)
    sentence = (
        f"{world.rule.text} has no list of neighbourhoods of which λ could be taken."
        if found is None
        else f"λ = {found:.5f}: this share of all neighbourhoods leads to a state other than 0."
    )
    return Finding("Langton's λ", sentence)


def _cells_to_follow(shape: tuple[int, ...]) -> np.ndarray:
    """Return the numbers of up to 4096 cells, spread evenly."""
    count = int(np.prod(shape))
    return np.linspace(0, count - 1, min(count, 4096)).astype(np.int64)


STATES, FIELD = "states", "field"

INSTRUMENTS = (
    Instrument(
        "verdict", "Soliton verdict",
        "Let the present state settle for 300 steps, follow it for 300 more, and say whether it is "
        "a soliton and how it moves; of states, whether one comes back", (STATES, FIELD), verdict,
    ),
    Instrument(
        "lyapunov", "Lyapunov exponent",
        f"Step a twin 10⁻⁸ away for {LYAPUNOV_STEPS:,} steps, put back after each; the mean "
        "logarithm of the stretching over the second half", (FIELD, "particles"), lyapunov,
    ),
    Instrument(
        "damage", "Spreading of damage",
        f"Flip one cell in the middle and count the cells that differ for {DAMAGE_STEPS} steps",
        (STATES,), damage,
    ),
    Instrument(
        "blocks", "Block entropies", "Bits a cell from n by n blocks: what the corner cell adds",
        (STATES, FIELD), blocks,
    ),
    Instrument(
        "time", "Entropy along time",
        f"Entropy of the words of single cells over {HISTORY_STEPS:,} steps", (STATES, FIELD),
        over_time,
    ),
    Instrument(
        "shared", "Mutual information",
        "What a cell tells about another along rows and columns, by distance", (STATES, FIELD),
        shared,
    ),
    Instrument(
        "waves", "Power spectrum", "Power of the waves in the state, over all directions",
        (STATES, FIELD), waves,
    ),
    Instrument(
        "lambda", "Langton's λ", "Share of the neighbourhoods that lead to a state other than 0",
        (STATES,), lambda_of_rule,
    ),
)  # fmt: skip
