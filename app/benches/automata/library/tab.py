"""The tab of the inspector with patterns and species: to search, stamp, open, import, export."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from app.benches.automata.hands.clip_text import fitting
from app.benches.automata.hands.hand_tool import HandTool
from app.benches.automata.hands.hands import Hands
from app.benches.automata.library import own_folder
from app.benches.automata.library.dragging import (
    entry_id_of,
    is_pattern,
    world_of_drag,
    world_text_of,
)
from app.benches.automata.library.entries import OWN, READABLE, Entry, of_file, of_folder, shipped
from app.benches.automata.library.exporting import ENDINGS, export_filters, write_state
from app.benches.automata.library.loading import Loaded, loaded
from app.benches.automata.library.shelf import Shelf
from app.benches.automata.library.thumbnail import Thumbnail, thumbnail
from app.benches.automata.panel import PanelContext, WorldTab
from app.figures.carried import carries_study
from core.automata.errors import AutomataError
from core.automata.world import World
from core.automata.world_subject import WorldSubject
from core.errors import MacroscopeError
from core.progress import Progress

FOLDER_PREFERENCE = "automata.library_folder"
DROPPED = "Imported"
AT_ONCE = 6
"""Pictures made by one job."""


class LibraryTab(WorldTab):
    """Offers patterns; made when it is first in sight."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._context = surroundings.context
        tool = surroundings.view.tool
        self.hands: Hands | None = tool.hands if isinstance(tool, HandTool) else None
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search patterns and species")
        self.search.setAccessibleName("Search the library")
        self.search.setClearButtonEnabled(True)
        self.shelf = Shelf(self)
        self.title, self.hint, self.source = (QLabel(self) for _ in range(3))
        self.title.setProperty("role", "heading")
        self.source.setProperty("role", "muted")
        self.stamp = QPushButton("Stamp", self)
        self.open = QPushButton("Open as a new world", self)
        self._buttons = {
            name: self._button(icon, tip, name)
            for name, icon, tip in (
                ("import", "import", "Import patterns…"),
                ("export", "export", "Export the state in view…"),
                ("folder", "open", "Choose the folder of own patterns…"),
            )
        }
        self._entry: Entry | None = None
        self._is_dark: bool | None = None
        self._is_filled = False
        self._waiting: list[Entry] = []
        self._lay_out()
        self._connect()
        self._describe(None)
        self.apply_palette(self._context.palette)
        surroundings.view.setAcceptDrops(True)
        surroundings.view.installEventFilter(self)

    def showEvent(self, shown: QShowEvent) -> None:
        """Fill the shelf when it is first seen."""
        super().showEvent(shown)
        self.fill()

    def fill(self) -> None:
        """Look for patterns, on a worker."""
        if not self._is_filled:
            self._is_filled = True
            folder = self.folder
            self._context.jobs.run(
                "Look for patterns",
                lambda progress: [*shipped(), *of_folder(folder, progress)],
                self._on_found,
                lambda error: self._context.say(str(error)),
                key=(id(self), "patterns"),
                quiet=True,
                owner=self,
            )

    @property
    def folder(self) -> Path:
        """The folder of the user's own patterns."""
        chosen = self._context.preferences.get(FOLDER_PREFERENCE, "")
        return Path(chosen) if chosen else own_folder.usual()

    # -- what the bench asks -----------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        """Do what an action says."""
        match action_id.removeprefix("library."):
            case "search":
                self.search.setFocus()
                self.search.selectAll()
            case "import":
                self.ask_import()
            case "export":
                self.ask_export()
            case "folder":
                self.ask_folder()

    def takes_files(self, paths: Sequence[Path]) -> bool:
        """Whether one of the files holds cells; a figure with a study inside is opened instead."""
        return any(_holds_cells(path) for path in paths) and not any(map(carries_study, paths))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Put files on the shelf; the first pattern goes into the hand where it fits."""
        wanted = [path for path in paths if _holds_cells(path)]
        self.fill()
        self._context.jobs.run(
            "Read patterns",
            lambda progress: [entry for path in wanted for entry in of_file(path, DROPPED)],
            self._on_imported,
            lambda error: self._context.say(str(error)),
            owner=self,
        )

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme, and other pictures."""
        self.shelf.apply_palette(palette)
        for name, icon in (("import", "import"), ("export", "export"), ("folder", "open")):
            self._buttons[name].setIcon(self._context.icon(icon))
        is_dark = QColor(palette["window"]).lightness() < 128
        if is_dark != self._is_dark:
            self._is_dark = is_dark
            self._picture(self.shelf.entries())

    def close_tab(self) -> None:
        """Let go of the field."""
        self._waiting = []
        self.surroundings.view.removeEventFilter(self)

    # -- choosing ----------------------------------------------------------------------------------

    @Slot(object)
    def choose(self, entry: Entry) -> None:
        """Take a pattern into the hand where it fits this world."""
        self._describe(entry)
        self._load(entry, partial(self._stamp, quiet=True))

    @Slot(object)
    def open_entry(self, entry: Entry) -> None:
        """Open a pattern as a new world of the study."""
        if not entry.can_open:
            self._context.say("A picture is stamped; it is no world of its own.")
            return
        self._load(entry, self._open)

    def keep(self, cells: object) -> None:
        """Write selected cells into the user's folder and show them."""
        try:
            path = own_folder.write(self.folder, cells, self.surroundings.document.world)
        except MacroscopeError as problem:
            self._context.say(str(problem))
            return
        self._context.say(f"Kept as {path.name}.")
        self.shelf.add(found := of_file(path, OWN), on_top=True)
        self._picture(found)

    def ask_import(self) -> None:
        """Ask for a file and put it on the shelf."""
        patterns = " ".join(f"*{ending}" for ending in READABLE)
        path = self._context.dialogs.open_path("Import patterns", f"Patterns ({patterns})")
        if path is not None:
            self.take_files([path])

    def ask_export(self) -> None:
        """Ask where to write the state in view."""
        if self.hands is None:
            return
        world = self.surroundings.document.world
        name = f"{world.name or 'world'}{ENDINGS[0] if not world.is_field else '.json'}"
        path = self._context.dialogs.save_path(
            "Export the state in view", name, export_filters(is_field=world.is_field)
        )
        if path is not None:
            self.hands.present(partial(self.export, path))

    def export(self, path: Path, world: World) -> None:
        """Write a state in the format of the ending, on a worker."""
        self._context.jobs.run(
            f"Write {path.name}",
            lambda progress: write_state(world, path),
            lambda lost: self._context.say(" ".join([f"Wrote {path.name}.", *lost])),
            lambda error: self._context.say(str(error)),
            owner=self,
        )

    def ask_folder(self) -> None:
        """Ask for the folder of own patterns."""
        chosen = QFileDialog.getExistingDirectory(self, "Folder of own patterns", str(self.folder))
        if chosen:
            self.set_folder(Path(chosen))

    def set_folder(self, folder: Path) -> None:
        """Show the patterns of another folder from now on."""
        self._context.preferences.set(FOLDER_PREFERENCE, str(folder))
        self.shelf.forget_group(OWN)
        self._context.jobs.run(
            "Look for patterns",
            lambda progress: of_folder(folder, progress),
            self._on_found,
            lambda error: self._context.say(str(error)),
            key=(id(self), "folder"),
            owner=self,
        )

    # -- drops on the field ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take patterns that are dragged over the field."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not is_pattern(event.mimeData()):
            return False
        if event.type() == QEvent.Type.Drop:
            entry = self._dropped(event.mimeData())
            if entry is not None:
                x, y = self.surroundings.view.camera.cell_at(
                    event.position().x(), event.position().y()
                )
                self._load(entry, partial(self._put, x, y))
        event.acceptProposedAction()
        return True

    def _dropped(self, mime: QMimeData) -> Entry | None:
        """Return the entry of the shelf, or the world from elsewhere, that a drag carries."""
        entry_id, text = entry_id_of(mime), world_text_of(mime)
        if entry_id is not None:
            return self.shelf.entry(entry_id)
        if text is None:
            return None
        return Entry("dropped", mime.text(), DROPPED, "", "", partial(world_of_drag, text))

    # -- inside ------------------------------------------------------------------------------------

    def _load(self, entry: Entry, then: Callable[[Loaded], object]) -> None:
        self._context.jobs.run(
            f"Read {entry.title}",
            lambda progress: loaded(entry),
            then,
            lambda error: self._context.say(str(error)),
            key=(id(self), "load", entry.id),
            quiet=True,
            owner=self,
        )

    def _stamp(self, found: Loaded, *, quiet: bool = False) -> bool:
        """Take the cells of a pattern into the hand; return whether they fit."""
        if self.hands is None:
            return False
        try:
            cells = fitting(found.body(), self.hands.traits)
        except AutomataError as problem:
            if not quiet:
                self._context.say(str(problem))
            elif self._entry is found.entry:
                self.source.setText(f"{found.entry.source}\n{problem} Double-click to open it.")
            return False
        self.hands.take_stamp(cells, found.entry.title)
        return True

    def _put(self, x: float, y: float, found: Loaded) -> None:
        """Put a pattern down where it was dropped, and say so where it has another rule."""
        if not self._stamp(found):
            return
        self.hands.tools["stamp"].put(x, y)
        if found.world.rule != self.surroundings.session.rule:
            self._context.say(
                f"{found.entry.title} is of another rule, and lives by this world's now; "
                "double-click it to open it with its own."
            )

    def _stamp_or_open(self, found: Loaded) -> None:
        """Take what was imported into the hand, or open it where it does not fit this world."""
        if not self._stamp(found, quiet=found.entry.can_open) and found.entry.can_open:
            self._open(found)

    def _open(self, found: Loaded) -> None:
        context, world = self._context, found.world
        title = world.title or found.entry.title
        context.open_subject(context.document.add("world", title, WorldSubject(world)))

    @Slot(object)
    def _on_found(self, entries: list[Entry]) -> None:
        self.shelf.add(entries)
        self._picture(entries)

    @Slot(object)
    def _on_imported(self, entries: list[Entry]) -> None:
        self.shelf.add(entries, on_top=True)
        self._picture(entries)
        if entries:
            self.shelf.setCurrentItem(self.shelf.item_of(entries[0].id))
            self._describe(entries[0])
            self._load(entries[0], self._stamp_or_open)

    def _picture(self, entries: Sequence[Entry]) -> None:
        """Have pictures made of entries, a few at a time."""
        is_idle = not self._waiting
        self._waiting = [*self._waiting, *entries]
        if is_idle and entries:
            self._make_pictures()

    def _make_pictures(self) -> None:
        self._waiting = self.shelf.seen_first(self._waiting)
        batch, is_dark = self._waiting[:AT_ONCE], bool(self._is_dark)
        self._context.jobs.run(
            "Draw patterns",
            lambda progress: [(entry.id, _made(entry, is_dark, progress)) for entry in batch],
            partial(self._on_pictures, batch),
            lambda _error: self._on_pictures(batch, []),
            key=(id(self), "pictures"),
            quiet=True,
            owner=self,
        )

    def _on_pictures(self, batch: list[Entry], made: list[tuple[str, Thumbnail | None]]) -> None:
        for entry_id, picture in made:
            if picture is not None:
                self.shelf.show_thumbnail(entry_id, picture)
        self._waiting = self._waiting[len(batch) :]
        if self._waiting:
            self._make_pictures()

    def _describe(self, entry: Entry | None) -> None:
        self._entry = entry
        for button in (self.stamp, self.open):
            button.setEnabled(entry is not None)
        self.title.setText(entry.title if entry else "Nothing chosen")
        self.hint.setText(
            entry.hint if entry else "Click a pattern to stamp it, double-click to open it."
        )
        self.source.setText(entry.source if entry else "")
        self.source.setVisible(bool(entry and entry.source))
        self.hint.setVisible(bool(self.hint.text()))

    @Slot()
    def _on_stamp(self) -> None:
        if self._entry is not None:
            self._load(self._entry, self._stamp)

    @Slot()
    def _on_open(self) -> None:
        if self._entry is not None:
            self.open_entry(self._entry)

    def _button(self, icon: str, tip: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip.removesuffix("…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.trigger(f"library.{name}"))
        return button

    def _connect(self) -> None:
        self.search.textChanged.connect(self.shelf.search)
        self.shelf.chosen.connect(self.choose)
        self.shelf.opened.connect(self.open_entry)
        self.stamp.clicked.connect(self._on_stamp)
        self.open.clicked.connect(self._on_open)
        if self.hands is not None:
            self.hands.keep_requested.connect(self.keep)

    def _lay_out(self) -> None:
        for label in (self.title, self.hint, self.source):
            label.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        for button in self._buttons.values():
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.stamp)
        foot.addWidget(self.open)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addLayout(head)
        layout.addWidget(self.shelf, 1)
        for label in (self.title, self.hint, self.source):
            layout.addWidget(label)
        layout.addLayout(foot)


def _holds_cells(path: Path) -> bool:
    return path.name.lower().endswith(READABLE)


def _made(entry: Entry, is_dark: bool, progress: Progress) -> Thumbnail | None:
    progress.check()
    try:
        return thumbnail(entry.load(), is_dark=is_dark)
    except MacroscopeError:
        return None
