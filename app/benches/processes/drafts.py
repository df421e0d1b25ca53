"""Why a machine that is still being drawn can be neither measured nor played; no Qt."""

from core.errors import MacroscopeError
from core.processes.model import HiddenMarkovModel


def draft_problem(model: HiddenMarkovModel) -> str:
    """Return one sentence on what is missing, empty for a machine that is whole."""
    if model.n:
        silent = states_without_edges(model)
        if silent:
            names = ", ".join(silent[:4]) + (", …" if len(silent) > 4 else "")
            return f"No edge leaves {names} yet; drag from the rim to a state to draw one."
    try:
        model.require_rows()
    except MacroscopeError as problem:
        return str(problem)
    return ""


def states_without_edges(model: HiddenMarkovModel) -> list[str]:
    """Return the states that nothing leaves."""
    leaves = model.T.any(axis=(0, 2))
    return [state for state, leaving in zip(model.states, leaves, strict=True) if not leaving]


def can_normalise(model: HiddenMarkovModel) -> bool:
    """Whether dividing rows by their sums would mend one."""
    bad = set(model.bad_rows())
    return bool(bad - set(states_without_edges(model)))
