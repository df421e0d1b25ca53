"""One message of a watched calibration, as the panel shows it."""

from dataclasses import dataclass

from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import TableFactor


@dataclass(frozen=True, slots=True, eq=False)
class MessageStep:
    """A message that was sent, and what it did to the clique that received it.

    Attributes
    ----------
    source, target : int
        Cliques by position.
    before : TableFactor or None
        What stood on the separator before: the last message in this direction (sum-product; None
        where it is the first) or the separator's belief (belief-update; ones at first).
    message : TableFactor
        Over the separator.
    ratio : TableFactor or None
        Belief-update: the message divided by `before`, which the target is multiplied by.
    belief_before, belief_after : TableFactor
        The target's belief: its potential times the messages that it has received.
    operations : Operations
        Of this message; showing the beliefs of sum-product is not part of its cost.
    """

    source: int
    target: int
    before: TableFactor | None
    message: TableFactor
    ratio: TableFactor | None
    belief_before: TableFactor
    belief_after: TableFactor
    operations: Operations
