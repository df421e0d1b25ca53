"""A joint or conditional table as it is shown, copied and exported; no Qt."""

from dataclasses import dataclass
from itertools import islice, product
from math import prod, sqrt

import numpy as np

from app.figures.description import Table
from core.networks.questions.belief_shift import entropy_nats

ROWS_SHOWN = 2000
"""More rows are exported but not listed."""


@dataclass(frozen=True)
class JointRow:
    """One line: the states of all variables but the last, and a probability for each of its."""

    states: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def total(self) -> float:
        """The sum of the line."""
        return float(sum(self.values))


@dataclass(frozen=True, eq=False)
class JointAnswer:
    """P(names | given, findings).

    Attributes
    ----------
    given, names : tuple of str
        The variables that are conditioned on, and those asked about.
    labels : tuple of tuple of str
        The states of each variable, those conditioned on first.
    table : float64[...]
        One axis for each variable, those conditioned on first; a distribution over the others,
        or NaN where the condition is impossible.
    findings : str
        The evidence as it is written after the bar.
    """

    given: tuple[str, ...]
    names: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    table: np.ndarray
    findings: str

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables in the order of the axes."""
        return (*self.given, *self.names)

    @property
    def is_joint(self) -> bool:
        """Whether nothing is conditioned on but the findings."""
        return not self.given

    @property
    def heading(self) -> str:
        """The distribution as it is written: ``P(lung, bronc | smoke, dysp = yes)``."""
        condition = ", ".join(part for part in (*self.given, self.findings) if part)
        names = ", ".join(self.names)
        return f"P({names} | {condition})" if condition else f"P({names})"

    @property
    def line_count(self) -> int:
        """Lines of the whole table."""
        return prod(self.table.shape[:-1])

    def rows(self) -> tuple[JointRow, ...]:
        """Return the first lines."""
        flat = self.table.reshape(-1, self.table.shape[-1])
        combinations = islice(product(*self.labels[:-1]), ROWS_SHOWN)
        return tuple(
            JointRow(states, tuple(map(float, values)))
            for states, values in zip(combinations, flat, strict=False)
        )

    def long_table(self) -> Table:
        """Return one row for each cell, as spreadsheets and statistics programs like it."""
        cells = zip(product(*self.labels), self.table.ravel(), strict=True)
        rows = tuple((*states, float(value)) for states, value in cells)
        return Table((*self.variables, "probability"), rows)

    def summary(self) -> str:
        """Return what else can be said of the distribution."""
        if not self.is_joint:
            return ""
        if len(self.names) == 1:
            mean = _mean(self.labels[0], self.table)
            return f"Entropy {entropy_nats(self.table):.4g} nats{mean}."
        if len(self.names) == 2:
            first, second = self.table.sum(axis=1), self.table.sum(axis=0)
            parts = entropy_nats(first) + entropy_nats(second)
            information = max(0.0, parts - entropy_nats(self.table.ravel()))
            shown = "0" if information < 1e-14 else f"{information:.4g}"
            return f"Mutual information {shown} nats."
        return f"Entropy {entropy_nats(self.table.ravel()):.4g} nats."


def conditional(table: np.ndarray, given: int) -> np.ndarray:
    """Return the table normalised for each state of its first `given` axes."""
    axes = tuple(range(given, table.ndim))
    total = table.sum(axis=axes, keepdims=True)
    return np.divide(table, total, out=np.full_like(table, np.nan), where=total > 0)


def _mean(labels: tuple[str, ...], table: np.ndarray) -> str:
    """Return mean and standard deviation where all states are numbers."""
    try:
        values = np.array([float(label) for label in labels])
    except ValueError:
        return ""
    if not np.isfinite(values).all():
        return ""
    mean = float(values @ table)
    deviation = sqrt(max(0.0, float((values - mean) ** 2 @ table)))
    return f", mean {mean:.4g}, standard deviation {deviation:.4g}"
