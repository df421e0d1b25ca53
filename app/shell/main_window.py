"""The main window: one study, its benches in tabs, panels around them."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QMainWindow, QToolBar, QVBoxLayout, QWidget

from app.jobs.pool import Jobs
from app.shell import layout, palette_commands, shortcut_page, tab_order
from app.shell.actions import ActionRegistry
from app.shell.banner import Banner
from app.shell.bench import Bench, BenchContext, BenchSpec
from app.shell.commands import register_all
from app.shell.dialogs import Dialogs
from app.shell.docks import OF_THE_BENCH, Docks
from app.shell.drop_overlay import DropOverlay, files_in
from app.shell.faults import FaultReporter
from app.shell.file_commands import FileCommands
from app.shell.focus_ring import FocusRing
from app.shell.gallery import GalleryPanel
from app.shell.guide import GuidePanel
from app.shell.inspector import InspectorStack
from app.shell.jobs_panel import JobsPanel
from app.shell.menus import fill_menu_bar, kinds_of_menus, make_toolbar
from app.shell.messages import MessagesPanel
from app.shell.outline import OutlinePanel
from app.shell.palette import CommandPalette
from app.shell.preferences import Preferences
from app.shell.recent_menu import RecentMenu
from app.shell.status import StatusBar
from app.shell.subject_commands import SubjectCommands
from app.shell.theme import Theme
from app.shell.thumbnails import Thumbnails, entries
from app.shell.undoing import Undoing
from app.shell.welcome import WelcomePage
from app.shell.workspace import Workspace
from app.study.document import StudyDocument

if TYPE_CHECKING:
    from app.study.working_copy import WorkingCopies

THUMBNAIL_ROOM = QSize(240, 140)
RECENT_MS = 250


class MainWindow(QMainWindow):
    """Composes the shell; what each part does is in its own file."""

    def __init__(
        self,
        document: StudyDocument,
        jobs: Jobs,
        benches: Iterable[BenchSpec],
        preferences: Preferences,
        dialogs: Dialogs | None = None,
        *,
        working_copies: "WorkingCopies | None" = None,
    ) -> None:
        super().__init__()
        self.document, self.jobs, self.preferences = document, jobs, preferences
        self.dialogs = dialogs or Dialogs(self)
        self.benches: Mapping[str, BenchSpec] = {bench.kind.id: bench for bench in benches}
        self.working_copies = working_copies
        self.theme = Theme(preferences.get("theme"), self)
        self.theme.apply()
        self.actions_registry = ActionRegistry(preferences.get("shortcuts"), self)
        self.actions_registry.apply_icons(self.theme.icon)
        self.faults = FaultReporter(self.tell_fault, self)
        self._was_shown = False
        self._make_parts()
        self.undoing = Undoing(document, self.workspace, self.open_subject, self)
        self.subjects = SubjectCommands(self)
        register_all(self)
        self._make_bars()
        self._connect()
        self._restyle()
        if not layout.restore(self, preferences):
            self.docks.reset()
        self._on_study_replaced()
        self._on_bench_changed()

    # -- making ----------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        icon = self.theme.icon
        self.setObjectName("macroscope")
        self.setDockNestingEnabled(True)
        self.setAcceptDrops(True)
        self.setWindowIcon(icon("macroscope", "accent"))
        self.messages = MessagesPanel(icon)
        self.banner = Banner(icon)
        self.files = FileCommands(
            self.document, self.jobs, self.preferences, self.dialogs,
            tell=self.tell, say=self.say, warn=self.warn, parent=self,
        )  # fmt: skip
        self.context = BenchContext(
            self.document, self.jobs, self.actions_registry, self.preferences, self.theme.palette,
            self.dialogs, self.say, icon=icon, show_guide=self.show_guide,
            open_subject=self.open_subject,
        )  # fmt: skip
        self.examples = {entry.id: entry for entry in entries(self.benches.values())}
        self.thumbnails = Thumbnails(self.jobs, THUMBNAIL_ROOM, self)
        listed = list(self.examples.values())
        blanks = [bench for bench in self.benches.values() if bench.blank is not None]
        self.welcome = WelcomePage(listed, self.thumbnails, icon, blanks=blanks)
        self.workspace = Workspace(self.benches, self.context, self.welcome, icon)
        self.guide = GuidePanel(icon)
        self.guide.browser.generated[shortcut_page.PAGE] = partial(
            shortcut_page.shortcut_page, self.actions_registry
        )
        self.outline = OutlinePanel(self.document, self.benches, self.actions_registry, icon)
        self.gallery = GalleryPanel(listed, self.thumbnails, icon)
        self.inspector = InspectorStack()
        self.jobs_panel = JobsPanel(self.jobs, icon)
        contents = {
            "study": self.outline, "gallery": self.gallery, "inspector": self.inspector,
            "guide": self.guide, "jobs": self.jobs_panel, "messages": self.messages,
        }  # fmt: skip
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.workspace, 1)
        self.setCentralWidget(centre)
        self.docks = Docks(self, contents, self._show_guide_of_dock)
        self.status = StatusBar(self.jobs, icon, self.toggle_dock)
        self.setStatusBar(self.status)
        self.overlay = DropOverlay(icon, self)
        self.palette_panel = CommandPalette(self)

    def _make_bars(self) -> None:
        registry = self.actions_registry
        menus = fill_menu_bar(self.menuBar(), registry)
        self.bench_menus = {
            menus[name]: kinds for name, kinds in kinds_of_menus(self.benches.values()).items()
        }
        self.recent_menu = RecentMenu(self.preferences, self.files, self)
        self.recent_menu.insert_after(menus["File"], registry.action("file.open"))
        own = [spec for spec in registry if spec.id.split(".")[0] in ("file", "edit")]
        self.addToolBar(make_toolbar("main", "Main", registry, own))
        self.bench_bars: dict[str, QToolBar] = {}
        for kind_id, bench in self.benches.items():
            bar = make_toolbar(f"bench-{kind_id}", bench.title, registry, bench.actions)
            self.bench_bars[kind_id] = bar
            self.addToolBar(bar)

    def _connect(self) -> None:
        document, registry = self.document, self.actions_registry
        document.study_replaced.connect(self._on_study_replaced)
        document.title_changed.connect(self._show_title)
        document.modified_changed.connect(self._show_title)
        document.subject_added.connect(self._on_subject_added)
        document.undo_stack.indexChanged.connect(registry.refresh_soon)
        registry.shortcuts_changed.connect(self._keep_shortcuts)
        self.theme.changed.connect(self._restyle)
        self.workspace.bench_changed.connect(self._on_bench_changed)
        self.workspace.bench_closing.connect(self._on_bench_closing)
        self.outline.opened.connect(self.open_subject)
        self.outline.refused.connect(self.tell)
        self.outline.selected_changed.connect(registry.refresh_soon)
        self.gallery.chosen.connect(self.open_example)
        self.welcome.example_chosen.connect(self.open_example)
        self.welcome.file_chosen.connect(self.files.open_path)
        self.welcome.action_chosen.connect(registry.trigger)
        self.welcome.page_chosen.connect(self.show_guide)
        self.guide.action_chosen.connect(self._on_guide_action)
        self.files.recent_changed.connect(self._show_recent_soon)
        self.overlay.open_dropped.connect(self._on_open_dropped)
        self.overlay.add_dropped.connect(self._on_add_dropped)
        self.palette_panel.ran.connect(self.preferences.add_recent_command)
        self.docks.visibility_changed.connect(registry.refresh_soon)
        self.messages.added.connect(self.status.show_message)
        if self.working_copies is not None:
            self.working_copies.trouble.connect(self.tell)

    # -- telling ---------------------------------------------------------------------------------

    @Slot(str)
    def say(self, text: str, level: str = "info") -> None:
        """Tell something that asks for nothing: in the messages and, for a while, below."""
        self.messages.say(text, level)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Tell what went wrong, in the messages and across the top."""
        self.messages.say(text, "error")
        self.banner.tell(text, "error")

    @Slot(str)
    def warn(self, text: str) -> None:
        """Tell what went well but not wholly, in the messages and across the top."""
        self.messages.say(text, "warning")
        self.banner.tell(text, "warning")

    def tell_fault(self, text: str) -> None:
        """Tell of an error of our own and offer to save."""
        self.messages.say(text, "error")
        self.banner.tell(text, "error", {"Save now": self.files.save})

    # -- subjects --------------------------------------------------------------------------------

    @Slot(str)
    def open_subject(self, subject_id: str) -> None:
        """Show a subject in its bench."""
        self.workspace.open_subject(subject_id)
        self.workspace.hide_welcome()

    @Slot(str)
    def open_example(self, example_id: str) -> None:
        """Build an example on a worker, then open it."""
        entry = self.examples[example_id]
        kind_id, title = entry.bench.kind.id, entry.example.title
        self.jobs.run(
            f"Open {title}",
            lambda _progress: entry.example.build(),
            lambda value: self.files.open_example(kind_id, title, value),
            self.files.on_failed,
            key="open",
        )

    def undo(self) -> None:
        self.undoing.undo()

    def redo(self) -> None:
        self.undoing.redo()

    @Slot(str)
    def _on_subject_added(self, subject_id: str) -> None:
        self.open_subject(subject_id)

    @Slot()
    def _on_study_replaced(self) -> None:
        self.workspace.close_all()
        self.banner.hide()
        subjects = self.document.study.subjects
        if subjects:
            self.open_subject(subjects[0].id)
        else:
            self.workspace.show_welcome()
        self._show_title()
        self._show_recent_soon()
        self.actions_registry.refresh_soon()

    # -- benches ---------------------------------------------------------------------------------

    def has_views(self) -> bool:
        bench = self.workspace.current_bench
        return bench is not None and bool(bench.views())

    def can_close_tab(self) -> bool:
        return self.workspace.current_bench is not None or self.workspace.count() > 1

    @Slot()
    def _on_bench_changed(self) -> None:
        bench, spec = self.workspace.current_bench, self.workspace.current_spec
        if bench is None or self.inspector.knows(bench):
            self._show_inspector()
        else:
            QTimer.singleShot(0, self, self._show_inspector)
        for kind_id, bar in self.bench_bars.items():
            bar.setVisible(spec is not None and spec.kind.id == kind_id)
        for menu, kinds in self.bench_menus.items():
            menu.menuAction().setVisible(spec is not None and spec.kind.id in kinds)
        if bench is not None:
            bench.state_changed.connect(self._on_bench_state, Qt.ConnectionType.UniqueConnection)
            self.outline.select(bench.subject_id)
        self._on_bench_state()

    @Slot()
    def _show_inspector(self) -> None:
        """Show the inspector of a bench, in a turn after that in which it was made."""
        self.inspector.show_for(self.workspace.current_bench)
        self.docks.widths.require(self.inspector.needed_width())

    @Slot()
    def _on_bench_state(self) -> None:
        bench = self.workspace.current_bench
        self.status.show_state(bench.status() if bench is not None else "")
        self.actions_registry.refresh_soon()

    @Slot(object)
    def _on_bench_closing(self, bench: Bench) -> None:
        self.inspector.forget(bench)

    # -- panels and dialogs ----------------------------------------------------------------------

    def toggle_dock(self, name: str) -> None:
        self.docks.toggle(name)
        if name == "guide":
            self.guide.ensure_page()

    def show_guide(self, page: str = "") -> None:
        """Show a page of the guide, or the page that was open last."""
        self.docks.show("guide")
        if page:
            self.guide.show_page(page)
        else:
            self.guide.ensure_page()

    def show_guide_here(self) -> None:
        """Show what the guide says about the bench in front, or the page that was open last."""
        spec = self.workspace.current_spec
        self.show_guide("" if spec is None else spec.guide)

    def _show_guide_of_dock(self, page: str) -> None:
        if page == OF_THE_BENCH:
            self.show_guide_here()
        else:
            self.show_guide(page)

    @Slot(str)
    def _on_guide_action(self, action_id: str) -> None:
        if action_id in self.actions_registry:
            self.actions_registry.trigger(action_id)

    def open_palette(self) -> None:
        commands = palette_commands.commands(self)
        self.palette_panel.open(commands, self.preferences.get("recent_commands"))

    def export_figure(self) -> None:
        from app.shell.figure_export import open_export_dialog

        bench = self.workspace.current_bench
        if bench is not None:
            self._open(open_export_dialog(self, bench))

    def show_preferences(self) -> None:
        from app.shell.preferences_dialog import PreferencesDialog

        folder = self.working_copies.folder if self.working_copies is not None else None
        self._open(
            PreferencesDialog(
                self.preferences, self.theme, self.actions_registry, folder, over=self
            )
        )

    def show_about(self) -> None:
        from app.shell.about import AboutDialog

        self._open(AboutDialog(self.theme.icon("macroscope", "accent"), self))

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog that blocks nothing but the window, and forget it when it closes."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self.actions_registry.refresh_soon)
        dialog.open()

    def choose_theme(self, choice: str) -> None:
        self.preferences.set("theme", choice)
        self.theme.set_choice(choice)

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_menus(self) -> None:
        """Open the first menu, for the arrow keys to go on from there."""
        self.menuBar().setActiveAction(self.menuBar().actions()[0])

    def reset_layout(self) -> None:
        self.docks.reset()

    @Slot()
    def _restyle(self) -> None:
        """Give every part the colours of the theme that is on."""
        self.context.palette = self.theme.palette
        self.actions_registry.apply_icons(self.theme.icon)
        self.docks.apply_icons(self.theme.icon)
        for part in (
            self.banner, self.messages, self.guide, self.outline, self.gallery,
            self.welcome, self.workspace, self.status,
        ):  # fmt: skip
            part.restyle()
        self.setWindowIcon(self.theme.icon("macroscope", "accent"))
        if self._was_shown:
            self._request_thumbnails()

    @Slot()
    def _keep_shortcuts(self) -> None:
        self.preferences.set("shortcuts", self.actions_registry.custom_shortcuts)

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.title}[*] — Macroscope")
        self.setWindowModified(self.document.is_modified)
        self.actions_registry.refresh_soon()

    @Slot()
    def _show_recent_soon(self) -> None:
        """Show the files opened last, a little later when the welcome page is out of sight."""
        QTimer.singleShot(0 if self.welcome.isVisible() else RECENT_MS, self, self._show_recent)

    @Slot()
    def _show_recent(self) -> None:
        self.welcome.show_recent(self.preferences.recent_files())

    def offer_recovery(self) -> None:
        """Offer the work that a crash left behind."""
        copies = self.working_copies
        if copies is not None:
            from app.shell.recovering import offer_recovery

            if offer_recovery(copies, self.document, self.files, self.dialogs, self.tell):
                told = f"“{self.files.title}” was recovered, complete to its last change."
                self.say(told, "success")

    # -- events ----------------------------------------------------------------------------------

    def showEvent(self, what: QShowEvent) -> None:
        super().showEvent(what)
        if not self._was_shown:
            self._was_shown = True
            QTimer.singleShot(150, self, self._request_thumbnails)

    @Slot()
    def _request_thumbnails(self) -> None:
        scale = max(self.devicePixelRatioF(), 1.0)
        self.thumbnails.request(self.examples.values(), self.theme.name, scale)

    def resizeEvent(self, what: QResizeEvent) -> None:
        super().resizeEvent(what)
        self.overlay.setGeometry(self.rect())
        self.docks.widths.window_resized()
        if self.palette_panel.isVisible():
            self.palette_panel.place()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Let Tab go the way one reads, with a ring around where it has come to."""
        part = tab_order.neighbour(self, self.focusWidget(), is_next=is_next)
        if part is None:
            return False
        reasons = Qt.FocusReason
        part.setFocus(reasons.TabFocusReason if is_next else reasons.BacktabFocusReason)
        tab_order.bring_into_sight(part)
        FocusRing(part)
        return True

    def keyPressEvent(self, what: QKeyEvent) -> None:
        """Let the space bar play where nothing that has the keyboard wants it."""
        bench = self.workspace.current_bench
        is_space = what.key() == Qt.Key.Key_Space and not what.modifiers()
        if is_space and bench is not None and bench.space_action:
            self.actions_registry.trigger(bench.space_action)
        else:
            super().keyPressEvent(what)

    def changeEvent(self, what: QEvent) -> None:
        super().changeEvent(what)
        if what.type() == QEvent.Type.WindowStateChange:
            self.actions_registry.refresh_soon()

    def dragEnterEvent(self, what: QDragEnterEvent) -> None:
        paths = files_in(what.mimeData())
        if paths:
            what.acceptProposedAction()
            can_add = bool(self.document.study.subjects)
            if not self._bench_takes(paths):
                self.overlay.begin(paths, can_add=can_add, colours=self.theme.palette)

    def dropEvent(self, what: QDropEvent) -> None:
        paths = files_in(what.mimeData())
        if self._bench_takes(paths):
            what.acceptProposedAction()
            self.workspace.current_bench.take_files(paths)
        else:
            self.overlay.dropEvent(what)

    def _bench_takes(self, paths: list[Path]) -> bool:
        """Whether the open subject wants the dropped files for itself."""
        bench = self.workspace.current_bench
        return bench is not None and bool(paths) and bench.takes_files(paths)

    @Slot(object)
    def _on_open_dropped(self, paths: list[Path]) -> None:
        """Open a study or the first file; further subject files join it."""
        self.files.open_path(paths[0])
        if len(paths) > 1:
            self.say("One study is open at a time, so only the first of the files was opened.")

    @Slot(object)
    def _on_add_dropped(self, paths: list[Path]) -> None:
        self.files.add_path(paths[0], paths[1:])

    def open_files(self, paths: Iterable[Path]) -> None:
        """Open the first path and add what the others hold, as the command line asks."""
        files = [Path(path) for path in paths]
        if files:
            self.files.open_path(files[0], files[1:])

    def closeEvent(self, what: QCloseEvent) -> None:
        if not self.files.may_replace():
            what.ignore()
            return
        layout.remember(self, self.preferences)
        self.workspace.close_all()
        self.document.close()
        self.jobs.shutdown(2000)
        self.faults.uninstall()
        what.accept()
