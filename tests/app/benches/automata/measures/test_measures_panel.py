"""The panel of measures over a living world: samples, rewinding, files and instruments."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.benches.automata.field_view import FieldView
from app.benches.automata.kind import WORLD_KIND
from app.benches.automata.measures.drawing import (
    samples_drawing,
    samples_table,
    tick_text,
    value_text,
    with_unit,
)
from app.benches.automata.measures.panel import MeasuresPanel, _told
from app.benches.automata.measures.probe import Reading
from app.benches.automata.panel import PanelContext
from app.benches.automata.session import WorldSession
from app.benches.automata.world_document import WorldDocument
from app.benches.processes.kind import PROCESS_KIND
from app.figures.description import FigureOptions
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.interventions import Fill
from core.automata.measures.registry import MEASURES
from core.automata.rules.life_like import LIFE
from core.automata.topology import torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject
from resources import palette

SIDE = 32


def glider():
    cells = np.zeros((SIDE, SIDE), np.uint8)
    cells[1, 2] = cells[2, 3] = cells[3, 1] = cells[3, 2] = cells[3, 3] = 1
    return World("glider", LIFE, torus(SIDE, SIDE), cells)


@pytest.fixture
def panel(qtbot, context):
    """The panel in sight, over a glider on a torus."""
    context.document = study = StudyDocument(KindRegistry([WORLD_KIND, PROCESS_KIND]))
    subject_id = study.add("world", "World", WorldSubject(glider()))
    document = WorldDocument(study, subject_id, context.say)
    session = WorldSession(document)
    view = FieldView(document.world, document.look)
    surroundings = PanelContext(document, session, view, context, lambda name: QAction())
    shown = MeasuresPanel(surroundings)
    for widget in (view, shown):
        qtbot.addWidget(widget)
    shown.resize(1100, 320)
    shown.apply_palette(palette("light"))
    shown.show()
    qtbot.waitExposed(shown)
    shown.set_current(True)
    qtbot.waitUntil(lambda: shown.samples is not None, timeout=120_000)
    yield shown
    shown.set_current(False)
    shown.close_panel()
    session.close()
    document.close()


def go(panel, qtbot, generation):
    """Go to a generation and wait until the panel has seen it."""
    session = panel.surroundings.session
    session.go_to(generation)
    qtbot.waitUntil(
        lambda: (
            session.generation == generation
            and panel.samples is not None
            and len(panel.samples.generations) > 0
            and panel.samples.generations[-1] >= generation - panel._reading.interval
        ),
        timeout=60_000,
    )


def test_a_glider_is_sampled_as_it_flies(panel, qtbot):
    go(panel, qtbot, 64)
    samples = panel.samples
    assert samples.generations[0] == 0
    assert set(samples.column("population")) == {5.0}
    assert samples.column("displacement_x")[-1] == pytest.approx(
        samples.generations[-1] / 4, abs=0.5
    )


def test_a_pause_keeps_the_history_and_rewinding_cuts_it(panel, qtbot):
    go(panel, qtbot, 40)
    kept = len(panel.samples.generations)
    panel.set_current(False)
    panel.set_current(True)
    assert len(panel.samples.generations) == kept
    go(panel, qtbot, 10)
    qtbot.waitUntil(lambda: panel.samples.generations[-1] <= 10, timeout=20_000)
    assert panel.samples.generations[0] == 0


def test_a_hand_makes_another_history_from_there_on(panel, qtbot):
    go(panel, qtbot, 20)
    session = panel.surroundings.session
    session.intervene("Erase all", Fill(0, 0, 0, SIDE, SIDE, 0))
    qtbot.waitUntil(lambda: panel.samples.column("population")[-1] == 0, timeout=20_000)
    assert panel.samples.column("population")[0] == 5


def test_choosing_another_measure_keeps_what_is_known(panel, qtbot):
    go(panel, qtbot, 30)
    panel.list.set_chosen("components", is_chosen=True)
    go(panel, qtbot, 50)
    qtbot.waitUntil(lambda: "components" in panel.samples.columns, timeout=20_000)
    samples = panel.samples
    assert samples.generations[0] == 0
    assert np.isnan(samples.column("components")[0])
    assert samples.column("components")[-1] == 1


@pytest.mark.parametrize(
    ("interval", "cost", "told"),
    [
        (1, 0.5, "1 sample, every step"),
        (64, 0.001, "1 sample, every 64 steps"),
        (8192, 0.94, "1 sample, every 8,192 steps, since one takes 0.94 s"),
    ],
)
def test_the_panel_says_why_samples_are_rare(panel, interval, cost, told):
    assert _told(Reading(panel.samples, interval, None, cost), None) == told


def test_the_value_at_the_generation_in_view_is_told(panel, qtbot):
    go(panel, qtbot, 12)
    rows = {panel.list.topLevelItem(i).text(0): panel.list.topLevelItem(i)
            for i in range(panel.list.topLevelItemCount())}  # fmt: skip
    qtbot.waitUntil(lambda: rows["Population"].text(1) == "5", timeout=5_000)
    assert rows["Population"].text(2) == "cells"
    assert "√" in rows["Gyradius"].toolTip(0)
    assert "Growth" not in rows


def test_pointing_tells_a_generation_and_a_click_goes_there(panel, qtbot):
    go(panel, qtbot, 60)
    qtbot.waitUntil(lambda: not panel._redraw.isActive(), timeout=5_000)
    panel._show()
    drawing = panel.plots.drawing()
    box, scale = drawing.plots[0], panel.plots.width() / drawing.figure.width_mm
    place = QPointF(box.x(20) * scale, (box.top + box.height / 2) * scale)
    assert panel.plots.value_at(place.x(), place.y()) == pytest.approx(20, abs=0.5)
    with qtbot.waitSignal(panel.plots.hovered):
        QTest.mouseMove(panel.plots, place.toPoint())
    QTest.mouseClick(panel.plots, Qt.MouseButton.LeftButton, pos=place.toPoint())
    session = panel.surroundings.session
    qtbot.waitUntil(lambda: 0 < session.generation <= 21, timeout=20_000)


def test_the_verdict_is_asked_for_and_told_in_a_sentence(panel, qtbot):
    panel.trigger("measures.judge")
    qtbot.waitUntil(lambda: panel.finding is not None, timeout=120_000)
    assert panel.sentence.text() == "Spaceship: moves by (1, 1) in 4 steps."


@pytest.mark.parametrize("instrument", ["damage", "blocks", "time", "shared", "waves", "lambda"])
def test_every_instrument_of_states_finds_something(panel, qtbot, instrument):
    panel.instrument.setCurrentIndex(panel.instrument.findData(instrument))
    QTest.mouseClick(panel.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.finding is not None, timeout=120_000)
    assert panel.sentence.text()
    if panel.finding.curve is not None:
        view = panel.views()[-1]
        assert view.make(FigureOptions()).items
        assert view.table().rows


def test_an_instrument_at_work_can_be_stopped(panel, qtbot):
    panel.instrument.setCurrentIndex(panel.instrument.findData("time"))
    QTest.mouseClick(panel.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel._job is not None or panel.finding is not None, timeout=60_000)
    panel._on_stop()
    assert panel._job is None
    assert panel.sentence.text() == "Stopped."


def test_a_cell_becomes_a_process_of_the_study(panel, qtbot):
    context = panel.surroundings.context
    context.dialogs.ask_number = lambda title, label, value, **ends: 5
    opened = []
    context.open_subject = opened.append
    panel.trigger("measures.column")
    qtbot.waitUntil(lambda: bool(opened), timeout=120_000)
    entry = context.document.subject(opened[0])
    assert (entry.kind, entry.name) == ("process", "glider, cell (5, 5)")
    # The glider comes by once every 128 steps: mostly nothing is there.
    assert entry.value.model.alphabet == ("0", "1")


def test_samples_are_saved(panel, qtbot, tmp_path):
    go(panel, qtbot, 16)
    path = tmp_path / "glider.csv"
    panel.surroundings.context.dialogs.save_path = lambda *given: path
    panel.trigger("measures.save")
    qtbot.waitUntil(lambda: path.exists() and path.stat().st_size > 0, timeout=20_000)
    assert path.read_text().startswith("generation,population")


def test_the_plots_leave_as_a_figure_with_their_numbers(panel, qtbot):
    go(panel, qtbot, 16)
    view = panel.views()[0]
    figure, table = view.make(FigureOptions(width_mm=178)), view.table()
    assert figure.width_mm == 178
    assert table.header[:2] == ("generation", "population / cells")
    assert len(table.rows) == len(panel.samples.generations)


def test_many_samples_are_drawn_by_their_extremes():
    from core.automata.measures.series import Series

    series = Series(("mass",))
    for generation in range(20_000):
        series.append(generation, {"mass": 100.0 if generation == 777 else 1.0})
    samples = series.samples()
    drawing = samples_drawing(samples, [MEASURES["mass"]], FigureOptions(), 60.0)
    lines = [item.points for item in drawing.figure.items if hasattr(item, "points")]
    box = drawing.plots[0]
    assert sum(map(len, lines)) < 1000
    highest = min(y for points in lines for _, y in points)
    assert highest == pytest.approx(box.top + box.height * (1 - 100 / (100 + 0.06 * 99 + 0)), abs=3)
    assert len(samples_table(samples, [MEASURES["mass"]]).rows) <= 20_000


def test_numbers_are_told_shortly():
    assert value_text(float("nan")) == "—"
    assert value_text(-3.0) == "−3"
    assert value_text(12345678.0) == "12,345,678"
    assert value_text(13366.4) == "13,366"
    assert with_unit("66.9", "°/step") == "66.9°/step"
    assert with_unit("5", "cells") == "5 cells"
    assert value_text(0.000123456) == "0.0001235"


def test_plots_in_a_low_panel_keep_apart_and_scroll(panel, qtbot):
    panel.resize(760, 200)
    go(panel, qtbot, 16)
    qtbot.waitUntil(lambda: panel.plots.drawing() is not None, timeout=5_000)
    boxes = panel.plots.drawing().plots
    below = [box for box in boxes if box.left == boxes[0].left]
    assert len(below) > 2
    for upper, lower in pairwise(below):
        assert lower.top - (upper.top + upper.height) > 2.0
    assert panel.plots.height() > panel.height()


def test_numbers_beside_an_axis_fit_the_room_there():
    for value in (1e6, 1.5e6, 42_500_000.0, -9e8, 5e9, 123_456.0, 0.00025):
        assert len(tick_text(value)) <= 8, tick_text(value)
    assert tick_text(12_500_000.0) == "12.5 M"
    assert tick_text(2e10) == "2 × 10¹⁰"
