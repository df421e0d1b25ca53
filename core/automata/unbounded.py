"""Two-state rules on the unbounded plane: tiles of bits for few steps, HashLife for many.

Both are exact, so the choice only decides how long it takes. Where tiles would take a while,
HashLife is tried for about as long first: it is far ahead where the pattern has order, and lost
where it has none. Once at work it goes on until it has lost as much time as handing over to tiles
would take. How long tiles take cannot be known of a pattern that grows, so that over many steps
both have turns, each twice as long as the one before.
"""

from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.bit_tiles import BitTilesStepper
from core.automata.errors import TooLarge
from core.automata.hash_life import MEMORY_BYTES, HashLifeStepper
from core.automata.quadtree import Quadtree, quadtree_of
from core.automata.rules.life_like import LifeLike
from core.automata.stepper import Stepper
from core.automata.world import World
from core.progress import Progress

QUICK_SECONDS = 0.05
"""What tiles can do in this time they do."""

FIRST_TURN_SECONDS = 1.0
"""The first turn of an engine whose end is not in sight."""

TURN_PER_SWITCH = 4
"""A turn takes so many times what handing over takes, at least."""

TRY_AFTER_SECONDS = 0.5
"""When tiles were at work for so long, it is worth trying whether HashLife would be quicker."""

TILE_POPULATION = 2**26
"""Patterns with more living cells are left to HashLife."""

TREE_POPULATION = 2**20
"""Trees with more living cells begin with HashLife, which shares what is alike in them."""

Cells = npt.NDArray[np.uint8]


