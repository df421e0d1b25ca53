"""A world as it is studied: its first state, what hands did to it, and how it is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.interventions import Intervention, rule_in_force
from core.automata.rules.life_like import LIFE
from core.automata.rules.rule import Rule
from core.automata.topology import torus
from core.automata.world import World
from core.automata.world_look import WorldLook

BLANK_SIDE = 256
"""Cells along the sides of a new world."""


@dataclass(frozen=True, eq=False)
class WorldSubject:
    """An immutable world with its interventions; together they decide every later state.

    Attributes
    ----------
    world : World
        The state that the run starts from.
    interventions : tuple of Intervention
        In the order of their generations.
    shown : int or None
        The generation in view; None for the one the run starts from.
    look : WorldLook
    """

    world: World
    interventions: tuple[Intervention, ...] = ()
    shown: int | None = None
    look: WorldLook = field(default_factory=WorldLook)

    def __post_init__(self) -> None:
        start = self.world.generation
        object.__setattr__(self, "shown", start if self.shown is None else int(self.shown))
        if self.at < start:
            raise AutomataError(f"Generation {self.at} is before the first one, {start}.")
        early = next((each for each in self.interventions if each.generation < start), None)
        if early is not None:
            raise AutomataError(
                f"Something is done at generation {early.generation}, before the first, {start}."
            )
        inorder = sorted(self.interventions, key=lambda each: each.generation)
        object.__setattr__(self, "interventions", tuple(inorder))

    @property
    def at(self) -> int:
        """The generation in view."""
        return self.world.generation if self.shown is None else self.shown

    def rule_at(self, generation: int) -> Rule:
        """Return the rule by which the step after a generation is made."""
        return rule_in_force(self.world.rule, self.interventions, generation)

    # -- editing (each returns a new subject) ----------------------------------------------------

    def with_world(self, world: World) -> "WorldSubject":
        """Return the subject with another first state, in view, and nothing done to it."""
        return replace(self, world=world, interventions=(), shown=world.generation)

    def with_rule(self, rule: Rule) -> "WorldSubject":
        """Return the subject with another rule from the start; what was done stays."""
        return replace(self, world=replace(self.world, rule=rule))

    def with_interventions(
        self, interventions: Sequence[Intervention], shown: int | None = None
    ) -> "WorldSubject":
        """Return the subject with other things done to it, and another generation in view."""
        at = self.shown if shown is None else shown
        return replace(self, interventions=tuple(interventions), shown=at)

    def with_shown(self, generation: int) -> "WorldSubject":
        """Return the subject with another generation in view."""
        return replace(self, shown=generation)

    def with_look(self, look: WorldLook) -> "WorldSubject":
        """Return the subject looked at otherwise."""
        return replace(self, look=look)

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return the subject as plain JSON and arrays; `from_record` gives it back bit for bit."""
        from core.automata.intervention_record import interventions_record

        record, arrays = self.world.to_record()
        done, patches = interventions_record(self.interventions)
        return {
            "world": record,
            "interventions": done,
            "shown": self.at,
            "look": self.look.to_record(),
        }, {**arrays, **patches}

    @staticmethod
    def from_record(
        record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
    ) -> "WorldSubject":
        """Return the subject of a record, checked; raises `AutomataError` where it is damaged."""
        from core.automata.intervention_record import interventions_from_record

        world, look = record.get("world"), record.get("look", {})
        shown = record.get("shown")
        if not isinstance(world, Mapping) or not isinstance(look, Mapping):
            raise AutomataError("The record of the world has no world or no look.")
        if shown is not None and type(shown) is not int:
            raise AutomataError("The generation in view is no whole number.")
        return WorldSubject(
            World.from_record(world, arrays),
            interventions_from_record(record.get("interventions", []), arrays),
            shown,
            WorldLook.from_record(look),
        )


def blank_world() -> WorldSubject:
    """Return an empty torus of the Game of Life, to be painted on."""
    cells = np.zeros((BLANK_SIDE, BLANK_SIDE), dtype=np.uint8)
    return WorldSubject(World("life", LIFE, torus(BLANK_SIDE, BLANK_SIDE), cells))
