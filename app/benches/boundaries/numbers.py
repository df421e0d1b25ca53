"""The curves over time as files: CSV with a column for each, or NPZ with an array for each."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.plots.flow_figure import flow_columns

if TYPE_CHECKING:
    from core.boundaries.flow_result import BoundaryFlow


def write_flow(flow: BoundaryFlow, path: Path) -> None:
    """Write all curves; NPZ holds the settings as JSON too."""
    columns = flow_columns(flow)
    if path.suffix.lower() == ".npz":
        settings = json.dumps({**asdict(flow.settings), "lag": flow.lag})
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, settings=np.array(settings), **columns)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    writer.writerows(["" if each != each else each for each in row] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")
