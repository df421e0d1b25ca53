"""The Bayes net: discrete variables, a directed acyclic graph and a conditional table at each node.

Nets are values: every edit returns a new net that shares all untouched nodes with the old one, so
keeping the previous net is all that undo needs.

Source: D. Koller and N. Friedman, Probabilistic Graphical Models (2009), definition 3.5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from core.networks.errors import CycleError, NetworkError, TableError

Table = npt.NDArray[np.float64]

ROW_SUM_WARNING = 1e-6
"""A column of a table that misses 1 by more than this is marked and explained."""

MAX_STATES = 10_000
MAX_CELLS = 2**27
"""Limits checked before a table is allocated (2**27 float64 cells are one gibibyte)."""


def frozen(array: npt.ArrayLike) -> Table:
    """Return a read-only C-ordered float64 copy of `array`."""
    result = np.array(array, dtype=np.float64, order="C")
    result.setflags(write=False)
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One variable of a net with its parents, its table and its look.

    Attributes
    ----------
    name : str
        Unique in the net, any non-empty text.
    states : tuple of str
        At least one, all different.
    parents : tuple of str
        Names of the parents; their order is the order of the table's leading axes.
    table : float64[r_parent_1, ..., r_parent_k, r_self]
        P(self | parents), read-only; every slice along the last axis should sum to 1.
    position : (float, float)
        Centre of the node on the canvas, in canvas units (points), y downwards.
    colour : str or None
        Fill as ``#rrggbb``; None takes the theme's.
    note : str
        Free text of the user.
    """

    name: str
    states: tuple[str, ...]
    parents: tuple[str, ...] = ()
    table: Table = field(default_factory=lambda: frozen([]))
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node):
            return NotImplemented
        return (
            (self.name, self.states, self.parents, self.position, self.colour, self.note)
            == (other.name, other.states, other.parents, other.position, other.colour, other.note)
            and self.table.shape == other.table.shape
            and np.array_equal(self.table, other.table, equal_nan=True)
        )

    def __hash__(self) -> int:
        return hash((self.name, self.states, self.parents))


def uniform_table(parent_sizes: Sequence[int], size: int) -> Table:
    """Return the table that gives each of `size` states the same probability everywhere."""
    _check_cells([*parent_sizes, size])
    return frozen(np.full([*parent_sizes, size], 1.0 / size))


def _check_cells(shape: Sequence[int], name: str | None = None) -> None:
    cells = 1
    for size in shape:
        cells *= int(size)
    if cells > MAX_CELLS:
        whose = f"The table of {name}" if name else "This table"
        raise TableError(
            f"{whose} would have {cells:,} entries and the limit is {MAX_CELLS:,}; "
            "give the node fewer parents or fewer states."
        )


