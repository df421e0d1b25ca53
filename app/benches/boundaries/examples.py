"""The ensembles of the gallery: a boundary that leaks, one that is crossed in two steps, a body.

They are drawn here in plain numpy, since pictures of them are made right after the start.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.ensemble_subject import EnsembleSubject
from core.boundaries.flow_result import FlowSettings
from core.boundaries.known import RING, drawn_system

Cells = npt.NDArray[np.uint8]

RING_TRAJECTORIES, RING_STEPS = 40_960, 5
"""Ten trajectories for each of the 4,096 joint states that Infil is about."""
RING_SETTINGS = FlowSettings(shuffles=50, resamples=50)
SYSTEM_TRAJECTORIES, SYSTEM_STEPS = 6000, 16

SIDE = 30
GLIDER = ((0, 1, 0), (0, 0, 1), (1, 1, 1))
GLIDER_PERIOD = 4
"""Generations in which a glider moves by one cell down and one to the right."""
GLIDER_TRAJECTORIES = 6000
GLIDER_STEPS = 25
DEBRIS = 0.12
"""Share of the cells of the environment that are alive at the start."""
REACH = {"V": 2, "A": 3, "P": 4, "E": 8}
"""How many cells from its middle a part ends."""


@dataclass(frozen=True, slots=True)
class EnsembleExample:
    """An ensemble as the gallery offers it; attributes as of every example."""

    name: str
    title: str
    source: str
    hint: str
    build: Callable[[], EnsembleSubject]


def rule_110_ring() -> EnsembleSubject:
    """Return a noisy ring of nine cells under rule 110, from all states alike."""
    drawn = drawn_system(RING, RING_TRAJECTORIES, RING_STEPS, seed=110)
    note = (
        "Every cell is flipped with probability 0.05 after each step. "
        "At lag 1 nothing can cross a layer that is one cell wide, whatever the rule. At lag 2 it "
        "can: Infil is 0.3459 bits at first (by enumeration of all states). Set the lag to 1 and "
        "compare. The dashed lines are exact."
    )
    return EnsembleSubject(drawn.with_note(note), RING_SETTINGS)


def xor_leak() -> EnsembleSubject:
    """Return a system of four bits in which the inside becomes its XOR with the environment."""
    drawn = drawn_system("xor_leak", SYSTEM_TRAJECTORIES, SYSTEM_STEPS, seed=5)
    note = (
        "The next V is V xor E, flipped with probability 0.1. It shares no information with E "
        "alone, yet Infil is 1 − h(0.1) = 0.5310 bits at first: together with V, the environment "
        "tells the next V but for the noise. The dashed lines are exact."
    )
    return EnsembleSubject(drawn.renamed("leak by XOR").with_note(note))


def glider() -> EnsembleSubject:
    """Return gliders of Life that fly into random cells, in a frame that moves with them."""
    rng = np.random.default_rng(3)
    mask = _frame_of_squares()
    worlds = _gliders_among_debris(rng)
    middle = SIDE // 2
    seen: dict[str, list[npt.NDArray[np.float64]]] = {part: [] for part in PARTS}
    frame = np.zeros_like(mask)
    for step in range(GLIDER_STEPS):
        if step % GLIDER_PERIOD == 0:
            moved = step // GLIDER_PERIOD
            reach = np.arange(-REACH["E"], REACH["E"] + 1) + middle + moved
            window = worlds[:, reach % SIDE][:, :, reach % SIDE]
            frame = window[0] if step == 0 else frame
            for number, part in enumerate(PARTS, 1):
                seen[part].append(_feature(window, mask == number, part))
        worlds = _life(worlds)
    ensemble = Ensemble(
        "glider among debris",
        **{part: np.stack(seen[part], axis=1) for part in PARTS},
        times=GLIDER_PERIOD * np.arange(len(seen["V"])),
        lag=GLIDER_PERIOD,
        labels={"V": ("glider whole",), "A": ("cells",), "P": ("cells",), "E": ("cells",)},
        source=f"Life on a torus of {SIDE} by {SIDE} cells: a glider, and {DEBRIS:.0%} of the "
        f"cells more than {REACH['P']} away alive at random; the frame moves with the glider, one "
        f"cell down and one to the right in {GLIDER_PERIOD} generations.",
        mask=mask,
        frame=frame,
        note="V tells whether the glider is still whole, the other parts how many of their cells "
        "live. What flies in breaks it: Infil says how much that owes to the environment beyond P.",
    )
    return EnsembleSubject(ensemble)


def _frame_of_squares() -> Cells:
    """Return the mask of nested squares around the middle."""
    reach = REACH["E"]
    away = np.abs(np.arange(-reach, reach + 1))
    distance = np.maximum(away[:, None], away[None, :])
    mask = np.zeros(distance.shape, dtype=np.uint8)
    for number, part in reversed(list(enumerate(PARTS, 1))):
        mask[distance <= REACH[part]] = number
    return mask


def _gliders_among_debris(rng: np.random.Generator) -> Cells:
    worlds = (rng.random((GLIDER_TRAJECTORIES, SIDE, SIDE)) < DEBRIS).astype(np.uint8)
    middle, free = SIDE // 2, REACH["P"]
    worlds[:, middle - free : middle + free + 1, middle - free : middle + free + 1] = 0
    worlds[:, middle - 1 : middle + 2, middle - 1 : middle + 2] = GLIDER
    return worlds


def _feature(window: Cells, is_part: npt.NDArray[np.bool_], part: str) -> npt.NDArray[np.float64]:
    """Return float64[trajectories, 1]: whether the glider is whole, or the live cells of a part."""
    if part != "V":
        return window[:, is_part].sum(axis=1, dtype=np.float64)[:, None]
    reach, inner = REACH["E"], REACH["V"]
    whole = np.zeros((2 * inner + 1, 2 * inner + 1), dtype=np.uint8)
    whole[inner - 1 : inner + 2, inner - 1 : inner + 2] = GLIDER
    cells = window[:, reach - inner : reach + inner + 1, reach - inner : reach + inner + 1]
    return (cells == whole).all(axis=(1, 2))[:, None].astype(np.float64)


def _life(worlds: Cells) -> Cells:
    rows = worlds + np.roll(worlds, 1, axis=1) + np.roll(worlds, -1, axis=1)
    around = rows + np.roll(rows, 1, axis=2) + np.roll(rows, -1, axis=2)
    return ((around == 3) | ((around == 4) & (worlds == 1))).astype(np.uint8)


EXAMPLES = (
    EnsembleExample(
        "boundary-rule-110",
        "Rule 110: a boundary of layers",
        "Wolfram (1983); values by enumeration of all states",
        "Set the lag to 1 and to 2: what needs two steps to cross is not seen in one.",
        rule_110_ring,
    ),
    EnsembleExample(
        "boundary-xor-leak",
        "A leak that pairs do not show",
        "Critch, Boundaries part 3a (2022)",
        "Infil is large although the inside and the environment share nothing pairwise.",
        xor_leak,
    ),
    EnsembleExample(
        "boundary-glider",
        "A glider among debris",
        "Conway, Game of Life (1970)",
        "The boundary moves with the glider; watch Infil rise when something reaches it.",
        glider,
    ),
)
