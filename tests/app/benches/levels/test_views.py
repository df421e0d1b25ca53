"""What the panel offers for export: figures and the numbers behind them."""

import pytest

from app.figures.description import Ellipse, FigureOptions, Image, Rect


@pytest.fixture
def views(clinic):
    return {view.id: view for view in clinic.panel.views()}


def test_the_view_of_the_level_in_sight_comes_first(clinic):
    firsts = []
    for level in range(4):
        clinic.level(level)
        firsts.append(clinic.bench.views()[0].id)
    assert firsts == ["elimination", "elimination", "clique-tree", "mutual-information"]


def test_the_clique_tree_is_drawn_with_six_cliques_and_five_separators(views):
    items = views["clique-tree"].make(FigureOptions()).items
    assert sum(isinstance(item, Ellipse) for item in items) == 6
    assert sum(isinstance(item, Rect) for item in items) == 5


def test_the_numbers_of_the_clique_tree_are_its_40_cells(views):
    rows = views["clique-tree"].table().rows
    assert sum(row[-1] for row in rows if row[0] == "clique") == 40


def test_the_moral_graph_has_eight_arcs_two_marriages_and_one_fill_in(views):
    kinds = [row[-1] for row in views["moral"].table().rows]
    assert [kinds.count(kind) for kind in ("arc", "married", "fill-in")] == [8, 2, 1]


def test_the_elimination_has_a_row_for_each_variable_and_one_for_the_answer(views):
    rows = views["elimination"].table().rows
    assert len(rows) == 8
    assert rows[-1][5] == "P(dysp)"


def test_the_elimination_is_exported_in_the_order_dragged_by_hand(clinic):
    clinic.level(1)
    clinic.drag_chip("either", clinic.panel.controls.order.chips.order[0])
    view = next(view for view in clinic.panel.views() if view.id == "elimination")
    assert view.table().rows[0][1] == "either"


def test_the_matrix_has_one_row_for_each_pair(views):
    rows = views["mutual-information"].table().rows
    assert len(rows) == 8 * 9 // 2
    found = {(a, b): value for a, b, value in rows}
    # From the joint table of both by enumeration.
    assert found["smoke", "xray"] == pytest.approx(0.00893392865918, abs=1e-12)


@pytest.mark.parametrize("width_mm", [40.0, 86.0, 178.0])
def test_every_figure_stays_on_its_sheet(views, width_mm):
    for view in views.values():
        figure = view.make(FigureOptions(width_mm=width_mm))
        assert figure.width_mm == width_mm
        for item in figure.items:
            if isinstance(item, Rect | Image):
                assert 0 <= item.x <= item.x + item.width <= width_mm + 1e-6
                assert 0 <= item.y <= item.y + item.height <= figure.height_mm + 1e-6
