"""The findings as they are written after the bar of a probability."""

from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel

MOST_NAMED = 4


def finding_text(model: GraphicalModel, name: str, finding: object) -> str:
    """Return one finding: ``dysp = yes``, or that it is a likelihood."""
    if isinstance(finding, int):
        return f"{name} = {model[name].states[finding]}"
    return f"λ({name})"


def findings_text(model: GraphicalModel, evidence: Evidence) -> str:
    """Return the findings, by their number where they are many."""
    if len(evidence) > MOST_NAMED:
        return f"{len(evidence)} findings"
    return ", ".join(finding_text(model, name, finding) for name, finding in evidence.items())
