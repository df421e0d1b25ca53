"""What the Spectrum panel knows about a machine: eigenvalues and the sums over them; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import MacroscopeError

if TYPE_CHECKING:
    from core.processes.closed_forms import Autocorrelation, ClosedForms
    from core.processes.model import HiddenMarkovModel
    from core.processes.operator_spectrum import OperatorEigenvalue
    from core.progress import Progress

MOST_BELIEFS = 600


@dataclass(frozen=True)
class SpectrumFindings:
    """All that is known so far.

    Attributes
    ----------
    forms : ClosedForms or None
        Of a finite set of beliefs.
    operator : tuple of OperatorEigenvalue
        Of uncountably many beliefs.
    refusal : str
        Why there is neither, or why the closed form is not to be trusted.
    """

    model: HiddenMarkovModel
    correlation: Autocorrelation
    forms: ClosedForms | None = None
    beliefs: int = 0
    operator: tuple[OperatorEigenvalue, ...] = ()
    refusal: str = ""
    is_done: bool = False


def find_spectrum(
    model: HiddenMarkovModel, send: Callable[[SpectrumFindings], None], progress: Progress
) -> SpectrumFindings:
    """Return the findings; on the way send the correlations, which are quick."""
    from core.processes.closed_forms import autocorrelation, closed_forms
    from core.processes.mixed_states import mixed_states
    from core.processes.operator_spectrum import operator_eigenvalues
    from core.processes.recurrence import require_one_recurrent_class
    from core.processes.spectrum import spectrum

    require_one_recurrent_class(model)
    found = SpectrumFindings(model, autocorrelation(model, progress=progress))
    send(found)
    progress.report(0.1, "Finding beliefs")
    graph = mixed_states(model, max_states=MOST_BELIEFS, progress=progress)
    try:
        forms = closed_forms(spectrum(graph, progress))
        found = replace(found, forms=forms, beliefs=graph.size)
    except MacroscopeError as problem:
        found = replace(found, refusal=str(problem))
        if not graph.is_complete:
            found = _with_operator(found, operator_eigenvalues, progress)
    return replace(found, is_done=True)


def _with_operator(
    found: SpectrumFindings,
    eigenvalues: Callable[[HiddenMarkovModel, Progress], tuple[OperatorEigenvalue, ...]],
    progress: Progress,
) -> SpectrumFindings:
    try:
        return replace(found, operator=eigenvalues(found.model, progress))
    except MacroscopeError as problem:
        return replace(found, refusal=f"{found.refusal} {problem}")
