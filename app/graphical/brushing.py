"""Brushing: pointing at a state shows what observing it would do, and leaves no trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.canvas.view import GraphCanvas
from app.graphical.beliefs import BeliefController, same_numbers
from app.graphical.node_bars import ShownBeliefs
from app.graphical.subject_document import SubjectDocument
from app.shell.bench import BenchContext
from core.errors import MacroscopeError
from core.networks.evidence import Evidence
from core.progress import Progress

if TYPE_CHECKING:
    from core.networks.inference import CompiledNetwork

PREVIEW_ACTION = "network.preview"
PREFERENCE = "networks.preview"
DWELL_MS = 80
"""For how long the pointer rests on the first bar before there is a preview."""

Previews = Mapping[str, np.ndarray]


class Brushing(QObject):
    """Previews the beliefs that observing the state under the pointer would give.

    The first preview waits for the pointer to rest; from bar to bar the next ones follow at once.
    """

    changed = Signal()

    def __init__(
        self,
        document: SubjectDocument,
        beliefs: BeliefController,
        canvas: GraphCanvas,
        context: BenchContext,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._document, self._beliefs, self._context = document, beliefs, context
        self._canvas = canvas
        self._previews: Previews = {}
        self._bar: tuple[str, int] | None = None
        self._job: object | None = None
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._preview)
        canvas.bar_hovered.connect(self._on_hovered)
        canvas.bar_left.connect(self._on_left)
        document.changed.connect(self._on_changed)

    @property
    def is_on(self) -> bool:
        """Whether pointing at a state previews it."""
        return self._context.preferences.get(PREFERENCE, True) is True

    @property
    def previews(self) -> Previews:
        """The beliefs previewed now, empty for none."""
        return self._previews

    @Slot()
    def toggle(self) -> None:
        """Turn previews on or off, for this and for later sessions."""
        self._context.preferences.set(PREFERENCE, not self.is_on)
        if not self.is_on:
            self._on_left()

    def over(self, shown: ShownBeliefs) -> ShownBeliefs:
        """Return the beliefs with the previewed ones over them."""
        return replace(shown, previews=self._previews) if self._previews else shown

    def close(self) -> None:
        """Want no more previews."""
        self._dwell.stop()
        self._cancel()

    @Slot(str, int)
    def _on_hovered(self, name: str, state: int) -> None:
        self._bar = (name, state)
        if not self.is_on:
            return
        if self._previews:
            self._preview()
        else:
            self._dwell.start()

    @Slot()
    def _on_left(self) -> None:
        self._forget()
        self._show({})

    @Slot()
    def _on_changed(self) -> None:
        """Let go of the preview; the net is shown anew anyway."""
        self._forget()
        self._previews = {}

    def _forget(self) -> None:
        self._bar = None
        self._dwell.stop()
        self._cancel()

    @Slot()
    def _preview(self) -> None:
        """Work the preview out, here where that is quick, else on a worker."""
        compiled = self._compiled()
        if self._bar is None or compiled is None or not self._is_news(*self._bar):
            self._show({})
            return
        evidence, names = self._document.evidence.observing(*self._bar), self._names_in_sight()
        if self._beliefs.answers_at_once:
            self._show(_previewed(compiled, evidence, names, Progress()))
        else:
            self._job = self._context.jobs.run(
                "Preview",
                lambda progress: _previewed(compiled, evidence, names, progress),
                self._on_done,
                self._on_failed,
                key=self,
                quiet=True,
            )

    def _compiled(self) -> CompiledNetwork | None:
        """Return the clique tree if it is that of the net as it is now."""
        compiled, net = self._beliefs.compiled, self._document.net
        is_fresh = compiled is not None and same_numbers(compiled.net, net)
        return compiled if is_fresh and not self._beliefs.beliefs.is_stale else None

    def _names_in_sight(self) -> tuple[str, ...]:
        """Return the nodes whose bars can be seen: the others need no preview."""
        seen, nodes = self._canvas.visible_rect(), self._canvas.graph.nodes
        return tuple(
            name
            for name, item in nodes.items()
            if name in self._document.net and seen.intersects(item.sceneBoundingRect())
        )

    def _is_news(self, name: str, state: int) -> bool:
        """Whether observing the state would tell anything and is possible."""
        posteriors = self._beliefs.beliefs.posteriors
        marginal = posteriors.marginals.get(name) if posteriors is not None else None
        return marginal is not None and state < len(marginal) and 0.0 < marginal[state] < 1.0

    def _show(self, previews: Previews) -> None:
        if previews or self._previews:
            self._previews = previews
            self.changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_done(self, previews: Previews) -> None:
        self._job = None
        self._show(previews)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show({})


def _previewed(
    compiled: CompiledNetwork, evidence: Evidence, names: tuple[str, ...], progress: Progress
) -> Previews:
    try:
        return compiled.live.update(evidence, names, progress).marginals
    except MacroscopeError:
        return {}
