import numpy as np
import pytest

from core.processes.belief_history import history_of, history_to
from core.processes.chaos_game import sample_beliefs
from core.processes.projection import natural_projection
from core.processes.word import belief_after, word_probability
from core.processes.zoo import process


def test_a_history_tells_every_belief_on_the_way_and_how_probable_the_word_is():
    model = process("rrxor")
    history = history_of(model, ("0", "1", "1"))
    assert len(history.beliefs) == 4
    assert history.belief == pytest.approx(belief_after(model, ("0", "1", "1")))
    assert 2**history.log2_probability == pytest.approx(word_probability(model, "011"))


@pytest.mark.parametrize(
    "name", ["mess3", "sns", "four-states", "rrxor", "even", "two-state-cantor"]
)
@pytest.mark.parametrize("radius", [1e-2, 1e-6])
def test_every_belief_that_is_played_has_a_history_that_leads_there(name, radius):
    model = process(name)
    projection = natural_projection(model.n)
    for eta in sample_beliefs(model, 500)[::50]:
        place = projection.positions(eta)
        history = history_to(model, projection, tuple(place), radius)
        assert np.hypot(*(projection.positions(history.belief) - place)) <= radius
        assert history.belief == pytest.approx(belief_after(model, history.word))


def test_a_place_where_no_belief_comes_near_has_none():
    projection = natural_projection(3)
    middle_of_a_side = tuple(projection.vertices[:2].mean(axis=0))
    assert history_to(process("mess3"), projection, middle_of_a_side, 1e-3) is None
