"""Live inference: the posteriors of the network as it is edited, always of the newest state."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.graphical.node_bars import Marginals, ShownBeliefs
from app.graphical.tree_search import TreeSearch
from core.errors import MacroscopeError
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject
from core.networks.model import BayesNet
from core.networks.posteriors import Posteriors
from core.networks.subject import NetworkSubject
from core.progress import Progress

if TYPE_CHECKING:
    from app.jobs.pool import Jobs
    from core.networks.inference import CompiledNetwork, Cost

DIRECT_CELLS = 20_000
DIRECT_SECONDS = 0.003
"""A propagation this small and this quick is done at once, without the way through a thread."""


@dataclass(frozen=True)
class Beliefs:
    """What is known about the net as it was asked last.

    Attributes
    ----------
    posteriors : Posteriors or None
        The last good answer, also while the evidence entered now is impossible.
    is_stale : bool
        Whether it answers other evidence than what is entered.
    conflict : Evidence or None
        A smallest set of findings that exclude each other, when they do.
    problem : str
        One sentence when there is no answer, else empty.
    """

    posteriors: Posteriors | None = None
    is_stale: bool = False
    conflict: Evidence | None = None
    problem: str = ""
    cost: Cost | None = None
    seconds: float = 0.0

    @property
    def shown(self) -> ShownBeliefs:
        """What the canvas draws."""
        marginals: Marginals = self.posteriors.marginals if self.posteriors is not None else {}
        return ShownBeliefs(marginals, self.is_stale)


@dataclass(frozen=True)
class _Answer:
    """What one propagation brought back from a thread."""

    compiled: CompiledNetwork
    net: Model
    posteriors: Posteriors | None
    conflict: Evidence | None
    problem: str
    seconds: float


Model = BayesNet | MarkovNetwork


def same_numbers(first: Model | None, second: Model | None) -> bool:
    """Whether two models have the same variables, scopes and tables, whatever their looks."""
    if first is second:
        return True
    if first is None or second is None or len(first) != len(second):
        return False
    if isinstance(first, BayesNet) and isinstance(second, BayesNet):
        return all(
            a is b
            or (
                (a.table is b.table and a.name == b.name and a.states == b.states)
                and a.parents == b.parents
            )
            for a, b in zip(first, second, strict=True)
        )
    if isinstance(first, MarkovNetwork) and isinstance(second, MarkovNetwork):
        return _same_potentials(first, second) and all(
            a is b or (a.name == b.name and a.states == b.states)
            for a, b in zip(first, second, strict=True)
        )
    return False


def _same_potentials(first: MarkovNetwork, second: MarkovNetwork) -> bool:
    mine, others = first.potentials, second.potentials
    return len(mine) == len(others) and all(
        a is b or (a.table is b.table and a.scope == b.scope)
        for a, b in zip(mine, others, strict=True)
    )


class BeliefController(QObject):
    """Keeps the posteriors up to date; the newest request wins and stale answers are dropped."""

    updated = Signal()

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._beliefs = Beliefs()
        self._compiled: CompiledNetwork | None = None
        self._compiled_net: Model | None = None
        self._asked_net: Model | None = None
        self._asked_evidence = Evidence()
        self._job: object | None = None
        self._is_closed = False
        self._search = TreeSearch(jobs, self)
        self._search.found.connect(self._on_better_tree)

    @property
    def beliefs(self) -> Beliefs:
        """What is known now."""
        return self._beliefs

    @property
    def compiled(self) -> CompiledNetwork | None:
        """The network that answered last, for questions that begin with its clique tree."""
        return self._compiled

    @property
    def answers_at_once(self) -> bool:
        """Whether asking about other evidence takes no longer than a part of a frame."""
        return not self.is_waiting and self._can_answer_at_once(self._asked_net)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def take(self, subject: NetworkSubject | MarkovSubject) -> bool:
        """Answer for the subject as it is now; return whether `updated` was emitted already."""
        net, evidence = subject.net, subject.evidence
        if same_numbers(net, self._asked_net) and evidence == self._asked_evidence:
            return False
        self._asked_net, self._asked_evidence = net, evidence
        if len(net) == 0:
            self._cancel()
            self._set(Beliefs())
            return True
        if self._can_answer_at_once(net):
            self._cancel()
            self._on_done(_answer(self._compiled, self._compiled_net, net, evidence, Progress()))
            return True
        self._start(net, evidence)
        return False

    def without_finding(self, name: str) -> np.ndarray | None:
        """Return the distribution of `name` given all other findings, or None if it is not known.

        Dividing the posterior by the likelihood that went into it undoes a likelihood finding.
        """
        beliefs, finding = self._beliefs, self._asked_evidence.get(name)
        if beliefs.posteriors is None or beliefs.is_stale or self.is_waiting:
            return None
        marginal = np.array(beliefs.posteriors.marginals.get(name, ()))
        if finding is None:
            return marginal
        if isinstance(finding, tuple) and all(finding) and len(finding) == len(marginal):
            left = marginal / np.array(finding)
            return left / left.sum()
        if self._compiled is None or not self._can_answer_at_once(self._asked_net):
            return None
        try:
            rest = self._asked_evidence.without(name)
            return np.array(self._compiled.propagate(rest).marginals[name])
        except MacroscopeError:
            return None

    def close(self) -> None:
        """Want no more answers."""
        self._is_closed = True
        self._search.cancel()
        self._cancel()

    def _can_answer_at_once(self, net: Model | None) -> bool:
        """Whether kernels are warm, the tree is there, and it was quick the last time."""
        return (
            self._compiled is not None
            and same_numbers(net, self._compiled_net)
            and self._compiled.cost.clique_cells < DIRECT_CELLS
            and 0.0 < self._beliefs.seconds < DIRECT_SECONDS
        )

    def _start(self, net: Model, evidence: Evidence) -> None:
        compiled, compiled_net = self._compiled, self._compiled_net
        self._job = self._jobs.run(
            f"Beliefs of {net.name}",
            lambda progress: _answer(compiled, compiled_net, net, evidence, progress),
            self._on_done,
            self._on_failed,
            key=self,
            quiet=True,
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, answer: _Answer) -> None:
        if self._is_closed:
            return
        self._job = None
        self._compiled, self._compiled_net = answer.compiled, answer.net
        cost = answer.compiled.cost
        if answer.posteriors is None:
            old = replace(self._beliefs, is_stale=True, conflict=answer.conflict)
            self._set(replace(old, problem=answer.problem, cost=cost))
        else:
            self._set(Beliefs(answer.posteriors, cost=cost, seconds=answer.seconds))
        self._search.follow(answer.compiled)

    @Slot(object)
    def _on_better_tree(self, better: CompiledNetwork) -> None:
        """Answer with the smaller tree from now on; the beliefs stay, for they are the same."""
        if self._is_closed or self._compiled is None or not self._compiled.matches(better.net):
            return
        is_current = same_numbers(self._compiled_net, better.net)
        self._compiled, self._compiled_net = better, better.net
        if is_current:
            self._set(replace(self._beliefs, cost=better.cost))
        elif self._asked_net is not None:  # tables were edited meanwhile: they go into the new tree
            self._start(self._asked_net, self._asked_evidence)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._is_closed:
            return
        self._job = None
        sentence = (
            str(error)
            if isinstance(error, MacroscopeError)
            else f"The beliefs could not be computed ({type(error).__name__}: {error})."
        )
        self._compiled = self._compiled_net = None
        self._set(replace(self._beliefs, is_stale=True, conflict=None, problem=sentence, cost=None))

    def _set(self, beliefs: Beliefs) -> None:
        self._beliefs = beliefs
        self.updated.emit()


def _answer(
    compiled: CompiledNetwork | None,
    compiled_net: Model | None,
    net: Model,
    evidence: Evidence,
    progress: Progress,
) -> _Answer:
    """Compile what must be compiled anew and propagate the evidence; runs on any thread."""
    from core.networks.inference import ImpossibleEvidence, compile_network

    if compiled is None or not compiled.matches(net):
        compiled = compile_network(net, progress)
    elif not same_numbers(net, compiled_net):
        compiled = compiled.with_tables(net)
    started = time.perf_counter()
    try:
        posteriors = compiled.live.update(evidence, progress=progress)
    except ImpossibleEvidence as impossible:
        conflict = impossible.conflict if len(impossible.conflict) else None
        return _Answer(compiled, net, None, conflict, str(impossible), 0.0)
    return _Answer(compiled, net, posteriors, None, "", time.perf_counter() - started)
