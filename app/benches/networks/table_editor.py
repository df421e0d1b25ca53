"""The panel where the conditional probability table of the current node is edited."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.benches.networks import table_commands
from app.benches.networks.deterministic_dialog import DeterministicDialog
from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.noisy_max_dialog import NoisyMaxDialog
from app.benches.networks.noisy_or_dialog import NoisyOrDialog
from app.graphical import columns
from app.graphical.callout import Callout
from app.graphical.table_editor import Change, ConditionalTableEditor
from app.graphical.table_model import TableModel
from app.shell.dialogs import Dialogs
from app.shell.preferences import Preferences
from core.networks import tables
from core.networks.model import Node, Table

SEED_PREFERENCE = "networks.table_seed"

_COLUMN_COMMANDS: dict[str, tuple[str, Change]] = {
    "table.normalise": ("Normalise columns of", table_commands.normalised),
    "table.complement": ("Complement columns of", table_commands.complemented),
    "table.uniform": ("Make uniform the columns of", table_commands.uniform),
    "table.harden": ("Make certain the likeliest states of", table_commands.hardened),
}
"""Action ids with the text of the undo step and the change; they act on the selected columns."""


class TableEditor(ConditionalTableEditor):
    """Edits the table of one node: by hand, by columns, or from a rule."""

    buttons = ("table.normalise", "table.complement", "table.uniform")
    menu = (
        "table.randomise",
        "table.fill_right",
        "table.noisy_or",
        "table.noisy_max",
        "table.deterministic",
        "table.harden",
        "table.copy",
        "table.paste",
    )
    step = "the table of {}"

    def __init__(
        self,
        document: NetworkDocument,
        preferences: Preferences,
        dialogs: Dialogs,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(document, TableModel(), owner)
        self._preferences = preferences
        self._dialogs = dialogs
        self._dialog: QWidget | None = None
        self._palette: Mapping[str, str] = {}
        self._warning = Callout("Normalise", self)
        self._warning.pressed.connect(self._normalise_bad)
        self._lay_out(action, (self._title, self._tools, self._warning), self._more_button(action))
        self.show_table(None)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def node(self) -> Node | None:
        """The node whose table is shown, or None."""
        if self._name is None or self._name not in self._document.net:
            return None
        return self._document.net[self._name]

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
        super().apply_palette(palette)
        self._warning.apply_palette(palette)
        self._palette = palette

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
        node = self.node
        if node is not None and action_id == "table.noisy_or":
            sizes = [*columns.parent_sizes(node), len(node.states)]
            return bool(node.parents) and all(size == 2 for size in sizes)
        if node is not None and action_id == "table.noisy_max":
            return bool(node.parents)
        return super().is_enabled(action_id)

    def _commands(self) -> dict[str, Callable[[], object]]:
        return {
            **super()._commands(),
            **{each: partial(self._apply, *told) for each, told in _COLUMN_COMMANDS.items()},
            "table.normalise_all": self._normalise_bad,
            "table.randomise": self._ask_seed,
            "table.noisy_or": self._ask_noisy_or,
            "table.noisy_max": self._ask_noisy_max,
            "table.deterministic": self._ask_deterministic,
        }

    def _set_table(self, text: str, table: Table) -> None:
        name = self._name
        if name is not None:
            self._document.edit_net(text, lambda net: net.with_table(name, table))

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
        self._change(text, lambda n, cells: table_commands.randomised(n, cells, seed))

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

    def _more_button(self, action: Callable[[str], QAction]) -> QToolButton:
        more = QToolButton(self._tools)
        more.setText("More")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions([action(action_id) for action_id in self.menu])
        more.setMenu(menu)
        return more
