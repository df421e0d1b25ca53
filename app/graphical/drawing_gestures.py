"""What drawing on a canvas does to any model: parts are renamed, moved, removed, copied, pasted."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from app.graphical.amounts import counted
from app.graphical.subject_document import SubjectDocument
from core.errors import MacroscopeError

Places = Mapping[str, tuple[float, float]]


class DrawingGestures(QObject):
    """Turns the canvas's intentions into edits with a name.

    A subclass says how its model takes each change. Its `clipping` is a module with
    ``copy(whole, names)`` and ``pasted()``; the words are those of the undo steps.
    """

    clipping: ModuleType
    part, line, arrow = "node", "arc", "→"
    paste_step = 40.0
    """How far a copy stands from what it was copied from, in canvas units."""

    def __init__(self, canvas: GraphCanvas, document: SubjectDocument) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._pasted: tuple[object, int] = (None, 0)
        canvas.moved.connect(self._on_moved)
        canvas.rename_requested.connect(self.rename)
        canvas.delete_requested.connect(self.delete_selected)
        canvas.set_name_check(self._name_problem)

    # -- what a subclass says --------------------------------------------------------------------

    def delete(self, names: Sequence[str], arcs: Sequence[GraphArc]) -> None:
        """Remove parts and arcs as one step."""
        raise NotImplementedError

    def _has(self, name: str) -> bool:
        """Whether the model has such a part."""
        return name in self._document.net

    @property
    def _whole(self) -> Any:
        """What fragments are taken from, and a fragment is a smaller one of."""
        return self._document.net

    def _fragment(self, names: Sequence[str]) -> Any:
        """Return what is copied with some parts."""
        return self._whole.fragment(names)

    def _places(self, fragment: Any) -> Places:
        """Return where the parts of a fragment, or of the whole, are drawn."""
        return {part.name: part.position for part in fragment}

    def _renamed(self, subject: Any, old: str, new: str) -> Any:
        return subject.renamed(old, new)

    def _moved(self, subject: Any, places: Places) -> Any:
        return subject.with_net(subject.net.moved(places))

    def _joined(self, subject: Any, fragment: Any, shift: float) -> tuple[Any, Sequence[str]]:
        """Return the subject with a fragment in it, and the names that its parts got."""
        net, names = subject.net.with_pasted(fragment, (shift, shift))
        return subject.with_net(net), names

    def _one(self, name: str) -> str:
        """Return what the undo step of a single part calls it."""
        return name

    # -- adding ----------------------------------------------------------------------------------

    def _show_new(self, name: str) -> None:
        """Select a part that was added and let its name be typed."""
        self._canvas.set_selected([name])
        self._canvas.begin_rename(name)

    # -- changing --------------------------------------------------------------------------------

    @Slot(str, str)
    def rename(self, old: str, new: str) -> None:
        """Give a part another name and keep it selected."""
        new = new.strip()
        selected = [new if name == old else name for name in self._canvas.selected()]
        if new != old and self._document.edit(
            f"Rename {old}", lambda subject: self._renamed(subject, old, new)
        ):
            self._canvas.set_selected(selected)

    @Slot(object, bool)
    def _on_moved(self, places: Places, is_finished: bool) -> None:
        self.move(f"Move {self.part}s", places, merge_key="move")
        if is_finished:
            self._document.end_merge()

    def move(self, text: str, places: Places, merge_key: str | None = None) -> None:
        """Put parts elsewhere."""
        known = {name: at for name, at in places.items() if self._has(name)}
        if known:
            self._document.edit(text, lambda s: self._moved(s, known), merge_key=merge_key)

    # -- removing --------------------------------------------------------------------------------

    @Slot()
    def delete_selected(self) -> None:
        """Remove what is selected, parts and arcs."""
        names = self._canvas.selected()
        arcs = [
            arc
            for arc in self._canvas.selected_arcs()
            if arc.source not in names and arc.target not in names
        ]
        if names or arcs:
            self.delete(names, arcs)

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> bool:
        """Copy the selected parts."""
        names = self._canvas.selected()
        if names:
            self.clipping.copy(self._whole, names)
            self._pasted = (None, 0)
        return bool(names)

    def cut(self) -> None:
        """Copy and remove the selected parts."""
        names = self._canvas.selected()
        if self.copy():
            self.delete(names, [])

    def paste(self) -> None:
        """Paste parts from the clipboard and select them."""
        try:
            fragment = self.clipping.pasted()
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        places = self._places(fragment)
        names = list(places)
        times = self._pasted[1] + 1 if self._pasted[0] == names else 1
        self._pasted = (names, times)
        is_covering = not set(places.values()).isdisjoint(self._places(self._whole).values())
        shift = times * self.paste_step if is_covering or times > 1 else 0.0
        self._insert(f"Paste {self._counted(names)}", fragment, shift)

    def duplicate(self) -> None:
        """Put a copy of the selected parts beside them."""
        names = self._canvas.selected()
        if names:
            fragment = self._fragment(names)
            self._insert(f"Duplicate {self._counted(names)}", fragment, self.paste_step)

    def _insert(self, text: str, fragment: Any, shift: float) -> None:
        copies: list[str] = []

        def extended(subject: Any) -> Any:
            joined, names = self._joined(subject, fragment, shift)
            copies.extend(names)
            return joined

        if self._document.edit(text, extended):
            self._canvas.set_selected(copies)
            if copies:
                self._canvas.reveal(copies[0])

    # -- what is said ----------------------------------------------------------------------------

    def _name_problem(self, old: str, new: str) -> str:
        try:
            self._renamed(self._document.subject, old, new.strip())
        except MacroscopeError as problem:
            return str(problem)
        return ""

    def _counted(self, names: Sequence[str], arcs: Sequence[GraphArc] = ()) -> str:
        """Return parts and arcs in words: by name where there is one, by number where more."""
        if len(names) == 1 and not arcs:
            return self._one(names[0])
        if len(arcs) == 1 and not names:
            return f"the {self.line} {arcs[0].source} {self.arrow} {arcs[0].target}"
        parts = []
        if names:
            parts.append(counted(len(names), self.part))
        if arcs:
            parts.append(counted(len(arcs), self.line))
        return " and ".join(parts)
