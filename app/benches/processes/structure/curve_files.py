"""Curves as files: CSV with a column for each, or NPZ with an array for each."""

import csv
import io
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np


def write_curves(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays of one dimension by name; in CSV shorter columns end early."""
    columns = {name: np.asarray(array) for name, array in arrays.items()}
    if path.suffix.lower() == ".npz":
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **columns)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    lists = [column.tolist() for column in columns.values()]
    writer.writerows(zip_longest(*lists, fillvalue=""))
    path.write_text(text.getvalue(), encoding="utf-8")
