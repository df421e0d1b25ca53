"""One look at the living world: the picture of a part of it, and its vital signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from app.benches.automata.colouring import Colouring
from app.benches.automata.vital_signs import Signs
from core.automata.backgrounds import seen
from core.automata.interventions import Intervention
from core.automata.rules.rule import Rule
from core.automata.run import Run
from core.automata.space_time import SpaceTime
from core.automata.stepper import Stepper
from core.automata.world_look import WorldLook


@dataclass(frozen=True)
class Viewport:
    """A part of the world: upper left cell, size in pixels, cells along the side of a pixel.

    Of a one-dimensional world y is the generation. Where space is continuous a unit has `fine`
    pixels.
    """

    x: int
    y: int
    width: int
    height: int
    shrink: int = 1
    fine: int = 1

    @property
    def pixel(self) -> float:
        """Side of a pixel in cells."""
        return self.shrink / self.fine


@dataclass(frozen=True, eq=False)
class WorldFrame:
    """What is to be seen of a world at one generation; nothing in it changes later.

    Attributes
    ----------
    generation, start, furthest : int
        Now, the first one, and the furthest that was reached.
    rule : Rule
        In force now.
    interventions : tuple of Intervention
        All that was done and will be done again.
    viewport : Viewport
    picture : uint32[height, width]
        Colours ``0xffrrggbb`` of the viewport's pixels.
    values : array
        The same as uint8[height, width] of states, or float32[C, height, width] of the layer shown.
    seen : array
        What the picture shows of them: where the background changes with every step, what differs
        from it.
    points : float32[n, 2 or 3] or None
        Particles.
    signs : Signs
        Population and where it is.
    probes : mapping of str to object
        What each `Probe` read.
    problems : mapping of str to str
        Why probes could not read anything, a sentence by the name of each.
    """

    generation: int
    start: int
    furthest: int
    rule: Rule
    interventions: tuple[Intervention, ...]
    viewport: Viewport
    picture: npt.NDArray[np.uint32]
    values: npt.NDArray[Any]
    points: npt.NDArray[np.float32] | None
    signs: Signs
    is_space_time: bool = False
    seen: npt.NDArray[Any] | None = None
    probes: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def frame_of(
    run: Run,
    viewport: Viewport,
    look: WorldLook,
    colouring: Colouring,
    *,
    signs: Signs,
    rows: SpaceTime | None,
    furthest: int,
    readings: Mapping[str, Any],
    problems: Mapping[str, str],
) -> WorldFrame:
    """Return a frame of a run; called on the thread that owns it."""
    stepper = run.stepper
    if rows is not None:
        values = rows.frame(
            viewport.x, viewport.y, viewport.width, viewport.height, viewport.shrink
        )
    else:
        values = layer_of(stepper, viewport, look)
    eyes = seen(stepper, run.rule, run.world.topology)
    shown = values if rows is not None or eyes is stepper else layer_of(eyes, viewport, look)
    points = None
    if hasattr(stepper, "velocities"):
        points = stepper.cells().astype(np.float32)
    return WorldFrame(
        run.generation,
        run.start,
        furthest,
        run.rule,
        run.interventions,
        viewport,
        colouring.picture(shown, look.layer if rows is None else "cells"),
        values,
        points,
        signs,
        rows is not None,
        shown,
        readings,
        problems,
    )


def layer_of(stepper: Stepper, viewport: Viewport, look: WorldLook) -> npt.NDArray[Any]:
    """Return the values of the layer that is looked at, the cells where there is no other."""
    if hasattr(stepper, "plane"):
        stepper.plane, stepper.fourth = look.plane, look.fourth
    part = (viewport.x, viewport.y, viewport.width, viewport.height)
    fields = getattr(stepper, "fields", None)
    if fields is not None:
        index = 1 if look.layer == "growth" else 0
        found: npt.NDArray[Any] = fields(*part, pitch=viewport.pixel)[index : index + 1]
        return found
    if look.layer != "cells":
        layer = getattr(stepper, look.layer, None)
        if layer is not None:
            from core.automata.lenia_stepper import framed, sliced

            flat = sliced(np.asarray(layer()), look.plane, look.fourth)
            return framed(flat, *part, viewport.shrink)
    return stepper.frame(*part, viewport.shrink)
