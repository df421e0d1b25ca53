"""The measures of a process as JSON; with several recurrent classes, those of each class."""

import math
from typing import Any

from core.processes.errors import NotErgodic
from core.processes.measures import Measures, measures
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_classes, recurrent_part
from core.progress import Progress

MEASURED = ("h_mu", "C_mu", "E", "chi", "markov_order", "cryptic_order", "S", "T", "r_mu", "b_mu")
"""In the order of the report; the others follow them."""

OTHERS = (
    "q_mu",
    "w_mu",
    "rho_mu",
    "sigma_mu",
    "C_mu_reverse",
    "chi_reverse",
    "C_bidirectional",
    "gauge",
    "oracular",
)

ORDERS = ("markov_order", "cryptic_order")


def measure_report(
    model: HiddenMarkovModel, max_length: int, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the measures of the process, or of each of its recurrent classes."""
    classes = recurrent_classes(model)
    if len(classes) == 1:
        return _report(model, measures(model, max_length=max_length, progress=progress))
    reason = str(_refusal(model))
    report = _head(model)
    report |= dict.fromkeys((*MEASURED, *OTHERS, "causal_states"))
    report["H"] = []
    report["method"] = dict.fromkeys((*MEASURED, *OTHERS, "H", "causal_states"), reason)
    report["error"] = {}
    parts = [recurrent_part(model, index) for index in range(len(classes))]
    report["recurrent_classes"] = [
        _report(part, measures(part, max_length=max_length, progress=progress)) for part in parts
    ]
    return report


def _refusal(model: HiddenMarkovModel) -> NotErgodic:
    from core.processes.recurrence import require_one_recurrent_class

    try:
        require_one_recurrent_class(model)
    except NotErgodic as error:
        return error
    raise AssertionError("there are several classes")


def _head(model: HiddenMarkovModel) -> dict[str, Any]:
    return {
        "states": list(model.states),
        "alphabet": list(model.alphabet),
        "unifilar": model.is_unifilar,
    }


def _report(model: HiddenMarkovModel, found: Measures) -> dict[str, Any]:
    report = _head(model)
    method, error = {}, {}
    for name in (*MEASURED, *OTHERS):
        each = found[name]
        report[name] = _value(name, each.value)
        diverges = report[name] is None and each.value is not None
        method[name] = f"It diverges. {each.method}" if diverges else each.method
        if each.error is not None and math.isfinite(each.error):
            error[name] = each.error
    count = found["causal_states"]
    is_infinite = count.value is not None and math.isinf(count.value)
    report["H"] = list(found.H)
    report["causal_states"] = (
        "infinite" if is_infinite else None if count.value is None else int(count.value)
    )
    method["causal_states"] = count.method
    report["method"], report["error"] = method, error
    return report


def _value(name: str, value: float | None) -> float | int | str | None:
    """Return a value for JSON: an infinite order as "inf", any other that diverges as null."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "inf" if name in ORDERS else None
    return int(value) if name in ORDERS else float(value)
