"""The beliefs of a process in the simplex."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.benches.processes.examples import build
from app.benches.processes.simplex.figure import simplex_figure
from app.benches.processes.simplex.request import SimplexRequest, make_pictures
from app.figures.description import FigureOptions, Image
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


def test_the_mixed_states_of_rrxor_are_all_there():
    found = picture("rrxor", mode="recurrent")
    assert len(found.places) == 36
    assert int(found.is_recurrent.sum()) == 5
    assert "5 recurrent and 31 transient" in found.told


@pytest.mark.parametrize("projection", ["polygon", "pca", "coordinates"])
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
    group, *letters = figure.items
    assert any(isinstance(item, Image) for item in group.items)
    assert [letter.text for letter in letters] == ["A", "B", "C"]


@pytest.fixture
def panel(open_bench, qtbot):
    bench = open_bench(build("mess3"), "simplex")
    found = bench.deck.shown_panel()
    found.bench = bench
    found.points.setCurrentIndex(0)
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
    assert panel.under.text() == "A 0.3333  B 0.3333  C 0.3333"
