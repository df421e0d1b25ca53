"""Writing the state in view in any of the formats that hold it."""

from pathlib import Path

from core.automata.formats.losses import lost_in
from core.automata.formats.pattern_file import write_world
from core.automata.world import World

TITLES = {
    ".rle": "Run lengths (RLE)",
    ".cells": "Plain text cells",
    ".mc": "Macrocell",
    ".mc.gz": "Macrocell, compressed",
    ".lif": "Life 1.06",
    ".json": "Macroscope JSON",
    ".animals.json": "Lenia animals",
    ".npy": "NumPy array",
    ".png": "Picture",
}
ENDINGS = tuple(TITLES)
OF_FIELDS = (".json", ".animals.json", ".npy", ".png")


def export_filters(*, is_field: bool) -> str:
    """Return the formats as a file dialog wants them."""
    offered = OF_FIELDS if is_field else [each for each in ENDINGS if each != ".animals.json"]
    return ";;".join(f"{TITLES[ending]} (*{ending})" for ending in offered)


def write_state(world: World, path: Path) -> tuple[str, ...]:
    """Write a state in the format of the ending and return what that cannot hold, in sentences.

    Raises
    ------
    MacroscopeError
        When the format cannot hold the world at all, or the file cannot be written.
    """
    write_world(world, path)
    return lost_in(world, path.name)
