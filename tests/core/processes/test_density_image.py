import numpy as np
import pytest

from core.processes.density import BeliefDensity
from core.processes.density_image import (
    COLOURS,
    DARK,
    LIGHT,
    colouring_for,
    density_image,
    log_strength,
    picture,
    pixel_beliefs,
)
from core.processes.errors import ProcessError
from core.processes.zoo import process
from tests.core.processes.machines import golden_mean, random_model


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("states", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pictures_are_as_large_as_asked_and_show_something(colour, states, theme):
    model = random_model(states, states=states, symbols=2)
    image = picture(model, 1000, colour=colour, size=37, theme=theme)
    assert image.shape == (37, 37, 4)
    assert image.dtype == np.uint8
    paper = np.round(255 * np.array(theme.paper)).astype(np.uint8)
    assert (image[:, :, :3] != paper).any()
    assert (image[0, 0, :3] == paper).all()
    assert (image[:, :, 3] == 255).all()


def test_colours_by_state_are_the_beliefs_themselves():
    density = BeliefDensity(process("mess3"), size=200)
    density.add(10**5)
    beliefs = pixel_beliefs(density)
    rows, columns = np.nonzero(density.counts)
    places = density.projection.positions(beliefs[rows, columns])
    left, _, right, top = density.window
    pixel = (right - left) / 200
    assert places[:, 0] == pytest.approx(left + (columns + 0.5) * pixel, abs=pixel)
    assert places[:, 1] == pytest.approx(top - (rows + 0.5) * pixel, abs=pixel)


def test_strength_is_none_without_points_and_grows_with_them():
    counts = np.array([[0, 1, 10, 100]], np.uint32)
    strength = log_strength(counts)[0]
    assert strength[0] == 0.0
    assert (np.diff(strength) > 0).all()
    assert strength[3] <= 1.0
    assert not log_strength(np.zeros((2, 2), np.uint32)).any()


def test_strength_becomes_opacity_for_laying_over_a_panel():
    density = BeliefDensity(process("mess3"), size=64)
    density.add(10**5)
    image = density_image(density, "plain", is_opaque=False)
    assert np.array_equal(image[:, :, 3] > 0, density.counts > 0)


def test_a_colour_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ProcessError, match="next-symbol"):
        colouring_for(golden_mean(), "rainbow")
