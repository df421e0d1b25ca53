"""The panel in which one table of the current model is typed, filled, copied and pasted."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.graphical import columns, table_edits
from app.graphical.number_text import grid, tab_separated
from app.graphical.subject_document import SubjectDocument
from app.graphical.table_model import TableModel
from app.graphical.table_view import ConditionalTableView
from core.errors import MacroscopeError
from core.networks.node import Node, Table

Change = Callable[[Node, table_edits.Cells], Table]


class ConditionalTableEditor(QWidget):
    """Edits one table as a grid; every change is one undo step of the study.

    A subclass says which table it is and how the model takes another in its place; it makes what
    else it shows and then calls `_lay_out`.
    """

    buttons: tuple[str, ...] = ()
    """Actions with a button above the grid."""
    menu: tuple[str, ...] = ()
    """Further actions of the grid's menu."""
    step = "{}"
    """What the undo steps call the table of something."""

    def __init__(
        self,
        document: SubjectDocument,
        model: TableModel,
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._name: str | None = None
        self.model = model
        model.setParent(self)
        self.view = ConditionalTableView(model, self)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setProperty("role", "heading")
        self._tools = QWidget(self)
        model.entered.connect(self._on_entered)
        model.refused.connect(document.say)
        self.view.copy_requested.connect(self.copy)
        self.view.paste_requested.connect(self.paste)
        self.view.parents_reordered.connect(self._on_reordered)
        document.changed.connect(self.refresh)

    # -- what a subclass says --------------------------------------------------------------------

    @property
    def node(self) -> Node | None:
        """What is shown, as the grid takes tables, or None."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the table as the document has it now."""
        raise NotImplementedError

    def _set_table(self, text: str, table: Table) -> None:
        """Give the model another table as one undo step."""
        raise NotImplementedError

    def _on_reordered(self, parents: tuple[str, ...]) -> None:
        """Put the variables of the columns into another order."""
        raise NotImplementedError

    # -- what is shown ---------------------------------------------------------------------------

    @Slot(object)
    def show_table(self, name: str | None) -> None:
        """Show another table, or nothing."""
        self._name = name
        self.refresh()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.view.apply_palette(palette)

    def focus_table(self) -> None:
        """Let the first number be typed."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))

    # -- what is done ----------------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        """Whether one of the table actions can be carried out now."""
        node = self.node
        if node is None:
            return False
        return action_id != "table.fill_right" or bool(node.parents)

    def trigger(self, action_id: str) -> None:
        """Carry out one of the table actions on the selected cells."""
        if self.node is not None:
            self._commands()[action_id]()

    def _commands(self) -> dict[str, Callable[[], object]]:
        return {
            "table.fill_right": lambda: self._apply("Fill right in", table_edits.filled),
            "table.copy": self.copy,
            "table.paste": self.paste,
        }

    @Slot()
    def copy(self) -> None:
        """Copy the selected numbers, or all of them, as tab separated text."""
        node, cells = self.node, self.view.selected_cells()
        if node is None:
            return
        rows = sorted({row for row, _ in cells}) or list(range(len(node.states)))
        chosen = table_edits.columns_of(node, cells)
        values = columns.flat(node)
        text = tab_separated([[values[column, row] for column in chosen] for row in rows])
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def paste(self) -> None:
        """Put numbers from the clipboard at the first selected cell."""

        def pasted(node: Node, cells: table_edits.Cells) -> Table:
            return table_edits.pasted(node, cells, grid(QGuiApplication.clipboard().text()))

        node = self.node
        if node is not None:
            self._change(f"Paste into {self.step.format(node.name)}", pasted)

    def _apply(self, text: str, change: Change) -> None:
        """Change the table by what an undo step "text name" does with the selected cells."""
        node = self.node
        if node is not None:
            self._change(f"{text} {node.name}", change)

    def _change(self, text: str, change: Change) -> None:
        try:
            self._set_table(text, change(self.node, self.view.selected_cells()))
        except MacroscopeError as problem:
            self._document.say(str(problem))

    @Slot(int, int, float)
    def _on_entered(self, row: int, column: int, value: float) -> None:
        node = self.node
        if node is not None:
            table = table_edits.entered(node, row, column, value)
            self._set_table(f"Edit {self.step.format(node.name)}", table)

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(
        self,
        action: Callable[[str], QAction],
        above: Sequence[QWidget],
        more: QToolButton | None = None,
    ) -> None:
        """Put what is given above the grid, `more` at the end of the row of buttons."""
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action_id in self.buttons:
            button = QToolButton(self._tools)
            button.setDefaultAction(action(action_id))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        if more is not None:
            row.addWidget(more)
        row.addStretch(1)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions([action(each) for each in (*self.buttons, *self.menu)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for part in above:
            layout.addWidget(part)
        layout.addWidget(self.view, 1000)
        layout.addStretch(1)