class BayesNet:
    """A validated, immutable Bayes net.

    Iterating gives nodes in order of insertion; ``net["Rain"]`` is a node.

    Raises
    ------
    NetworkError
        For duplicate or empty names, unknown parents, repeated states or parents.
    CycleError
        When the arcs close a directed cycle.
    TableError
        When a table has the wrong shape or an entry that is negative or not finite.
    """

    __slots__ = ("_children", "_nodes", "name")

    def __init__(self, nodes: Iterable[Node] = (), name: str = "network") -> None:
        self.name = name
        table: dict[str, Node] = {}
        for node in nodes:
            if node.name in table:
                raise NetworkError(f"Two nodes are called {node.name!r}; names must differ.")
            table[node.name] = node
        self._nodes: Mapping[str, Node] = MappingProxyType(table)
        self._children: Mapping[str, tuple[str, ...]] = _children_of(table)
        for node in table.values():
            _check_node(node, table)
        self.topological_order()

    # -- looking ---------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    def __getitem__(self, name: str) -> Node:
        try:
            return self._nodes[name]
        except KeyError:
            raise NetworkError(f"There is no node called {name!r} in {self.name}.") from None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, BayesNet):
            return NotImplemented
        return self.name == other.name and list(self) == list(other)

    def __hash__(self) -> int:
        return hash((self.name, self.names))

    def __repr__(self) -> str:
        return f"<BayesNet {self.name!r}: {len(self)} nodes, {self.arc_count} arcs>"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the nodes in order of insertion."""
        return tuple(self._nodes)

    @property
    def arcs(self) -> Iterator[tuple[str, str]]:
        """All (parent, child) pairs."""
        return ((parent, node.name) for node in self for parent in node.parents)

    @property
    def arc_count(self) -> int:
        """Number of arcs."""
        return sum(len(node.parents) for node in self)

    def children(self, name: str) -> tuple[str, ...]:
        """Return the names of the children of `name`."""
        return self._children[self[name].name]

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

    def topological_order(self) -> tuple[str, ...]:
        """Return the names with parents before children, ties in order of insertion."""
        waiting = {node.name: len(node.parents) for node in self}
        ready = [name for name, count in waiting.items() if count == 0]
        order: list[str] = []
        for name in ready:
            order.append(name)
            for child in self._children[name]:
                waiting[child] -= 1
                if waiting[child] == 0:
                    ready.append(child)
        if len(order) < len(self):
            raise CycleError(self._some_cycle({n for n, count in waiting.items() if count}))
        return tuple(order)

    def _some_cycle(self, among: set[str]) -> list[str]:
        name = min(among, key=self.names.index)
        seen: list[str] = []
        while name not in seen:
            seen.append(name)
            name = next(parent for parent in self[name].parents if parent in among)
        return seen[seen.index(name) :][::-1]

    def path(self, start: str, end: str) -> tuple[str, ...] | None:
        """Return a shortest directed path from `start` to `end`, both included, or None."""
        came_from: dict[str, str | None] = {start: None}
        frontier = [start]
        for name in frontier:
            if name == end:
                steps = [name]
                while (previous := came_from[steps[-1]]) is not None:
                    steps.append(previous)
                return tuple(reversed(steps))
            for child in self._children[name]:
                if child not in came_from:
                    came_from[child] = name
                    frontier.append(child)
        return None

    def cycle_closed_by(self, parent: str, child: str) -> tuple[str, ...] | None:
        """Return the cycle that the arc parent → child would close, or None if it is welcome."""
        return self.path(child, parent)

    def parameter_count(self) -> int:
        """Return the number of free parameters: sum over nodes of columns times (states - 1)."""
        return sum(node.table.size // len(node.states) * (len(node.states) - 1) for node in self)

    def bad_columns(self, name: str, tolerance: float = ROW_SUM_WARNING) -> list[tuple[int, ...]]:
        """Return the parent configurations (state indices) whose column misses 1."""
        table = self[name].table
        wrong = np.abs(table.sum(axis=-1) - 1.0) > tolerance
        return [tuple(int(i) for i in index) for index in np.argwhere(wrong)]

    # -- editing (each returns a new net) --------------------------------------------------------

    def renamed_net(self, name: str) -> "BayesNet":
        """Return the same net under another name."""
        return BayesNet(self, name)

    def with_node(self, node: Node) -> "BayesNet":
        """Return the net with `node` added at the end, or put in the place of its namesake."""
        nodes = dict(self._nodes)
        nodes[node.name] = node
        return BayesNet(nodes.values(), self.name)

    def with_nodes(self, changed: Iterable[Node]) -> "BayesNet":
        """Return the net with all of `changed` added or replaced at once."""
        nodes = dict(self._nodes)
        nodes.update((node.name, node) for node in changed)
        return BayesNet(nodes.values(), self.name)

    def without_nodes(self, names: Iterable[str]) -> "BayesNet":
        """Return the net without `names`; their children's tables are averaged over them."""
        gone = {self[name].name for name in names}
        kept = []
        for node in self:
            if node.name in gone:
                continue
            for parent in [p for p in node.parents if p in gone]:
                node = _without_parent(node, parent)
            kept.append(node)
        return BayesNet(kept, self.name)

    def with_arc(self, parent: str, child: str) -> "BayesNet":
        """Return the net with the arc parent → child; the child's table is repeated along it.

        Raises
        ------
        CycleError
            When the arc would close a cycle; its ``cycle`` names the nodes.
        """
        source, target = self[parent], self[child]
        if parent in target.parents:
            raise NetworkError(f"There is already an arc from {parent} to {child}.")
        cycle = self.cycle_closed_by(parent, child)
        if cycle is not None:
            raise CycleError(cycle)
        count = len(source.states)
        shape = (*target.table.shape[:-1], count, target.table.shape[-1])
        _check_cells(shape, child)
        table = frozen(np.broadcast_to(target.table[..., None, :], shape))
        return self.with_node(replace(target, parents=(*target.parents, parent), table=table))

    def without_arc(self, parent: str, child: str) -> "BayesNet":
        """Return the net without parent → child; the child's table is averaged over the parent."""
        if parent not in self[child].parents:
            raise NetworkError(f"There is no arc from {parent} to {child}.")
        return self.with_node(_without_parent(self[child], parent))

    def with_table(self, name: str, table: npt.ArrayLike) -> "BayesNet":
        """Return the net with another table at `name`."""
        return self.with_node(replace(self[name], table=frozen(table)))

    def with_parents_reordered(self, name: str, parents: Sequence[str]) -> "BayesNet":
        """Return the net with the parents of `name` in another order, its table transposed."""
        node = self[name]
        if sorted(parents) != sorted(node.parents):
            raise NetworkError(f"The parents of {name} are {', '.join(node.parents)}.")
        axes = [node.parents.index(parent) for parent in parents]
        table = frozen(np.transpose(node.table, [*axes, len(axes)]))
        return self.with_node(replace(node, parents=tuple(parents), table=table))

    def renamed(self, old: str, new: str) -> "BayesNet":
        """Return the net in which node `old` is called `new`, in the same place."""
        node = self[old]
        if new == old:
            return self
        if new in self:
            raise NetworkError(f"There is already a node called {new!r}; choose another name.")
        nodes = []
        for each in self:
            if each is node:
                each = replace(each, name=new)
            elif old in each.parents:
                parents = tuple(new if parent == old else parent for parent in each.parents)
                each = replace(each, parents=parents)
            nodes.append(each)
        return BayesNet(nodes, self.name)

    def with_states(
        self, name: str, states: Sequence[str], origins: Sequence[int | None]
    ) -> "BayesNet":
        """Return the net in which `name` has other states.

        Parameters
        ----------
        states : sequence of str
            The new labels.
        origins : sequence of (int or None), as long as `states`
            For each new state the index of the old state that it continues, or None for a new one.
            A new state starts with probability 0 at `name`, and its configurations in the
            children's tables are uniform. When a state that goes away held mass, the columns at
            `name` are normalised again (a column left with none becomes uniform).
        """
        node = self[name]
        if len(states) != len(origins):
            raise NetworkError("Each state needs an origin.")
        changed = [replace(node, states=tuple(states), table=_own_states(node.table, origins))]
        for child in self.children(name):
            target = self[child]
            axis = target.parents.index(name)
            changed.append(replace(target, table=_parent_states(target.table, axis, origins)))
        return self.with_nodes(changed)

    def with_colour(self, names: Iterable[str], colour: str | None) -> "BayesNet":
        """Return the net with another fill on `names`, ``#rrggbb`` or None for the theme's."""
        return self.with_nodes(replace(self[name], colour=colour) for name in names)

    def with_note(self, name: str, note: str) -> "BayesNet":
        """Return the net with another note on `name`."""
        return self.with_node(replace(self[name], note=note))

    def moved(self, positions: Mapping[str, tuple[float, float]]) -> "BayesNet":
        """Return the net with the centres of some nodes elsewhere."""
        return self.with_nodes(
            replace(self[name], position=(float(x), float(y))) for name, (x, y) in positions.items()
        )

    def fragment(self, names: Iterable[str]) -> "BayesNet":
        """Return the net on `names` alone; tables are averaged over parents left outside."""
        keep = set(names)
        return self.without_nodes(name for name in self.names if name not in keep)

    def with_pasted(
        self, fragment: "BayesNet", offset: tuple[float, float] = (0.0, 0.0)
    ) -> tuple["BayesNet", tuple[str, ...]]:
        """Return the net with a copy of `fragment` beside it, and the copies' names.

        Names that are taken get a number, and arcs inside the fragment follow.
        """
        taken = set(self.names)
        new_name: dict[str, str] = {}
        for node in fragment:
            new_name[node.name] = unused_name(node.name, taken)
            taken.add(new_name[node.name])
        copies = [
            replace(
                node,
                name=new_name[node.name],
                parents=tuple(new_name[parent] for parent in node.parents),
                position=(node.position[0] + offset[0], node.position[1] + offset[1]),
            )
            for node in fragment
        ]
        return BayesNet([*self, *copies], self.name), tuple(new_name.values())


