"""Levels 0 and 1 on the stage: what a step multiplies, sums and leaves behind."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.benches.networks.levels.card_flow import Card, CardFlow
from app.benches.networks.levels.factor_moments import FactorPicture
from app.benches.networks.levels.moments import Moment, factor_table
from app.benches.networks.levels.table_pane import TablePane, beside_table
from app.graphical.amounts import counted
from app.graphical.panel_parts import scrolling
from core.networks.levels.table_factor import FactorView
from core.networks.model import BayesNet


class FactorStage(QWidget):
    """Cards on the left, the entries of the picked factor on the right."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._net = BayesNet()
        self._moment: Moment | None = None
        self._views: dict[int, FactorView] = {}
        self._picked: int | None = None
        self.flow = CardFlow("Factors", palette)
        self.flow.picked.connect(self._on_picked)
        self.table = TablePane(palette)
        area = scrolling(self.flow, self)
        self.flow.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside_table(area, self.table, (540, 320), self))

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.flow.apply_palette(palette)
        self.table.apply_palette(palette)

    def show_moment(self, net: BayesNet, moment: Moment, picture: FactorPicture) -> None:
        """Show the factors of a moment; the picked one stays picked while it is there."""
        self._net, self._moment = net, moment
        made = () if picture.made is None else (picture.made,)
        self._views = {view.id: view for view in (*picture.used, *picture.pool, *made)}
        if self._picked not in self._views:
            self._picked = None
        self.flow.set_cards(_cards(picture), self._picked)
        self._show_table()

    @Slot(object)
    def _on_picked(self, key: object) -> None:
        self._picked = key if isinstance(key, int) else None
        self._show_table()

    def _show_table(self) -> None:
        if self._picked is not None:
            view = self._views[self._picked]
            self.table.show_table(factor_table(self._net, view, view.label))
        elif self._moment is not None and self._moment.table is not None:
            self.table.show_table(self._moment.table())
        else:
            self.table.show_table(None, "Click a factor to see its entries.")


def _cards(picture: FactorPicture) -> list[Card]:
    cards = []
    if picture.made is not None:
        cards.append(Card("This step", kind="heading"))
        for k, view in enumerate(picture.used):
            if k:
                cards.append(Card("×", kind="sign"))
            cards.append(_card(view, "accent"))
        if picture.verb:
            cards.append(Card(picture.verb, kind="sign"))
        cards.append(Card("→", kind="sign"))
        cards.append(_card(picture.made, "category_1"))
    rest = [view for view in picture.pool if view is not picture.made]
    if rest:
        many = counted(len(rest), "other factor" if picture.made is not None else "factor")
        cards.append(Card(f"{many}, {counted(sum(v.size for v in rest), 'cell')}", kind="heading"))
        cards += [_card(view, "") for view in rest]
    return cards


def _card(view: FactorView, role: str) -> Card:
    return Card(view.label, counted(view.size, "cell"), view.id, role)
