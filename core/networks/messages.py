"""The passes of messages over a clique tree: towards the roots, back, and what is read from them.

Cliques hold no tables: a clique's product is formed row by row where it is needed, so there is only
memory for the messages, and any number of passes may use one plan at once.
"""

import math
from collections.abc import Iterable
from enum import Enum

import numpy as np

from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel
from core.networks.message_plan import MessagePlan
from core.networks.model import Table
from core.networks.potentials import Content, Potentials, spread
from core.progress import Progress


class Outcome(Enum):
    """How passing messages ended; the values are those of the kernels."""

    FINE = 0
    IMPOSSIBLE = 1
    UNDERFLOW = 2


UNFINISHED, CONTRACT = 3, 4
"""What the kernel answers when its budget is used up, and before it works through a large clique,
whose messages may be contracted."""

NUMBER = {Content.PROBABILITIES: 0, Content.SUPPORT: 1, Content.LOGARITHMS: 2}
"""The numbers by which the kernels know what tables hold."""

MARK, COLLECT, DISTRIBUTE, READ, DONE = range(5)
"""The stages, as the kernels number them."""

BUDGET_CELLS = {Content.PROBABILITIES: 2**23, Content.SUPPORT: 2**23, Content.LOGARITHMS: 2**18}
"""Cells worked through between two looks at the cancel token: some ten milliseconds."""

SMALLEST_CONTRACTED = 50_000
"""Cells of a clique from which on its messages may be contracted; 0 contracts them all."""

SMALLEST = math.ulp(0.0)
"""The smallest positive double."""


