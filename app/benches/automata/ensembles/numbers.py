"""Columns of numbers and words as files: CSV, or NPZ with an array for each."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np


def write_columns(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write columns by name, as the ending of the path says."""
    if path.suffix.lower() == ".npz":
        arrays = {name: np.asarray(values) for name, values in columns.items()}
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip_longest(*columns.values(), fillvalue=""))
    path.write_text(text.getvalue(), encoding="utf-8")
