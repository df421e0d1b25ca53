import numpy as np
import pytest

from core.processes.errors import MatrixError, ProcessError
from core.processes.matrices import check_sizes
from core.processes.model import HiddenMarkovModel
from tests.core.processes.machines import golden_mean, two_classes


def test_matrices_are_symbol_state_next_state():
    model = golden_mean(0.25)
    assert model.T.tolist() == [[[0.75, 0.0], [1.0, 0.0]], [[0.0, 0.25], [0.0, 0.0]]]
    assert model.transition.tolist() == [[0.75, 0.25], [1.0, 0.0]]
    assert model.emission.tolist() == [[0.75, 0.25], [1.0, 0.0]]


def test_matrices_cannot_be_changed_behind_the_models_back():
    with pytest.raises(ValueError, match="read-only"):
        golden_mean().T[0, 0, 0] = 1.0


def test_state_and_symbol_determine_the_next_state_of_a_unifilar_model():
    assert golden_mean().is_unifilar
    sns = [("A", "0", "A", 0.5), ("A", "0", "B", 0.5), ("B", "0", "B", 0.5), ("B", "1", "A", 0.5)]
    assert not HiddenMarkovModel.from_edges("sns", sns).is_unifilar


def test_edges_come_back_as_they_were_given():
    edges = list(two_classes().edges())
    assert edges[0] == ("S", "0", "A", 0.5)
    assert HiddenMarkovModel.from_edges("two-classes", edges) == two_classes()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (np.nan, "In row 'B' of symbol '1', the entry for next state 'A' is not a number"),
        (-0.25, "In row 'B' of symbol '1', the entry for next state 'A' is -0.25, which is neg"),
        (np.inf, "In row 'B' of symbol '1', the entry for next state 'A' is inf"),
        (0.25, "Row 'B' sums to 1.25 over all symbols and not to 1 (symbol '0' 1, symbol '1' 0.25"),
    ],
)
def test_a_bad_entry_is_refused_with_its_row_and_symbol(entry, told):
    T = np.array(golden_mean().T)
    T[1, 1, 0] = entry
    with pytest.raises(MatrixError) as caught:
        golden_mean().with_matrices(T)
    assert str(caught.value).startswith(told)


def test_a_row_without_edges_is_refused_and_named():
    with pytest.raises(MatrixError, match="Row 'B' sums to 0 over all symbols"):
        HiddenMarkovModel.from_edges("half", [("A", "0", "B", 1.0)])


def test_matrices_of_another_shape_are_refused():
    with pytest.raises(MatrixError, match="2 symbols and 1 states ask for"):
        HiddenMarkovModel("odd", ("0", "1"), ("A",), np.ones((1, 1, 1)))


@pytest.mark.parametrize("sizes", [(2, 10**9), (10**9, 1), (1000, 4000)])
def test_sizes_are_refused_before_anything_is_allocated(sizes):
    with pytest.raises(ProcessError, match="limit is"):
        check_sizes(*sizes)


@pytest.mark.parametrize("states", [("A", "A"), ("A", " "), ("A", "two\nlines"), ()])
def test_states_have_names_of_their_own(states):
    T = np.full((1, len(states), len(states)), 1.0 / max(len(states), 1))
    with pytest.raises(ProcessError, match="state"):
        HiddenMarkovModel("names", ("0",), states, T)


def test_negative_entries_make_a_generalized_model_only_when_asked():
    T = np.array([[[0.75, -0.25], [0.5, 0.0]], [[0.25, 0.25], [0.25, 0.25]]])
    with pytest.raises(MatrixError, match="only a generalized process"):
        HiddenMarkovModel("signed", ("0", "1"), ("A", "B"), T)
    assert HiddenMarkovModel("signed", ("0", "1"), ("A", "B"), T, is_generalized=True).n == 2


def test_a_draft_may_miss_one_and_says_where():
    draft = golden_mean().with_matrices(np.array(golden_mean().T) * [[[1], [0.5]]], is_draft=True)
    assert draft.is_draft
    assert draft.bad_rows() == ("B",)
    with pytest.raises(MatrixError, match=r"Row 'B' sums to 0\.5"):
        draft.require_rows()
    assert not golden_mean().with_matrices(golden_mean().T, is_draft=True).is_draft


def test_unknown_states_and_symbols_are_named():
    with pytest.raises(ProcessError, match="no state called 'C'"):
        golden_mean().state_index("C")
    with pytest.raises(ProcessError, match="no symbol '2'"):
        golden_mean().symbol_index("2")
