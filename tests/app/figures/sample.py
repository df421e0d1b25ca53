"""A figure that holds one of everything, for the tests of every back end."""

import numpy as np

from app.figures.description import (
    Arrow,
    Clip,
    Close,
    Cubic,
    Ellipse,
    Figure,
    Group,
    Image,
    Line,
    Move,
    Path,
    Polyline,
    Rect,
    Text,
    To,
)

STUDY = b"SQLite format 3\0" + bytes(range(256)) * 40


def one_of_everything(width_mm: float = 86.0, height_mm: float = 61.7) -> Figure:
    field = np.zeros((3, 4, 4), dtype=np.uint8)
    field[..., 0] = np.arange(12).reshape(3, 4) * 20
    field[..., 3] = 255
    items = (
        Line(2, 2, 20, 2, dash=(1.0, 0.5)),
        Polyline(((2, 5), (10, 9), (18, 5)), colour="#0072b2", fill="#e4e4e4", closed=True),
        Path((Move(22, 5), Cubic(26, 2, 30, 8, 34, 5), To(34, 9), Close()), fill="#f0e442"),
        Arrow((Move(40, 5), Cubic(45, 5, 50, 12, 60, 20)), colour="#d55e00"),
        Rect(2, 12, 16, 8, radius=1.5, colour="#009e73"),
        Ellipse(30, 16, 6, 3, fill="#56b4e9"),
        Text(43, 30, "Wet grass <5 & αβγ", size_pt=8, anchor="middle", baseline="middle"),
        Text(43, 36, "Bold", bold=True, italic=True, size_pt=7, rotation_deg=-90),
        Image(60, 30, 12, 9, field),
        Group((Ellipse(10, 40, 8, 8, fill="#cc79a7"),), clip=Clip(4, 36, 5, 5), dx=2, dy=3),
    )
    return Figure(width_mm, height_mm, items, title="Sprinkler & <rain>", description="seed 3")
