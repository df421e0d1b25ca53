"""What `macroscope boundary` writes beside its JSON: figures that carry the study, and tables."""

import numpy as np
import pytest

from app.catalogue import KINDS
from app.shell.opening import open_any

SMALL = ("xor_leak", "--trajectories", 400, "--times", 4, "--shuffles", 20, "--resamples", 20)


@pytest.mark.parametrize("ending", [".svg", ".pdf", ".png"])
def test_a_figure_reopens_as_the_ensemble_with_its_settings(macroscope, tmp_path, ending):
    path = tmp_path / f"leak{ending}"
    status, _output, errors = macroscope("boundary", *SMALL, "--lag", 2, "--out", path)
    assert (status, errors) == (0, "")
    (entry,) = open_any(path, KINDS).subjects
    assert entry.kind == "ensemble"
    assert entry.value.settings.lag == 2
    assert entry.value.ensemble.trajectories == 400


def test_curves_are_written_as_a_table(macroscope, tmp_path):
    path = tmp_path / "leak.npz"
    assert macroscope("boundary", *SMALL, "--out", path)[0] == 0
    with np.load(path) as found:
        assert found["generation"].tolist() == [0, 1, 2]
        assert (found["infil"] <= found["infil_high"] + 1e-12).all()


def test_another_ending_is_refused_in_a_sentence(macroscope, tmp_path):
    status, output, errors = macroscope("boundary", *SMALL, "--out", tmp_path / "leak.txt")
    assert (status, output) == (2, "")
    assert "use .svg" in errors
