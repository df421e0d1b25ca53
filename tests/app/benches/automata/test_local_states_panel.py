"""Local causal states below a field: found, shown, pointed at, saved, stopped."""

import csv
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from app.benches.automata.local_states import tips
from app.benches.automata.local_states.colours import state_colours, state_picture, value_picture
from app.benches.automata.local_states.drawing import Look, field_axes, local_states_figure
from app.benches.automata.local_states.fields import FINEST, Fields, coarse
from app.benches.automata.measures.probe import PresentProbe
from app.canvas.contrast import luminance
from app.figures.description import FigureOptions, Image, Text
from core.automata.errors import AutomataError
from core.automata.rules.elementary import Elementary
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject
from core.crossings.local_states import LocalStatesSettings, local_states_of_world
from tests.core.automata.far_gliders import gliders_far_apart

LONG = 120_000
SELECT = "hands.select"


@pytest.fixture
def ring():
    """Return rule 54 on a domain with one particle."""
    cells = np.tile(np.array([0, 0, 0, 1], dtype=np.uint8), 30)
    cells = np.concatenate([cells[:60], [np.uint8(0)], cells[60:]])
    return WorldSubject(World("ring", Elementary(54), torus(len(cells), 1), cells))


@pytest.fixture
def panel_of(open_bench, context, qtbot):
    """Return a function that opens a bench with the panel and, where told, finds the states."""

    def open_panel(subject, *, finds=True, **numbers):
        bench = open_bench(subject, "local-states")
        bench.resize(900, 900)
        bench.apply_palette(context.palette)
        panel = bench.deck.shown_panel()
        for name, value in numbers.items():
            getattr(panel.form, name).setValue(value)
        if finds:
            qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
        return panel

    return open_panel


def point_of(panel, *cell):
    """Return the point of the sheet over a cell of a space-time diagram or of a slice."""
    options = panel.sheet.options()
    height = panel.sheet.height() * options.width_mm / panel.sheet.width()
    axes = field_axes(panel.found, panel.look, options, height)
    shape = panel.found.block.values.shape
    row, column = cell
    x = axes.left + (column + 0.5) / shape[-1] * axes.width
    y = axes.top + (row + 0.5) / shape[-2] * axes.height
    scale = panel.sheet.scale()
    return QPoint(round(x * scale), round(y * scale))


def test_a_domain_and_its_particle_are_found_and_listed(panel_of, ring):
    panel = panel_of(ring, steps=80, past=2, future=1)
    assert panel.pages.currentIndex() == 1
    states = panel.found.states
    assert panel.table.model().rowCount() == states.n > 8
    assert panel.facts.text().startswith(f"{states.n} states; the ")
    shares = [panel.table.model().index(row, 1).data() for row in range(2)]
    assert shares[0] == f"{states.shares[0]:.2%}"
    assert panel.button.text() == "Start"


def test_pointing_tells_the_state_and_the_bits_of_a_cell(panel_of, ring, qtbot):
    panel = panel_of(ring, steps=80, past=2, future=1)
    qtbot.waitUntil(lambda: panel.sheet.figure() is not None)
    QTest.mouseMove(panel.sheet, point_of(panel, 41, 61))
    told = panel.hovered.text()
    generation, x, state, bits = re.match(
        r"generation (\d+), x (\d+): cell \d, state (\d+), ([\d.]+) bits", told
    ).groups()
    label = panel.found.states.labels[int(generation), int(x)]
    assert int(state) == label
    assert float(bits) == pytest.approx(panel.found.states.complexities[label], abs=0.01)
    QTest.mouseMove(panel.sheet, point_of(panel, 0, 61))
    assert "no whole cone" in panel.hovered.text()


def test_a_click_on_a_cell_chooses_its_state_and_shows_where_it_is(panel_of, ring, qtbot):
    panel = panel_of(ring, steps=80, past=2, future=1)
    qtbot.mouseClick(panel.sheet, Qt.MouseButton.LeftButton, pos=point_of(panel, 40, 20))
    label = panel.look.chosen
    assert label is not None
    assert panel.look.shown == "state"
    (row,) = panel.table.selectionModel().selectedRows()
    assert row.row() == label
    qtbot.mouseClick(panel.sheet, Qt.MouseButton.LeftButton, pos=point_of(panel, 40, 20))
    assert panel.look.chosen is None


