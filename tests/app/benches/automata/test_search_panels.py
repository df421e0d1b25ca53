"""Search, robustness and map below a field: started, stopped, shown, saved, gone back to."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.benches.automata.library.dragging import world_of_drag, world_text_of
from app.benches.automata.mu_sigma.drawing import filled, map_figure
from app.benches.automata.robustness.drawing import survival_figure
from app.benches.automata.search.creatures import Creatures, Role
from app.figures.description import FigureOptions, Text
from core.automata.parameter_map import ParameterMap
from core.automata.robustness.perturbations import PERTURBATIONS
from core.automata.robustness.survival import survival
from core.automata.rules.lenia import lenia
from core.automata.search.archive import Archive, Found, write_archive
from core.automata.search.candidate import Candidate, candidate_world
from core.automata.search.trial import Outcome
from core.automata.world_subject import WorldSubject
from core.progress import Cancelled

LONG = 120_000


def creature(trial=7, speed=0.5, mass=0.4):
    """Return a disc that a search might have found."""
    y, x = np.mgrid[:16, :16]
    patch = np.where(np.hypot(y - 7.5, x - 7.5) < 7, 0.6, 0.0)
    outcome = Outcome("moving", mass, 0.5, speed, patch=patch)
    return Found(Candidate(lenia(10, 10, 0.15, 0.016), patch), outcome, speed, trial)


@pytest.fixture
def archive():
    found = Archive("moving", seed=5, trials=64)
    for trial, speed, mass in ((7, 0.5, 0.4), (9, 0.3, 1.4), (11, 0.7, 0.9)):
        found.offer(creature(trial, speed, mass))
    return found


@pytest.fixture
def body():
    return WorldSubject(candidate_world(creature().candidate, 64))


@pytest.fixture
def panel_of(open_bench, context):
    """Return a function that opens a bench over a subject with a panel in sight."""

    def open_panel(subject, name):
        bench = open_bench(subject, name)
        bench.apply_palette(context.palette)
        return bench.deck.open_panel(name)

    return open_panel


def test_a_creature_can_be_dragged_as_a_world_of_its_own(archive):
    creatures = Creatures()
    creatures.show_archive(archive)
    index = creatures.index(0)
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    found = index.data(Role.FOUND)
    world = world_of_drag(world_text_of(creatures.mimeData([index])))
    assert world.rule == found.candidate.rule
    assert world.array.sum() == pytest.approx(found.candidate.patch.sum())


def names(panel):
    rows = range(panel.sorted.rowCount())
    return [panel.sorted.index(row, 0).data(Role.FOUND).trial for row in rows]


def test_a_search_is_started_fills_its_archive_and_is_stopped(panel_of, body, qtbot):
    panel = panel_of(body, "search")
    panel.goal.setCurrentIndex(panel.goal.findData("mass"))
    panel.seed.setValue(3)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.button.text() == "Stop"
    qtbot.waitUntil(lambda: panel.sorted.rowCount() > 0, timeout=LONG)
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert not panel.is_working
    assert panel.button.text() == "Start"
    assert panel.archive.trials >= 32
    assert panel.goal.isEnabled()


def test_a_search_goes_on_where_it_was_stopped(panel_of, body, archive, qtbot):
    panel = panel_of(body, "search")
    panel._on_read(archive)
    panel.toggle()
    qtbot.waitUntil(lambda: panel.archive.trials > 64, timeout=LONG)
    panel.stop()
    assert {7, 9, 11} & set(names(panel))


def test_the_archive_is_that_of_the_study(panel_of, body, archive, context, qtbot):
    said = []
    context.say = said.append
    first = panel_of(body, "search")
    second = panel_of(body, "search")
    first._on_read(archive)
    assert names(second) == [11, 7, 9]
    assert second.seed.value() == 5
    third = panel_of(body, "search")
    assert names(third) == [11, 7, 9], "of a creature that was opened from the archive, say"
    first.toggle()
    qtbot.waitUntil(lambda: first.archive.trials > 64, timeout=LONG)
    qtbot.waitUntil(lambda: third.archive is first.archive)
    assert third.told.text().endswith("The search runs in candidate.")
    third.toggle()
    assert not third.is_working and "stop it there" in said[-1]
    first.stop()
    assert "runs in" not in third.told.text()
    third.toggle()
    assert third.is_working
    third.stop()


def test_creatures_are_sorted_by_what_is_chosen(panel_of, body, archive):
    panel = panel_of(body, "search")
    panel._on_read(archive)
    assert names(panel) == [11, 7, 9]
    panel.order.setCurrentIndex(panel.order.findData("mass"))
    assert names(panel) == [9, 11, 7]


def test_every_creature_gets_its_picture(panel_of, body, archive, qtbot):
    panel = panel_of(body, "search")
    panel._on_read(archive)
    qtbot.waitUntil(lambda: not panel.creatures.without_picture(), timeout=LONG)


def test_a_click_tells_of_a_creature_and_a_double_click_opens_it(panel_of, body, archive, context):
    opened = []
    context.open_subject = opened.append
    panel = panel_of(body, "search")
    panel._on_read(archive)
    panel.choose(0)
    assert panel.title.text() == "Fast glider 11"
    assert "0.700 R" in panel.facts.text()
    panel.list.doubleClicked.emit(panel.list.currentIndex())
    world = context.document.subject(opened[0]).value.world
    assert world.title == "Fast glider 11"
    assert world.array.shape == (1, 128, 128)
    assert world.array.max() == pytest.approx(0.6)


def test_an_archive_is_saved_and_opened_again(panel_of, body, archive, context, qtbot, tmp_path):
    path = tmp_path / "found.json"
    context.dialogs.save_path = lambda *_: path
    context.dialogs.open_path = lambda *_: path
    panel = panel_of(body, "search")
    panel._on_read(archive)
    panel.trigger("search.save")
    qtbot.waitUntil(path.exists, timeout=LONG)
    panel._on_read(Archive("mass"))
    assert not panel.is_enabled("search.save")
    panel.trigger("search.open")
    qtbot.waitUntil(lambda: names(panel) == [11, 7, 9], timeout=LONG)
    assert panel.seed.value() == 5


def test_a_damaged_archive_is_told_of(panel_of, body, context, qtbot, tmp_path):
    said = []
    context.say = said.append
    path = tmp_path / "found.json"
    path.write_text(json.dumps({"format": "letters"}), encoding="utf-8")
    panel = panel_of(body, "search")
    panel.load(path)
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert "no archive of a search" in said[0]


def test_curves_appear_level_by_level_and_are_saved(panel_of, body, context, qtbot, tmp_path):
    path = tmp_path / "curves.csv"
    context.dialogs.save_path = lambda *_: path
    panel = panel_of(body, "robustness")
    for name, box in panel.boxes.items():
        box.setChecked(name == "rotation")
    panel.runs.setValue(1)
    world = body.world
    panel.run_battery(replace(world, rule=lenia(10, 10, 0.15, 0.05)))
    qtbot.waitUntil(lambda: not panel.is_working, timeout=LONG)
    assert [each.level for each in panel.found] == [5, 15, 30, 45]
    assert panel.score.text().startswith("Score")
    (view,) = panel.views()
    assert len(view.table().rows) == 4
    panel.save_numbers()
    qtbot.waitUntil(path.exists, timeout=LONG)
    assert path.read_text(encoding="utf-8").startswith("perturbation,level,runs,survived")


def test_levels_of_trouble_have_their_units_before_anything_runs(panel_of, body):
    panel = panel_of(body, "robustness")
    told = [label.text() for label in panel.findChildren(QLabel)]
    assert "1, 2, 3, 5 discs" in told and "5, 15, 30, 45 degrees" in told
    for width, axis in ((86.0, "survived"), (178.0, "share survived")):
        figure = survival_figure(PERTURBATIONS[:2], (), FigureOptions(width_mm=width))
        words = [each.text for each in figure.items if isinstance(each, Text)]
        assert words.count(axis) == 2


@pytest.mark.parametrize("panel", ["robustness", "map"])
def test_a_world_that_is_not_lenia_is_refused_in_a_sentence(panel_of, glider, panel):
    shown = panel_of(glider, panel)
    assert not shown.button.isEnabled()
    assert "Lenia" in shown.empty.text()
    assert shown.pages.currentWidget() is shown.empty


def test_what_does_not_live_is_told(panel_of, body, qtbot):
    panel = panel_of(body, "robustness")
    panel.run_battery(body.world.with_cells(np.zeros((1, 64, 64))))
    qtbot.waitUntil(lambda: not panel.is_working, timeout=LONG)
    assert "Nothing lives" in panel.told.text()


def test_a_map_fills_and_a_click_on_it_goes_there(panel_of, body, qtbot):
    panel = panel_of(body, "map")
    panel.points.setValue(4)
    panel.toggle()
    qtbot.waitUntil(lambda: panel.found is not None and not panel.is_working, timeout=LONG)
    assert panel.found.is_whole
    assert panel.found.mu[0] == pytest.approx(0.6 * 0.15)
    axes = panel._axes()
    panel.go_to_place(*axes.at(0.12, 0.012))
    session = panel.surroundings.session
    growth = panel.surroundings.document.world.rule.kernels[0].growth
    assert (growth.mu, growth.sigma) == pytest.approx((0.12, 0.012))
    qtbot.waitUntil(lambda: session.rule.kernels[0].growth.mu == growth.mu, timeout=LONG)


def test_a_map_that_is_stopped_keeps_what_it_has(panel_of, body, qtbot):
    panel = panel_of(body, "map")
    panel.points.setValue(128)
    panel.toggle()
    qtbot.waitUntil(lambda: panel.found is not None, timeout=LONG)
    panel.stop()
    assert not panel.is_working
    assert not panel.found.is_whole
    assert panel.views()


def test_the_end_of_the_bench_ends_the_search(panel_of, body, qtbot):
    panel = panel_of(body, "search")
    panel.toggle()
    job = panel._job
    panel.close_panel()
    assert job.state == "cancelled"
    with pytest.raises(Cancelled):
        job.progress.check()


def some_map():
    verdict = np.full((4, 4), -1, np.int8)
    verdict[::2, ::2] = [[0, 1], [4, 5]]
    speed = np.where(verdict == 5, 0.5, np.nan)
    return ParameterMap(np.linspace(0.1, 0.2, 4), np.linspace(0.01, 0.02, 4), verdict, speed, speed)


def test_a_coarse_point_stands_for_the_finer_ones_around_it():
    rows, columns = filled(some_map())
    assert (rows[3, 3], columns[3, 3]) == (2, 2)
    assert (rows >= 0).all()


@pytest.mark.parametrize("shown", ["verdict", "speed", "mass"])
@pytest.mark.parametrize("theme", ["print", "light", "dark"])
def test_maps_are_drawn_in_every_colouring(shown, theme):
    figure = map_figure(some_map(), shown, (0.15, 0.015), FigureOptions(86.0, theme))
    assert figure.items


@pytest.mark.parametrize("count", [1, 2, 9])
def test_survival_curves_are_drawn_for_any_battery(count):
    battery = PERTURBATIONS[:count]
    found = [survival(each.name, each.levels[0], 10, 7) for each in battery]
    assert survival_figure(battery, found, FigureOptions(86.0)).height_mm > 20


def test_an_archive_of_a_file_can_be_shown(panel_of, body, archive, qtbot, tmp_path):
    path = tmp_path / "a.json"
    write_archive(archive, path)
    panel = panel_of(body, "search")
    panel.load(path)
    qtbot.waitUntil(lambda: panel.sorted.rowCount() == 3, timeout=LONG)
