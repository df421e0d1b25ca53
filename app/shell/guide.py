"""The guide: pages to read, with a line that searches them all."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFont,
    QIcon,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from app.shell import guide_pages

SCHEME = "guide"


class GuideBrowser(QTextBrowser):
    """Reads pages by name from the resources and sets them with room to breathe."""

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setOpenLinks(False)
        self.generated: dict[str, Callable[[], str]] = {}
        self.setObjectName("guide-text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(16)

    def loadResource(self, kind: int, name: QUrl) -> object:
        wanted = name.path().lstrip("/")
        if wanted in self.generated:
            return self.generated[wanted]()
        if kind == QTextDocument.ResourceType.MarkdownResource.value or wanted.endswith(".md"):
            page = guide_pages.page(wanted)
            return page.text if page else f"# No such page\n\nThere is no page “{wanted}”."
        try:
            return resources.data(f"guide/{wanted}")
        except OSError:
            return None

    def show_page(self, name: str) -> None:
        self.setSource(QUrl(f"{SCHEME}:/{name}"), QTextDocument.ResourceType.MarkdownResource)
        self.typeset()

    def typeset(self) -> None:
        """Give lines and headings their distances, and code and tables their colours."""
        colours = self.palette()
        code = QColor(colours.color(QPalette.ColorRole.PlaceholderText))
        code.setAlphaF(0.14)
        document = self.document()
        document.setIndentWidth(20)
        block = document.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            spacing = QTextBlockFormat()
            spacing.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if level:
                spacing.setTopMargin(0 if block.blockNumber() == 0 else 20 - 2 * level)
                spacing.setBottomMargin(6)
            elif block.textList() is not None:
                spacing.setBottomMargin(4)
            elif QTextCursor(block).currentTable() is None:
                spacing.setBottomMargin(10)
            else:
                spacing.setBottomMargin(2)
            QTextCursor(block).mergeBlockFormat(spacing)
            self._tint_code(block, code)
            if level:
                self._set_heading(block, level)
            block = block.next()
        self._frame_tables(colours.color(QPalette.ColorRole.Mid))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_heading(self, block: object, level: int) -> None:
        cursor = QTextCursor(block)  # type: ignore[call-overload]
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setProperty(QTextFormat.Property.FontSizeAdjustment, max(3 - level, 0))
        style.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(style)

    def _tint_code(self, block: object, colour: QColor) -> None:
        pieces = block.begin()  # type: ignore[attr-defined]
        spans = []
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.charFormat().fontFixedPitch():
                spans.append((fragment.position(), fragment.length()))
            pieces += 1
        for start, length in spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setBackground(colour)
            cursor.mergeCharFormat(style)

    def _frame_tables(self, colour: QColor) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = frame.format().toTableFormat()
                look.setBorderCollapse(True)
                look.setBorder(1)
                look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setBorderBrush(colour)
                look.setCellPadding(5)
                look.setCellSpacing(0)
                look.setTopMargin(4)
                look.setBottomMargin(12)
                frame.setFormat(look)


class GuidePanel(QWidget):
    """Back, forward, contents and search over the browser and the list of hits."""

    action_chosen = Signal(str)

    def __init__(self, icon: Callable[[str], QIcon], over: QWidget | None = None) -> None:
        super().__init__(over)
        self._icon = icon
        self.browser = GuideBrowser(self)
        self.browser.anchorClicked.connect(self._on_link)
        self.browser.backwardAvailable.connect(self._on_history)
        self.browser.forwardAvailable.connect(self._on_history)
        self.hits = QListWidget(self)
        self.hits.setWordWrap(True)
        self.hits.setSpacing(2)
        self.hits.itemActivated.connect(self._on_hit)
        self.hits.itemClicked.connect(self._on_hit)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search the guide")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_first_hit)
        self._nothing = QLabel("No page has all these words.", self)
        self._nothing.setProperty("role", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(16, 24, 16, 16)
        self._pages = QStackedWidget(self)
        for widget in (self.browser, self.hits, self._nothing):
            self._pages.addWidget(widget)
        self._buttons: dict[str, QToolButton] = {}
        self._lay_out()
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(420, 560)

    def show_page(self, name: str) -> None:
        """Show the page of this name, with or without its ending."""
        self.search.clear()
        self._pages.setCurrentWidget(self.browser)
        self.browser.show_page(name if name.endswith(".md") else f"{name}.md")
        self._on_history()

    def ensure_page(self) -> None:
        """Show the first page when none was chosen yet."""
        if self.browser.source().isEmpty():
            self.show_page(guide_pages.INDEX)

    @property
    def current_page(self) -> str:
        return self.browser.source().path().lstrip("/")

    @Slot()
    def restyle(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(self._icon(name))
        if not self.browser.source().isEmpty():
            self.browser.reload()
            self.browser.typeset()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        for name, tip, run in (
            ("back", "Page before", self._go_back),
            ("forward", "Page after", self._go_forward),
            ("outline", "Contents", self._go_home),
        ):
            button = QToolButton(self)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(run)
            self._buttons[name] = button
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    @Slot()
    def _go_back(self) -> None:
        self.browser.backward()
        self.browser.typeset()

    @Slot()
    def _go_forward(self) -> None:
        self.browser.forward()
        self.browser.typeset()

    @Slot()
    def _go_home(self) -> None:
        self.show_page(guide_pages.INDEX)

    @Slot()
    def _on_history(self) -> None:
        self._buttons["back"].setEnabled(self.browser.isBackwardAvailable())
        self._buttons["forward"].setEnabled(self.browser.isForwardAvailable())

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(link)
        elif link.scheme() == "action":
            self.action_chosen.emit(link.path())
        else:
            self.show_page(link.path().lstrip("/"))

    @Slot(str)
    def _on_search(self, query: str) -> None:
        if not query.strip():
            self._pages.setCurrentWidget(self.browser)
            return
        self.hits.clear()
        for hit in guide_pages.search(query):
            item = QListWidgetItem(f"{hit.page.title}\n{hit.excerpt}")
            item.setData(Qt.ItemDataRole.UserRole, hit.page.name)
            self.hits.addItem(item)
        self._pages.setCurrentWidget(self.hits if self.hits.count() else self._nothing)

    @Slot()
    def _on_first_hit(self) -> None:
        if self.hits.count() and self._pages.currentWidget() is self.hits:
            self._on_hit(self.hits.item(0))

    @Slot(QListWidgetItem)
    def _on_hit(self, item: QListWidgetItem) -> None:
        self.show_page(item.data(Qt.ItemDataRole.UserRole))