def test_a_row_of_the_table_is_chosen_by_hand(panel_of, ring, qtbot):
    panel = panel_of(ring, steps=80, past=2, future=1)
    table = panel.table
    at = table.visualRect(table.model().index(3, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.look.chosen == 3
    assert panel.shown.currentText() == "State"


def test_a_plane_is_shown_slice_by_slice(panel_of, glider, qtbot):
    panel = panel_of(glider, steps=40)
    assert panel.slice.isVisible()
    assert (panel.slice.minimum(), panel.slice.maximum()) == (1, 39)
    panel.slice.setFocus()
    before = panel.look.place
    qtbot.keyClick(panel.slice, Qt.Key.Key_Right)
    assert panel.look.place == before + 1
    assert panel.generation.text() == f"generation {before + 1}"
    assert panel.hovered.text() == ""


def test_what_is_found_is_what_the_instrument_finds(panel_of, glider):
    panel = panel_of(glider, steps=40, past=1, future=1)
    alone = local_states_of_world(glider.world, LocalStatesSettings(40, past=1, future=1))
    assert np.array_equal(panel.found.states.labels, alone.states.labels)


def test_the_state_in_view_is_the_first_slice(panel_of, glider, shown, qtbot):
    panel = panel_of(glider, finds=False, steps=20)
    panel.surroundings.session.step(5)
    qtbot.waitUntil(lambda: panel.surroundings.session.generation == 5, timeout=LONG)
    panel.toggle()
    qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
    assert panel.found.block.start == 5


def test_only_what_is_selected_is_looked_at(panel_of, glider, qtbot):
    panel = panel_of(glider, finds=False, steps=30)
    panel.form.region.setCurrentIndex(panel.form.region.findData("selection"))
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert "Nothing is selected" in panel.told.text()
    assert not panel.is_working
    view = panel.surroundings.view
    bench = view.window()
    bench.trigger(SELECT)
    first, last = (view.to_view(x + 0.5, y + 0.5).toPoint() for x, y in ((2, 1), (17, 12)))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view, last)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
    assert panel.found.block.box == (2, 1, 16, 12)
    assert panel.found.block.wraps == (False, False)


def test_a_board_wholly_in_sight_is_taken_with_its_seams(panel_of, glider):
    panel = panel_of(glider, steps=10)
    assert panel.found.block.box == (0, 0, 24, 16)
    assert panel.found.block.wraps == (True, True)


def test_changes_of_cells_are_counted_where_asked(panel_of, glider, qtbot):
    panel = panel_of(glider, finds=False, steps=12)
    assert panel.shown.findData("sensitivity") < 0
    panel.sensitivity.setChecked(True)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
    panel.shown.setCurrentIndex(panel.shown.findData("sensitivity"))
    assert panel.look.shown == "sensitivity"
    assert panel.sheet.figure() is not None


def test_a_field_is_divided_into_symbols(panel_of, lenia_world):
    panel = panel_of(lenia_world, steps=12)
    assert panel.form.symbols.isVisible()
    assert not panel.sensitivity.isVisible()
    assert len(panel.found.edges) == 3


def test_numbers_are_saved_as_a_table_and_as_arrays(panel_of, ring, context, qtbot, tmp_path):
    panel = panel_of(ring, steps=80, past=2, future=1)
    said = []
    context.say = said.append
    path, arrays = tmp_path / "states.csv", tmp_path / "states.npz"
    context.dialogs.save_path = lambda *_: path
    panel.trigger("local-states.save")
    qtbot.waitUntil(lambda: said == ["Wrote states.csv."], timeout=LONG)
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["count"]) for row in rows] == panel.found.states.counts.tolist()
    assert all(len(row["most probable future"]) == 3 for row in rows)
    context.dialogs.save_path = lambda *_: arrays
    panel.trigger("local-states.save")
    qtbot.waitUntil(lambda: said[-1] == "Wrote states.npz.", timeout=LONG)
    with np.load(arrays) as read:
        assert np.array_equal(read["labels"], panel.found.states.labels)


def test_the_field_leaves_as_a_figure_with_its_table(panel_of, ring):
    panel = panel_of(ring, steps=80, past=2, future=1)
    (view,) = panel.views()
    figure = view.make(FigureOptions())
    (picture, _bar) = [item for item in figure.items if isinstance(item, Image)]
    assert picture.rgba.shape[:2] == (81, 121)
    words = [item.text for item in figure.items if isinstance(item, Text)]
    assert "bits" in words
    assert any(word.startswith(f"{panel.found.states.n} states, Cμ") for word in words)
    assert len(view.table().rows) == panel.found.states.n


def test_states_of_an_earlier_rule_are_faded_and_said_to_be(panel_of, ring, qtbot):
    panel = panel_of(ring, steps=80, past=2, future=1)
    ink = panel.table.model().index(0, 0).data(Qt.ItemDataRole.ForegroundRole)
    assert ink is None
    panel.sheet.setFixedSize(280, 160)  # whatever the text below it takes
    qtbot.waitUntil(lambda: panel.sheet.width() == 280)
    plain = panel.sheet.grab().toImage()
    session, document = panel.surroundings.session, panel.surroundings.document
    session.change_rule("Rule", Elementary(110))
    qtbot.waitUntil(lambda: panel.facts.text().startswith("Of an earlier rule. "), timeout=LONG)
    assert panel.table.model().index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert panel.sheet.grab().toImage() != plain
    session.change_rule("Rule", Elementary(54))
    qtbot.waitUntil(lambda: panel.facts.text()[0].isdigit(), timeout=LONG)
    assert panel.sheet.grab().toImage() == plain
    other = replace(document.world, cells=1 - document.world.cells)
    document.edit("Other", lambda subject: subject.with_world(other))
    qtbot.waitUntil(lambda: panel.facts.text().startswith("Of an earlier world. "), timeout=LONG)


