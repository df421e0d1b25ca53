"""Golly's macrocell files, .mc and .mc.gz: patterns of any size as quadtrees.

Source: https://golly.sourceforge.io/Help/formats.html.
"""

import re

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge, UnreadablePattern
from core.automata.formats.placement import placed_world, require_cells
from core.automata.quadtree import LEAF_LEVEL, Quadtree, pack_leaves, quadtree_of, unpack_leaves
from core.automata.quadtree_moves import moved_up
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.rules.reading import FindTable, rule_and_topology
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED
from core.automata.world import World

NODE_LIMIT = 20_000_000
LARGEST_LEVEL = 1000
CENTRE = (0, 1)
"""Where the upper-left cell of the root's south-east child lies."""


def world_of_macrocell(text: str, source: str, find_table: FindTable | None = None) -> World:
    """Return the world of a macrocell file's text; raises `UnreadablePattern` with the line."""
    lines = text.split("\n")
    if not lines[0].startswith("[M2]"):
        raise UnreadablePattern("it does not begin with [M2].", source, 1, 1)
    if len(lines) > NODE_LIMIT:
        raise TooLarge(f"{source}: it has more than {NODE_LIMIT} nodes.")
    rule: Rule = LIFE
    topology, generation, notes = UNBOUNDED, 0, []
    nodes = _Nodes(source)
    for number, line in enumerate(lines[1:], 2):
        if line.startswith("#"):
            word, rest = line[1:2], line[2:].strip()
            if word == "R":
                rule, topology = rule_and_topology(rest, find_table=find_table)
            elif word == "G":
                generation = _generation(rest, source, number)
            elif word in "CD":
                notes.append(rest)
        elif line.strip():
            nodes.read(number, line.strip())
    tree = nodes.tree()
    name = source.split(".", 1)[0]
    told = "\n".join(notes).strip()
    if isinstance(rule, LifeLike) and topology.kind == "unbounded" and tree.states == 2:
        return World(name, rule, topology, tree, generation, notes=told)
    box = tree.bounding_box()
    if box is not None:
        require_cells(box[2], box[3], source)
    cells, corner = tree.to_dense()
    return placed_world(
        name,
        rule,
        topology,
        cells,
        corner=corner,
        source=source,
        generation=generation,
        notes=told,
        palette=getattr(rule, "palette", ()),
    )


def macrocell_of_world(world: World) -> str:
    """Return the text of a macrocell file."""
    tree = world.cells
    if world.rule.dimensions != 2 or world.is_field:
        raise AutomataError(f"A macrocell file holds states on a plane, not {world.rule.text}.")
    if not isinstance(tree, Quadtree):
        x, y = world.origin
        topology = world.topology
        if topology.kind != "unbounded":
            x, y = x - topology.width // 2, y - topology.height // 2
        tree = quadtree_of(np.asarray(world.array, dtype=np.uint8), (x, y), world.rule.states)
    tree = _centred(tree)
    suffix = f":{world.topology.text}" if world.topology.text else ""
    lines = ["[M2] (macroscope)", f"#R {world.rule.text}{suffix}"]
    lines += [f"#G {world.generation}"] if world.generation else []
    lines += [f"#C {line}" for line in world.notes.split("\n") if world.notes]
    pictures = unpack_leaves(tree.leaves) if tree.states == 2 else None
    for node in range(1, len(tree.levels)):
        if pictures is not None and tree.levels[node] == LEAF_LEVEL:
            lines.append(_picture(pictures[node]))
        else:
            lines.append(
                " ".join(map(str, [int(tree.levels[node]), *tree.children[node].tolist()]))
            )
    return "\n".join(lines) + "\n"


