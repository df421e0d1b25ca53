"""The numbers behind a figure as NumPy arrays, one a column."""

import io

import numpy as np
import pytest

from app.figures.description import Figure, Table
from app.figures.errors import FigureFileError
from app.figures.export import export
from app.figures.table_file import npz_bytes

TABLE = Table(("L", "h(L) / bits per symbol", "state"), ((0, 1.0, "A"), (1, None, "B")))


def test_columns_are_arrays_named_without_their_units():
    with np.load(io.BytesIO(npz_bytes(TABLE))) as arrays:
        assert sorted(arrays) == ["L", "h_L", "state"]
        assert arrays["L"].tolist() == [0.0, 1.0]
        assert np.array_equal(arrays["h_L"], [1.0, np.nan], equal_nan=True)
        assert arrays["state"].tolist() == ["A", "B"]


def test_names_that_differ_by_case_alone_stay_apart():
    with np.load(io.BytesIO(npz_bytes(Table(("H(L)", "h(L)"), ((2.0, 1.0),))))) as arrays:
        assert arrays["H_L"].tolist() == [2.0]
        assert arrays["h_L"].tolist() == [1.0]


def test_equal_tables_give_equal_files():
    assert npz_bytes(TABLE) == npz_bytes(TABLE)


def test_a_figure_without_numbers_is_refused(tmp_path):
    with pytest.raises(FigureFileError, match="no table"):
        export(Figure(80, 60), tmp_path / "a.npz")
