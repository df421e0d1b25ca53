"""What inference costs, before and after a change, in one line."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.networks.predicted_cost import PredictedCost

_BYTES = ("bytes", "kB", "MB", "GB", "TB", "PB")


def cost_text(before: PredictedCost, after: PredictedCost) -> str:
    """Return both costs as one line: ``treewidth 3 → 5, 1,020 → 8,400 clique cells, …``."""
    width = f"treewidth {_change(str(before.treewidth), str(after.treewidth))}"
    cells = f"{_change(_count(before.cells), _count(after.cells))} clique cells"
    if not after.fits():
        return f"{width}, {cells}: {_size(after.bytes)} would not fit in memory"
    return f"{width}, {cells}, {_size(after.bytes)}, about {_time(after.seconds)}"


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _count(number: float) -> str:
    return f"{number:,.0f}" if number < 1e12 else f"{number:.1e}"


def _size(amount: float) -> str:
    if not isfinite(amount):
        return "more than any computer has"
    for unit in _BYTES:
        if amount < 999.5 or unit == _BYTES[-1]:
            return f"{amount:.3g} {unit}" if amount < 1e6 else f"{amount:.1e} {unit}"
        amount /= 1000
    raise AssertionError


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{max(seconds * 1000, 0.001):.1g} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2g} s"
