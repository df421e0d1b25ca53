import numpy as np
import pytest

from core.processes.errors import ProcessError
from core.processes.process_subject import ProcessSubject, zoo_subject
from core.processes.projection_matrix import matrix_text, read_matrix_file, read_matrix_text

STATES = ("A", "B", "C")
MATRIX = [[0.0, 0.0], [1.0, 0.0], [0.5, 0.25]]


@pytest.mark.parametrize(
    "text",
    [
        "0, 0\n1, 0\n0.5, 0.25",
        "0 0\n1 0\n\n0.5 0.25\n",
        "0\t0\n1\t0\n5e-1\t.25",
        "0;0\n1;0\n0.5;0.25",
        "0 1 0.5\n0 0 0.25",
        "C, 0.5, 0.25\nA, 0, 0\nB, 1, 0",
        "[[0, 0],\n[1, 0],\n[0.5, 0.25]]",
    ],
)
def test_a_matrix_may_be_written_in_many_ways(text):
    assert read_matrix_text(text, STATES).tolist() == MATRIX


def test_what_is_shown_for_editing_reads_back():
    matrix = np.random.default_rng(2).normal(size=(3, 2))
    assert (read_matrix_text(matrix_text(matrix), STATES) == matrix).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "two numbers for each of 3 states"),
        ("0 0\n1 x\n2 2", "Row 2 has 'x', which is no number"),
        ("0 0\n1\n2 2", "Row 2 has 1 numbers and row 1 has 2"),
        ("0 0\n1 1", "2 by 2; it takes 3 rows"),
        ("0 0\n1 nan\n2 2", "Row 2, of 'B', is not finite"),
        ("1 1\n1 1\n1 1", "All rows are alike"),
        ("A 1 1\nA 1 2\nB 2 1", "more than one row"),
        ("A 1 1\nB 1 2", "'C' has no row"),
    ],
)
def test_what_is_no_projection_is_refused_in_a_sentence(text, told):
    with pytest.raises(ProcessError, match=told):
        read_matrix_text(text, STATES)


def test_numbers_come_from_csv_and_npy_but_no_objects_do(tmp_path):
    text, binary, objects = (tmp_path / name for name in ("m.csv", "m.npy", "o.npy"))
    text.write_text("0,0\n1,0\n0.5,0.25\n")
    np.save(binary, np.array(MATRIX))
    np.save(objects, np.array([[{}, {}]] * 3), allow_pickle=True)
    assert read_matrix_file(text, STATES).tolist() == MATRIX
    assert read_matrix_file(binary, STATES).tolist() == MATRIX
    with pytest.raises(ProcessError, match="no plain numbers"):
        read_matrix_file(objects, STATES)
    with pytest.raises(ProcessError, match="could not be read"):
        read_matrix_file(tmp_path / "none.csv", STATES)


def test_a_subject_keeps_its_projection_in_records_and_through_new_names():
    places = {"A": (0.0, 0.0), "B": (1.0, 0.0), "C": (0.5, 0.25)}
    subject = zoo_subject("mess3").projected(places)
    again = ProcessSubject.from_record(*subject.to_record())
    assert again == subject
    assert subject.renamed_state("A", "Z").projection["Z"] == (0.0, 0.0)
    assert not subject.projected({}).projection
