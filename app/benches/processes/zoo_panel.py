"""The parameters of a process that came from the zoo, its source and what to look at."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.benches.processes.parameter_sliders import ParameterSliders
from app.benches.processes.process_document import ProcessDocument
from app.graphical.panel_parts import scrolling
from core.processes.zoo import zoo_entry

OWN = (
    "This machine is one of your own. A process of the zoo has its parameters here, as sliders, "
    "for as long as its probabilities are not changed by hand."
)


class ZooPanel(QWidget):
    """Rebuilds the process while a slider moves; states stay where they are."""

    zoo_asked = Signal()

    def __init__(self, document: ProcessDocument, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._document = document
        self._name: str | None = None
        self.sliders: ParameterSliders | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.look_at = QLabel(self)
        self.source = QLabel(self)
        self.source.setProperty("role", "muted")
        for label in (self.title, self.look_at, self.source):
            label.setWordWrap(True)
        self.open_zoo = QPushButton("New process from the zoo…", self)
        self.open_zoo.clicked.connect(self.zoo_asked)
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(10)
        for part in (self.title, self.look_at, self.source, self.open_zoo):
            self._column.addWidget(part)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(page, self, sideways=True))
        document.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the process as the document has it now."""
        subject = self._document.subject
        if subject.zoo != self._name:
            self._name = subject.zoo
            self._rebuild()
        if self.sliders is not None:
            self.sliders.show_values(subject.parameters)

    def _rebuild(self) -> None:
        if self.sliders is not None:
            self._column.removeWidget(self.sliders)
            self.sliders.hide()
            self.sliders.deleteLater()
            self.sliders = None
        if not self._name:
            self.title.setText("Own machine")
            self.look_at.setText(OWN)
            self.source.setText("")
            return
        entry = zoo_entry(self._name)
        self.title.setText(entry.title)
        self.look_at.setText(entry.look_at)
        self.source.setText(entry.source)
        if entry.parameters:
            self.sliders = ParameterSliders(entry, self)
            self.sliders.changed.connect(self._on_changed)
            self.sliders.released.connect(self._document.end_merge)
            self._column.insertWidget(1, self.sliders)

    @Slot(str, float)
    def _on_changed(self, name: str, value: float) -> None:
        self._document.edit(
            f"Set {name}",
            lambda subject: subject.with_parameters(**{name: value}),
            merge_key=f"parameter {name}",
        )
