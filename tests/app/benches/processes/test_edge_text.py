"""What is typed on an edge, and what it does to the machine."""

import pytest

from app.benches.processes.edges import (
    EdgeText,
    EdgeTextError,
    changed_edge,
    edge_label,
    read_edge,
    with_new_edge,
)
from core.processes.process_subject import blank_process
from core.processes.zoo import process

GOLDEN = process("golden-mean")


@pytest.mark.parametrize(
    ("text", "symbol", "probability"),
    [
        ("1 | 0.5", "1", 0.5),
        ("1|1/4", "1", 0.25),
        ("1 : 25 %", "1", 0.25),
        ("0 0,75", "0", 0.75),
        ("| 0.3", None, 0.3),
        ("0.3", None, 0.3),
        ("1", "1", None),
        ("heads", "heads", None),
        ("", None, None),
    ],
)
def test_symbol_and_probability_are_read_as_people_write_them(text, symbol, probability):
    assert read_edge(text, GOLDEN) == EdgeText(symbol, probability)


@pytest.mark.parametrize("text", ["1 | 1.5", "1 | x", "1 | -0.5", "0.x"])
def test_what_is_no_probability_is_refused(text):
    with pytest.raises(EdgeTextError):
        read_edge(text, GOLDEN)


def test_another_probability_is_made_up_for_by_the_other_edges_of_the_state():
    model = changed_edge(GOLDEN, "A", "1", "B", EdgeText(None, 0.2))
    assert model.T[:, 0, :].sum() == pytest.approx(1.0)
    assert model.T[1, 0, 1] == 0.2 and model.T[0, 0, 0] == pytest.approx(0.8)


def test_another_symbol_moves_the_edge_and_a_new_one_joins_the_alphabet():
    model = changed_edge(GOLDEN, "A", "1", "B", EdgeText("2", None))
    assert model.alphabet == ("0", "1", "2")
    assert model.T[2, 0, 1] == 0.5 and model.T[1].sum() == 0.0


def test_no_two_edges_say_the_same():
    model = GOLDEN.with_edge("A", "0", "B")
    with pytest.raises(EdgeTextError, match="already an edge"):
        changed_edge(model, "A", "1", "B", EdgeText("0", None))


def test_probability_0_removes_the_edge():
    model = changed_edge(GOLDEN, "A", "1", "B", EdgeText(None, 0.0))
    assert [edge_label(edge) for edge in model.edges()] == ["0 | 1", "0 | 1"]


def test_new_edges_take_free_symbols_and_fill_what_is_missing():
    model = blank_process().model.with_state("A").with_state("B")
    model = with_new_edge(model, "A", "A")
    assert [edge_label(edge) for edge in model.edges()] == ["0 | 1"]
    model = model.with_probability("A", "0", "A", 0.7, renormalise=False)
    model = with_new_edge(model, "A", "B")
    assert [edge_label(edge) for edge in model.edges()] == ["0 | 0.7", "1 | 0.3"]
    model = with_new_edge(with_new_edge(with_new_edge(model, "B", "A"), "B", "A"), "B", "A")
    assert model.alphabet == ("0", "1", "2")
    assert model.bad_rows() == ()
