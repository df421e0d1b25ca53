"""The Markov network: discrete variables and potentials whose product, scaled, is a distribution.

P(x) = (1/Z) ∏ φ_k(x_k). A network is a value: every edit returns a new one that shares all
untouched parts with the old. Drawn with its potentials it is a factor graph.

Source: D. Koller and N. Friedman, Probabilistic Graphical Models (2009), definition 4.3.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError, TableError, quoted
from core.networks.markov_parts import (
    MAX_SCOPE,
    Potential,
    Variable,
    check_part_name,
    check_potential,
    neutral_table,
)
from core.networks.model import unused_name
from core.networks.node import LABEL_RULE, check_cells, check_look, check_states, frozen, is_label

__all__ = ["MAX_SCOPE", "MarkovNetwork", "Potential", "Variable", "neutral_table"]


_NUMBERED = re.compile("φ[0-9]+")


class MarkovNetwork:
    """A validated, immutable Markov network.

    Iterating gives the variables in order; ``network["A"]`` is a variable and
    ``network.potential("φ1")`` a potential. Several potentials may have the same scope.

    Raises
    ------
    NetworkError
        For duplicate or blank names, unknown or repeated variables in a scope, repeated states.
    TableError
        When a table has the wrong shape, an entry that is negative or not finite, or only zeros.
    """

    __slots__ = ("_potentials", "_touching", "_variables", "name")

    def __init__(
        self,
        variables: Iterable[Variable] = (),
        potentials: Iterable[Potential] = (),
        name: str = "network",
    ) -> None:
        known: dict[str, Variable] = {}
        factors: dict[str, Potential] = {}
        for variable in variables:
            _check_new(variable.name, known, factors)
            known[variable.name] = variable
        for potential in potentials:
            _check_new(potential.name, known, factors)
            factors[potential.name] = potential
        self.name = _checked_name(name)
        self._take(known, factors, {}, {})

    def _take(
        self,
        variables: Mapping[str, Variable],
        potentials: Mapping[str, Potential],
        known: Mapping[str, Variable],
        checked: Mapping[str, Potential],
    ) -> None:
        """Hold `variables` and `potentials`, trusting those that stand in `known` and `checked`."""
        for variable in variables.values():
            if known.get(variable.name) is not variable:
                check_part_name(variable.name)
                check_states(variable.name, variable.states)
                check_look(variable)
        self._variables: Mapping[str, Variable] = MappingProxyType(dict(variables))
        for potential in potentials.values():
            if checked.get(potential.name) is not potential or any(
                _size(known, each) != _size(variables, each) for each in potential.scope
            ):
                check_potential(potential, self._variables)
        self._potentials: Mapping[str, Potential] = MappingProxyType(dict(potentials))
        touching: dict[str, list[str]] = {each: [] for each in variables}
        for potential in potentials.values():
            for each in potential.scope:
                touching[each].append(potential.name)
        self._touching: Mapping[str, tuple[str, ...]] = {
            each: tuple(names) for each, names in touching.items()
        }

    def _derived(
        self,
        variables: Mapping[str, Variable] | None = None,
        potentials: Mapping[str, Potential] | None = None,
    ) -> "MarkovNetwork":
        network = MarkovNetwork.__new__(MarkovNetwork)
        network.name = self.name
        network._take(
            self._variables if variables is None else variables,
            self._potentials if potentials is None else potentials,
            self._variables,
            self._potentials,
        )
        return network

    # -- looking ---------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Variable]:
        return iter(self._variables.values())

    def __len__(self) -> int:
        return len(self._variables)

    def __contains__(self, name: object) -> bool:
        return name in self._variables

    def __getitem__(self, name: str) -> Variable:
        try:
            return self._variables[name]
        except KeyError:
            raise NetworkError(f"There is no variable called {name!r} in {self.name}.") from None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, MarkovNetwork):
            return NotImplemented
        return (
            self.name == other.name
            and list(self) == list(other)
            and self.potentials == other.potentials
        )

    def __hash__(self) -> int:
        return hash((self.name, self.names))

    def __repr__(self) -> str:
        counts = f"{len(self)} variables, {len(self._potentials)} potentials"
        return f"<MarkovNetwork {self.name!r}: {counts}>"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the variables in order of insertion."""
        return tuple(self._variables)

    @property
    def potentials(self) -> tuple[Potential, ...]:
        """The potentials in order of insertion."""
        return tuple(self._potentials.values())

    @property
    def potential_names(self) -> tuple[str, ...]:
        """Names of the potentials in order of insertion."""
        return tuple(self._potentials)

    def potential(self, name: str) -> Potential:
        """Return the potential `name`."""
        try:
            return self._potentials[name]
        except KeyError:
            raise NetworkError(f"There is no potential called {name!r} in {self.name}.") from None

    def is_potential(self, name: str) -> bool:
        """Return whether `name` is the name of a potential."""
        return name in self._potentials

    def part(self, name: str) -> Variable | Potential:
        """Return the variable or the potential `name`."""
        return self._potentials[name] if name in self._potentials else self[name]

    def potentials_over(self, name: str) -> tuple[str, ...]:
        """Return the names of the potentials that have variable `name` in their scope."""
        return self._touching[self[name].name]

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """Pairs of variables that stand in a scope together, each pair once, in order."""
        number = {name: i for i, name in enumerate(self._variables)}
        found = {
            (min(i, k), max(i, k))
            for potential in self._potentials.values()
            for at, i in enumerate(number[each] for each in potential.scope)
            for k in (number[each] for each in potential.scope[at + 1 :])
        }
        names = self.names
        return tuple((names[i], names[k]) for i, k in sorted(found))

    def sizes(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the number of states of each of `names`."""
        return tuple(len(self[name].states) for name in names)

    def state_index(self, name: str, state: str) -> int:
        """Return the position of `state` among the states of `name`."""
        states = self[name].states
        if state not in states:
            shown = ", ".join(states[:12]) + (", …" if len(states) > 12 else "")
            raise NetworkError(f"{name} has no state {state!r}; its states are {shown}.")
        return states.index(state)

    def unused_potential_name(self) -> str:
        """Return the first of φ1, φ2, … that nothing is called."""
        return _free_name("φ1", {*self._variables, *self._potentials})

    # -- editing (each returns a new network) ----------------------------------------------------

    def renamed_network(self, name: str) -> "MarkovNetwork":
        """Return the same network under another name."""
        network = self._derived()
        network.name = _checked_name(name)
        return network

    def with_variable(self, variable: Variable) -> "MarkovNetwork":
        """Return the network with `variable` added at the end, or in the place of its namesake."""
        _check_new(variable.name, {}, self._potentials)
        return self._derived({**self._variables, variable.name: variable})

    def with_potential(self, potential: Potential) -> "MarkovNetwork":
        """Return the network with `potential` added, or in the place of its namesake."""
        return self.with_potentials([potential])

    def with_potentials(self, changed: Iterable[Potential]) -> "MarkovNetwork":
        """Return the network with all of `changed` added or replaced at once."""
        named = {potential.name: potential for potential in changed}
        for name in named:
            _check_new(name, self._variables, {})
        return self._derived(potentials={**self._potentials, **named})

    def without(self, names: Iterable[str]) -> "MarkovNetwork":
        """Return the network without the variables and potentials `names`.

        A potential over a variable that goes is averaged over it; one that then has the same entry
        everywhere says nothing any more and goes too.
        """
        gone = {self.part(name).name for name in names}
        left = (p for p in self.potentials if p.name not in gone)
        kept = [potential for each in left for potential in _averaged(each, gone)]
        return self._derived(
            {name: variable for name, variable in self._variables.items() if name not in gone},
            {potential.name: potential for potential in kept},
        )

    def with_table(self, name: str, table: npt.ArrayLike) -> "MarkovNetwork":
        """Return the network with another table in the potential `name`."""
        return self.with_potential(replace(self.potential(name), table=frozen(table)))

    def with_scope_member(self, name: str, variable: str) -> "MarkovNetwork":
        """Return the network in which the potential `name` is over `variable` too.

        Its table is repeated along the new last axis, so that nothing else changes.
        """
        potential, size = self.potential(name), len(self[variable].states)
        if variable in potential.scope:
            raise NetworkError(f"{potential.label} is over {variable} already.")
        if len(potential.scope) == MAX_SCOPE:
            raise NetworkError(f"{name} is over {MAX_SCOPE} variables already, which is the limit.")
        shape = (*potential.table.shape, size)
        check_cells(shape, name)
        table = frozen(np.broadcast_to(potential.table[..., None], shape))
        scope = (*potential.scope, variable)
        return self.with_potential(replace(potential, scope=scope, table=table))

    def without_scope_member(self, name: str, variable: str) -> "MarkovNetwork":
        """Return the network in which the potential `name` is averaged over `variable`."""
        potential = self.potential(name)
        if variable not in potential.scope:
            raise NetworkError(f"{potential.label} is not over {variable}.")
        return self.with_potential(_without_axes(potential, {variable}))

    def with_scope_reordered(self, name: str, scope: Sequence[str]) -> "MarkovNetwork":
        """Return the network with the scope of `name` in another order, its table transposed."""
        potential = self.potential(name)
        if sorted(scope) != sorted(potential.scope):
            raise NetworkError(f"The scope of {name} is {', '.join(potential.scope)}.")
        axes = [potential.scope.index(each) for each in scope]
        table = frozen(np.transpose(potential.table, axes))
        return self.with_potential(replace(potential, scope=tuple(scope), table=table))

    def renamed(self, old: str, new: str) -> "MarkovNetwork":
        """Return the network in which the variable or potential `old` is called `new`."""
        part = self.part(old)
        if new == old:
            return self
        _check_new(new, self._variables, self._potentials)
        potentials = {}
        for each in self.potentials:
            if each is part:
                each = replace(each, name=new)
            elif old in each.scope:
                each = replace(each, scope=tuple(new if v == old else v for v in each.scope))
            potentials[each.name] = each
        variables = (replace(v, name=new) if v is part else v for v in self)
        return self._derived({v.name: v for v in variables}, potentials)

    def with_states(
        self, name: str, states: Sequence[str], origins: Sequence[int | None]
    ) -> "MarkovNetwork":
        """Return the network in which variable `name` has other states.

        `origins` gives for each new state the index of the old state that it continues, or None
        for a new one, whose entries in every potential are 1.
        """
        variable = self[name]
        check_states(name, states)
        if len(states) != len(origins) or not all(
            old is None or 0 <= old < len(variable.states) for old in origins
        ):
            raise NetworkError(f"Each state of {name} needs an origin among its old states.")
        potentials = dict(self._potentials)
        for touching in self.potentials_over(name):
            potential = self.potential(touching)
            check_cells([potential.table.size // len(variable.states), len(states)], touching)
            table = _with_origins(potential.table, potential.scope.index(name), origins)
            if not table.any():
                raise TableError(
                    f"Without that state of {name} the table of {touching} would hold only zeros; "
                    "change the table first."
                )
            potentials[touching] = replace(potential, table=table)
        variables = {**self._variables, name: replace(variable, states=tuple(states))}
        return self._derived(variables, potentials)

    def with_colour(self, names: Iterable[str], colour: str | None) -> "MarkovNetwork":
        """Return the network with another fill on `names`, or None for the theme's."""
        return self._with_parts(replace(self.part(name), colour=colour) for name in names)

    def with_note(self, name: str, note: str) -> "MarkovNetwork":
        """Return the network with another note on the variable or potential `name`."""
        return self._with_parts([replace(self.part(name), note=note)])

    def moved(self, positions: Mapping[str, tuple[float, float]]) -> "MarkovNetwork":
        """Return the network with the centres of some variables and potentials elsewhere."""
        return self._with_parts(
            replace(self.part(name), position=(float(x), float(y)))
            for name, (x, y) in positions.items()
        )

    def _with_parts(self, parts: Iterable[Variable | Potential]) -> "MarkovNetwork":
        variables, potentials = dict(self._variables), dict(self._potentials)
        for part in parts:
            if isinstance(part, Variable):
                variables[part.name] = part
            else:
                potentials[part.name] = part
        return self._derived(variables, potentials)

    def fragment(self, names: Iterable[str]) -> "MarkovNetwork":
        """Return the network on the variables among `names`, with the potentials over them alone.

        Potentials among `names` that reach further are averaged over the variables left outside.
        """
        keep = set(names)
        outside = {variable.name for variable in self if variable.name not in keep}
        return self.without(
            [*outside, *(p.name for p in self.potentials if _reaches(p, outside, keep))]
        )

    def with_pasted(
        self, fragment: "MarkovNetwork", offset: tuple[float, float] = (0.0, 0.0)
    ) -> tuple["MarkovNetwork", tuple[str, ...]]:
        """Return the network with a copy of `fragment` beside it, and the names of its parts.

        Names that are taken get a number.
        """
        taken = {*self._variables, *self._potentials}
        new_name: dict[str, str] = {}
        for part in (*fragment, *fragment.potentials):
            new_name[part.name] = _free_name(part.name, taken)
            taken.add(new_name[part.name])
        variables, potentials = dict(self._variables), dict(self._potentials)
        for variable in fragment:
            name, place = new_name[variable.name], _shifted(variable.position, offset)
            variables[name] = replace(variable, name=name, position=place)
        for potential in fragment.potentials:
            name, place = new_name[potential.name], _shifted(potential.position, offset)
            scope = tuple(new_name[each] for each in potential.scope)
            potentials[name] = replace(potential, name=name, scope=scope, position=place)
        return self._derived(variables, potentials), tuple(new_name.values())


def _check_new(
    name: str, variables: Mapping[str, Variable], potentials: Mapping[str, Potential]
) -> None:
    if name in variables:
        raise NetworkError(f"There is already a variable called {quoted(name)}; choose another.")
    if name in potentials:
        raise NetworkError(f"There is already a potential called {quoted(name)}; choose another.")


def _size(variables: Mapping[str, Variable], name: str) -> int | None:
    return len(variables[name].states) if name in variables else None


def _checked_name(name: str) -> str:
    if name and not is_label(name):
        raise NetworkError(f"A network cannot be called {quoted(name)}; {LABEL_RULE}.")
    return name


def _free_name(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or it with another number: the next φ that is free for a φ."""
    if wanted not in taken or _NUMBERED.fullmatch(wanted) is None:
        return unused_name(wanted, taken)
    number = 1
    while f"φ{number}" in taken:
        number += 1
    return f"φ{number}"


def _shifted(position: tuple[float, float], offset: tuple[float, float]) -> tuple[float, float]:
    return position[0] + offset[0], position[1] + offset[1]


def _reaches(potential: Potential, outside: set[str], keep: set[str]) -> bool:
    scope = potential.scope
    return potential.name not in keep and (not scope or any(each in outside for each in scope))


def _without_axes(potential: Potential, gone: set[str]) -> Potential:
    axes = tuple(axis for axis, each in enumerate(potential.scope) if each in gone)
    scope = tuple(each for each in potential.scope if each not in gone)
    return replace(potential, scope=scope, table=frozen(potential.table.mean(axis=axes)))


def _averaged(potential: Potential, gone: set[str]) -> list[Potential]:
    if not any(each in gone for each in potential.scope):
        return [potential]
    left = _without_axes(potential, gone)
    return [] if np.ptp(left.table) == 0 else [left]


def _with_origins(
    table: npt.NDArray[np.float64], axis: int, origins: Sequence[int | None]
) -> npt.NDArray[np.float64]:
    moved = np.moveaxis(table, axis, 0)
    result = np.ones((len(origins), *moved.shape[1:]))
    for new, old in enumerate(origins):
        if old is not None:
            result[new] = moved[old]
    return frozen(np.moveaxis(result, 0, axis))
