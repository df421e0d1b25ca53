"""The panel of the search: what is looked for, the archive as pictures, a creature's facts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.ensembles.panel import EnsemblePanel
from app.benches.automata.panel import PanelContext
from app.benches.automata.search.cards import CARD, CardDelegate
from app.benches.automata.search.creatures import ORDERS, Creatures, Role, Sorted, capitalised
from app.benches.automata.search.picture import SIDE, picture_of
from app.benches.automata.search.shared import SharedArchive
from core.automata.search.archive import Archive, Found, read_archive, write_archive
from core.automata.search.candidate import candidate_world
from core.automata.search.goals import GOALS, goal_named
from core.automata.world_subject import WorldSubject
from core.errors import MacroscopeError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from core.progress import Progress

FILTER = "Archives of a search (*.json)"
AT_ONCE = 24
"""Pictures made by one job."""

WORLD_SIDE = 128
LEFT_WIDTH, RIGHT_WIDTH = 200, 222
EMPTY = (
    "Nothing found yet. Start a search: rules and patches are drawn at random, what lives is bred, "
    "and the best of each kind is kept here."
)


class SearchPanel(EnsemblePanel):
    """Searches on though it is out of sight; the archive grows batch by batch."""

    job_title = "Search for creatures"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._shared = SharedArchive.of(surroundings.context.document)
        self._shared.enter(self)
        self.archive = self._shared.archive or Archive(GOALS[0].name)
        self._is_drawing = False
        self.creatures = Creatures(self)
        self.sorted = Sorted(self.creatures, self)
        self._make_settings()
        self._make_list()
        self._make_facts()
        self._lay_out()
        self._connect()
        self._show_archive()
        self._show_facts(None)
        self._show_state()
        if self._shared.archive is not None:
            self._take_over(self.archive)

    # -- what the deck asks ------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        match action_id:
            case "search.toggle":
                self.toggle()
            case "search.open":
                self.open_archive()
            case "search.save":
                self.save_archive()

    def is_enabled(self, action_id: str) -> bool:
        return action_id != "search.save" or bool(self.archive.creatures)

    def is_checked(self, action_id: str) -> bool:
        return action_id == "search.toggle" and self.is_working

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.cards.apply_palette(palette)
        self.list.setStyleSheet(f"QListView {{ background: {palette['canvas']}; border: none; }}")

    # -- searching ---------------------------------------------------------------------------------

    def ask(self) -> None:
        """Search on from the archive at hand, or from nothing by other settings."""
        if self._shared.place:
            place = self._shared.place
            self.surroundings.context.say(f"A search runs in {place} already; stop it there first.")
            return
        goal, seed = self.goal.currentData(), self.seed.value()
        if (goal, seed) != (self.archive.goal, self.archive.seed):
            self.archive = Archive(goal, seed=seed)
            self._show_archive()
        archive = _copied(self.archive)
        minutes, threads = self.minutes.value() or None, self.threads.value()

        def work(progress: Progress, send: Any) -> Archive:
            from core.automata.search.search import search

            return search(
                archive,
                minutes=minutes,
                threads=threads,
                progress=progress,
                on_batch=lambda found: send(_copied(found)),
            )

        self.begin(work)
        world = self.surroundings.document.world
        self._shared.set_place(world.title or world.name, self)
        for part in (self.goal, self.seed, self.minutes, self.threads, self.open):
            part.setEnabled(False)
        self.state_changed.emit()

    def take(self, sent: Archive) -> None:
        self.archive = sent
        self._show_archive()
        self._shared.put(sent, self)

    def rested(self) -> None:
        for part in (self.goal, self.seed, self.minutes, self.threads, self.open):
            part.setEnabled(True)
        self.told.setText(f"{self.told.text()} {self._count()}")
        self._shared.set_place("", self)

    def close_panel(self) -> None:
        was_working = self.is_working
        super().close_panel()
        if self._shared.leave(self):
            self._shared.changed.disconnect(self._on_shared)
            if was_working:
                self._shared.set_place("", self)

    @Slot(object)
    def _on_shared(self, panel: QWidget) -> None:
        """Show what another panel of the study found."""
        if panel is self or self.is_working:
            return
        if self._shared.archive is not None:
            self._take_over(self._shared.archive)

    # -- the archive -------------------------------------------------------------------------------

    @Slot()
    def open_archive(self) -> None:
        """Ask for an archive and show it; a search goes on from it."""
        path = self.surroundings.context.dialogs.open_path("Open an archive", FILTER)
        if path is not None:
            self.load(path)

    def load(self, path: Path) -> None:
        """Read an archive on a worker."""
        context = self.surroundings.context
        context.jobs.run(
            f"Read {path.name}",
            lambda progress: _read(path),
            self._on_read,
            lambda error: context.say(str(error)),
            owner=self,
        )

    @Slot()
    def save_archive(self) -> None:
        """Ask where to write the archive."""
        name = f"search {self.archive.goal} {self.archive.seed}.json"
        path = self.surroundings.context.dialogs.save_path("Save the archive", name, FILTER)
        if path is not None:
            archive = _copied(self.archive)
            self.write(path, lambda: write_archive(archive, path))

    @Slot(object)
    def _on_read(self, archive: Archive) -> None:
        if self.is_working:
            self.stop()
        self._take_over(archive)
        self._shared.put(archive, self)

    def _take_over(self, archive: Archive) -> None:
        """Show an archive that was not searched for here, with its settings."""
        self.archive = archive
        self.goal.setCurrentIndex(self.goal.findData(archive.goal))
        self.seed.setValue(archive.seed)
        self._show_archive()
        place = self._shared.place
        self.told.setText(self._count() + (f" The search runs in {place}." if place else ""))
        self.state_changed.emit()

    def _show_archive(self) -> None:
        had = self.creatures.rowCount()
        self.creatures.show_archive(self.archive)
        self.pages.setCurrentIndex(1 if self.archive.creatures else 0)
        self.save.setEnabled(bool(self.archive.creatures))
        if bool(had) != bool(self.archive.creatures):
            self.state_changed.emit()
        self._draw_pictures()

    def _count(self) -> str:
        kinds, trials = len(self.archive.creatures), self.archive.trials
        moving = sum(each.outcome.verdict == "moving" for each in self.archive.creatures.values())
        return f"{kinds:,} kinds of creatures, {moving:,} of them moving, in {trials:,} trials."

    # -- pictures ----------------------------------------------------------------------------------

    def _draw_pictures(self) -> None:
        """Have pictures made, a few at a time."""
        wanted = self.creatures.without_picture()[:AT_ONCE]
        if self._is_drawing or not wanted:
            return
        self._is_drawing = True
        self.surroundings.context.jobs.run(
            "Draw creatures",
            lambda progress: [(found.trial, picture_of(found)) for found in wanted],
            self._on_pictures,
            lambda _error: self._on_pictures([]),
            key=(id(self), "pictures"),
            quiet=True,
            owner=self,
        )

    @Slot(object)
    def _on_pictures(self, pictures: list[tuple[int, QImage]]) -> None:
        self._is_drawing = False
        self.creatures.show_pictures(pictures)
        if pictures:
            self._draw_pictures()

    # -- one creature ------------------------------------------------------------------------------

    @property
    def chosen(self) -> Found | None:
        """The creature whose facts are shown."""
        found: Found | None = self.list.currentIndex().data(Role.FOUND)
        return found

    def choose(self, row: int) -> None:
        """Show the facts of a creature by its place in the list."""
        self.list.selectionModel().setCurrentIndex(
            self.sorted.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    @Slot(QModelIndex)
    def open_creature(self, index: QModelIndex) -> None:
        """Open a creature as a new world of the study."""
        found: Found | None = index.data(Role.FOUND)
        if found is None:
            return
        context = self.surroundings.context
        title = capitalised(found.name)
        world = replace(
            candidate_world(found.candidate, max(WORLD_SIDE, self.archive.side), found.name),
            title=title,
            notes=(
                f"Found in trial {found.trial:,} of a search that "
                f"{goal_named(self.archive.goal).title.lower()}, seed {self.archive.seed}."
            ),
        )
        context.open_subject(context.document.add("world", title, WorldSubject(world)))

    @Slot()
    def _on_open(self) -> None:
        self.open_creature(self.list.currentIndex())

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self._show_facts(index.data(Role.FOUND) if index.isValid() else None)

    def _show_facts(self, found: Found | None) -> None:
        self.look.setEnabled(found is not None)
        self.title.setText(capitalised(found.name) if found else "No creature chosen")
        self.facts.setText(
            _facts_html(found)
            if found
            else "Click a creature for its facts; double-click it to open it as a new world."
        )

    # -- parts -------------------------------------------------------------------------------------

    def _make_settings(self) -> None:
        self.goal = QComboBox(self)
        for number, goal in enumerate(GOALS):
            self.goal.addItem(goal.title, goal.name)
            self.goal.setItemData(number, goal.help, Qt.ItemDataRole.ToolTipRole)
        self.goal.setToolTip("What the search looks for")
        self.seed = _spin(0, 2**31 - 1, 0, "The same seed finds the same creatures in their order")
        self.minutes = QDoubleSpinBox(self)
        self.minutes.setRange(0.0, 60.0 * 24 * 7)
        self.minutes.setDecimals(1)
        self.minutes.setValue(10.0)
        self.minutes.setSpecialValueText("until stopped")
        self.minutes.setSuffix(" min")
        self.minutes.setToolTip("How long to search; 0 is until stopped")
        cores = os.cpu_count() or 2
        self.threads = _spin(1, cores, max(1, cores - 1), "Processors that search; what is found "
                             "does not depend on it")  # fmt: skip
        self.open = QPushButton("Open archive…", self)
        self.open.setToolTip("Show an archive, to search on from it")
        self.save = QPushButton("Save archive…", self)
        self.save.setToolTip("Write what was found, and all it takes to search on")

    def _make_list(self) -> None:
        self.order = QComboBox(self)
        for name, title in ORDERS.items():
            self.order.addItem(title, name)
        self.order.setAccessibleName("Order of the creatures")
        self.order.setToolTip("The order of the creatures")
        self.list = QListView(self)
        self.list.setModel(self.sorted)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setUniformItemSizes(True)
        self.list.setDragEnabled(True)
        self.cards = CardDelegate(self.list)
        self.list.setItemDelegate(self.cards)
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setGridSize(CARD)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("Creatures of the archive")
        self.empty = QLabel(EMPTY, self)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)

    def _make_facts(self) -> None:
        self.title, self.facts = QLabel(self), QLabel(self)
        bold = QFont(self.title.font())
        bold.setBold(True)
        self.title.setFont(bold)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.look = QPushButton("Open as a new world", self)
        self.look.setToolTip("Add the creature to the study and watch it")

    def _connect(self) -> None:
        self._shared.changed.connect(self._on_shared)
        self.open.clicked.connect(self.open_archive)
        self.save.clicked.connect(self.save_archive)
        self.look.clicked.connect(self._on_open)
        self.list.doubleClicked.connect(self.open_creature)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.sorted.dataChanged.connect(lambda *_: self._show_facts(self.chosen))
        self.order.currentIndexChanged.connect(
            lambda _index: self.sorted.set_order(self.order.currentData())
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        for label, part in (
            ("Goal", self.goal),
            ("Seed", self.seed),
            ("For", self.minutes),
            ("Threads", self.threads),
        ):
            form.addRow(label, part)
        settings = QWidget(self)
        settings.setFixedWidth(LEFT_WIDTH)
        left = QVBoxLayout(settings)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(form)
        left.addWidget(self.button)
        left.addStretch(1)
        right = QWidget(self)
        right.setFixedWidth(RIGHT_WIDTH)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.facts, 1)
        column.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(settings)
        body.addWidget(self.pages, 1)
        body.addWidget(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(body, 1)
        layout.addLayout(self.foot(self.order, self.open, self.save))


def _copied(archive: Archive) -> Archive:
    """Return an archive that goes on by itself; creatures never change."""
    return replace(archive, creatures=dict(archive.creatures))


def _read(path: Path) -> Archive:
    archive = read_archive(path)
    goal_named(archive.goal)
    if archive.family != "lenia":
        raise MacroscopeError(f"{path.name} is of a family of worlds that is not known here.")
    return archive


def _facts_html(found: Found) -> str:
    outcome, rule = found.outcome, found.candidate.rule
    growth = rule.kernels[0].growth
    motion = f"{outcome.speed:.3f} R per unit of time" if outcome.verdict == "moving" else "stays"
    rows = (
        ("Motion", motion),
        ("Mass", f"{outcome.mass:.3f} R², ± {100 * outcome.variation:.1f} %"),
        ("Gyradius", f"{outcome.gyradius:.3f} R"),
        ("μ, σ", f"{growth.mu:.4f}, {growth.sigma:.5f}"),
        ("Score", f"{found.score:.3f}"),
        ("Trial", f"{found.trial:,}" + (f", bred from {found.parent:,}" if found.parent else "")),
    )
    cells = "".join(
        f"<tr><td>{name}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def _spin(least: int, most: int, value: int, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setToolTip(tip)
    return box
