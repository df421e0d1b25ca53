"""The palette as pens, brushes, fonts and cached texts, made once and shared by all items."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPen, QStaticText

from app.canvas.contrast import legible_on, luminance, mixed
from app.canvas.geometry import ROW_TEXT_SIZE, TITLE_SIZE

ARC_WIDTH = 1.4
LABELS_FROM = 0.5
"""Below this zoom the labels of arcs cannot be read and would only hide the arcs."""

FAR_BELOW = 0.75
"""Below this zoom arcs get one-pixel cosmetic pens: thinner ones would fade away."""

_TEXTS_KEPT = 20_000


class Look:
    """Everything that an item needs to paint itself; replaced as a whole with the palette."""

    def __init__(self, palette: Mapping[str, str], family: str = "") -> None:
        self.palette = dict(palette)
        self.colour = {role: QColor(value) for role, value in palette.items()}
        self.brush = {role: QBrush(value) for role, value in self.colour.items()}
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self.no_brush = QBrush(Qt.BrushStyle.NoBrush)
        self.title_font = self._font(family, TITLE_SIZE, bold=False)
        self.bold_font = self._font(family, TITLE_SIZE, bold=True)
        self.row_font = self._font(family, ROW_TEXT_SIZE, bold=False)
        self.border = self.pen("node_border", 1.2)
        self.far_border = self.pen("node_border", 0.0)
        self.far_ring = self._cosmetic("selection", 2.0)
        self.far_refused = self._cosmetic("arc_refused", 2.0)
        self.refused_border = self.pen("arc_refused", 1.6)
        self.hover_border = self.pen("selection", 1.6)
        self.ring = self.pen("selection", 2.2)
        self.target_ring = self.pen("arc_draft", 2.6)
        self.refused_ring = self.pen("arc_refused", 2.6)
        self.focus_ring = self.pen("selection", 1.4)
        self.focus_ring.setStyle(Qt.PenStyle.DashLine)
        self.shadow = self.brush[min(("grid", "window"), key=lambda role: luminance(palette[role]))]
        self.hairline = self.pen("border", 1.0)
        self.row_hover = QBrush(QColor(mixed(palette["node_fill"], palette["selection"], 0.14)))
        self.row_hover_observed = QBrush(
            QColor(mixed(palette["node_observed"], palette["bar_observed"], 0.22))
        )
        self._texts: dict[tuple[str, int], tuple[QStaticText, float, float]] = {}
        self._arc_pens: dict[tuple[str, float, bool, bool], QPen] = {}
        self._rings: dict[tuple[str, bool], QPen] = {}
        self._fills: dict[str, tuple[QBrush, QColor]] = {}

    def pen(self, role: str, width: float) -> QPen:
        """Return a pen in the palette role `role`; width 0 is one cosmetic pixel."""
        pen = QPen(self.colour[role], width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _cosmetic(self, role: str, width: float) -> QPen:
        pen = self.pen(role, width)
        pen.setCosmetic(True)
        return pen

    def arc_pen(self, role: str, width: float, *, is_far: bool, is_dashed: bool = False) -> QPen:
        """Return a pen for an arc, one cosmetic pixel (or two for a wide one) from afar."""
        pen = self._arc_pens.get((role, width, is_far, is_dashed))
        if pen is None:
            extent = 1.0 if width <= ARC_WIDTH else 2.0
            pen = self._cosmetic(role, extent) if is_far else self.pen(role, width)
            if is_dashed:
                pen.setDashPattern([4.0, 3.5])
            self._arc_pens[role, width, is_far, is_dashed] = pen
        return pen

    def emphasis_ring(self, emphasis: str, *, is_far: bool) -> QPen:
        """Return the pen of the ring around a node that stands out."""
        pen = self._rings.get((emphasis, is_far))
        if pen is None:
            role = "arc_refused" if emphasis == "refused" else emphasis
            pen = self._cosmetic(role, 2.0) if is_far else self.pen(role, 2.6)
            self._rings[emphasis, is_far] = pen
        return pen

    def fill(self, colour: str) -> tuple[QBrush, QColor]:
        """Return the brush of a user's ``#rrggbb`` and a text colour that is legible on it."""
        found = self._fills.get(colour)
        if found is None:
            text = legible_on(colour, self.palette["node_text"], self.palette["canvas"])
            found = self._fills[colour] = (QBrush(QColor(colour)), QColor(text))
        return found

    def text(self, text: str, font: QFont, kind: int) -> tuple[QStaticText, float, float]:
        """Return (laid out text, width, height); `kind` names the font in the cache."""
        found = self._texts.get((text, kind))
        if found is None:
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.clear()
            static = QStaticText(text)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.setPerformanceHint(QStaticText.PerformanceHint.ModerateCaching)
            static.prepare(font=font)
            extent = static.size()
            found = self._texts[text, kind] = (static, extent.width(), extent.height())
        return found

    @staticmethod
    def _font(family: str, extent: float, *, bold: bool) -> QFont:
        font = QFont(family) if family else QFont()
        font.setPixelSize(round(extent))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font
