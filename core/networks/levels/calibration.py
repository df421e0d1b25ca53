"""Level 2, second half: messages over the clique tree until neighbours agree on what they share.

What is cached, across queries, are the messages: after one calibration every clique holds the
distribution of its variables, and new evidence makes only some of the messages stale.

Source: Koller and Friedman (2009), chapter 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.levels.belief_update import BeliefUpdate
from core.networks.levels.entered_model import EnteredModel, Model, entered_model
from core.networks.levels.message_step import MessageStep
from core.networks.levels.operations import Operations
from core.networks.levels.sum_product import SumProduct
from core.networks.levels.table_factor import TableFactor
from core.networks.levels.triangulation_steps import triangulation_steps
from core.networks.levels.watched_potentials import (
    base_potentials,
    findings_by_clique,
    with_findings,
)
from core.networks.levels.watched_tree import Direction, WatchedTree, watched_tree

Method = Literal["sum-product", "belief-update"]

METHODS: tuple[Method, ...] = ("sum-product", "belief-update")

State = SumProduct | BeliefUpdate


@dataclass(frozen=True, eq=False)
class CalibrationRun:
    """All messages from evidence just entered to a calibrated tree.

    Attributes
    ----------
    entered : EnteredModel
    tree : WatchedTree
    method : str
        ``"sum-product"`` or ``"belief-update"``.
    changed : tuple of int
        The cliques whose potential the evidence changed; all of them in the first run.
    is_restart : bool
        Belief-update only: whether a finding was retracted or replaced. What it zeroed cannot be
        revived, so every clique starts from its factors again.
    schedule : tuple of (int, int)
        The messages to send, from and to.
    resting : tuple of (int, int)
        The messages that are still right and stay.
    states : tuple
        Before the first message and after each.
    steps : tuple of MessageStep
    beliefs : tuple of TableFactor
        At the end; proportional to P(clique | evidence).
    log_evidence : float
        ln P(evidence), or ln Z of a Markov network reduced by the evidence.
    entry_operations : Operations
        Multiplying factors and findings into the cliques.
    belief_operations : Operations
        Multiplying the beliefs at the end; belief-update holds them already.
    """

    entered: EnteredModel
    tree: WatchedTree
    method: Method
    changed: tuple[int, ...]
    is_restart: bool
    schedule: tuple[Direction, ...]
    resting: tuple[Direction, ...]
    states: tuple[State, ...]
    steps: tuple[MessageStep, ...]
    beliefs: tuple[TableFactor, ...]
    log_evidence: float
    entry_operations: Operations
    belief_operations: Operations
    _base: tuple[TableFactor, ...]

    @property
    def operations(self) -> Operations:
        """All operations: entering, messages and beliefs."""
        messages = sum((step.operations for step in self.steps), Operations())
        return self.entry_operations + messages + self.belief_operations

    @property
    def evidence(self) -> Evidence:
        """The evidence entered."""
        return self.entered.evidence

    def observe(self, evidence: Evidence, sent: int | None = None) -> "CalibrationRun":
        """Return the run that takes other evidence in, sending only messages that are stale.

        Parameters
        ----------
        evidence : Evidence
            All of it, not only what is new.
        sent : int, optional
            How many messages of this run were sent before; all of them by default.

        Raises
        ------
        ImpossibleEvidence
            When the evidence has probability 0.
        """
        entered = entered_model(self.entered.source, evidence)
        position = len(self.schedule) if sent is None else sent
        state, old = self.states[position], self.entered.evidence
        touched = [n for n in entered.names if old.get(n) != evidence.get(n)]
        number = {name: v for v, name in enumerate(entered.names)}
        changed = tuple(sorted({self.tree.home([number[name]]) for name in touched}))
        findings = findings_by_clique(entered, self.tree)
        if isinstance(state, BeliefUpdate):
            if any(name in old for name in touched):
                return _started(entered, self.tree, self.method, self._base, is_restart=True)
            new = {number[name] for name in touched}
            fresh = {i: [f for f in each if f.scope[0] in new] for i, each in findings.items()}
            begun: State
            begun, cost = state.multiplied_by({i: each for i, each in fresh.items() if each})
        else:
            here = {i: findings.get(i, []) for i in changed}
            potentials, cost = with_findings(self._base, self.tree, here)
            begun = state.with_potentials(potentials)
        stale = self.tree.stale_after(changed) | frozenset(self.schedule[position:])
        return _run(entered, self.tree, self.method, self._base, begun, stale, changed, cost, False)


def calibrate(
    model: Model,
    evidence: Evidence | None = None,
    method: Method = "sum-product",
    *,
    rule: str | Sequence[str] = "min-fill",
    root: int = 0,
) -> CalibrationRun:
    """Return every message that calibrates the clique tree of `model`.

    Parameters
    ----------
    model : BayesNet or MarkovNetwork
    evidence : Evidence, optional
    method : str
        One of `METHODS`.
    rule : str or names of variables
        How the graph is triangulated; see `triangulation_steps`.
    root : int
        The clique in which messages are collected before they are distributed.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        For an unknown method, or cliques too large to watch.
    """
    tree = watched_tree(triangulation_steps(model, rule), root)
    return calibrate_tree(model, tree, evidence, method)


def calibrate_tree(
    model: Model,
    tree: WatchedTree,
    evidence: Evidence | None = None,
    method: Method = "sum-product",
) -> CalibrationRun:
    """Return every message that calibrates `tree`, a clique tree of `model`."""
    if method not in METHODS:
        raise NetworkError(
            f"There is no calibration {quoted(method)}; there are {' and '.join(METHODS)}."
        )
    entered = entered_model(model, evidence)
    base, cost = base_potentials(entered, tree)
    return _started(entered, tree, method, base, spent=cost)


def _started(
    entered: EnteredModel,
    tree: WatchedTree,
    method: Method,
    base: tuple[TableFactor, ...],
    *,
    spent: Operations | None = None,
    is_restart: bool = False,
) -> CalibrationRun:
    """Run from the factors: every message is to be sent."""
    potentials, cost = with_findings(base, tree, findings_by_clique(entered, tree))
    tables = [potentials.get(i, each) for i, each in enumerate(base)]
    state = (SumProduct if method == "sum-product" else BeliefUpdate).of(tree, tables)
    everything = tuple(range(len(tree.cliques)))
    spent = cost if spent is None else cost + spent
    stale = frozenset(tree.schedule)
    return _run(entered, tree, method, base, state, stale, everything, spent, is_restart)


def _run(
    entered: EnteredModel,
    tree: WatchedTree,
    method: Method,
    base: tuple[TableFactor, ...],
    state: State,
    stale: frozenset[Direction],
    changed: tuple[int, ...],
    cost: Operations,
    is_restart: bool,
) -> CalibrationRun:
    schedule = tuple(message for message in tree.schedule if message in stale)
    states, steps = [state], []
    for source, target in schedule:
        state, step = state.send(source, target)
        states.append(state)
        steps.append(step)
    states[-1], beliefs, more = state.finished()
    masses = [beliefs[part[0]].log_total for part in tree.parts]
    if min(masses) == -float("inf"):
        raise entered.impossible()
    return CalibrationRun(
        entered,
        tree,
        method,
        changed,
        is_restart,
        schedule,
        tuple(message for message in tree.schedule if message not in stale),
        tuple(states),
        tuple(steps),
        beliefs,
        sum(masses),
        cost,
        more,
        base,
    )


class Calibration:
    """Plays a calibration: one message on or back, or a jump; and takes new evidence anywhere.

    Whatever was played stays as it is: the player only holds a run and a place in it.
    """

    def __init__(self, run: CalibrationRun) -> None:
        self.run_played = run
        self.position = 0

    @property
    def tree(self) -> WatchedTree:
        """The clique tree."""
        return self.run_played.tree

    @property
    def schedule(self) -> tuple[Direction, ...]:
        """The messages of this run, sent or not."""
        return self.run_played.schedule

    @property
    def stale(self) -> frozenset[Direction]:
        """The messages that must still be sent."""
        return frozenset(self.schedule[self.position :])

    @property
    def is_calibrated(self) -> bool:
        """Whether nothing is left to send."""
        return self.position == len(self.schedule)

    @property
    def beliefs(self) -> tuple[TableFactor, ...]:
        """What every clique believes at this place."""
        state = self.run_played.states[self.position]
        return tuple(state.belief(i) for i in range(len(self.tree.cliques)))

    @property
    def operations(self) -> Operations:
        """What was spent up to this place; the beliefs of sum-product at the end."""
        run = self.run_played
        spent = sum((s.operations for s in run.steps[: self.position]), run.entry_operations)
        return spent + run.belief_operations if self.is_calibrated else spent

    @property
    def log_evidence(self) -> float:
        """The natural logarithm of P(evidence), as the calibrated tree gives it."""
        return self.run_played.log_evidence

    def step(self) -> MessageStep | None:
        """Send the next message and return its record; None where nothing is left."""
        if self.is_calibrated:
            return None
        self.position += 1
        return self.run_played.steps[self.position - 1]

    def go_to(self, position: int) -> None:
        """Stand before message `position`, counted from 0; the end is ``len(schedule)``."""
        self.position = min(max(position, 0), len(self.schedule))

    def run(self) -> None:
        """Send everything that is left."""
        self.position = len(self.schedule)

    def observe(self, evidence: Evidence) -> None:
        """Take other evidence in; what is then stale is what must be sent."""
        self.run_played = self.run_played.observe(evidence, self.position)
        self.position = 0
