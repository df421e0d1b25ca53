"""A process as it is studied: looks follow their states, and a record brings it back."""

import numpy as np
import pytest

from core.processes.errors import ProcessError
from core.processes.process_subject import ProcessSubject, blank_process, zoo_subject


@pytest.fixture
def drawn():
    subject = zoo_subject("golden-mean")
    subject = subject.moved({"A": (0, 0), "B": (120, 40)}).coloured(["B"], "#aa2211")
    return subject.with_note("A", "any symbol may come")


def test_a_record_brings_everything_back(drawn):
    record, arrays = drawn.to_record()
    assert ProcessSubject.from_record(record, arrays) == drawn


def test_looks_follow_a_renamed_state_and_go_with_a_removed_one(drawn):
    renamed = drawn.renamed_state("B", "after 1")
    assert renamed.position("after 1") == (120, 40)
    assert renamed.colours == {"after 1": "#aa2211"}
    assert renamed.zoo == "golden-mean"
    assert drawn.edited(lambda m: m.without_states(["B"])).colours == {}


def test_another_probability_makes_it_a_machine_of_ones_own(drawn):
    edited = drawn.edited(lambda m: m.with_probability("A", "0", "A", 0.3))
    assert (edited.zoo, dict(edited.parameters)) == ("", {})
    assert edited.positions == drawn.positions


def test_parameters_rebuild_the_process_where_it_is_drawn(drawn):
    moved = drawn.with_parameters(p=0.2)
    assert moved.model.T[1, 0, 1] == pytest.approx(0.2)
    assert (moved.positions, moved.parameters["p"]) == (drawn.positions, 0.2)
    with pytest.raises(ProcessError, match="not one of the zoo"):
        blank_process().with_parameters(p=0.2)


def test_a_blank_machine_is_kept_as_well():
    blank = blank_process()
    assert ProcessSubject.from_record(*blank.to_record()) == blank


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("states", ["A", 1], "text is expected here"),
        ("positions", {"A": [0]}, "a pair of numbers is expected"),
        ("positions", {"Z": [0, 0]}, "no state called 'Z'"),
        ("colours", {"A": "red"}, "a colour such as"),
        ("parameters", {"p": None}, "a number is expected"),
        ("zoo", 7, "text is expected here"),
    ],
)
def test_a_damaged_record_is_refused_with_a_sentence(drawn, key, value, sentence):
    record, arrays = drawn.to_record()
    with pytest.raises(ProcessError, match=sentence):
        ProcessSubject.from_record({**record, key: value}, arrays)


def test_a_record_without_numbers_is_refused(drawn):
    record, _ = drawn.to_record()
    with pytest.raises(ProcessError, match="missing or no numbers"):
        ProcessSubject.from_record(record, {})
    with pytest.raises(ProcessError, match="missing or no numbers"):
        ProcessSubject.from_record(record, {"T": np.array(["a"])})
