"""The welcome page: what the program is, where to go on, and the gallery of examples."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.shell.bench import BenchSpec
from app.shell.cards import ExampleCard, RecentRow, TryCard
from app.shell.flow_layout import FlowLayout
from app.shell.thumbnails import GalleryEntry, Thumbnails

TAGLINE = "An instrument for seeing how structure emerges"
WIDEST = 1040
FEATURED = "One of each to begin with"


def heading(text: str, scale: float, weight: QFont.Weight) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(weight)
    label.setFont(font)
    return label


def featured(entries: Sequence[GalleryEntry]) -> list[GalleryEntry]:
    """Return the first example of every bench, which puts its most telling one first."""
    first: dict[str, GalleryEntry] = {}
    for entry in entries:
        first.setdefault(entry.bench.kind.id, entry)
    return list(first.values())


class WelcomePage(QScrollArea):
    """Emits what was chosen; the window does it."""

    example_chosen = Signal(str)
    file_chosen = Signal(object)
    action_chosen = Signal(str)
    page_chosen = Signal(str)

    def __init__(
        self,
        entries: Sequence[GalleryEntry],
        thumbnails: Thumbnails,
        icon: Callable[[str, str], QIcon],
        *,
        blanks: Sequence[BenchSpec],
    ) -> None:
        super().__init__()
        self._entries, self._thumbnails, self._icon = entries, thumbnails, icon
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Welcome")
        self._cards: dict[str, ExampleCard] = {}
        self._tries: list[TryCard] = []
        self._page = QWidget()
        self._page.setObjectName("welcome-page")
        self._page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(40, 32, 40, 40)
        self._column.setSpacing(0)
        self._column.addLayout(self._head(blanks))
        self._column.addSpacing(32)
        self._column.addWidget(self._recent_section())
        self._add_examples()
        self._column.addWidget(self._title("Three things to try"))
        self._column.addLayout(self._things())
        self._column.addStretch(1)
        self.setWidget(self._page)
        thumbnails.ready.connect(self._on_thumbnail)
        self.restyle()

    def show_recent(self, files: Sequence[Path]) -> None:
        """Show the files opened last, or nothing when there are none."""
        while self._recent_column.count():
            item = self._recent_column.takeAt(0)
            assert item is not None
            item.widget().deleteLater()
        for path in files[:6]:
            row = RecentRow(path, self._icon)
            row.chosen.connect(self.file_chosen)
            self._recent_column.addWidget(row)
        self._recent.setVisible(bool(files))

    @Slot()
    def restyle(self) -> None:
        """Draw icons and pictures for the theme that is on."""
        self._sign.setPixmap(self._icon("macroscope", "accent").pixmap(48, 48))
        for button in self.head_buttons.values():
            role = "accent_text" if button.property("primary") else "text"
            button.setIcon(self._icon(button.property("icon_name"), role))
        for entry_id, card in self._cards.items():
            card.restyle(self._thumbnails.pixmap(entry_id))
        for thing in self._tries:
            thing.restyle()
        for place in range(self._recent_column.count()):
            item = self._recent_column.itemAt(place)
            if item is not None:
                item.widget().restyle()  # type: ignore[attr-defined]

    def resizeEvent(self, what: QResizeEvent) -> None:
        super().resizeEvent(what)
        side = max(40, (self.viewport().width() - WIDEST) // 2)
        side = side if self.viewport().width() > 560 else 16
        self._column.setContentsMargins(side, 32, side, 40)

    def _head(self, blanks: Sequence[BenchSpec]) -> QVBoxLayout:
        self._sign = QLabel()
        name = heading("Macroscope", 2.0, QFont.Weight.DemiBold)
        tagline = heading(TAGLINE, 1.1, QFont.Weight.Normal)
        tagline.setProperty("role", "muted")
        tagline.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(tagline)
        buttons = self._buttons(blanks)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        head = QVBoxLayout()
        head.setSpacing(20)
        head.addLayout(row)
        head.addLayout(buttons)
        return head

    def _buttons(self, blanks: Sequence[BenchSpec]) -> FlowLayout:
        """Return a button for a new subject of each kind, and for what one begins with else."""
        wanted = [
            *(
                (f"subject.new_{bench.kind.id}", bench.icon, f"New {bench.title}")
                for bench in blanks
            ),
            *(
                (action_id, bench.icon, text)
                for bench in blanks
                for action_id, text in bench.offers.items()
            ),
            ("file.open", "open", "Open a file"),
            ("help.guide", "guide", "Read the guide"),
        ]
        self.head_buttons: dict[str, QPushButton] = {}
        buttons = FlowLayout(208, 8, most=240)
        for place, (action_id, icon_name, text) in enumerate(wanted):
            button = QPushButton(text)
            button.setProperty("primary", place == 0)
            button.setProperty("icon_name", icon_name)
            button.setIconSize(QSize(16, 16))
            button.setMinimumHeight(32)
            button.clicked.connect(lambda _=False, wanted_id=action_id: self._choose(wanted_id))
            self.head_buttons[action_id] = button
            buttons.addWidget(button)
        return buttons

    def _recent_section(self) -> QWidget:
        self._recent = QWidget()
        column = QVBoxLayout(self._recent)
        column.setContentsMargins(0, 0, 0, 32)
        column.setSpacing(0)
        column.addWidget(self._title("Recent studies"))
        self._recent_column = QVBoxLayout()
        self._recent_column.setSpacing(0)
        column.addLayout(self._recent_column)
        self._recent.hide()
        return self._recent

    def _add_examples(self) -> None:
        """Show one example of every sort of subject first, then the others by their headings."""
        sections = {FEATURED: featured(self._entries)}
        for entry in self._entries:
            if entry not in sections[FEATURED]:
                sections.setdefault(entry.bench.shelf, []).append(entry)
        for title, entries in sections.items():
            self._column.addWidget(self._title(title))
            self._column.addLayout(self._cards_of(entries))
            self._column.addSpacing(32)

    def _cards_of(self, entries: Sequence[GalleryEntry]) -> FlowLayout:
        grid = FlowLayout(208, 16)
        for entry in entries:
            card = ExampleCard(entry, self._icon)
            card.chosen.connect(self.example_chosen)
            self._cards[entry.id] = card
            grid.addWidget(card)
        return grid

    def _things(self) -> FlowLayout:
        grid = FlowLayout(224, 16)
        for icon_name, title, text, target in THINGS:
            card = TryCard(icon_name, title, text, self._icon)
            card.clicked.connect(lambda wanted=target: self._choose(wanted))
            self._tries.append(card)
            grid.addWidget(card)
        return grid

    def _title(self, text: str) -> QLabel:
        label = heading(text, 1.15, QFont.Weight.DemiBold)
        label.setContentsMargins(0, 0, 0, 12)
        return label

    def _choose(self, target: str) -> None:
        if target.endswith(".md"):
            self.page_chosen.emit(target)
        else:
            self.action_chosen.emit(target)

    @Slot(str)
    def _on_thumbnail(self, entry_id: str) -> None:
        if entry_id in self._cards:
            self._cards[entry_id].restyle(self._thumbnails.pixmap(entry_id))


THINGS = (
    (
        "evidence",
        "See every belief move",
        "Open the chest clinic, click the state “yes” of dysp (shortness of breath), "
        "and watch the posterior probabilities of all other variables follow.",
        "getting-started.md",
    ),
    (
        "palette",
        "Find any command",
        "Press Ctrl+Shift+P and type a few letters of what you want: commands, examples and pages "
        "of the guide are all in one list.",
        "help.palette",
    ),
    (
        "figure",
        "Take the figure to your paper",
        "Press Ctrl+E for SVG, PDF, PNG or TikZ at its final width. Drop an exported figure on the "
        "window, and the study that made it opens again.",
        "figures.md",
    ),
)
