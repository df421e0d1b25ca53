import numpy as np
import pytest

from core.processes.errors import MatrixError, ProcessError
from core.processes.model import HiddenMarkovModel
from tests.core.processes.machines import golden_mean, random_model


def test_a_slider_keeps_the_row_normalised_and_the_others_in_proportion():
    model = random_model(1, states=3)
    before, after = model.T[:, 0, :], model.with_probability("A", "0", "B", 0.9).T[:, 0, :]
    assert after.sum() == pytest.approx(1.0, abs=1e-15)
    assert after[0, 1] == 0.9
    assert after[0, 0] / after[1, 2] == pytest.approx(before[0, 0] / before[1, 2])


def test_an_entry_may_be_typed_alone_and_then_the_row_is_a_draft():
    draft = golden_mean().with_probability("A", "0", "A", 0.9, renormalise=False)
    assert draft.bad_rows() == ("A",)
    assert not draft.normalised_row("A").is_draft


def test_a_process_drawn_from_nothing_is_the_golden_mean():
    model = HiddenMarkovModel("drawn", ("0",), ("A",), np.zeros((1, 1, 1)), is_draft=True)
    model = model.with_symbol().with_state()
    model = model.with_edge("A", "0", "A").with_edge("A", "1", "B").with_edge("B", "0", "A")
    assert not model.is_draft
    assert model.renamed_model("golden-mean") == golden_mean()


def test_taking_an_edge_away_gives_its_share_to_the_others():
    assert golden_mean().without_edge("A", "1", "B").T[0, 0, 0] == 1.0
    assert golden_mean().without_edge("B", "0", "A").bad_rows() == ("B",)


def test_a_state_goes_with_its_edges():
    model = golden_mean(0.25).without_states(["B"])
    assert model.T.tolist() == [[[1.0]], [[0.0]]]


def test_a_symbol_goes_with_its_edges():
    model = golden_mean(0.25).without_symbol("1")
    assert (model.alphabet, model.T.tolist()) == (("0",), [[[1.0, 0.0], [1.0, 0.0]]])


def test_names_change_and_nothing_else_does():
    model = golden_mean().renamed_state("A", "free").renamed_symbol("1", "one")
    assert (model.states, model.alphabet) == (("free", "B"), ("0", "one"))
    assert model.T is not None
    assert np.array_equal(model.T, golden_mean().T)


def test_states_in_another_order_are_the_same_process():
    model = golden_mean().with_states_reordered(["B", "A"])
    assert model.with_states_reordered(["A", "B"]) == golden_mean()
    assert model.T[0].tolist() == [[0.0, 1.0], [0.0, 0.5]]


@pytest.mark.parametrize(
    ("edit", "error", "told"),
    [
        (lambda m: m.with_edge("A", "0", "A"), ProcessError, "already an edge"),
        (lambda m: m.with_edge("A", "2", "A"), ProcessError, "no symbol '2'"),
        (lambda m: m.without_edge("B", "1", "A"), ProcessError, "no edge from 'B' on '1' to 'A'"),
        (lambda m: m.with_probability("A", "0", "A", 1.5), MatrixError, "lie between 0 and 1"),
        (lambda m: m.with_probability("A", "0", "A", np.nan), MatrixError, "lie between 0 and 1"),
        (lambda m: m.with_state("A"), ProcessError, "already a state called 'A'"),
        (lambda m: m.with_symbol("0"), ProcessError, "already a symbol '0'"),
        (lambda m: m.renamed_state("A", "B"), ProcessError, "Two states are called 'B'"),
        (lambda m: m.with_row("A", [1.0]), MatrixError, "The row of 'A' has the shape"),
        (lambda m: m.with_states_reordered(["A"]), ProcessError, "The states are A, B"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(edit, error, told):
    with pytest.raises(error) as caught:
        edit(golden_mean())
    assert told in str(caught.value)


def test_without_its_last_state_a_machine_is_a_draft_that_can_be_drawn_anew():
    empty = golden_mean().without_states("AB")
    assert empty.is_draft and empty.states == () and list(empty.edges()) == []
    with pytest.raises(MatrixError, match="no states yet"):
        empty.require_rows()
    drawn = empty.with_state("A").with_edge("A", "0", "A")
    assert not drawn.is_draft
