"""The matrix of mutual information as a figure: squares with edges, however it is enlarged."""

import numpy as np

from app.benches.networks.figures.mutual_information_figure import mutual_information_figure
from app.figures.description import FigureOptions, Image


def test_every_pair_is_a_square_of_many_equal_pixels():
    matrix = np.array([[0.5, 0.1], [0.1, 0.4]])
    figure = mutual_information_figure(("a", "b"), matrix, FigureOptions(), "two nodes")
    pixels = next(item.rgba for item in figure.items if isinstance(item, Image))
    assert pixels.shape == (1000, 1000, 4)
    assert (pixels[:500, 500:] == pixels[0, 999]).all()
    assert (pixels[:500, :500] == pixels[0, 0]).all()
    assert not (pixels[0, 0] == pixels[0, 999]).all()
