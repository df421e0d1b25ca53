"""The panel of findings of a Markov network, with its partition function."""

from math import exp

from app.graphical.beliefs import Beliefs, same_numbers
from app.graphical.evidence_panel import EvidencePanel
from core.networks.markov_network import MarkovNetwork


class MarkovEvidencePanel(EvidencePanel):
    """Says ln Z, and once it is known without findings too, how likely they are."""

    _without: tuple[MarkovNetwork, float] | None = None

    def _probability_text(self, beliefs: Beliefs) -> str:
        if beliefs.conflict is not None:
            return "Z = 0,   ln Z = −∞"
        if beliefs.posteriors is None or beliefs.is_stale:
            return ""
        net, log = self._document.net, beliefs.posteriors.log_evidence
        value = f"{exp(log):.6g}" if -700 < log < 700 else f"10^{log / 2.302585092994046:.2f}"
        lines = [f"Z = {value},   ln Z = {shown_logarithm(log)}"]
        if not len(self._document.evidence):
            self._without = (net, log)
        elif self._without is not None and same_numbers(self._without[0], net):
            share = log - self._without[1]
            lines.append(f"P(e) = {exp(share):.6g},   ln P(e) = {shown_logarithm(share)}")
        return "\n".join(lines)


def shown_logarithm(value: float) -> str:
    """Return a logarithm in six digits; what is 0 but for rounding is 0."""
    return f"{round(value, 9) + 0.0:.6g}".replace("-", "−")