def test_tips_do_not_cover_the_table(panel_of, ring, monkeypatch):
    panel = panel_of(ring, steps=80, past=2, future=1)
    shown = []
    monkeypatch.setattr(tips.QToolTip, "showText", lambda at, text, owner: shown.append((at, text)))
    table = panel.table
    edge = table.mapToGlobal(QPoint(0, 0)).x()
    at = table.visualRect(table.model().index(2, 3)).center()
    for widget, place in ((table.viewport(), at), (panel.sheet, panel.sheet.rect().center())):
        QApplication.sendEvent(
            widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
        )
    assert [text.split()[0] for _, text in shown] == ["State", "generation"]
    for place, text in shown:
        assert place.x() + QFontMetrics(QToolTip.font()).horizontalAdvance(text) < edge


def test_a_region_of_a_world_too_large_for_an_array_is_looked_at(panel_of, qtbot):
    panel = panel_of(WorldSubject(gliders_far_apart()), finds=False, steps=20)
    session = panel.surroundings.session
    panel.form.region.setCurrentIndex(panel.form.region.findData("whole"))
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "smaller region" in panel.told.text(), timeout=LONG)
    assert panel.button.text() == "Start"
    session.step(3)
    qtbot.waitUntil(lambda: session.generation == 3, timeout=LONG)
    panel.form.region.setCurrentIndex(panel.form.region.findData("sight"))
    panel._sight = lambda: (0, 0, 16, 16)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
    assert panel.found.block.box == (0, 0, 16, 16)
    assert panel.found.block.start == 3


def test_why_the_world_cannot_be_looked_at_is_told_and_it_lives_on(
    panel_of, glider, qtbot, monkeypatch
):
    panel = panel_of(glider, finds=False)

    def refuse(self, run):
        raise AutomataError("There is nothing to see.")

    monkeypatch.setattr(PresentProbe, "observe", refuse)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.told.text() == "There is nothing to see.", timeout=LONG)
    assert panel.button.text() == "Start"
    session = panel.surroundings.session
    session.step(2)
    qtbot.waitUntil(lambda: session.generation == 2, timeout=LONG)


def test_it_is_stopped_and_says_so(panel_of, ring, qtbot):
    panel = panel_of(ring, finds=False, steps=100_000)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.button.text() == "Stop")
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.told.text() == "Stopped."
    assert panel.found is None
    assert not panel.is_working


def test_what_cannot_be_found_is_told_in_a_sentence(panel_of, ring, qtbot):
    panel = panel_of(ring, finds=False, steps=4, past=3, future=2)
    panel.toggle()
    qtbot.waitUntil(lambda: not panel.is_working, timeout=LONG)
    assert "larger block" in panel.told.text()


def test_particles_have_no_local_states(panel_of):
    world = World("dots", ParticleLeniaRule(), UNBOUNDED, np.random.default_rng(1).random((9, 2)))
    panel = panel_of(WorldSubject(world), finds=False)
    assert not panel.button.isEnabled()
    assert "cells in one or two dimensions" in panel.empty.text()


@pytest.mark.parametrize("theme", ["dark", "light", "print"])
@pytest.mark.parametrize("n", [1, 5, 8, 9, 40, 256])
def test_every_state_has_a_colour_of_its_own(n, theme):
    colours = state_colours(n, theme)
    assert len(colours) == n + 1
    assert len(set(colours[: min(n, 8)].tolist())) == min(n, 8)
    rarer = [luminance(f"#{int(each) & 0xFFFFFF:06x}") for each in colours[8:-1]]
    assert rarer == sorted(rarer, reverse=theme != "dark")


def test_cells_without_a_state_have_the_colour_of_nowhere():
    labels = np.array([[-1, 0], [1, 2]], dtype=np.int32)
    colours = state_colours(3, "dark")
    assert state_picture(labels, 3, "dark").tolist() == [
        [colours[3], colours[0]], [colours[1], colours[2]]
    ]  # fmt: skip
    faded = state_picture(labels, 3, "dark", chosen=1)
    assert faded[1, 0] == colours[1]
    assert faded[0, 1] != colours[0]
    values = value_picture(np.array([[np.nan, 2.0]]), 2.0, "dark")
    assert values[0, 0] == colours[3]


def test_thin_lines_stay_in_sight_in_a_large_field():
    values = np.zeros((10, 4 * FINEST - 3), dtype=np.float32)
    values[5, 1001] = 7.0
    seen = coarse(values)
    assert seen.shape == (3, FINEST)
    assert np.argwhere(seen == 7.0).tolist() == [[1, 250]]


@pytest.mark.parametrize("name", ["state", "complexity", "cells"])
@pytest.mark.parametrize("theme", ["dark", "light", "print"])
def test_long_diagrams_are_drawn_on_the_screen_in_every_colouring(ring, name, theme):
    found = local_states_of_world(ring.world, LocalStatesSettings(3000, past=1, future=1))
    figure = local_states_figure(
        Fields(found), Look(name, is_on_screen=True), FigureOptions(theme=theme), 60.0
    )
    picture = next(item for item in figure.items if isinstance(item, Image))
    assert max(picture.rgba.shape[:2]) <= FINEST
    assert figure.height_mm == 60.0
