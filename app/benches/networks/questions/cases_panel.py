"""The panel of cases: drawn from the net, or read from a file and answered."""

from pathlib import Path

from app.benches.networks.questions.batch_page import BatchPage
from app.benches.networks.questions.paged_panel import PagedPanel
from app.benches.networks.questions.sample_page import SamplePage


class CasesPanel(PagedPanel):
    """Forward sampling and batch inference."""

    pages = (SamplePage, BatchPage)

    def trigger(self, action_id: str) -> None:
        if action_id == "cases.sample":
            self.show_kind(SamplePage)
        else:
            self.show_kind(BatchPage).choose_file()

    def open_file(self, path: Path) -> None:
        """Show a file of cases, ready to be answered."""
        self.show_kind(BatchPage).open_file(path)

    def close_panel(self) -> None:
        super().close_panel()
        for page in self.made():
            page.work.cancel()
