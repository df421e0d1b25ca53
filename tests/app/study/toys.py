"""A toy kind of subject, so that the study is tested without any bench."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.study.kinds import Kind, KindRegistry
from app.study.model import Study, SubjectEntry
from core.errors import MacroscopeError


@dataclass(frozen=True, eq=False)
class Drawing:
    """A label and a field of numbers."""

    label: str = "plain"
    points: np.ndarray = field(default_factory=lambda: np.arange(6.0).reshape(2, 3))

    def __eq__(self, other):
        return (
            isinstance(other, Drawing)
            and self.label == other.label
            and self.points.dtype == other.points.dtype
            and np.array_equal(self.points, other.points)
        )

    __hash__ = None


def to_record(drawing):
    return {"label": drawing.label}, {"points": drawing.points}


def from_record(record, arrays):
    if record["label"] == "refused":
        raise MacroscopeError("The label is one that no drawing has.")
    return Drawing(record["label"], arrays["points"])


def read(path: Path):
    return Drawing(json.loads(path.read_text())["label"])


def write(drawing, path: Path):
    path.write_text(json.dumps({"label": drawing.label}))


TOY = Kind(
    "toy",
    "Drawing",
    1,
    to_record,
    from_record,
    readers={".toy": read, ".toy.gz": read},
    writers={".toy": write},
)
KINDS = KindRegistry([TOY])


def sample_study() -> Study:
    """The study in every sample of `data`."""
    return Study(
        (
            SubjectEntry("s1", "toy", "First", Drawing()),
            SubjectEntry("s2", "toy", "Größe <5", Drawing("fields", np.eye(3, dtype=np.uint8))),
            SubjectEntry("s3", "toy", "Same numbers", Drawing("again")),
        ),
        title="Sample",
        notes="Two lines\nof notes",
        settings={"seed": 7, "view": {"zoom": 1.5}},
    )
