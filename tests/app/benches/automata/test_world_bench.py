"""A world is opened, played, paused, turned back and looked at with mouse and keys."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from app.benches.automata.figure import caption_lines
from app.benches.automata.kind import WORLD_KIND
from app.benches.automata.spec import BENCH
from app.benches.automata.transport import rate_text
from app.shell.bench import load
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.errors import AutomataError
from core.automata.interventions import ChangeRule, Fill
from core.automata.patterns.fresh import FRESH
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE
from core.automata.rules.reading import rule_of
from core.automata.run import Run
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject, blank_world

COMPILING = 300_000
"""Milliseconds to wait where an engine may have to be compiled first."""


def state_after(subject, generation):
    """Return the cells that a run of its own reaches."""
    run = Run(subject.world, subject.interventions)
    run.go_to(generation)
    return run.stepper.cells()


def test_a_living_cell_has_another_colour_than_an_empty_one(open_bench, glider):
    bench = open_bench(glider)
    picture = bench.view.grab().toImage()
    alive, empty = (
        picture.pixelColor(bench.view.to_view(x + 0.5, y + 0.5).toPoint())
        for x, y in ((1, 0), (0, 0))
    )
    assert abs(alive.lightness() - empty.lightness()) > 100


def test_the_whole_board_is_in_sight_at_first(open_bench, glider):
    view = open_bench(glider).view
    corners = (view.to_view(0, 0), view.to_view(24, 16))
    assert all(view.rect().contains(corner.toPoint()) for corner in corners)


def test_the_space_bar_plays_and_pauses_at_exactly_what_is_shown(open_bench, glider, qtbot):
    bench = open_bench(glider)
    bench.view.setFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.session.generation > 3)
    QTest.keyClick(bench.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not bench.session.is_running)
    qtbot.waitUntil(lambda: bench.document.subject.at == bench.session.generation)
    frame = bench.session.frame
    QTest.qWait(80)
    assert bench.session.frame.generation == frame.generation
    assert np.array_equal(frame.values, state_after(glider, frame.generation))


def test_a_glider_goes_one_cell_down_and_right_in_four_steps(open_bench, glider, shown):
    bench = open_bench(glider)
    for _ in range(4):
        bench.trigger("world.step")
    frame = shown(bench, 4)
    assert np.array_equal(frame.values, np.roll(glider.world.array, (1, 1), (0, 1)))


def test_n_steps_are_as_many_as_the_transport_says(open_bench, glider, shown):
    bench = open_bench(glider)
    bench.transport.steps.setValue(37)
    bench.trigger("world.steps")
    shown(bench, 37)
    assert bench.transport.generation.text() == "37"


@pytest.mark.parametrize("typed", ["1073741824", "2^30", "1,073,741,824"])
def test_a_large_number_of_steps_is_kept_whole(open_bench, glider, typed, monkeypatch):
    bench = open_bench(glider)
    asked = []
    monkeypatch.setattr(bench.session, "run_for", asked.append)
    box = bench.transport.steps
    box.selectAll()
    QTest.keyClicks(box, typed)
    bench.trigger("world.steps")
    assert asked == [2**30]
    assert box.text() == "1,073,741,824"
    bench.transport.layout().activate()
    assert box.width() >= box.fontMetrics().horizontalAdvance(box.text()) + 26
    assert not bench.callout.isVisible()


def test_too_many_steps_are_refused_in_sight_and_none_is_made(
    open_bench, glider, monkeypatch, qtbot
):
    bench = open_bench(glider)
    asked = []
    monkeypatch.setattr(bench.session, "run_for", asked.append)
    box = bench.transport.steps
    box.selectAll()
    QTest.keyClicks(box, "9999999999999999")
    bench.trigger("world.steps")
    assert not asked
    assert box.text() == "9999999999999999", "nothing is cut"
    assert bench.callout.isVisible()
    assert "At most 1,000,000,000,000,000 steps" in bench.callout.label.text()
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    assert not bench.callout.isVisible()
    bench.trigger("world.steps")
    assert asked == [999_999_999_999_999]


def test_long_generations_are_shown_whole_or_in_short(open_bench, glider):
    bench = open_bench(glider)
    transport, frame = bench.transport, bench.session.frame
    transport.show_frame(replace(frame, generation=161_598_144_512, furthest=161_598_144_512))
    field = transport.generation
    assert field.text() == "161,598,144,512"
    assert field.width() >= field.fontMetrics().horizontalAdvance(field.text()) + 14
    transport.show_frame(replace(frame, generation=2**70, furthest=2**70))
    assert field.text() == "1.18059 × 10²¹"
    assert f"{2**70:,}" in field.toolTip()


@pytest.mark.parametrize(("typed", "reason"), [("10^30", "can be gone to"), ("ten", "no whole")])
def test_a_generation_that_cannot_be_gone_to_is_refused_in_sight(open_bench, glider, typed, reason):
    bench = open_bench(glider)
    field = bench.transport.generation
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bench.callout.isVisible() and reason in bench.callout.label.text()
    assert field.text() == "0"


def test_rates_are_short():
    assert rate_text(3.11e11, 35) == "3.1 × 10¹¹/s · 35 frames/s"
    assert rate_text(12_345, 60) == "12,345 steps/s · 60 frames/s"


def test_a_narrow_transport_keeps_what_matters(open_bench, glider, qtbot):
    bench = open_bench(glider)
    transport = bench.transport
    for button in transport.findChildren(QToolButton):
        button.setFixedWidth(27)  # as with the icons of the window
    for width, shown, hidden in (
        (900, (transport.rate, transport.loop_button), ()),
        (565, (transport.speed_label, transport.speed, transport.steps), (transport.rate,)),
        (430, (transport.steps, transport.run_button), (transport.loop_button, transport.rate)),
    ):
        bench.resize(width, 640)
        qtbot.waitUntil(lambda wide=width: transport.width() == wide)
        assert all(part.isVisible() for part in shown), width
        assert not any(part.isVisible() for part in hidden)
        transport.layout().activate()
        right = max(each.geometry().right() for each in (transport.generation, transport.slider))
        assert right <= width


def test_stepping_back_shows_the_same_state_as_on_the_way_there(open_bench, lenia_world, shown):
    bench = open_bench(lenia_world)
    bench.session.step(30)
    before = shown(bench, 30).values
    bench.session.step(3)
    shown(bench, 33)
    for _ in range(3):
        bench.trigger("world.step_back")
    assert np.array_equal(shown(bench, 30).values, before)


def test_the_slider_goes_to_any_generation_reached(open_bench, glider, shown):
    bench = open_bench(glider)
    bench.session.step(40)
    shown(bench, 40)
    bench.transport.slider.setValue(12)
    assert np.array_equal(shown(bench, 12).values, state_after(glider, 12))
    assert bench.session.frame.furthest == 40


def test_a_generation_can_be_typed(open_bench, glider, shown):
    field = open_bench(glider).transport.generation
    bench = field.window()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert np.array_equal(shown(bench, 25).values, state_after(glider, 25))


def test_back_to_the_start_shows_the_first_state(open_bench, glider, shown):
    bench = open_bench(glider)
    bench.session.step(9)
    shown(bench, 9)
    bench.trigger("world.reset")
    assert np.array_equal(shown(bench, 0).values, glider.world.array)


def test_a_loop_begins_again_where_it_ended(open_bench, glider, shown, qtbot):
    bench = open_bench(glider)
    bench.session.step(10)
    shown(bench, 10)
    bench.trigger("world.loop")
    bench.session.set_speed(None)
    seen = set()
    bench.session.frame_ready.connect(lambda frame: seen.add(frame.generation))
    bench.trigger("world.play")
    qtbot.waitUntil(lambda: len(seen) > 3)
    bench.trigger("world.play")
    qtbot.waitUntil(lambda: not bench.session.is_running)
    assert max(seen) <= 10


def test_running_is_undone_like_an_edit(open_bench, glider, shown):
    bench = open_bench(glider)
    bench.session.step(8)
    shown(bench, 8)
    bench.context.document.undo()
    assert np.array_equal(shown(bench, 0).values, glider.world.array)
    bench.context.document.redo()
    assert np.array_equal(shown(bench, 8).values, state_after(glider, 8))


def test_moving_mu_at_the_start_edits_the_rule_and_is_undone(open_bench, lenia_world, qtbot):
    bench = open_bench(lenia_world)
    row = bench.inspector().tab("world").rows["μ"]
    row.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    moved = bench.document.world.rule.kernels[0].growth.mu
    assert moved > 0.15
    qtbot.waitUntil(lambda: bench.session.frame.rule.kernels[0].growth.mu == moved)
    bench.context.document.undo()
    assert bench.document.world.rule is lenia_world.world.rule
    qtbot.waitUntil(lambda: bench.session.frame.rule.kernels[0].growth.mu == 0.15)
    assert row.field.text() == "0.15"


def test_moving_mu_later_is_an_intervention_at_that_generation(
    open_bench, lenia_world, shown, qtbot
):
    bench = open_bench(lenia_world)
    bench.session.step(20)
    shown(bench, 20)
    row = bench.inspector().tab("world").rows["μ"]
    row.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: bool(bench.document.subject.interventions))
    qtbot.waitUntil(lambda: bench.session.frame.rule == bench.document.subject.rule_at(20))
    (done,) = bench.document.subject.interventions
    assert (type(done), done.generation) == (ChangeRule, 20)
    assert bench.document.world.rule is lenia_world.world.rule
    bench.session.step(5)
    after = shown(bench, 25).values
    assert np.allclose(after, state_after(bench.document.subject, 25), atol=1e-6)
    bench.context.document.undo()
    bench.context.document.undo()
    assert bench.document.subject.interventions == ()
    shown(bench, 20)
    assert bench.session.frame.rule.kernels[0].growth.mu == 0.15


def test_noise_is_added_once_and_moved_on(open_bench, glider, qtbot):
    bench = open_bench(glider)
    for _ in range(2):
        row = bench.inspector().tab("world").rows["noise"]
        QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    assert bench.document.world.rule.text == "noisy(0.008):B3/S23"
    qtbot.waitUntil(lambda: bench.session.frame.rule.text == "noisy(0.008):B3/S23")


def test_a_world_without_end_is_offered_no_noise(open_bench):
    cells = np.ones((1, 3), dtype=np.uint8)
    bench = open_bench(WorldSubject(World("blinker", LIFE, UNBOUNDED, cells)))
    assert "noise" not in bench.inspector().tab("world").rows


def test_toggling_a_number_of_neighbours_changes_the_rule(open_bench, glider, qtbot):
    bench = open_bench(glider)
    toggles = bench.inspector().tab("world").toggles
    QTest.mouseClick(toggles.buttons["B"][6], Qt.MouseButton.LeftButton)
    assert bench.document.world.rule.text == "B36/S23"
    qtbot.waitUntil(lambda: bench.session.frame.rule.text == "B36/S23")
    assert bench.inspector().tab("world").rule_field.text() == "B36/S23"


def test_a_rule_that_cannot_be_read_is_told_and_changes_nothing(open_bench, glider):
    bench = open_bench(glider)
    tab = bench.inspector().tab("world")
    tab.rule_field.setFocus()
    tab.rule_field.selectAll()
    QTest.keyClicks(tab.rule_field, "B9/S23")
    QTest.keyClick(tab.rule_field, Qt.Key.Key_Return)
    assert "B9/S23" in tab.problem.text()
    assert bench.document.subject is bench.context.document.subject(bench.subject_id).value
    assert bench.document.world is glider.world


def typed(tab, text):
    tab.rule_field.setFocus()
    tab.rule_field.selectAll()
    QTest.keyClicks(tab.rule_field, text)
    QTest.keyClick(tab.rule_field, Qt.Key.Key_Return)


def test_a_long_refusal_of_a_rule_does_not_widen_the_inspector(open_bench, glider):
    bench = open_bench(glider)
    tab = bench.inspector().tab("world")
    before = tab.minimumSizeHint().width(), tab.problem.parentWidget().minimumSizeHint().width()
    tab.rule_field.setText(
        "particle-lenia:mu_k=4,sigma_k=1,w_k=0.022,mu_g=0.6,sigma_g=0.15,c_rep=2"
    )
    tab.rule_field.setModified(True)
    tab.rule_field.editingFinished.emit()
    assert "does not fit" in tab.problem.text()
    assert len(tab.problem.text()) < 330
    after = tab.minimumSizeHint().width(), tab.problem.parentWidget().minimumSizeHint().width()
    assert after == before


def test_another_family_typed_into_an_empty_world_makes_a_world_of_it(open_bench, qtbot):
    bench = open_bench(blank_world())
    tab = bench.inspector().tab("world")
    typed(tab, "particle-lenia:dimensions=3")
    assert bench.document.world.array.shape == (500, 3)
    qtbot.waitUntil(lambda: bench.session.frame.points is not None, timeout=COMPILING)
    typed(tab, "W90")
    assert bench.document.world.array.sum() == 1
    assert bench.document.world.name == "life"
    bench.context.document.undo_stack.undo()
    bench.context.document.undo_stack.undo()
    assert bench.document.world.rule == LIFE


def test_another_family_is_refused_where_something_lives(open_bench, glider):
    bench = open_bench(glider)
    tab = bench.inspector().tab("world")
    typed(tab, "flow-lenia:drops")
    assert "New cellular world" in tab.problem.text()
    assert bench.document.world is glider.world


@pytest.mark.parametrize("kind", FRESH, ids=lambda kind: kind.id)
def test_new_worlds_are_made_from_the_menu(kind, context):
    context.document = StudyDocument(KindRegistry([WORLD_KIND]))
    load(BENCH.anywhere[f"world.new_{kind.id}"])(context, None)
    (entry,) = context.document.study.subjects
    assert (entry.name, entry.value.world.rule) == (kind.title, kind.rule())


def test_what_the_welcome_page_offers_can_be_done_without_a_world():
    assert BENCH.offers
    assert set(BENCH.offers) <= set(BENCH.anywhere)


def test_another_topology_begins_anew_with_the_cells_in_the_middle(open_bench, glider, qtbot):
    bench = open_bench(glider)
    tab = bench.inspector().tab("world")
    tab.topology.setCurrentIndex(tab.topology.findData("plane"))
    tab.width_box.setValue(48)
    tab.height_box.setValue(32)
    QTest.mouseClick(tab.resettle, Qt.MouseButton.LeftButton)
    world = bench.document.world
    assert (world.topology.kind, world.array.shape) == ("plane", (32, 48))
    assert np.array_equal(world.array[8:24, 12:36], glider.world.array)
    qtbot.waitUntil(lambda: bench.session.frame.values.shape == (32, 48))


@pytest.mark.parametrize("kind", ["torus", "klein", "cross-surface", "sphere", "reflecting"])
def test_lenia_goes_on_on_other_sides(kind, open_bench, lenia_world, qtbot):
    bench = open_bench(lenia_world)
    tab = bench.inspector().tab("world")
    tab.topology.setCurrentIndex(tab.topology.findData(kind))
    tab.width_box.setValue(40)
    tab.height_box.setValue(40)
    QTest.mouseClick(tab.resettle, Qt.MouseButton.LeftButton)
    assert bench.document.world.topology.kind == kind
    bench.session.step(2)
    qtbot.waitUntil(lambda: bench.session.frame.generation == 2)
    assert tab.problem.isHidden()


def wheel(view, at, turned):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_about_the_pointer(open_bench, glider):
    view = open_bench(glider).view
    at = view.to_view(5.5, 3.5).toPoint()
    before, scale = view.camera.cell_at(at.x(), at.y()), view.scale
    wheel(view, at, 240)
    assert view.scale > 1.2 * scale
    assert view.camera.cell_at(at.x(), at.y()) == pytest.approx(before)


def test_dragging_with_the_middle_button_pans_by_as_many_points(open_bench, glider):
    view = open_bench(glider).view
    start, end = QPoint(300, 200), QPoint(340, 230)
    cell = view.camera.cell_at(start.x(), start.y())
    QTest.mousePress(view, Qt.MouseButton.MiddleButton, pos=start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=end)
    assert view.camera.cell_at(end.x(), end.y()) == pytest.approx(cell)


def test_dragging_with_the_space_bar_pans_and_does_not_play(open_bench, glider):
    bench = open_bench(glider)
    view = bench.view
    view.setFocus()
    before = view.camera.x
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(view, QPoint(360, 200))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(360, 200))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.camera.x == pytest.approx(before - 60 / view.scale)
    assert not bench.session.is_running


def test_arrow_keys_pan(open_bench, glider):
    view = open_bench(glider).view
    view.setFocus()
    before = view.camera.x
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.x > before


def test_an_unbounded_world_can_be_looked_at_anywhere(open_bench, qtbot):
    cells = np.ones((1, 3), dtype=np.uint8)
    bench = open_bench(WorldSubject(World("blinker", LIFE, UNBOUNDED, cells)))
    bench.view.centre_on(-5000.0, 7000.0)
    qtbot.waitUntil(lambda: bench.session.frame.viewport.x < -4900)
    assert not bench.session.frame.values.any()
    bench.trigger("world.fit")
    qtbot.waitUntil(lambda: bench.session.frame.values.sum() == 3)


def test_palettes_layers_and_marks_are_kept_with_the_world(open_bench, lenia_world, qtbot):
    bench = open_bench(lenia_world)
    usual = bench.session.frame.picture
    bench.trigger("world.palette.viridis")
    bench.trigger("world.layer.growth")
    bench.trigger("world.trail")
    look = bench.document.look
    assert (look.palette, look.layer, look.marks) == ("viridis", "growth", ("grid", "trail"))
    assert bench.is_checked("world.palette.viridis")
    qtbot.waitUntil(lambda: bench.session.frame.values.min() < 0)
    assert not np.array_equal(bench.session.frame.picture, usual)
    assert WorldSubject.from_record(*bench.document.subject.to_record()).look == look


def test_the_status_line_tells_generation_and_population(open_bench, glider, shown):
    bench = open_bench(glider)
    bench.session.step(4)
    shown(bench, 4)
    assert bench.status().startswith("generation 4  ·  5 living cells")


def test_what_is_under_the_pointer_is_told(open_bench, glider, qtbot):
    bench = open_bench(glider)
    QTest.mouseMove(bench.view, bench.view.to_view(1.5, 0.5).toPoint())
    qtbot.waitUntil(lambda: "(1, 0) state 1" in bench.status())


class Waiting:
    """Keeps the thread of the world waiting at its first step."""

    name, every = "waiting", 1

    def __init__(self):
        self.may_go = threading.Event()

    def observe(self, run):
        if run.generation > 0:
            self.may_go.wait(60)

    def forget_after(self, generation):
        pass

    def reading(self):
        return None


def test_a_first_step_that_takes_its_time_is_told(open_bench, glider, qtbot):
    bench, probe = open_bench(glider), Waiting()
    bench.session.add_probe(probe)
    bench.trigger("world.play")
    rate = bench.transport.rate
    qtbot.waitUntil(lambda: rate.text() == "getting ready …")
    probe.may_go.set()
    qtbot.waitUntil(lambda: rate.text().endswith("frames/s"))
    bench.trigger("world.play")
    qtbot.waitUntil(lambda: rate.text() == "")


def test_nothing_of_the_transport_moves_while_it_plays(open_bench, glider, qtbot):
    bench = open_bench(glider)
    transport = bench.transport
    bench.resize(1000, 640)
    qtbot.waitUntil(lambda: transport.width() > 900)
    parts = (transport.slider, transport.generation, transport.loop_button)
    before = [part.geometry() for part in parts]
    bench.trigger("world.play")
    qtbot.waitUntil(lambda: transport.rate.text().endswith("frames/s"))
    transport.layout().activate()
    assert [part.geometry() for part in parts] == before
    assert "generation" not in bench.status(), "the transport tells it, and newer"
    bench.trigger("world.play")
    qtbot.waitUntil(lambda: bench.status().startswith("generation"))


def test_a_step_that_fails_rests_and_says_why(open_bench, glider, qtbot, shown, monkeypatch):
    bench, step = open_bench(glider), Run.step

    def stumble(run, steps=1, progress=None):
        if run.generation >= 5:
            raise AutomataError(f"Generation {run.generation} cannot be left.")
        step(run, min(steps, 5 - run.generation), progress)

    monkeypatch.setattr(Run, "step", stumble)
    bench.session.play()
    qtbot.waitUntil(lambda: not bench.callout.isHidden())
    assert bench.callout.label.text() == "Generation 5 cannot be left."
    qtbot.waitUntil(lambda: not bench.session.is_running)
    monkeypatch.undo()
    bench.session.go_to(7)
    assert np.array_equal(shown(bench, 7).values, state_after(glider, 7))


def test_a_study_opens_at_the_generation_and_with_the_hands_it_was_saved_with(
    open_bench, glider, shown, tmp_path, context
):
    bench = open_bench(glider)
    bench.session.step(6)
    shown(bench, 6)
    bench.session.intervene("Fill", Fill(0, 10, 8, 3, 1, 1.0))
    bench.session.step(5)
    values = shown(bench, 11).values
    assert [each.generation for each in bench.document.subject.interventions] == [6]
    path = tmp_path / "kept.macroscope"
    context.document.save(path)
    again = StudyDocument(KindRegistry(bench.context.document.kinds))
    again.read(path)
    subject = again.study.subjects[0].value
    assert subject.at == 11
    other = open_bench(subject)
    assert np.array_equal(shown(other, 11).values, values)
    assert np.array_equal(values, state_after(subject, 11))


def test_what_is_in_sight_leaves_as_a_figure(open_bench, glider):
    from app.figures.description import FigureOptions, Image

    bench = open_bench(glider)
    field = bench.views()[0]
    figure = field.make(FigureOptions())
    image = next(item for item in figure.items if isinstance(item, Image))
    assert image.rgba.shape == (16, 24, 4)
    assert set(field.table().rows) == {(1, 0, 1), (2, 1, 1), (0, 2, 1), (1, 2, 1), (2, 2, 1)}


def test_the_caption_of_a_figure_is_in_lines_that_fit(open_bench, lenia_world):
    rule = rule_of(
        "lenia:R=10.123456789,T=10,c=2;m=0.1357714321,s=0.0186567891,h=0.38;b=1|0.37,gn=2,m=0.27,"
        "s=0.03,h=0.46,c=0>1;m=0.235,s=0.0256,h=0.38,c=1>0;m=0.29,s=0.03,c=1>1"
    )
    frame = replace(open_bench(lenia_world).session.frame, rule=rule)
    lines = caption_lines(frame, 70)
    assert lines[0] == "lenia:R=10.1235,T=10,c=2;m=0.135771,s=0.0186568,h=0.38;b=1|0.37,gn=2,"
    assert lines[-1].endswith("generation 0")
    assert 1 < len(lines) <= 4 and max(map(len, lines)) <= 70
    short = caption_lines(frame, 20)
    assert len(short) == 4 and short[-2].endswith(" …") and short[-1] == "generation 0"
    assert caption_lines(replace(frame, rule=LIFE), 70) == ["B3/S23, generation 0"]


def test_rows_of_a_one_dimensional_world_run_down_the_view(open_bench, rule_30, shown):
    bench = open_bench(rule_30)
    bench.session.step(15)
    values = shown(bench, 15).values
    bench.view.fit()
    # the numbers of ones in the first rows of rule 30 (Wolfram, OEIS A070952)
    counts = [1, 3, 3, 6, 4, 9, 5, 12, 7, 12, 11, 14, 12, 19, 13, 22]
    top = max(0, -bench.session.frame.viewport.y)
    assert values[top : top + 16].sum(axis=1).tolist() == counts


def test_the_state_in_view_can_become_the_first(open_bench, glider, shown, qtbot):
    bench = open_bench(glider)
    bench.session.step(4)
    shown(bench, 4)
    bench.trigger("world.start_here")
    qtbot.waitUntil(lambda: bench.document.world.generation == 4, timeout=60000)
    assert np.array_equal(bench.document.world.array, state_after(glider, 4))
    assert not bench.is_enabled("world.step_back")


def test_a_world_out_of_sight_rests_and_goes_on_when_seen_again(open_bench, glider, qtbot):
    bench = open_bench(glider)
    bench.session.play()
    bench.hide()
    qtbot.waitUntil(lambda: not bench.session.is_running)
    bench.show()
    qtbot.waitUntil(lambda: bench.session.is_running)


def test_a_slider_moves_finely_with_shift_and_keys(open_bench, lenia_world, qtbot):
    bench = open_bench(lenia_world)
    row = bench.inspector().tab("world").rows["μ"]
    heard = []
    row.moved.connect(heard.append)
    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert heard[-1] == 0.1501
    QTest.keyClick(row.slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert heard[-1] == 0.15011
    handle = row.slider.width() * row.slider.value() // row.slider.maximum()
    at = QPoint(handle, row.slider.height() // 2)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(row.slider, Qt.MouseButton.LeftButton, shift, at)
    before = row.slider.value()
    for way in (1, 21):
        to = QPointF(at + QPoint(way, 0))
        moved = QMouseEvent(
            QEvent.Type.MouseMove, to, row.slider.mapToGlobal(to), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, shift,
        )  # fmt: skip
        QApplication.sendEvent(row.slider, moved)
    a_pixel = row.slider.maximum() / row.slider.width()
    assert row.slider.value() - before == pytest.approx(a_pixel, abs=2), "as a pixel without Shift"
    QTest.mouseRelease(row.slider, Qt.MouseButton.LeftButton, shift, at + QPoint(21, 0))


def test_a_typed_value_is_kept_whole_and_shown_short(open_bench, lenia_world, qtbot):
    bench = open_bench(lenia_world)
    tab = bench.inspector().tab("world")
    row = tab.rows["μ"]
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, "0.1234567891")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert bench.document.rule.kernels[0].growth.mu == 0.1234567891
    assert tab.rule_field.text() == "lenia:R=9,T=10;m=0.12346,s=0.017"
    assert "0.1234567891" in row.field.toolTip()
    tab.rule_field.setFocus()
    assert tab.rule_field.text() == bench.document.rule.text
    QTest.keyClick(tab.rule_field, Qt.Key.Key_Return)
    row.field.setFocus()
    assert tab.rule_field.text() == "lenia:R=9,T=10;m=0.12346,s=0.017"
    assert bench.document.rule.kernels[0].growth.mu == 0.1234567891


def test_a_world_of_four_dimensions_tells_its_sides_and_shows_any_plane(open_bench, qtbot):
    cells = np.random.default_rng(5).random((1, 6, 5, 8, 8))
    world = World("deep", lenia(3, 10, 0.15, 0.02, dimensions=4), torus(8, 8), cells)
    bench = open_bench(WorldSubject(world))
    tab = bench.inspector().tab("world")
    assert tab.deeper.text() == "by 5 by 6" and tab.deeper.isVisibleTo(tab)
    depth, fourth = tab.look.depth, tab.look.fourth
    assert (depth.plane.maximum(), fourth.plane.maximum()) == (4, 5)
    largest = cells.max(axis=(1, 2))
    qtbot.waitUntil(lambda: np.allclose(bench.session.frame.values, largest, atol=1e-6))
    for row in (depth, fourth):
        QTest.mouseClick(row.is_projected, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    depth.plane.setValue(1)
    fourth.plane.setValue(4)
    look = bench.document.look
    assert (look.plane, look.fourth) == (1, 4)
    chosen = cells[:, 4, 1]
    qtbot.waitUntil(lambda: np.allclose(bench.session.frame.values, chosen, atol=1e-6))
    assert WorldLook.from_record(look.to_record()) == look


def test_a_flat_world_has_no_depth(open_bench, lenia_world):
    bench = open_bench(lenia_world)
    tab = bench.inspector().tab("world")
    assert not tab.deeper.isVisibleTo(tab)
    assert not tab.look.depth.isVisibleTo(tab) and not tab.look.fourth.isVisibleTo(tab)