class Passes:
    """One propagation: the messages towards the roots, then the messages back.

    Parameters
    ----------
    plan : MessagePlan
    potentials : Potentials
    content : Content
        What the tables of this propagation hold.
    """

    def __init__(self, plan: MessagePlan, potentials: Potentials, content: Content) -> None:
        self.plan = plan
        self.content = content
        self.work = plan.work_array()
        self.marks = plan.fresh_marks.copy()
        self.smallest_contracted = SMALLEST_CONTRACTED
        self._potentials = potentials
        self._tables = potentials.holding(content)
        self._log_likelihoods: dict[int, float] = {}

    def enter(self, model: GraphicalModel, evidence: Evidence, number: dict[str, int]) -> None:
        """Enter evidence that fits the model; `number` tells the number of each variable.

        Likelihoods are scaled so that the largest of each variable is 1.
        """
        marks = self.marks
        hard, soft = int(marks[0]), int(marks[1])
        for name, finding in evidence.items():
            v = number[name]
            if isinstance(finding, int):
                marks[hard + v] = finding
                continue
            likelihood = evidence.likelihood(model, name)
            largest = float(likelihood.max())
            start = self.plan.likelihoods + self.plan.state_starts[v]
            scaled = _scaled(likelihood, largest, self.content)
            self.work[start : start + likelihood.size] = scaled
            marks[soft + v] = 1
            self._log_likelihoods[v] = math.log(largest)

    def retract(self, variables: Iterable[int]) -> None:
        """Take back the findings on some variables, if there are any."""
        hard, soft = int(self.marks[0]), int(self.marks[1])
        for v in variables:
            self.marks[hard + v], self.marks[soft + v] = -1, 0
            self._log_likelihoods.pop(v, None)

    def run(
        self,
        progress: Progress | None = None,
        *,
        start: int = MARK,
        until: int = DONE,
        everywhere: bool = True,
    ) -> Outcome:
        """Go through the stages from `start` up to, but not including, `until`.

        everywhere : whether messages towards the roots may use evidence from beyond them
        """
        from core.networks.kernels_messages import pass_messages

        cells = BUDGET_CELLS[self.content]
        control = np.array(
            [
                start,
                -1,
                0,
                until,
                NUMBER[self.content],
                everywhere,
                cells,
                self.smallest_contracted,
                0,
            ],
            dtype=np.int64,
        )
        budget = math.inf if progress is None else float(cells)
        status = UNFINISHED
        while status in (UNFINISHED, CONTRACT):
            if status == CONTRACT:
                from core.networks.kernels_contracted_cliques import contract_clique

                contract_clique(self.plan.lists, self._tables, self.work, self.marks, control)
            if progress is not None:
                progress.report(self._fraction(control), "Passing messages")
            status = pass_messages(
                self.plan.lists, self._tables, self.work, self.marks, control, budget
            )
        return Outcome(status)

    def _fraction(self, control: np.ndarray) -> float:
        stage, clique = int(control[0]), int(control[1])
        done = max(clique, 0) / max(self.plan.cliques, 1)
        if stage <= COLLECT:
            return 0.0 if clique < 0 else 0.5 * (1.0 - done)
        return 0.5 + 0.5 * done

    @property
    def marginals(self) -> Table:
        """P(state | evidence) of every variable, one after another, once they were read."""
        first = self.plan.marginals
        return self.work[first : first + self.plan.states].copy()

    @property
    def log_evidence(self) -> float:
        """The natural logarithm of P(evidence) or of Z, once the messages were distributed."""
        first, count = self.plan.scales, self.plan.cliques
        scales = self.work[first : first + count]
        is_one = self.marks[int(self.marks[3]) : int(self.marks[3]) + count]
        sent = scales[is_one == 0]
        logarithms = sent if self.content is Content.LOGARITHMS else np.log(sent)
        total = float(logarithms.sum()) + self._constants()
        return total + math.fsum(self._log_likelihoods.values()) + self._potentials.log_scale

    def _constants(self) -> float:
        """The logarithm of the constant factors of a model without variables."""
        if self.plan.cliques:
            return 0.0
        cells = self._potentials.cells[: self.plan.factors]
        return float(np.log(cells).sum()) if cells.size else 0.0

    def clique_product(self, clique: int, sizes: tuple[int, ...], scope: tuple[int, ...]) -> Table:
        """Return a clique's potential times the evidence and the messages from all neighbours.

        The passes must have come to their end. The product is scaled; a belief is what remains
        after dividing by its sum.
        """
        from core.networks import kernels_message_plan as names

        plan, arithmetic, marks = self.plan, self.content.value, self.marks
        k = plan.place[clique]
        neutral = 0.0 if self.content is Content.LOGARITHMS else 1.0
        result = np.full([sizes[v] for v in scope], neutral)
        starts = plan.entries(names.MESSAGE_STARTS, plan.cliques + 1)

        def multiply(table: Table, family: list[int]) -> None:
            """Multiply a table into the result, along the axes of its family."""
            shaped = table.reshape([sizes[v] for v in family])
            arithmetic.combine(result, spread(shaped, family, scope), out=result)

        for f in plan.list_of(names.HELD_STARTS, k):
            family = plan.list_of(names.SCOPE_STARTS, f)
            table = self._tables[self._potentials.starts[f] : self._potentials.starts[f + 1]]
            multiply(table, family)
        for child in plan.list_of(names.BELOW_STARTS, k):
            if not marks[int(marks[3]) + child]:
                table = self.work[starts[child] : starts[child + 1]]
                multiply(table, plan.list_of(names.SEPARATOR_STARTS, child))
        if plan.entries(names.ABOVE, plan.cliques)[k] >= 0:
            first = plan.message_cells + starts[k]
            table = self.work[first : plan.message_cells + starts[k + 1]]
            multiply(table, plan.list_of(names.SEPARATOR_STARTS, k))
        homes = plan.entries(names.HOME, plan.variables)
        for v in scope:
            state = int(marks[int(marks[0]) + v])
            if state >= 0:
                multiply(arithmetic.enter(np.eye(sizes[v])[state]), [v])
            elif marks[int(marks[1]) + v] and homes[v] == k:
                first = plan.likelihoods + plan.state_starts[v]
                multiply(self.work[first : first + sizes[v]], [v])
        if self.content is Content.LOGARITHMS:
            result = np.exp(result - result.max())
        return result


def _scaled(likelihood: Table, largest: float, content: Content) -> Table:
    entered = content.value.enter(likelihood)
    if content is Content.LOGARITHMS:
        return entered - math.log(largest)
    if content is Content.SUPPORT:
        return entered
    # What is positive stays so: the kernels then notice that it came near underflow.
    return np.where(likelihood > 0, np.maximum(entered / largest, SMALLEST), 0.0)
