import numpy as np
import pytest

from core.processes.belief_cloud import belief_cloud
from core.processes.errors import ProcessError
from core.processes.projection import TETRAHEDRON, tetrahedron
from core.processes.zoo import process
from tests.core.processes.machines import random_model


def test_a_turned_cloud_shows_the_same_points_elsewhere():
    cloud = belief_cloud(random_model(3, states=4), 20_000)
    for turn in (0.0, 1.0, 2.5):
        projection = tetrahedron(turn)
        counts = cloud.counts(projection, projection.view(), 64)
        assert counts.sum() == 20_000
        places = projection.positions(cloud.beliefs)
        left, bottom, right, top = projection.view()
        pixels, _, _ = np.histogram2d(
            -places[:, 1], places[:, 0], bins=64, range=((-top, -bottom), (left, right))
        )
        assert np.array_equal(counts, pixels)


def test_pure_beliefs_sit_at_the_corners_of_the_tetrahedron():
    cloud = belief_cloud(random_model(3, states=4), 500)
    assert cloud.positions() == pytest.approx(cloud.beliefs @ TETRAHEDRON)
    with pytest.raises(ProcessError, match="it takes 4"):
        belief_cloud(process("mess3"), 10).positions()
