"""States that a run can go back to: in bounded memory, the farther apart the more there are."""

from bisect import bisect_right
from dataclasses import dataclass

from core.automata.rules.rule import Rule

CHECKPOINT_BYTES = 2**28
"""Memory for states to rewind to."""

FIRST_SPACING = 16
"""Generations between checkpoints at the beginning; twice as many whenever memory is used up."""

OWN_BYTES = 200
"""What a checkpoint itself takes."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state before the interventions of its generation, the rule in force, and its bytes.

    Any engine of the rule takes the snapshot: engines hold far more memory than states do.
    """

    generation: int
    snapshot: object
    rule: Rule
    size: int


class Checkpoints:
    """Keeps the first state for ever, and of the others as many as fit.

    Attributes
    ----------
    spacing : int
        Generations that lie between two of them at least.
    bytes : int
        Memory that they hold.
    """

    def __init__(self, memory: int = CHECKPOINT_BYTES) -> None:
        self._memory = memory
        self._kept: list[Checkpoint] = []
        self.spacing = FIRST_SPACING
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def last(self) -> int:
        """The generation of the last one."""
        return self._kept[-1].generation

    def is_due(self, generation: int) -> bool:
        """Whether the state of this generation is far enough from the last one kept."""
        return not self._kept or generation >= self.last + self.spacing

    def add(self, generation: int, snapshot: object, rule: Rule) -> None:
        """Keep a state later than all others; where memory is used up, every second one goes."""
        added = Checkpoint(generation, snapshot, rule, _size(snapshot) + OWN_BYTES)
        self._kept.append(added)
        self.bytes += added.size
        if len(self._kept) > 2 and self.bytes > self._memory:
            self._forget(self._kept[1::2])
            del self._kept[1::2]
            self.spacing *= 2

    def before(self, generation: int) -> Checkpoint:
        """Return the last one that is not after a generation."""
        index = bisect_right(self._kept, generation, key=lambda each: each.generation) - 1
        return self._kept[max(0, index)]

    def forget_after(self, generation: int) -> None:
        """Forget those after a generation; the first one stays."""
        kept = max(1, bisect_right(self._kept, generation, key=lambda each: each.generation))
        self._forget(self._kept[kept:])
        del self._kept[kept:]

    def _forget(self, gone: list[Checkpoint]) -> None:
        self.bytes -= sum(each.size for each in gone)


def _size(snapshot: object) -> int:
    """Return about how many bytes a snapshot holds."""
    own = getattr(snapshot, "nbytes", None)
    if own is not None:
        return int(own)
    if isinstance(snapshot, tuple | list):
        return 64 + sum(_size(each) for each in snapshot)
    if isinstance(snapshot, dict):
        return 64 + sum(_size(each) for each in snapshot.values())
    slots = getattr(snapshot, "__dict__", None)
    if slots is None and hasattr(snapshot, "__slots__"):
        slots = {name: getattr(snapshot, name) for name in snapshot.__slots__}
    return 64 + sum(_size(each) for each in (slots or {}).values())
