"""Inference that follows its evidence: a changed finding sends only the messages it makes stale.

Messages are kept between calls, and those that point away from the change are good for it. What
nobody looks at is not computed.

Source: Koller and Friedman (2009), section 10.3; the rule of stale messages is that of sum-product.
"""

import threading
from collections.abc import Iterable

import numpy as np

from core.networks.conflict import ImpossibleEvidence
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.messages import COLLECT, Outcome, Passes
from core.networks.posteriors import Posteriors
from core.networks.potentials import Content
from core.progress import Progress


class LiveEngine:
    """Answers for one compiled network, again and again; threads take turns.

    Parameters
    ----------
    compiled : CompiledNetwork
    """

    def __init__(self, compiled: CompiledNetwork) -> None:
        self.compiled = compiled
        plan = compiled.plan
        self._passes = Passes(plan, compiled.potentials, Content.PROBABILITIES)
        self._evidence = Evidence()
        self._valid_up = np.zeros(plan.cliques, dtype=np.uint8)
        self._valid_down = np.zeros(plan.cliques, dtype=np.uint8)
        self._valid_read = np.zeros(plan.variables, dtype=np.uint8)
        self._turn = threading.Lock()

    def update(
        self,
        evidence: Evidence | None = None,
        visible: Iterable[str] | None = None,
        progress: Progress | None = None,
    ) -> Posteriors:
        """Return the posteriors of the visible variables (of all, if not told) and ln P(evidence).

        Raises
        ------
        ImpossibleEvidence, EvidenceError, Cancelled
            As `CompiledNetwork.propagate` does; the engine stays good for the next question.
        """
        evidence = evidence or Evidence()
        evidence.check(self.compiled.net)
        names = self.compiled.net.names if visible is None else tuple(visible)
        with self._turn:
            outcome = self._follow(evidence, names, visible is None, progress)
            if outcome is Outcome.FINE:
                return self._posteriors(names)
        if outcome is Outcome.UNDERFLOW:
            found = self.compiled.propagate(evidence, progress)
            marginals = {name: found.marginals[name] for name in names}
            return Posteriors(marginals, found.log_evidence)
        raise ImpossibleEvidence(self.compiled.net, self.compiled.conflict(evidence, progress))

    def _follow(
        self, evidence: Evidence, names: tuple[str, ...], all_: bool, progress: Progress | None
    ) -> Outcome:
        from core.networks.kernels_live import ask_for_changes, note_what_was_sent

        plan, passes = self.compiled.plan, self._passes
        wanted = np.full(plan.variables, all_, dtype=np.uint8)
        number = self.compiled.number
        if not all_:
            wanted[[number[name] for name in names]] = 1
        changed = np.array(self._enter(evidence), dtype=np.int64)
        flags = self._valid_up, self._valid_down
        ask_for_changes(plan.lists, passes.marks, changed, wanted, *flags, self._valid_read)
        try:
            outcome = passes.run(progress, start=COLLECT, everywhere=False)
        finally:
            note_what_was_sent(plan.lists, passes.marks, *flags)
        if outcome is Outcome.FINE:
            self._valid_read |= wanted
        return outcome

    def _enter(self, evidence: Evidence) -> list[int]:
        """Enter the findings that are new or others, take back those that went; say which."""
        old, number = self._evidence, self.compiled.number
        gone = [name for name in old if name not in evidence]
        other = [name for name, finding in evidence.items() if old.get(name) != finding]
        self._passes.retract([number[name] for name in [*gone, *other]])
        fresh = Evidence({name: evidence[name] for name in other})
        self._passes.enter(self.compiled.net, fresh, number)
        self._evidence = evidence
        return [number[name] for name in [*gone, *other]]

    def _posteriors(self, names: tuple[str, ...]) -> Posteriors:
        plan, number = self.compiled.plan, self.compiled.number
        marginals, starts = self._passes.marginals, plan.state_starts
        marginals.setflags(write=False)
        by_name = {}
        for name in names:
            v = number[name]
            by_name[name] = marginals[starts[v] : starts[v + 1]]
        is_sure = self.compiled.potentials.is_bayes and not len(self._evidence)
        return Posteriors(by_name, 0.0 if is_sure else self._passes.log_evidence)
