"""The panel of findings: what is entered, how likely it is, and the sets kept under a name."""

from collections.abc import Mapping
from functools import partial
from math import exp

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.graphical.amounts import counted
from app.graphical.beliefs import Beliefs
from app.graphical.callout import Callout
from app.graphical.likelihood import shown_ratio
from app.graphical.subject_document import SubjectDocument
from app.shell.dialogs import Dialogs
from core.networks.evidence import Evidence
from core.networks.model import unused_name


class EvidencePanel(QWidget):
    """Lists the findings with a button to retract each, and keeps evidence sets."""

    def __init__(
        self, document: SubjectDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._dialogs = dialogs
        self._conflict = Evidence()
        self._shown: tuple[object, ...] = ()
        self.impossible = Callout("Retract these", self)
        self.impossible.pressed.connect(self._retract_conflict)
        self.problem = Callout("", self)
        self.problem.button.hide()
        self.probability = QLabel(self)
        self.probability.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows = QWidget(self)
        self._rows_layout = QGridLayout(self._rows)
        self.clear = QPushButton("Clear all", self)
        self.clear.clicked.connect(self.clear_all)
        self.sets = QListWidget(self)
        self._lay_out()
        document.changed.connect(self._rebuild)
        self._rebuild()

    # -- what is shown ---------------------------------------------------------------------------

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.impossible.apply_palette(palette)
        self.problem.apply_palette(palette)

    def show_beliefs(self, beliefs: Beliefs) -> None:
        """Say how likely the findings are, or which of them exclude each other."""
        self._conflict = beliefs.conflict or Evidence()
        if beliefs.conflict is not None:
            names = " and ".join(self._said(name) for name in beliefs.conflict)
            if len(beliefs.conflict) == 1:
                text = f"{names} has probability 0 in this network."
            else:
                count = "both" if len(beliefs.conflict) == 2 else "all"
                text = f"{names} cannot {count} be true in this network."
            self.impossible.show_text(f"{text} The greyed beliefs are the last good ones.")
        else:
            self.impossible.hide()
        if beliefs.problem and beliefs.conflict is None:
            self.problem.show_text(beliefs.problem)
        else:
            self.problem.hide()
        self.probability.setText(self._probability_text(beliefs))

    def _probability_text(self, beliefs: Beliefs) -> str:
        if beliefs.conflict is not None:
            return "P(e) = 0,   ln P(e) = −∞"
        if beliefs.posteriors is None or beliefs.is_stale or not len(self._document.evidence):
            return ""
        log = beliefs.posteriors.log_evidence
        value = f"{exp(log):.6g}" if -700 < log < 700 else f"10^{log / 2.302585092994046:.2f}"
        return f"P(e) = {value},   ln P(e) = {log:.6g}".replace("= -", "= −")

    def _said(self, name: str) -> str:
        finding, node = self._document.evidence.get(name), self._document.net[name]
        if isinstance(finding, int):
            return f"{name} = {node.states[finding]}"
        return f"the likelihood of {name}"

    @Slot()
    def _rebuild(self) -> None:
        subject = self._document.subject
        seen = (subject.evidence, dict(subject.evidence_sets), subject.net.names)
        states = tuple(subject.net[name].states for name in subject.evidence)
        if (seen, states) == self._shown:
            return
        self._shown = (seen, states)
        self._rebuild_findings()
        self._rebuild_sets()

    def _rebuild_findings(self) -> None:
        while (item := self._rows_layout.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        evidence = self._document.evidence
        for row, name in enumerate(evidence):
            self._add_row(row, name)
        if not len(evidence):
            hint = QLabel(
                "Nothing is observed. Click a bar to observe its state, or drag the bar "
                "to enter a likelihood.",
                self._rows,
            )
            hint.setWordWrap(True)
            hint.setProperty("role", "muted")
            self._rows_layout.addWidget(hint, 0, 0)
        self.clear.setEnabled(bool(len(evidence)))
        self._save.setEnabled(bool(len(evidence)))

    def _add_row(self, row: int, name: str) -> None:
        finding, node = self._document.evidence[name], self._document.net[name]
        label = QLabel(name, self._rows)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(name)
        if isinstance(finding, int):
            value = QLabel(node.states[finding], self._rows)
            value.setProperty("role", "heading")
        else:
            value = QLabel(shown_ratio(finding), self._rows)
            value.setToolTip(f"Likelihoods of {', '.join(node.states)}; the largest is 1")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        remove = QToolButton(self._rows)
        remove.setText("✕")
        remove.setToolTip(f"Retract the finding on {name}")
        remove.setAccessibleName(f"Retract the finding on {name}")
        remove.clicked.connect(partial(self._retract, name))
        self._rows_layout.addWidget(label, row, 0)
        self._rows_layout.addWidget(value, row, 1)
        self._rows_layout.addWidget(remove, row, 2)

    def _rebuild_sets(self) -> None:
        chosen = self._chosen_set()
        self.sets.clear()
        for name, evidence in self._document.subject.evidence_sets.items():
            count = len(evidence)
            item = QListWidgetItem(name, self.sets)
            item.setToolTip(f"{counted(count, 'finding')}; double-click to apply")
            if name == chosen:
                self.sets.setCurrentItem(item)
        self._on_set_chosen()

    # -- what is done ----------------------------------------------------------------------------

    @Slot()
    def clear_all(self) -> None:
        """Retract every finding."""
        self._document.observe("Clear evidence", Evidence())

    @Slot()
    def save_set(self) -> None:
        """Ask for a name and keep the findings of now under it."""
        document = self._document
        if not len(document.evidence):
            document.say("There is nothing to keep: no node is observed.")
            return
        start = unused_name("Evidence 1", document.subject.evidence_sets)
        name = self._dialogs.ask_text("Save evidence set", "Name:", start)
        if name is not None:
            evidence = document.evidence
            document.edit(
                f"Save evidence set {name.strip()}",
                lambda subject: subject.with_evidence_set(name.strip(), evidence),
            )

    @Slot()
    def apply_set(self) -> None:
        """Enter the findings of the chosen set in place of those entered now."""
        name = self._chosen_set()
        if name is not None:
            evidence = self._document.subject.evidence_sets[name]
            self._document.observe(f"Apply evidence set {name}", evidence)

    @Slot()
    def rename_set(self) -> None:
        """Ask for another name for the chosen set."""
        old = self._chosen_set()
        new = old and self._dialogs.ask_text("Rename evidence set", "Name:", old)
        if not old or not new or new.strip() == old:
            return
        new = new.strip()
        sets = self._document.subject.evidence_sets
        if new in sets:
            self._document.say(f"There is already an evidence set called {new}.")
            return
        evidence = sets[old]
        self._document.edit(
            f"Rename evidence set {old}",
            lambda subject: subject.without_evidence_set(old).with_evidence_set(new, evidence),
        )

    @Slot()
    def delete_set(self) -> None:
        """Forget the chosen set."""
        name = self._chosen_set()
        if name is not None:
            self._document.edit(
                f"Delete evidence set {name}", lambda subject: subject.without_evidence_set(name)
            )

    @Slot()
    def _retract_conflict(self) -> None:
        kept = self._document.evidence.without(*self._conflict)
        self._document.observe("Retract conflicting evidence", kept)

    def _retract(self, name: str, _checked: bool = False) -> None:
        self._document.observe(f"Retract {name}", self._document.evidence.without(name))

    def _chosen_set(self) -> str | None:
        item = self.sets.currentItem()
        return item.text() if item is not None else None

    @Slot()
    def _on_set_chosen(self) -> None:
        for button in (self._apply, self._rename, self._delete):
            button.setEnabled(self.sets.currentItem() is not None)

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.setColumnStretch(1, 1)
        self._rows_layout.setHorizontalSpacing(12)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = QWidget(area)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._rows)
        inner.addStretch(1)
        area.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(_heading("Findings", self), 1)
        top.addWidget(self.clear)
        layout.addLayout(top)
        layout.addWidget(self.impossible)
        layout.addWidget(self.problem)
        layout.addWidget(self.probability)
        layout.addWidget(area, 3)
        layout.addWidget(_heading("Evidence sets", self))
        layout.addWidget(self.sets, 2)
        layout.addLayout(self._set_buttons())

    def _set_buttons(self) -> QGridLayout:
        self._save = QPushButton("Save as…", self)
        self._apply = QPushButton("Apply", self)
        self._rename = QPushButton("Rename…", self)
        self._delete = QPushButton("Delete", self)
        slots = (self.save_set, self.apply_set, self.rename_set, self.delete_set)
        grid = QGridLayout()
        for place, (button, slot) in enumerate(
            zip((self._save, self._apply, self._rename, self._delete), slots, strict=True)
        ):
            button.clicked.connect(slot)
            grid.addWidget(button, place // 2, place % 2)
        self.sets.setAccessibleName("Evidence sets")
        self.sets.itemDoubleClicked.connect(self.apply_set)
        self.sets.currentRowChanged.connect(self._on_set_chosen)
        return grid


def _heading(text: str, owner: QWidget) -> QLabel:
    label = QLabel(text, owner)
    label.setProperty("role", "heading")
    return label
