"""A process as it is studied: the machine, where its states are drawn, and where it came from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.state_emitting import check_convention
from core.processes.zoo import process, zoo_entry

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ProcessSubject:
    """An immutable machine with the places, colours and notes of its states.

    Attributes
    ----------
    model : HiddenMarkovModel
    positions : mapping of state to (x, y)
        Canvas units, y downwards; a state without one is drawn at the origin.
    colours : mapping of state to ``#rrggbb``
    notes : mapping of state to str
    projection : mapping of state to (x, y)
        Where the user wants the corners of the simplex drawn; empty where nothing was chosen.
    zoo : str
        Name of the process of the zoo that the matrices are, empty for a machine of one's own.
    parameters : mapping of str to float
        The parameters of that process.
    convention : str
        ``"on-arrival"`` or ``"on-leaving"``: when a state emitted in the state-emitting model that
        this was. Empty for every other, and after the matrices changed.
    """

    model: HiddenMarkovModel
    positions: Mapping[str, Place] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    zoo: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    convention: str = ""
    projection: Mapping[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = set(self.model.states)
        for name in ("positions", "colours", "notes", "projection"):
            given: Mapping[str, Any] = getattr(self, name)
            kept = {state: given[state] for state in self.model.states if state in given}
            object.__setattr__(self, name, MappingProxyType(kept))
            strange = next((state for state in given if state not in known), None)
            if strange is not None:
                raise ProcessError(f"The {name} name {strange!r}, which is no state.")
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))
        if self.convention:
            check_convention(self.convention)

    def __hash__(self) -> int:
        return hash(self.model)

    @property
    def is_placed(self) -> bool:
        """Whether the states have places, not all of them the same."""
        places = {self.position(state) for state in self.model.states}
        return len(places) > 1 or (self.model.n <= 1 and len(self.positions) == self.model.n)

    def position(self, state: str) -> Place:
        """Return where a state is drawn."""
        return self.positions.get(state, (0.0, 0.0))

    # -- editing (each returns a new subject) ----------------------------------------------------

    def with_model(self, model: HiddenMarkovModel) -> "ProcessSubject":
        """Return the subject with another machine; looks stay with the states that stay.

        Unless only names changed, the machine is then no longer the one of the zoo.
        """
        same = model.T.shape == self.model.T.shape and np.array_equal(model.T, self.model.T)
        subject = self._with_looks(model, {state: state for state in model.states})
        return subject if same else replace(subject, zoo="", parameters={})

    def edited(self, change: Callable[[HiddenMarkovModel], HiddenMarkovModel]) -> "ProcessSubject":
        """Return the subject with the machine ``change(model)``."""
        return self.with_model(change(self.model))

    def with_parameters(self, **values: float) -> "ProcessSubject":
        """Return the subject rebuilt as the same process of the zoo with other parameters."""
        if not self.zoo:
            raise ProcessError("This machine is not one of the zoo; it has no parameters.")
        other = zoo_subject(self.zoo, **{**self.parameters, **values})
        looking = self._with_looks(other.model, {state: state for state in other.model.states})
        return replace(looking, parameters=other.parameters)

    def with_state(self, state: str, at: Place) -> "ProcessSubject":
        """Return the subject with a state more at a place."""
        grown = self.with_model(self.model.with_state(state))
        return grown.moved({state: at})

    def renamed_state(self, old: str, new: str) -> "ProcessSubject":
        """Return the subject in which the state `old` is called `new`."""
        model = self.model.renamed_state(old, new)
        return self._with_looks(model, dict(zip(model.states, self.model.states, strict=True)))

    def moved(self, places: Mapping[str, Place]) -> "ProcessSubject":
        """Return the subject with states elsewhere."""
        rounded = {state: (float(x), float(y)) for state, (x, y) in places.items()}
        return replace(self, positions={**self.positions, **rounded})

    def coloured(self, states: Iterable[str], colour: str | None) -> "ProcessSubject":
        """Return the subject with states in a colour, or with None in that of the theme."""
        chosen = set(states)
        kept = {state: each for state, each in self.colours.items() if state not in chosen}
        added = dict.fromkeys(chosen, colour) if colour is not None else {}
        return replace(self, colours={**kept, **added})

    def projected(self, places: Mapping[str, Place]) -> "ProcessSubject":
        """Return the subject with other corners of its simplex; empty for none of one's own."""
        given = {state: (float(x), float(y)) for state, (x, y) in places.items()}
        return replace(self, projection=given)

    def with_note(self, state: str, note: str) -> "ProcessSubject":
        """Return the subject with another note on a state, none for an empty text."""
        kept = {each: text for each, text in self.notes.items() if each != state}
        return replace(self, notes={**kept, state: note} if note else kept)

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float64]]]:
        """Return the subject as plain JSON and its matrices as the array ``T``."""
        from core.processes.process_record import process_record

        return process_record(self)

    @staticmethod
    def from_record(
        record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[np.float64]]
    ) -> "ProcessSubject":
        """Return the subject of a record, checked; raises `ProcessError` where it is damaged."""
        from core.processes.process_record import process_from_record

        return process_from_record(record, arrays)

    # -- within ----------------------------------------------------------------------------------

    def _with_looks(self, model: HiddenMarkovModel, origins: Mapping[str, str]) -> "ProcessSubject":
        """Return the subject with another machine whose states look as those they come from."""
        come = list(origins.items())
        return replace(
            self,
            model=model,
            positions={s: self.positions[o] for s, o in come if o in self.positions},
            colours={s: self.colours[o] for s, o in come if o in self.colours},
            notes={s: self.notes[o] for s, o in come if o in self.notes},
            projection={s: self.projection[o] for s, o in come if o in self.projection},
        )


def blank_process() -> ProcessSubject:
    """Return a machine without states over the symbols 0 and 1."""
    return ProcessSubject(HiddenMarkovModel("", ("0", "1"), (), np.zeros((2, 0, 0)), is_draft=True))


def zoo_subject(name: str, **values: float) -> ProcessSubject:
    """Return a process of the zoo as a subject that knows where it came from."""
    entry = zoo_entry(name)
    settings = {each.name: values.get(each.name, each.default) for each in entry.parameters}
    return ProcessSubject(process(entry.name, **values), zoo=entry.name, parameters=settings)
