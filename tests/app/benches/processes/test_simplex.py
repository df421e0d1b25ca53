"""The beliefs of a process in the simplex."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.benches.processes.examples import build
from app.benches.processes.simplex.figure import simplex_figure
from app.benches.processes.simplex.overlays import make_overlays
from app.benches.processes.simplex.request import SimplexRequest, make_pictures
from app.benches.processes.simplex.view import history_text
from app.figures.description import Ellipse, FigureOptions, Image, Polyline, Rect, Text
from core.processes.chaos_game import sample_beliefs
from core.processes.projection import natural_projection
from core.processes.zoo import process
from core.progress import Cancelled, Progress


def picture(name, **wishes):
    request = SimplexRequest(process(name), size=96, **wishes)
    return make_pictures(request, lambda coarse: None, Progress())


def test_a_density_comes_coarse_first():
    seen = []
    request = SimplexRequest(process("mess3"), size=64, points=400_000)
    last = make_pictures(request, seen.append, Progress())
    assert len(seen) >= 1 and not seen[0].is_done and last.is_done
    assert last.rgba.shape == (64, 64, 4)


@pytest.mark.parametrize("colour", ["state", "next-symbol", "last-symbols", "density", "plain"])
def test_every_colouring_shows_something(colour):
    rgba = picture("mess3", colour=colour, points=100_000).rgba
    assert len(np.unique(rgba.reshape(-1, 4), axis=0)) > 1


def test_the_tree_has_a_node_for_every_word():
    found = picture("mess3", mode="tree", depth=3)
    assert len(found.places) == 1 + 3 + 9 + 27
    assert found.weights[1:4].sum() == pytest.approx(1.0)


def test_the_recurrent_set_of_rrxor_is_all_there_and_its_transients_lie_over_it():
    found = picture("rrxor", mode="recurrent")
    assert len(found.places) == 5
    assert "5 recurrent and 31 transient" in found.told
    assert {len(found.word_of(i)) > 0 for i in range(5)} == {True}
    assert len(overlays("rrxor", "transient").transient) == 31


def test_an_uncountable_recurrent_set_is_played():
    found = picture("mess3", mode="recurrent", points=100_000)
    assert found.rgba is not None and "uncountable" in found.told


def overlays(name, *chosen):
    model = process(name)
    return make_overlays(model, natural_projection(model.n), frozenset(chosen), Progress())


def test_the_images_of_mess3_are_a_triangle_for_each_symbol():
    assert [(x, len(corners)) for x, corners in overlays("mess3", "images").images] == [
        (0, 3), (1, 3), (2, 3),
    ]  # fmt: skip


def test_the_hull_holds_every_belief_that_is_played():
    corners = overlays("mess3", "hull").hull
    places = natural_projection(3).positions(sample_beliefs(process("mess3"), 1000))
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        (x, y), off = b - a, places - a
        assert (x * off[:, 1] - y * off[:, 0] > -1e-9).all()


def test_edges_join_the_mixed_states_when_they_are_finitely_many():
    assert len(overlays("even", "edges").mixed) == 7  # 4 beliefs, one of which knows its symbol
    infinite = overlays("mess3", "edges", "machine")
    assert not infinite.mixed and "not finitely many" in infinite.missing[0]
    assert len(infinite.machine) == 27


def test_an_own_matrix_says_where_the_corners_are():
    own = tuple((float(i), float(i * i)) for i in range(5))
    found = picture("rrxor", mode="recurrent", projection="own", own=own)
    assert found.projection.vertices.tolist() == [list(place) for place in own]


def test_a_tree_over_an_interval_grows_upwards():
    found = picture("sns", mode="tree", depth=4)
    assert found.places[0, 1] == 0.0 and len(np.unique(found.places[:, 1])) == 5


def test_a_deep_tree_shows_the_most_probable_words_and_says_so():
    found = picture("mess3", mode="tree", depth=11)
    assert len(found.places) == 30_000 and "most probable" in found.told
    assert found.weights[0] == 1.0 and found.word_of(0) == ()


@pytest.mark.parametrize("projection", ["natural", "pca", "coordinates"])
def test_more_than_four_states_are_projected(projection):
    assert picture("rrxor", projection=projection, points=100_000).rgba is not None


def test_two_states_make_a_histogram_and_four_a_tetrahedron():
    assert picture("sns", points=100_000).projection.kind == "interval"
    assert picture("ising-next-nearest", points=100_000).projection.kind == "tetrahedron"


def test_cancelled_work_stops():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        make_pictures(SimplexRequest(process("mess3")), lambda coarse: None, progress)


def test_the_figure_has_pixels_lines_and_letters():
    request = SimplexRequest(process("mess3"), points=100_000)
    figure = simplex_figure(request, FigureOptions())
    group, *rest = figure.items
    assert any(isinstance(item, Image) for item in group.items)
    letters = [item.text for item in rest if isinstance(item, Text)]
    assert letters == ["A", "B", "C", *"ABC"]  # at the corners, and in the legend


def test_the_figure_has_the_overlays_that_are_chosen():
    request = SimplexRequest(
        process("mess3"), points=100_000, overlays=frozenset({"images", "hull", "transient"})
    )
    group = simplex_figure(request, FigureOptions()).items[0]
    shapes = [item for item in group.items if isinstance(item, Polyline)]
    assert len(shapes) == 4 and sum(bool(shape.dash) for shape in shapes) == 1
    assert any(isinstance(item, Ellipse) and item.fill is None for item in group.items)
    on_line = replace(request, model=process("sns"))
    bands = simplex_figure(on_line, FigureOptions()).items[0].items
    assert sum(isinstance(item, Rect) for item in bands) == 2


@pytest.fixture
def panel(open_bench, qtbot):
    bench = open_bench(build("mess3"), "simplex")
    found = bench.deck.shown_panel()
    found.bench = bench
    found.controls.points.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not found.is_waiting, timeout=300000)
    return found


def test_the_panel_shows_the_density_and_zooms_into_it(panel, qtbot):
    assert panel.view.picture.rgba is not None
    before = panel.view.window_shown
    panel.view.zoom_about(QPointF(panel.view.square.center()), 0.1)
    qtbot.waitUntil(lambda: not panel.is_waiting, timeout=120000)
    left, _, right, _ = panel.view.picture.window
    assert right - left == pytest.approx(0.1 * (before[2] - before[0]))


def test_a_slider_redraws_it(panel, qtbot):
    before = panel.view.picture
    panel.bench.inspector().zoo_panel.sliders.sliders["x"].setValue(100)
    qtbot.waitUntil(
        lambda: not panel.is_waiting and panel.view.picture is not before, timeout=120000
    )
    assert panel.view.picture.request.model is panel.bench.document.model


def test_a_draft_is_explained(panel, qtbot):
    matrix = panel.bench.inspector().matrix_panel.matrix
    matrix.setData(matrix.index(0, 0), "0.9")
    qtbot.waitUntil(lambda: not panel.callout.isHidden(), timeout=20000)
    assert panel.view.picture is None
    assert [view.id for view in panel.bench.views()] == ["machine"]


def test_the_belief_under_the_pointer_is_told(panel):
    panel.view.pointed.emit((0.5, 0.2886751345948129))
    assert panel.foot.under.text() == "A 0.3333  B 0.3333  C 0.3333"


# -- a journey with the mouse ----------------------------------------------------------------------


def at(panel, place):
    """Return the point of the widget where a place in the plane is drawn."""
    return panel.view.point_of(place).toPoint()


def hover(qtbot, panel, point):
    qtbot.mouseMove(panel.view, point + QPoint(3, 3))
    qtbot.mouseMove(panel.view, point)


def wheel(view, point, turns):
    where = QPointF(point)
    event = QWheelEvent(
        where, view.mapToGlobal(where), QPoint(), QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_a_hundred_million_beliefs_are_played_while_the_window_lives(panel, qtbot):
    pictures, turns = [], []
    show = panel.view.show_picture
    panel.view.show_picture = lambda made, nodes=None: (pictures.append(made), show(made, nodes))
    timer = QTimer(panel)
    timer.timeout.connect(lambda: turns.append(panel.is_waiting))
    timer.start(5)
    panel.controls.points.setCurrentIndex(3)
    qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].is_done, timeout=300000)
    timer.stop()
    told = [int(made.told.split(" of ")[1].split(" ")[0].replace(",", "")) for made in pictures]
    assert told == sorted(told) and told[0] < 10**6 and told[-1] >= 10**8
    assert turns.count(True) > len(pictures)  # events were handled between the pictures


def test_playing_is_cancelled_with_a_click_and_keeps_the_picture(panel, qtbot):
    panel.controls.points.setCurrentIndex(4)
    qtbot.waitUntil(lambda: not panel.foot.stop_button.isHidden(), timeout=60000)
    qtbot.waitUntil(lambda: panel.foot.bar.value() > 0, timeout=60000)
    job = panel._job
    qtbot.mouseClick(panel.foot.stop_button, Qt.MouseButton.LeftButton)
    assert job.state == "cancelled" and not panel.is_waiting
    assert panel.view.picture is not None and panel.foot.told.text().endswith("stopped")
    assert panel.foot.bar.isHidden() and panel.foot.stop_button.isHidden()


def test_the_wheel_zooms_and_plays_again_inside(panel, qtbot):
    before = panel.view.picture
    place = before.projection.positions(sample_beliefs(process("mess3"), 1)[0])
    wheel(panel.view, at(panel, place), 20)
    qtbot.waitUntil(
        lambda: not panel.is_waiting and panel.view.picture is not before, timeout=60000
    )
    left, bottom, right, top = panel.view.picture.window
    assert right - left < 0.1 and left < place[0] < right and bottom < place[1] < top
    inside = int(panel.view.picture.told.split(" ")[0].replace(",", ""))
    assert inside > 1000
    qtbot.mouseDClick(panel.view, Qt.MouseButton.LeftButton, pos=at(panel, place))
    qtbot.waitUntil(lambda: not panel.is_waiting, timeout=60000)
    assert panel.view.picture.window == before.window


def test_the_pointer_shows_the_word_that_leads_there(panel, qtbot):
    place = panel.view.picture.projection.positions(sample_beliefs(process("mess3"), 7)[6])
    hover(qtbot, panel, at(panel, place))
    qtbot.waitUntil(lambda: panel.view.history is not None, timeout=60000)
    history = panel.view.history
    assert len(history.beliefs) == len(history.word) + 1
    reached = panel.view.point_of(panel.view.picture.projection.positions(history.belief))
    assert (reached - QPointF(at(panel, place))).manhattanLength() < 8
    assert history_text(history, ("A", "B", "C"))[0] == f"after {''.join(history.word)}"
    panel.bench.trigger("simplex.history")
    assert panel.view.history is None


def test_a_node_of_the_tree_tells_its_word(panel, qtbot):
    panel.controls.depth.setValue(2)
    panel.controls.mode.setCurrentIndex(1)
    qtbot.waitUntil(
        lambda: not panel.is_waiting and panel.view.picture.request.mode == "tree", timeout=60000
    )
    index = next(i for i in range(13) if panel.view.picture.word_of(i) == ("0", "2"))
    hover(qtbot, panel, at(panel, panel.view.picture.places[index]))
    qtbot.waitUntil(lambda: panel.view.history is not None, timeout=60000)
    assert panel.view.history.word == ("0", "2")


def test_overlays_are_chosen_in_a_menu_and_remembered(panel, qtbot):
    panel.bench.trigger("simplex.images")
    assert panel.is_checked("simplex.images")
    qtbot.waitUntil(lambda: len(panel.view.overlays.images) == 3, timeout=60000)
    assert "images" in panel.request().overlays
    panel.bench.trigger("simplex.images")
    qtbot.waitUntil(lambda: not panel.view.overlays.images, timeout=60000)
    titles = [action.text() for action in panel.overlays_button.menu().actions()]
    assert "Hull" in titles and "Edges of the machine" in titles


@pytest.mark.parametrize("what", ["cloud", "tree", "density", "states"])
@pytest.mark.parametrize("ending", [".csv", ".npz"])
def test_beliefs_are_exported(panel, qtbot, tmp_path, monkeypatch, what, ending):
    path = tmp_path / f"beliefs{ending}"
    panel.controls.depth.setValue(3)
    dialogs = panel.surroundings.context.dialogs
    monkeypatch.setattr(dialogs, "save_path", lambda *_: path, raising=False)
    panel.bench.trigger(f"simplex.export_{what}")
    qtbot.waitUntil(path.exists, timeout=60000)
    assert path.read_bytes()[:2] == (b"PK" if ending == ".npz" else path.read_bytes()[:2])


@pytest.fixture
def rrxor(open_bench, qtbot):
    bench = open_bench(build("rrxor"), "simplex")
    found = bench.deck.shown_panel()
    found.bench = bench
    qtbot.waitUntil(lambda: not found.is_waiting, timeout=300000)
    return found


def test_an_own_matrix_is_typed_kept_in_the_study_and_taken_back(rrxor, qtbot):
    rrxor.controls.projection.setCurrentIndex(3)
    dialog = rrxor.dialog
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    dialog.text.setPlainText("0 0\n1 0")
    assert not ok.isEnabled() and "5 rows" in dialog.problem.text()
    dialog.text.setPlainText("0 0\n1 0\n1 1\n0 1\n0.5 2")
    assert not dialog.problem.text()
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: not rrxor.is_waiting and rrxor.view.picture.projection.kind == "own", timeout=60000
    )
    subject = rrxor.bench.document.subject
    assert subject.projection["F"] == (0.5, 2.0)
    stack = rrxor.surroundings.context.document.undo_stack
    assert stack.undoText() == "Set the projection"
    stack.undo()
    assert not rrxor.bench.document.subject.projection


def test_a_tetrahedron_turns_with_a_drag(open_bench, qtbot):
    found = open_bench(build("ising-next-nearest"), "simplex").deck.shown_panel()
    found.controls.points.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not found.is_waiting, timeout=300000)
    before = found.view.picture.projection.vertices
    centre = found.view.rect().center()
    qtbot.mousePress(found.view, Qt.MouseButton.LeftButton, pos=centre)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(centre + QPoint(60, 20)),
        found.view.mapToGlobal(QPointF(centre + QPoint(60, 20))), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(found.view, move)
    qtbot.mouseRelease(found.view, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: not np.allclose(found.view.picture.projection.vertices, before), timeout=60000
    )
