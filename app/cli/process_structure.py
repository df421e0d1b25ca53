"""Dimensions, complexity against resolution and spectrum of a process as records for JSON."""

from math import isfinite
from typing import Any

from core.processes.errors import NotPossible
from core.processes.model import HiddenMarkovModel
from core.progress import Progress

MOST_BELIEFS = 600
LENGTHS = 10


def dimension_report(model: HiddenMarkovModel, progress: Progress) -> dict[str, Any]:
    """Return the dimensions, null where a fit is not to be trusted, with the reasons."""
    from core.processes.dimension import dimensions

    found = dimensions(model, progress)
    reasons = {
        name: fit.reason
        for name, fit in (("box", found.box), ("information", found.information))
        if fit.value is None
    }
    exponents = [_finite(float(each)) for each in found.exponents]
    if None in exponents:
        reasons["exponents"] = (
            "An exponent is null where it is minus infinity: the map of some symbol forgets a "
            "direction altogether."
        )
    return {
        "kaplan_yorke": _finite(found.kaplan_yorke),
        "box": _finite(found.box.value),
        "information": _finite(found.information.value),
        "exponents": exponents,
        "overlap": bool(found.overlap),
        "reasons": reasons,
        "note": found.note,
    }


def complexity_report(model: HiddenMarkovModel, points: int, progress: Progress) -> dict[str, Any]:
    """Return the curve with the resolutions at which the sample is large enough."""
    from core.processes.statistical_complexity_curve import statistical_complexity_curve

    if model.is_generalized:
        raise NotPossible("The beliefs of a generalized process do not lie in a simplex.")
    curve = statistical_complexity_curve(model, points=points, progress=progress)
    return {
        "epsilon": curve.eps.tolist(),
        "C_mu": curve.C_mu.tolist(),
        "reliable": curve.is_reliable.tolist(),
        "growth": _finite(curve.slope.value),
        "reason": curve.slope.reason,
    }


def spectrum_report(model: HiddenMarkovModel, progress: Progress) -> dict[str, Any]:
    """Return eigenvalues and closed forms, of an operator where the beliefs are uncountable."""
    from core.processes.closed_forms import autocorrelation, closed_forms
    from core.processes.mixed_states import mixed_states
    from core.processes.operator_spectrum import operator_eigenvalues
    from core.processes.recurrence import require_one_recurrent_class
    from core.processes.spectrum import spectrum

    require_one_recurrent_class(model)
    correlation = autocorrelation(model, progress=progress)
    report: dict[str, Any] = {
        "autocorrelation": [correlation.at(tau) for tau in range(LENGTHS + 1)],
    }
    graph = mixed_states(model, max_states=MOST_BELIEFS, progress=progress)
    if not graph.is_complete:
        found = operator_eigenvalues(model, progress)
        return report | {
            "of": "belief operator",
            "eigenvalues": [
                {
                    "value": _parts(each.value),
                    "multiplicity": each.multiplicity,
                    "error": each.error,
                }
                for each in found
            ],
        }
    forms = closed_forms(spectrum(graph, progress))
    is_trusted = forms.spectrum.is_trusted
    return report | {
        "of": "mixed states",
        "eigenvalues": [
            {
                "value": _parts(share.mode.eigenvalue),
                "multiplicity": share.mode.multiplicity,
                "amplitudes": [_parts(each) for each in share.mode.amplitudes],
                "E": share.E.real,
                "T": share.T.real,
            }
            for share in forms.shares
        ],
        "closed_form": forms.spectrum.closed_form(),
        "h_mu": forms.h_mu if is_trusted else None,
        "E": forms.E if is_trusted else None,
        "T": forms.T if is_trusted else None,
        "H": [forms.H(length) for length in range(1, LENGTHS + 1)] if is_trusted else None,
        "error": forms.spectrum.error,
    }


def _parts(value: complex) -> list[float]:
    return [value.real, value.imag]


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
