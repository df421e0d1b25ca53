"""The panel of queries: joint tables, explanations, and the probability of the findings."""

from app.benches.networks.questions.evidence_page import EvidencePage
from app.benches.networks.questions.explanation_page import ExplanationPage
from app.benches.networks.questions.joint_page import JointPage
from app.benches.networks.questions.paged_panel import PagedPanel


class QueriesPanel(PagedPanel):
    """Joint, most probable explanation, and the findings."""

    pages = (JointPage, ExplanationPage, EvidencePage)

    def trigger(self, action_id: str) -> None:
        if action_id == "queries.joint":
            self.show_kind(JointPage).variables.follow.setChecked(True)
        else:
            kinds = {"queries.explain": ExplanationPage, "queries.evidence": EvidencePage}
            self.show_kind(kinds[action_id])
