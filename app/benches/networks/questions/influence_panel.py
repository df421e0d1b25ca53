"""The panel of influence: what moved, what would tell most, and which numbers matter."""

from app.benches.networks.questions.paged_panel import PagedPanel
from app.benches.networks.questions.sensitivity_page import SensitivityPage
from app.benches.networks.questions.shift_page import ShiftPage
from app.benches.networks.questions.value_page import ValuePage


class InfluencePanel(PagedPanel):
    """Shift of beliefs, value of observing, and sensitivity."""

    pages = (ShiftPage, ValuePage, SensitivityPage)

    def trigger(self, action_id: str) -> None:
        kinds = {
            "influence.shift": ShiftPage,
            "influence.value": ValuePage,
            "influence.sensitivity": SensitivityPage,
        }
        self.show_kind(kinds[action_id])
