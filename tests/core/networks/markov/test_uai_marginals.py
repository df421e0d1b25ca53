"""UAI marginals as the competitions print them."""

import numpy as np
import pytest

from core.files.errors import FormatError
from core.networks.formats import uai_marginals


@pytest.mark.parametrize(
    "text",
    [
        "MAR\n2 2 0.25 0.75 3 0.5 0.5 0\n",
        "MAR 2\n2 0.25 0.75\n3 0.5 0.5 0",
        "MAR\n1\n2 2 0.25 0.75 3 0.5 0.5 0",
    ],
    ids=["new", "lines", "with the number of samples"],
)
def test_marginals_are_read_in_the_order_of_the_variables(text):
    found = uai_marginals.parse(text)
    assert [table.tolist() for table in found] == [[0.25, 0.75], [0.5, 0.5, 0.0]]


def test_one_variable_is_not_taken_for_one_sample():
    assert [table.tolist() for table in uai_marginals.parse("MAR 1 2 0.5 0.5")] == [[0.5, 0.5]]


@pytest.mark.parametrize("text", ["PR 1", "MAR", "MAR 2 2 0.5 0.5", "MAR 1 2 0.5", "MAR 1 2 a b"])
def test_what_is_no_file_of_marginals_is_refused(text):
    with pytest.raises(FormatError):
        uai_marginals.parse(text)


def test_marginals_come_back_to_the_same_bits(tmp_path):
    path = tmp_path / "some.MAR"
    marginals = {"a": np.array([0.1, 0.9]), "b": np.array([1 / 3, 2 / 3])}
    uai_marginals.write(marginals, ("b", "a"), path)
    found = uai_marginals.read(path)
    assert [table.tolist() for table in found] == [[1 / 3, 2 / 3], [0.1, 0.9]]