def unused_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or it with the first free number after it (``Rain 2``)."""
    taken = set(taken)
    if wanted not in taken:
        return wanted
    stem, _, tail = wanted.rpartition(" ")
    base = stem if stem and tail.isdigit() else wanted
    number = 2
    while f"{base} {number}" in taken:
        number += 1
    return f"{base} {number}"


def _children_of(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    children: dict[str, list[str]] = {name: [] for name in nodes}
    for node in nodes.values():
        for parent in node.parents:
            if parent not in nodes:
                raise NetworkError(f"{node.name} has a parent {parent!r} that is not in the net.")
            children[parent].append(node.name)
    return {name: tuple(below) for name, below in children.items()}


def _check_node(node: Node, nodes: Mapping[str, Node]) -> None:
    if not node.name.strip():
        raise NetworkError("A node needs a name that is not blank.")
    if not node.states:
        raise NetworkError(f"{node.name} needs at least one state.")
    if len(node.states) > MAX_STATES:
        raise NetworkError(
            f"{node.name} has {len(node.states):,} states and the limit is {MAX_STATES:,}."
        )
    if len(set(node.states)) < len(node.states):
        twice = next(s for i, s in enumerate(node.states) if s in node.states[:i])
        raise NetworkError(f"{node.name} has the state {twice!r} twice; labels must differ.")
    if len(set(node.parents)) < len(node.parents):
        raise NetworkError(f"{node.name} has the same parent twice.")
    expected = (*(len(nodes[parent].states) for parent in node.parents), len(node.states))
    if node.table.shape != expected:
        raise TableError(
            f"The table of {node.name} has the shape {node.table.shape} and its parents and "
            f"states ask for {expected}."
        )
    if not np.isfinite(node.table).all() or (node.table < 0).any():
        raise TableError(
            f"The table of {node.name} has an entry that is negative or not a number; "
            "probabilities lie between 0 and 1."
        )


def _without_parent(node: Node, parent: str) -> Node:
    axis = node.parents.index(parent)
    parents = node.parents[:axis] + node.parents[axis + 1 :]
    return replace(node, parents=parents, table=frozen(node.table.mean(axis=axis)))


def _own_states(table: Table, origins: Sequence[int | None]) -> Table:
    result = np.zeros((*table.shape[:-1], len(origins)))
    for new, old in enumerate(origins):
        if old is not None:
            result[..., new] = table[..., old]
    if set(range(table.shape[-1])) - {old for old in origins if old is not None}:
        total = result.sum(axis=-1, keepdims=True)
        empty = np.broadcast_to(total <= 0, result.shape)
        safe = np.where(total <= 0, 1.0, total)
        result = np.where(empty, 1.0 / len(origins), result / safe)
    return frozen(result)


def _parent_states(table: Table, axis: int, origins: Sequence[int | None]) -> Table:
    moved = np.moveaxis(table, axis, 0)
    result = np.full((len(origins), *moved.shape[1:]), 1.0 / table.shape[-1])
    for new, old in enumerate(origins):
        if old is not None:
            result[new] = moved[old]
    return frozen(np.moveaxis(result, 0, axis))