def _centred(tree: Quadtree) -> Quadtree:
    """Return the tree with its centre where macrocell files have it, made anew if need be."""
    if tree.centre == CENTRE and (tree.root == len(tree.levels) - 1):
        return tree
    if tree.states == 2 and tree.centre == (0, 0) and tree.level > LEAF_LEVEL + 1:
        return moved_up(tree)
    cells, (x, y) = tree.to_dense()
    # quadtree_of puts the centre at a multiple of its leaves; moved by the convention's (0, 1)
    moved = quadtree_of(cells, (x - CENTRE[0], y - CENTRE[1]), tree.states)
    if moved.centre != (0, 0) or (moved.root and moved.root != len(moved.levels) - 1):
        raise AutomataError("This pattern cannot be written as a macrocell file; use .rle.")
    return moved


def _picture(leaf: npt.NDArray[np.uint8]) -> str:
    rows = ["".join(".*"[int(cell)] for cell in row).rstrip(".") + "$" for row in leaf]
    while rows and rows[-1] == "$":
        rows.pop()
    return "".join(rows)


def _generation(text: str, source: str, number: int) -> int:
    plain = text.replace(",", "")
    if not plain.isdigit() or len(plain) > 4000:
        raise UnreadablePattern("the generation is no number.", source, number, 1)
    return int(plain)


class _Nodes:
    """Collects the nodes of a file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._levels = [0]
        self._children = [(0, 0, 0, 0)]
        self._leaves: dict[int, list[str]] = {}
        self._is_multi_state = False

    def read(self, number: int, line: str) -> None:
        if line[0] in ".*$":
            rows = line.split("$")
            if len(rows) > 9 or any(len(row) > 8 or row.strip(".*") for row in rows):
                raise UnreadablePattern(
                    "a leaf is 8 rows of 8 cells . or *, each closed by $.", self._source, number, 1
                )
            self._leaves[len(self._levels)] = rows
            self._add(LEAF_LEVEL, (0, 0, 0, 0))
            return
        parts = line.split()
        if len(parts) != 5 or not all(re.fullmatch(r"\d{1,9}", part) for part in parts):
            raise UnreadablePattern(
                "a node is a level and four nodes, all numbers.", self._source, number, 1
            )
        level, *children = (int(part) for part in parts)
        if not 1 <= level <= LARGEST_LEVEL:
            raise UnreadablePattern(f"there is no level {level}.", self._source, number, 1)
        if level == 1:
            self._is_multi_state = True
            if max(children) > 255:
                raise UnreadablePattern("a state is above 255.", self._source, number, 1)
        elif any(
            child >= len(self._levels) or (child and self._levels[child] != level - 1)
            for child in children
        ):
            raise UnreadablePattern(
                "a node names one that is not before it, one level below.", self._source, number, 1
            )
        nw, ne, sw, se = children
        self._add(level, (nw, ne, sw, se))

    def _add(self, level: int, children: tuple[int, int, int, int]) -> None:
        self._levels.append(level)
        self._children.append(children)

    def tree(self) -> Quadtree:
        if self._is_multi_state and self._leaves:
            raise UnreadablePattern("it has leaves of two kinds.", self._source)
        lowest = 1 if self._is_multi_state else LEAF_LEVEL
        if len(self._levels) > 1 and self._levels[-1] == lowest:
            self._add(lowest + 1, (len(self._levels) - 1, 0, 0, 0))
        if any(0 < level < lowest for level in self._levels):
            raise UnreadablePattern("a node of two states has a level below 3.", self._source)
        if max(self._levels) > 120:
            raise TooLarge(f"{self._source}: a side of 2^{max(self._levels)} cells is too long.")
        leaves = np.zeros(len(self._levels), dtype=np.uint64)
        if self._leaves:
            blocks = np.zeros((len(self._leaves), 8, 8), dtype=np.uint8)
            for block, rows in zip(blocks, self._leaves.values(), strict=True):
                for y, row in enumerate(rows[:8]):
                    for x, letter in enumerate(row):
                        block[y, x] = letter == "*"
            leaves[list(self._leaves)] = pack_leaves(blocks)
        return Quadtree(
            np.array(self._levels, dtype=np.int8),
            np.array(self._children, dtype=np.int64),
            leaves,
            root=len(self._levels) - 1,
            level=self._levels[-1] if len(self._levels) > 1 else lowest + 1,
            centre=CENTRE,
            states=256 if self._is_multi_state else 2,
        )
