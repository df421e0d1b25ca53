import pytest

from app.graphical.number_text import NumberTextError, grid, number, tab_separated


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.25", 0.25), ("0,25", 0.25), (" 25 % ", 0.25), ("1/4", 0.25), (".5", 0.5), ("1e-3", 1e-3)],
)
def test_a_probability_may_be_written_in_the_ways_people_write_it(text, value):
    assert number(text) == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize("text", ["", "maybe", "-0.1", "nan", "inf", "1/0", "0.1.2"])
def test_what_is_no_probability_is_refused_with_a_sentence(text):
    with pytest.raises(NumberTextError) as problem:
        number(text)
    assert str(problem.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "0.1\t0.9\n0.8\t0.2\n",
        "0,1\t0,9\r\n0,8\t0,2",
        "0.1,0.9\n0.8,0.2",
        "0.1, 0.9\n0.8, 0.2",
        "0,1;0,9\n0,8;0,2",
        "0.1 0.9\n0.8 0.2",
        "0,1 0,9\n0,8 0,2",
        "10%\t90%\n80%\t20%",
    ],
)
def test_a_grid_is_read_however_its_cells_are_parted(text):
    assert grid(text) == [[0.1, 0.9], [0.8, 0.2]]


def test_noughts_and_ones_parted_by_commas_are_two_cells():
    assert grid("0,1\n1,0") == [[0.0, 1.0], [1.0, 0.0]]


def test_rows_of_different_length_are_refused():
    with pytest.raises(NumberTextError, match="differ in length"):
        grid("0.1 0.9\n1")


def test_numbers_survive_the_clipboard_to_the_last_digit():
    rows = [[0.1, 1 / 3], [2 / 3, 1e-17]]
    assert grid(tab_separated(rows)) == rows
