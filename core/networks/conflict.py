"""Impossible evidence, named by a minimal subset of the findings that contradict one another.

The smallest prefix of the findings that is impossible ends with a finding that is needed; it is
kept, and the search goes on among those before it. Each costs about log2(findings) questions.

Source: van Loon, Irreducibly inconsistent systems (1981), the deletion filter, done by bisection.
"""

from collections.abc import Callable

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel


class ImpossibleEvidence(NetworkError):
    """The evidence has probability 0.

    Attributes
    ----------
    conflict : Evidence
        A part of the evidence that is impossible while every smaller part of it is possible.
    """

    def __init__(self, net: GraphicalModel, conflict: Evidence) -> None:
        self.conflict = conflict
        super().__init__(_sentence([_finding(net, conflict, name) for name in conflict]))


def minimal_conflict(evidence: Evidence, is_possible: Callable[[Evidence], bool]) -> Evidence:
    """Return a minimal impossible part of `evidence`, which must be impossible as a whole.

    Findings entered earlier are preferred, and the answer keeps the order of entry. It is empty
    where nothing is possible even without evidence, which only a Markov network can bring about.
    """
    findings = list(evidence.items())
    needed: list[int] = []
    candidates = len(findings)

    def impossible(count: int) -> bool:
        """Whether the first `count` findings and those needed contradict each other."""
        kept = sorted({*range(count), *needed})
        return not is_possible(Evidence({findings[k][0]: findings[k][1] for k in kept}))

    while candidates and not impossible(0):
        low, high = 1, candidates
        while low < high:
            middle = (low + high) // 2
            if impossible(middle):
                high = middle
            else:
                low = middle + 1
        needed.append(low - 1)
        candidates = low - 1
    return Evidence({findings[k][0]: findings[k][1] for k in sorted(needed)})


def _finding(net: GraphicalModel, evidence: Evidence, name: str) -> str:
    finding = evidence[name]
    if isinstance(finding, int):
        return f"{name} = {net[name].states[finding]}"
    return f"the likelihood of {name}"


def _sentence(findings: list[str]) -> str:
    if not findings:
        return (
            "This network is impossible: its potentials contradict one another, so that every "
            "configuration has weight 0; change a table."
        )
    start = "This evidence is impossible: "
    if len(findings) == 1:
        return f"{start}{findings[0]} has probability 0; retract it."
    if len(findings) == 2:
        return f"{start}{findings[0]} contradicts {findings[1]}; retract one of them."
    most = ", ".join(findings[:-1])
    return f"{start}{most} and {findings[-1]} contradict one another; retract one of them."
