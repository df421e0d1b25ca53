"""Figures of Markov networks, and their pictures in the gallery."""

import pytest

from app.benches.markov.figure import VIEWS, markov_figure, thumbnail
from app.figures.description import Arrow, FigureOptions, Path, Rect, Text
from app.figures.tikz import tikz_files
from core.networks.brute_force import infer_by_enumeration
from core.networks.zoo import MARKOV_EXAMPLES, example

EXAMPLES = [each.name for each in MARKOV_EXAMPLES]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_edges_have_no_heads_and_everything_is_on_the_sheet(name, view):
    figure = markov_figure(example(name).build(), None, FigureOptions(), view)
    assert not any(isinstance(item, Arrow) for item in figure.items)
    assert any(isinstance(item, Path) for item in figure.items)
    for item in figure.items:
        if isinstance(item, Rect):
            assert -0.01 <= item.x and item.x + item.width <= figure.width_mm + 0.01
            assert -0.01 <= item.y and item.y + item.height <= figure.height_mm + 0.01


def test_a_factor_graph_has_a_square_for_each_potential_and_a_line_for_each_membership():
    figure = markov_figure(example("misconception").build(), None, FigureOptions())
    squares = [item for item in figure.items if isinstance(item, Rect)]
    assert [(square.width, square.height) for square in squares] == [(squares[0].width,) * 2] * 4
    assert sum(isinstance(item, Path) for item in figure.items) == 8
    texts = {item.text for item in figure.items if isinstance(item, Text)}
    assert {"Alice", "φ1"} <= texts


def test_a_markov_graph_has_a_line_for_each_pair():
    figure = markov_figure(example("misconception").build(), None, FigureOptions(), "markov")
    assert sum(isinstance(item, Path) for item in figure.items) == 4


def test_posteriors_are_written_as_percentages():
    subject = example("misconception").build()
    figure = markov_figure(
        subject, infer_by_enumeration(subject.net), FigureOptions(), "posteriors"
    )
    texts = {item.text for item in figure.items if isinstance(item, Text)}
    assert "73.6%" in texts


def test_a_view_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="views"):
        markov_figure(example("misconception").build(), None, FigureOptions(), "moral")


def test_a_factor_graph_can_be_written_as_tikz():
    figure = markov_figure(example("hamming-code").build(), None, FigureOptions())
    (text,) = tikz_files(figure, "code").values()
    assert b"tikzpicture" in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_gallery_has_a_picture_of_every_example(name):
    assert thumbnail(example(name).build(), FigureOptions()).items
