"""A panel of several pages, one of them in sight, chosen by buttons in a row."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.panel import CanvasDecoration, NetworkPanel, PanelContext
from app.benches.networks.questions.page import QuestionPage
from app.shell.bench import FigureView


class PagedPanel(NetworkPanel):
    """Shows one of its pages and lets only that one work."""

    pages: tuple[type[QuestionPage], ...] = ()
    guide = "networks-questions"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._is_current = False
        self._palette = dict(surroundings.context.palette)
        self._made: dict[int, QuestionPage] = {}
        self._buttons = QButtonGroup(self)
        self._stack = QStackedWidget(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 4, 12, 4)
        bar.setSpacing(4)
        for number, kind in enumerate(self.pages):
            holder = QWidget(self)
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self._stack.addWidget(holder)
            bar.addWidget(self._page_button(number, kind))
        bar.addStretch(1)
        bar.addWidget(self._help_button())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self._buttons.idClicked.connect(self.show_page)

    @property
    def page(self) -> QuestionPage:
        """The page in sight."""
        return self._page(self._stack.currentIndex())

    def made(self) -> list[QuestionPage]:
        """Return the pages that were in sight already."""
        return list(self._made.values())

    def _page(self, number: int) -> QuestionPage:
        """Return a page, made when it is first asked for."""
        page = self._made.get(number)
        if page is None:
            page = self._made[number] = self.pages[number](self.surroundings)
            page.decoration_changed.connect(self.decoration_changed)
            page.state_changed.connect(self.state_changed)
            page.apply_palette(self._palette)
            self._stack.widget(number).layout().addWidget(page)
        return page

    @Slot(int)
    def show_page(self, number: int) -> None:
        """Bring a page into sight."""
        before = self.page
        self._stack.setCurrentIndex(number)
        self._buttons.button(number).setChecked(True)
        if self._is_current and self.page is not before:
            before.set_current(False)
            self.page.set_current(True)
        if not self.page.asker.is_waiting:  # else the answer brings its own decoration
            self.decoration_changed.emit()
        self.state_changed.emit()

    def show_kind(self, kind: type[QuestionPage]) -> QuestionPage:
        """Bring the page of a class into sight."""
        self.show_page(self.pages.index(kind))
        return self.page

    # -- what the bench asks ---------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        self.page.set_current(is_current)

    def decoration(self) -> CanvasDecoration:
        return self.page.decoration()

    def views(self) -> list[FigureView]:
        return self.page.views()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._palette = dict(palette)
        for page in self.made():
            page.apply_palette(palette)

    def close_panel(self) -> None:
        self.set_current(False)

    def keyPressEvent(self, press: QKeyEvent) -> None:
        """Turn the pages with Ctrl+PageUp and Ctrl+PageDown."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(press.key())
        if step is None or press.modifiers() != Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(press)
        else:
            self.show_page((self._stack.currentIndex() + step) % self._stack.count())

    # -- parts -----------------------------------------------------------------------------------

    def _page_button(self, number: int, page: type[QuestionPage]) -> QToolButton:
        button = QToolButton(self)
        button.setText(page.title)
        button.setToolTip(page.help)
        button.setCheckable(True)
        button.setChecked(number == 0)
        button.setProperty("role", "page")
        self._buttons.addButton(button, number)
        return button

    def _help_button(self) -> QWidget:
        button = QToolButton(self)
        button.setIcon(self.surroundings.context.icon("help"))
        button.setToolTip("What this panel shows, and how")
        button.setAccessibleName("Guide to this panel")
        button.clicked.connect(lambda: self.surroundings.context.show_guide(self.guide))
        return button
