"""The panel where the conditional probability table of the current node is edited."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.benches.networks import table_commands
from app.benches.networks.deterministic_dialog import DeterministicDialog
from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.noisy_max_dialog import NoisyMaxDialog
from app.benches.networks.noisy_or_dialog import NoisyOrDialog
from app.graphical import columns, table_edits
from app.graphical.callout import Callout
from app.graphical.number_text import grid, tab_separated
from app.graphical.table_model import TableModel
from app.graphical.table_view import ConditionalTableView
from app.shell.dialogs import Dialogs
from app.shell.preferences import Preferences
from core.errors import MacroscopeError
from core.networks import tables
from core.networks.model import Node, Table

Change = Callable[[Node, table_edits.Cells], Table]

SEED_PREFERENCE = "networks.table_seed"

_COLUMN_COMMANDS: dict[str, tuple[str, Change]] = {
    "table.normalise": ("Normalise columns of", table_commands.normalised),
    "table.complement": ("Complement columns of", table_commands.complemented),
    "table.uniform": ("Make uniform the columns of", table_commands.uniform),
    "table.harden": ("Make certain the likeliest states of", table_commands.hardened),
    "table.fill_right": ("Fill right in", table_edits.filled),
}
"""Action ids with the text of the undo step and the change; they act on the selected columns."""

BUTTONS = ("table.normalise", "table.complement", "table.uniform")
MORE = (
    "table.randomise",
    "table.fill_right",
    "table.noisy_or",
    "table.noisy_max",
    "table.deterministic",
    "table.harden",
    "table.copy",
    "table.paste",
)


class TableEditor(QWidget):
    """Edits the table of one node; every change is one undo step of the study."""

    def __init__(
        self,
        document: NetworkDocument,
        preferences: Preferences,
        dialogs: Dialogs,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._preferences = preferences
        self._dialogs = dialogs
        self._name: str | None = None
        self._dialog: QWidget | None = None
        self.model = TableModel(self)
        self.view = ConditionalTableView(self.model, self)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setProperty("role", "heading")
        self._warning = Callout("Normalise", self)
        self._lay_out(action)
        self._connect()
        self.show_node(None)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def node(self) -> Node | None:
        """The node whose table is shown, or None."""
        if self._name is None or self._name not in self._document.net:
            return None
        return self._document.net[self._name]

    @Slot(object)
    def show_node(self, name: str | None) -> None:
        """Show the table of another node, or nothing."""
        self._name = name
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the table as the document has it now."""
        node = self.node
        self.model.show(self._document.net if node is not None else None, node)
        self.view.setVisible(node is not None)
        self._tools.setEnabled(node is not None)
        if node is None:
            self._title.setText("Select one node to see and edit its table.")
        else:
            given = f" | {', '.join(node.parents)}" if node.parents else ""
            self._title.setText(f"P({node.name}{given})")
        self._explain()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.view.apply_palette(palette)
        self._warning.apply_palette(palette)
        self._palette = palette

    def focus_table(self) -> None:
        """Let the first number be typed."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _explain(self) -> None:
        node, bad = self.node, self.model.bad_columns()
        if node is None or not bad:
            self._warning.hide()
            return
        given = columns.described(self._document.net, node, bad[0])
        total = columns.flat(node)[bad[0]].sum()
        if len(bad) == 1:
            where = f"The column for {given}" if given else "The only column"
            text = f"{where} sums to {total:.6g}, not 1."
        else:
            text = f"{len(bad)} columns do not sum to 1; the first, {given}, sums to {total:.6g}."
        self._warning.show_text(f"{text} Beliefs use the normalised numbers.")

    # -- what is done ----------------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        """Whether one of the table actions can be carried out now."""
        node = self.node
        if node is None:
            return False
        if action_id == "table.noisy_or":
            sizes = [*columns.parent_sizes(node), len(node.states)]
            return bool(node.parents) and all(size == 2 for size in sizes)
        if action_id in ("table.noisy_max", "table.fill_right"):
            return bool(node.parents)
        return True

    def trigger(self, action_id: str) -> None:
        """Carry out one of the table actions on the selected columns."""
        node = self.node
        if node is None:
            return
        if action_id in _COLUMN_COMMANDS:
            text, change = _COLUMN_COMMANDS[action_id]
            self._apply(f"{text} {node.name}", change)
            return
        {
            "table.normalise_all": self._normalise_bad,
            "table.randomise": self._ask_seed,
            "table.noisy_or": self._ask_noisy_or,
            "table.noisy_max": self._ask_noisy_max,
            "table.deterministic": self._ask_deterministic,
            "table.copy": self.copy,
            "table.paste": self.paste,
        }[action_id]()

    def select_columns_where(self, wanted: Callable[[int], bool]) -> None:
        """Select whole columns, for instance those that do not sum to 1."""
        for column in filter(wanted, range(self.model.columnCount())):
            self.view.selectColumn(column)

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
        node = self.node
        if node is None:
            return
        try:
            numbers = grid(QGuiApplication.clipboard().text())
            table = table_edits.pasted(node, self.view.selected_cells(), numbers)
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        self._set_table(f"Paste into the table of {node.name}", table)

    def _apply(self, text: str, change: Change) -> None:
        node = self.node
        if node is not None:
            try:
                self._set_table(text, change(node, self.view.selected_cells()))
            except MacroscopeError as problem:
                self._document.say(str(problem))

    def _set_table(self, text: str, table: Table) -> None:
        name = self._name
        if name is not None:
            self._document.edit_net(text, lambda net: net.with_table(name, table))

    @Slot(int, int, float)
    def _on_entered(self, state: int, column: int, value: float) -> None:
        node = self.node
        if node is not None:
            table = table_edits.entered(node, state, column, value)
            self._set_table(f"Edit the table of {node.name}", table)

    @Slot()
    def _normalise_bad(self) -> None:
        node, bad = self.node, self.model.bad_columns()
        if node is not None and bad:
            fixed = tables.normalised(columns.flat(node)[bad])
            table = columns.with_columns(node, bad, fixed)
            self._set_table(f"Normalise columns of {node.name}", table)

    @Slot(object)
    def _on_reordered(self, parents: tuple[str, ...]) -> None:
        name = self._name
        if name is not None:
            self._document.edit_net(
                f"Reorder the parents of {name}",
                lambda net: net.with_parents_reordered(name, parents),
            )

    # -- dialogs ---------------------------------------------------------------------------------

    def _ask_seed(self) -> None:
        node = self.node
        before = int(self._preferences.get(SEED_PREFERENCE, 1))
        seed = self._dialogs.ask_number(
            "Randomise columns", "Seed (the same one gives the same numbers):", before
        )
        if node is None or seed is None:
            return
        self._preferences.set(SEED_PREFERENCE, seed)
        text = f"Randomise columns of {node.name} from seed {seed}"
        self._apply(text, lambda n, cells: table_commands.randomised(n, cells, seed))

    def _ask_noisy_or(self) -> None:
        self._ask(NoisyOrDialog, "Noisy-OR")

    def _ask_noisy_max(self) -> None:
        self._ask(NoisyMaxDialog, "Noisy-MAX")

    def _ask_deterministic(self) -> None:
        self._ask(DeterministicDialog, "Deterministic")

    def _ask(self, kind: type, text: str) -> None:
        node = self.node
        if node is None:
            return
        dialog = kind(self._document.net, node, self._palette, self.window())
        dialog.chosen.connect(lambda table: self._set_table(f"{text} table of {node.name}", table))
        self._open(dialog)

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self, action: Callable[[str], QAction]) -> None:
        self._tools = QWidget(self)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action_id in BUTTONS:
            button = QToolButton(self._tools)
            button.setDefaultAction(action(action_id))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        more = QToolButton(self._tools)
        more.setText("More")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions([action(action_id) for action_id in MORE])
        more.setMenu(menu)
        row.addWidget(more)
        row.addStretch(1)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions([action(each) for each in (*BUTTONS, *MORE)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for part in (self._title, self._tools, self._warning):
            layout.addWidget(part)
        layout.addWidget(self.view, 1000)
        layout.addStretch(1)

    def _connect(self) -> None:
        self._palette: Mapping[str, str] = {}
        self.model.entered.connect(self._on_entered)
        self.model.refused.connect(self._document.say)
        self.view.copy_requested.connect(self.copy)
        self.view.paste_requested.connect(self.paste)
        self.view.parents_reordered.connect(self._on_reordered)
        self._warning.pressed.connect(self._normalise_bad)
        self._document.changed.connect(self.refresh)
