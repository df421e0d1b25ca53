"""Batch inference: a file of cases in, the posteriors of every case out, in bounded memory.

Identical cases of a stretch of the file are propagated once. A case whose evidence is impossible is
marked by ln P(case) = -inf and empty cells; the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.networks.errors import NetworkError, quoted
from core.networks.inference import CompiledNetwork
from core.networks.questions.case_engine import CaseEngine, CasePosteriors
from core.networks.questions.case_files import csv_cell, opened_cases, opened_for_writing
from core.progress import Progress

STRETCH = 4096
"""Cases read at a time."""

LOG_EVIDENCE = "log_evidence"
IMPOSSIBLE = "-inf"


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a batch came to.

    Attributes
    ----------
    cases : int
    impossible : int
        How many of them have probability 0.
    distinct : int
        How many propagations there were: identical cases nearby share one.
    """

    cases: int
    impossible: int
    distinct: int


def infer_cases(
    compiled: CompiledNetwork,
    data: Path,
    out: Path,
    progress: Progress | None = None,
    *,
    names: Sequence[str] | None = None,
) -> BatchSummary:
    """Write the posteriors of `names` (all variables when left out) for every case of a CSV file.

    Row k of the result belongs to case k: ln P(case), then P(NAME=STATE | case) for each state.

    Raises
    ------
    CaseError
        When the file does not fit the network; the sentence names line and column.
    """
    chosen, engine = _Chosen(compiled, names), CaseEngine(compiled)
    cases = impossible = distinct = 0
    with opened_cases(compiled.net, data) as reader, opened_for_writing(out) as file:
        file.write(chosen.heading)
        before = 0.0
        for states in reader.blocks(STRETCH):
            unique, which = np.unique(states, axis=0, return_inverse=True)
            which = which.ravel()
            lines: list[str] = []
            for start in range(0, len(unique), engine.block):
                if progress is not None:
                    share = start / len(unique)
                    done = before + share * (reader.fraction - before)
                    progress.report(done, f"{cases + int(share * len(states)):,} cases done")
                block = unique[start : start + engine.block]
                lines += chosen.lines(engine.posteriors(reader.names, block, progress))
            file.writelines([lines[k] for k in which])
            is_impossible = np.array([line.startswith(IMPOSSIBLE) for line in lines])
            impossible += int(is_impossible[which].sum())
            cases, distinct, before = cases + len(states), distinct + len(unique), reader.fraction
    return BatchSummary(cases, impossible, distinct)


class _Chosen:
    """The variables whose posteriors are written, as columns of the result."""

    def __init__(self, compiled: CompiledNetwork, names: Sequence[str] | None) -> None:
        net = compiled.net
        names = net.names if names is None else tuple(names)
        for name in names:
            if names.count(net[name].name) > 1:
                raise NetworkError(f"The posteriors of {quoted(name)} are asked for twice.")
        number = {name: v for v, name in enumerate(net.names)}
        starts = np.cumsum([0, *net.sizes(net.names)])
        rows = [np.arange(starts[number[n]], starts[number[n] + 1]) for n in names]
        self._rows = np.concatenate([np.empty(0, dtype=np.int64), *rows])
        columns = [f"{name}={state}" for name in names for state in net[name].states]
        self.heading = ",".join(map(csv_cell, [LOG_EVIDENCE, *columns])) + "\n"
        self._nothing = IMPOSSIBLE + "," * len(columns) + "\n"

    def lines(self, found: CasePosteriors) -> list[str]:
        """Return one row of the result for each case."""
        rows = found.marginals[self._rows].T.tolist()
        logs = found.log_evidence.tolist()
        return [
            self._nothing if log == -np.inf else ",".join(map(repr, [log, *row])) + "\n"
            for log, row in zip(logs, rows, strict=True)
        ]
