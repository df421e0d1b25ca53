"""The Bayes net: discrete variables, a directed acyclic graph and a conditional table at each node.

Nets are values: every edit returns a new net that shares all untouched nodes with the old one, so
keeping the previous net is all that undo needs.

Source: D. Koller and N. Friedman, Probabilistic Graphical Models (2009), definition 3.5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from core.networks.errors import CycleError, NetworkError, quoted
from core.networks.node import (
    LABEL_RULE,
    MAX_CELLS,
    MAX_STATES,
    Node,
    Table,
    check_cells,
    check_look,
    check_node,
    check_states,
    frozen,
    is_label,
    uniform_table,
)

__all__ = [
    "MAX_CELLS",
    "MAX_STATES",
    "ROW_SUM_WARNING",
    "BayesNet",
    "Node",
    "Table",
    "check_cells",
    "frozen",
    "uniform_table",
    "unused_name",
]

ROW_SUM_WARNING = 1e-6
"""A column of a table that misses 1 by more than this is marked and explained."""


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

    __slots__ = ("_children", "_nodes", "_order", "name")

    def __init__(self, nodes: Iterable[Node] = (), name: str = "network") -> None:
        table = _by_name(nodes)
        self.name = _checked_name(name)
        self._nodes: Mapping[str, Node] = MappingProxyType(table)
        self._children: Mapping[str, tuple[str, ...]] = _children_of(table)
        for node in table.values():
            check_node(node, table)
        self._order: tuple[str, ...] = _sorted(table, self._children)

    def _derived(self, nodes: Mapping[str, Node]) -> "BayesNet":
        """Return the net of `nodes`, trusting those that this net has already checked."""
        net = BayesNet.__new__(BayesNet)
        net.name = self.name
        net._nodes = MappingProxyType(nodes)
        changed = [node for node in nodes.values() if self._nodes.get(node.name) is not node]
        if len(nodes) == len(self) and all(
            node.name in self and self[node.name].parents == node.parents for node in changed
        ):
            net._children, net._order = self._children, self._order
            self._check_changed(changed, net)
        else:
            net._children = _children_of(nodes)
            self._check_changed(changed, net)
            net._order = _sorted(nodes, net._children)
        return net

    def _check_changed(self, changed: Iterable[Node], net: "BayesNet") -> None:
        for node in changed:
            old = self._nodes.get(node.name)
            if (
                old is not None
                and old.table is node.table
                and old.states is node.states
                and old.parents is node.parents
                and all(self._size(parent) == net._size(parent) for parent in node.parents)
            ):
                check_look(node)
                continue
            check_node(node, net._nodes)
            if old is not None and len(old.states) != len(node.states):
                for child in net._children[node.name]:
                    check_node(net[child], net._nodes)

    def _size(self, name: str) -> int | None:
        node = self._nodes.get(name)
        return None if node is None else len(node.states)

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
        return self._order

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
        net = self._derived(self._nodes)
        net.name = _checked_name(name)
        return net

    def with_node(self, node: Node) -> "BayesNet":
        """Return the net with `node` added at the end, or put in the place of its namesake."""
        return self.with_nodes([node])

    def with_nodes(self, changed: Iterable[Node]) -> "BayesNet":
        """Return the net with all of `changed` added or replaced at once."""
        return self._derived({**self._nodes, **{node.name: node for node in changed}})

    def without_nodes(self, names: Iterable[str]) -> "BayesNet":
        """Return the net without `names`; their children's tables are averaged over them."""
        gone = {self[name].name for name in names}
        kept = (_without_parents(node, gone) for node in self if node.name not in gone)
        return self._derived({node.name: node for node in kept})

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
        check_cells(shape, child)
        table = frozen(np.broadcast_to(target.table[..., None, :], shape))
        return self.with_node(replace(target, parents=(*target.parents, parent), table=table))

    def without_arc(self, parent: str, child: str) -> "BayesNet":
        """Return the net without parent → child; the child's table is averaged over the parent."""
        if parent not in self[child].parents:
            raise NetworkError(f"There is no arc from {parent} to {child}.")
        return self.with_node(_without_parents(self[child], {parent}))

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
            raise NetworkError(f"There is already a node called {quoted(new)}; choose another.")
        nodes = []
        for each in self:
            if each is node:
                each = replace(each, name=new)
            elif old in each.parents:
                parents = tuple(new if parent == old else parent for parent in each.parents)
                each = replace(each, parents=parents)
            nodes.append(each)
        return self._derived({each.name: each for each in nodes})

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
            children's tables are uniform. When an old state goes away or is continued twice, the
            columns at `name` are normalised again (a column left with none becomes uniform).
        """
        node = self[name]
        check_states(name, states)
        if len(states) != len(origins) or not all(
            old is None or 0 <= old < len(node.states) for old in origins
        ):
            raise NetworkError(f"Each state of {name} needs an origin among its old states.")
        changed = [replace(node, states=tuple(states), table=_own_states(node.table, origins))]
        for child in self.children(name):
            target = self[child]
            axis = target.parents.index(name)
            check_cells([target.table.size // len(node.states), len(states)], child)
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
        return self.with_nodes(copies), tuple(new_name.values())


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


def _checked_name(name: str) -> str:
    if name and not is_label(name):
        raise NetworkError(f"A net cannot be called {quoted(name)}; {LABEL_RULE}.")
    return name


def _by_name(nodes: Iterable[Node]) -> dict[str, Node]:
    table: dict[str, Node] = {}
    for node in nodes:
        if node.name in table:
            raise NetworkError(f"Two nodes are called {quoted(node.name)}; names must differ.")
        table[node.name] = node
    return table


def _children_of(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    children: dict[str, list[str]] = {name: [] for name in nodes}
    for node in nodes.values():
        for parent in node.parents:
            if parent not in nodes:
                raise NetworkError(
                    f"{node.name} has a parent {quoted(parent)} that is not in the net."
                )
            children[parent].append(node.name)
    return {name: tuple(below) for name, below in children.items()}


def _sorted(nodes: Mapping[str, Node], children: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    waiting = {node.name: len(node.parents) for node in nodes.values()}
    order = [name for name, count in waiting.items() if count == 0]
    for name in order:
        for child in children[name]:
            waiting[child] -= 1
            if waiting[child] == 0:
                order.append(child)
    if len(order) < len(nodes):
        raise CycleError(_some_cycle(nodes, [name for name, count in waiting.items() if count]))
    return tuple(order)


def _some_cycle(nodes: Mapping[str, Node], among: Sequence[str]) -> list[str]:
    waiting = set(among)
    seen: dict[str, None] = {}
    name = among[0]
    while name not in seen:
        seen[name] = None
        name = next(parent for parent in nodes[name].parents if parent in waiting)
    steps = list(seen)
    return steps[steps.index(name) :][::-1]


def _without_parents(node: Node, gone: set[str]) -> Node:
    axes = tuple(axis for axis, parent in enumerate(node.parents) if parent in gone)
    if not axes:
        return node
    parents = tuple(parent for parent in node.parents if parent not in gone)
    return replace(node, parents=parents, table=frozen(node.table.mean(axis=axes)))


def _own_states(table: Table, origins: Sequence[int | None]) -> Table:
    result = np.zeros((*table.shape[:-1], len(origins)))
    for new, old in enumerate(origins):
        if old is not None:
            result[..., new] = table[..., old]
    if sorted(old for old in origins if old is not None) != list(range(table.shape[-1])):
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
