"""The panel of what the structure of the net says, whatever its numbers are."""

from collections.abc import Callable

from app.benches.networks.questions.blanket_page import BlanketPage
from app.benches.networks.questions.map_page import MapPage
from app.benches.networks.questions.moral_page import MoralPage
from app.benches.networks.questions.paged_panel import PagedPanel
from app.benches.networks.questions.separation_page import SeparationPage


class SeparationPanel(PagedPanel):
    """Separation and the Markov blanket; the moral graph, reduced networks, the I-map check."""

    pages = (SeparationPage, BlanketPage, MoralPage, MapPage)

    def trigger(self, action_id: str) -> None:
        self._commands()[action_id]()

    def is_enabled(self, action_id: str) -> bool:
        return bool(self.surroundings.canvas.selected())

    def _commands(self) -> dict[str, Callable[[], object]]:
        def taking(group: str) -> Callable[[], object]:
            return lambda: getattr(self.show_kind(SeparationPage), group).take_selection()

        return {
            "separation.from": taking("sources"),
            "separation.to": taking("targets"),
            "separation.given": taking("given"),
        }
