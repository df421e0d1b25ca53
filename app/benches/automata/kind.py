"""Cellular worlds as one kind of subject of a study; no Qt."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.benches.automata.examples import EXAMPLES
from app.study.kinds import Kind
from core.automata.formats.losses import lost_in
from core.automata.formats.pattern_file import READ, WRITTEN, read_world, write_world
from core.automata.world_subject import WorldSubject

MARKS = (b'"macroscope-world"', b'"cells"', b'"cname"')
LOOKED_AT = 2**16
"""Bytes at the beginning of a JSON file in which a world shows itself."""


def read_subject(path: Path) -> WorldSubject:
    """Return the world of a pattern file."""
    return WorldSubject(read_world(path))


def write_subject(subject: WorldSubject, path: Path) -> None:
    """Write the world as it was at the start; files of patterns know nothing of hands."""
    write_world(subject.world, path)


def losses(subject: WorldSubject, path: Path) -> tuple[str, ...]:
    """Return what a pattern file cannot hold of a subject."""
    lost = list(lost_in(subject.world, path.name))
    if subject.interventions:
        count = len(subject.interventions)
        lost.append(f"What was done to the world ({count}) is left out; a study keeps it.")
    if subject.at != subject.world.generation:
        lost.append(f"The state at generation {subject.world.generation:,} is written.")
    return tuple(lost)


def is_world_file(path: Path) -> bool:
    """Whether a file that other kinds might read too begins like a world."""
    if not path.name.lower().endswith(".json"):
        return path.name.lower().endswith(READ)
    try:
        with path.open("rb") as file:
            head = file.read(LOOKED_AT)
    except OSError:
        return False
    return any(mark in head for mark in MARKS)


def _each(endings: tuple[str, ...], act: Callable) -> Mapping[str, Callable]:
    return {ending: partial(act) for ending in endings}


WORLD_KIND = Kind(
    id="world",
    title="Cellular world",
    version=1,
    to_record=WorldSubject.to_record,
    from_record=WorldSubject.from_record,
    readers=_each(tuple(each for each in READ if each != ".npy"), read_subject),
    writers=_each(tuple(each for each in WRITTEN if each != ".png"), write_subject),
    examples=EXAMPLES,
    holds=WorldSubject,
    losses=losses,
    recognises=is_world_file,
    titles={
        ".rle": "Run lengths (RLE)",
        ".rle.gz": "Run lengths, compressed",
        ".cells": "Plain text cells",
        ".mc": "Macrocell",
        ".mc.gz": "Macrocell, compressed",
        ".lif": "Life 1.05 and 1.06",
        ".life": "Life 1.05 and 1.06",
        ".mcl": "MCell",
        ".json": "Macroscope JSON or Lenia animals",
        ".npy": "NumPy array",
    },
)