def unbounded(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a life-like world on the unbounded plane, else None."""
    del precision, threads  # cells are exact, and one core is fast enough
    rule = world.rule
    if world.topology.kind != "unbounded" or not isinstance(rule, LifeLike):
        return None
    cells: Any = world.cells
    return UnboundedStepper(cells, rule.table, origin=world.origin, generation=world.generation)


class UnboundedStepper:
    """A live plane; a `Stepper`.

    Parameters
    ----------
    cells : Quadtree or uint8[height, width]
    table : uint8[512]
        The rule, as `LifeLike.table`. With B0 the cells are those that differ from the background.
    origin : (x, y)
        Of the array's upper-left cell.
    memory_bytes : int
        The nodes of HashLife never take more.
    """

    def __init__(
        self,
        cells: Quadtree | Cells,
        table: Cells,
        *,
        origin: tuple[int, int] = (0, 0),
        generation: int = 0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._table = table
        self._memory_bytes = memory_bytes
        self._hash: HashLifeStepper | None = None  # kept, for what it knows of the rule
        self._tiles: BitTilesStepper | None = None
        self._engine: HashLifeStepper | BitTilesStepper
        self._reluctance = 1  # doubled with each time that HashLife took too long
        self._untried = 0.0  # seconds that tiles were at work since
        self._regret = 0.0  # seconds that HashLife at work took longer than tiles would have
        tree = cells if isinstance(cells, Quadtree) else None
        if tree is not None and tree.population() > TREE_POPULATION:
            self._engine = self._hash = self._new_hash(tree, generation)
            return
        try:
            self._engine = self._tiles = BitTilesStepper(
                cells, table, origin=origin, generation=generation
            )
        except TooLarge:
            tree = tree if tree is not None else quadtree_of(np.asarray(cells), origin)
            self._engine = self._hash = self._new_hash(tree, generation)

    @property
    def generation(self) -> int:
        """Steps made since the beginning."""
        return self._engine.generation

    @generation.setter
    def generation(self, generation: int) -> None:
        self._engine.generation = generation

    @property
    def leaps(self) -> bool:
        """Whether many steps at once may take hardly longer than few.

        So it is while HashLife is at work, and when it is time to try whether it would be quicker.
        """
        return self._engine is self._hash or self._untried > self._reluctance * TRY_AFTER_SECONDS

    @property
    def background(self) -> int:
        """The state of the plane far away; what `cells` gives differs from it where it is 1."""
        return self._engine.background

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` generations with whatever engine is likely to be quick.

        Raises
        ------
        TooLarge
            When no engine has memory enough; the last whole step made stands.
        """
        target = self.generation + steps
        turn = FIRST_TURN_SECONDS
        while self.generation < target:
            turn = max(turn, TURN_PER_SWITCH * self._switch_seconds())
            if self._has_leapt(target - self.generation, turn, progress):
                return
            try:
                engine: HashLifeStepper | BitTilesStepper = self._tiled()
            except TooLarge:  # what does not fit tiles stays where it is
                self._engine.step(target - self.generation, progress)
                return
            start = perf_counter()
            try:
                engine.step(target - self.generation, _Patience(turn, progress))
            except _OutOfPatience:
                turn *= 2
            except TooLarge:  # and what outgrows them is HashLife's
                self._hashed().step(target - self.generation, progress)
            finally:
                self._untried += perf_counter() - start

    def cells(self) -> Cells:
        """Return the living part, uint8[height, width]."""
        return self._engine.cells()

    def origin(self) -> tuple[int, int]:
        """Return (x, y) of the upper left of the living part, (0, 0) without any."""
        return self._engine.origin()

    def quadtree(self) -> Quadtree:
        """Return the state as a tree, whatever its size."""
        return self._engine.quadtree()

    def replace(self, cells: Quadtree | npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one."""
        self._engine.replace(cells, origin)

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the plane."""
        self._engine.paste(cells, x, y, mode)

    def population(self) -> int:
        """Return the number of living cells, exact at any size."""
        return self._engine.population()

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the living cells."""
        return self._engine.bounding_box()

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], 1 where one of `shrink` by `shrink` cells lives."""
        return self._engine.frame(x, y, width, height, shrink)

    def snapshot(self) -> object:
        """Return the state in the form of the engine at work."""
        return type(self._engine), self._engine.snapshot()

    def restore(self, snapshot: object) -> None:
        """Go back to a snapshot."""
        assert isinstance(snapshot, tuple)
        kind, state = snapshot
        if kind is HashLifeStepper:
            self._engine = self._hash = self._hash or self._new_hash(_NOTHING, 0)
        else:
            self._engine = self._tiles = self._tiles or self._new_tiles(_NOTHING, 0)
        self._engine.restore(state)

    def _has_leapt(self, steps: int, turn: float, progress: Progress | None) -> bool:
        """Whether HashLife, where it is worth a try, made the steps in its time."""
        seconds, there = self._tile_seconds(steps), self._switch_seconds()
        if self._engine is self._hash:
            patience = seconds + there + QUICK_SECONDS - self._regret
        else:
            patience = seconds if seconds > QUICK_SECONDS + self._reluctance * there else 0.0
        if patience <= 0.0:
            return False
        if seconds < np.inf:
            patience = min(patience, turn)
        self._untried = 0.0
        try:
            self._leap(steps, seconds, _Patience(patience, progress))
        except (_OutOfPatience, TooLarge) as error:
            if isinstance(error, TooLarge) and seconds == np.inf:
                raise
            self._reluctance *= 2
            return False
        return True

    def _leap(self, steps: int, seconds: float, patience: Progress) -> None:
        """Step with HashLife, and note what that cost more than tiles would have."""
        engine = self._hashed()
        start = perf_counter()
        engine.step(steps, patience)
        self._regret = max(0.0, self._regret + perf_counter() - start - seconds)
        self._reluctance = 1

    def _tile_seconds(self, steps: int) -> float:
        """Return about how long tiles would take, were the pattern not to grow."""
        if self._engine is self._tiles:
            return steps * (self._tiles.busy_tiles + 1) * self._tiles.seconds_per_tile
        population = self._engine.population()
        if population > TILE_POPULATION:
            return float(np.inf)
        return steps * (population / 50 + 1) * 2e-7

    def _switch_seconds(self) -> float:
        """Return about how long it takes to hand the state to the other engine."""
        return min(self._engine.population(), TILE_POPULATION) * 1e-6

    def _hashed(self) -> HashLifeStepper:
        if self._engine is not self._hash:
            tree, generation = self._engine.quadtree(), self.generation
            if self._hash is None:
                self._hash = self._new_hash(tree, generation)
            self._hash.replace(tree)
            self._hash.generation = generation
            self._engine = self._hash
            self._regret = 0.0
        return self._hash

    def _tiled(self) -> BitTilesStepper:
        if self._engine is not self._tiles:
            tree, generation = self._engine.quadtree(), self.generation
            if self._tiles is None:
                self._tiles = self._new_tiles(tree, generation)
            self._tiles.replace(tree)
            self._tiles.generation = generation
            self._engine = self._tiles
        return self._tiles

    def _new_hash(self, tree: Quadtree | Cells, generation: int) -> HashLifeStepper:
        return HashLifeStepper(
            tree, self._table, generation=generation, memory_bytes=self._memory_bytes
        )

    def _new_tiles(self, tree: Quadtree | Cells, generation: int) -> BitTilesStepper:
        return BitTilesStepper(tree, self._table, generation=generation)


_NOTHING = np.zeros((0, 0), dtype=np.uint8)


class _OutOfPatience(Exception):
    """HashLife has had its time."""


class _Patience(Progress):
    """Passes cancellation on, and gives up some time after it was made."""

    def __init__(self, seconds: float, outer: Progress | None) -> None:
        super().__init__()
        self._until = perf_counter() + seconds
        self._outer = outer

    def check(self) -> None:
        if self._outer is not None:
            self._outer.check()
        if perf_counter() > self._until:
            raise _OutOfPatience
