"""What the library offers: patterns of the program, of files, and of the user's own folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.automata.errors import AutomataError
from core.automata.formats.animals import Animal, animal_world, animals_of_text
from core.automata.formats.pattern_file import READ, read_world
from core.automata.patterns import PATTERNS
from core.automata.world import World
from core.errors import MacroscopeError
from core.files.text_file import read_text
from core.progress import Progress

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
READABLE = (*READ, *PICTURES)

MOST_FILES = 2000
"""Files of a folder that are shown."""

OWN = "My patterns"
FAMILIES = {
    "LifeLike": "Life and its kin",
    "Elementary": "One dimension",
    "Totalistic": "One dimension",
    "LeniaRule": "Lenia",
    "FlowLeniaRule": "Flow-Lenia",
    "ParticleLeniaRule": "Particle Lenia",
    "Margolus": "Blocks that turn",
}
MORE = "Other rules"


@dataclass(frozen=True)
class Entry:
    """One pattern or species.

    Attributes
    ----------
    id : str
        Unique in the library.
    title, group, hint, source : str
    load : function
        Returns the world; may take a while and is called on a worker.
    can_open : bool
        Whether it is a world of its own rather than cells to stamp only.
    """

    id: str
    title: str
    group: str
    hint: str
    source: str
    load: Callable[[], World]
    can_open: bool = True

    def matches(self, words: Sequence[str], told: str = "") -> bool:
        """Whether every word is in something that is said of the entry."""
        text = f"{self.title} {self.group} {self.hint} {self.source} {told}".lower()
        return all(word in text for word in words)


def shipped() -> list[Entry]:
    """Return the patterns that come with the program, grouped by their rules."""
    found = []
    for pattern in PATTERNS:
        try:
            family = type(pattern.make().rule).__name__
        except MacroscopeError:
            continue
        found.append(
            Entry(
                f"pattern:{pattern.name}",
                pattern.title,
                FAMILIES.get(family, MORE),
                pattern.look_at,
                pattern.source,
                pattern.build,
            )
        )
    return found


def of_folder(folder: Path, progress: Progress | None = None) -> list[Entry]:
    """Return the patterns of a folder and of the folders in it."""
    if not folder.is_dir():
        return []
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(READABLE))
    found: list[Entry] = []
    for number, path in enumerate(paths[:MOST_FILES]):
        if progress is not None:
            progress.report(number / len(paths))
        try:
            found += of_file(path, OWN)
        except MacroscopeError:
            continue  # a folder may hold files of other programs
    return found


def of_file(path: Path, group: str = "") -> list[Entry]:
    """Return the patterns of one file: every animal of a file of those, else one.

    Raises
    ------
    MacroscopeError
        When the file cannot be read; one sentence that says why.
    """
    name = path.name.lower()
    if name.endswith(PICTURES):
        from app.benches.automata.library.pictures import world_of_picture

        load = partial(world_of_picture, path)
        return [Entry(f"file:{path}", path.stem, group or OWN, "", path.name, load, False)]
    if not name.endswith(READ):
        raise AutomataError(f"{path.name} has an ending that no pattern has.")
    if name.endswith(".json"):
        text = read_text(path)
        if '"macroscope-world"' not in text[:400]:
            animals = animals_of_text(text, path.name)
            return [_of_animal(path, animal, group or path.name) for animal in animals]
    title = path.name[: -len(next(each for each in READ if name.endswith(each)))]
    load_world = partial(read_world, path)
    return [Entry(f"file:{path}", title, group or OWN, "", path.name, load_world)]


def _of_animal(path: Path, animal: Animal, group: str) -> Entry:
    return Entry(
        f"file:{path}#{animal.group}/{animal.index}",
        animal.title,
        group,
        " ".join(part for part in (animal.code, animal.cname) if part),
        path.name,
        partial(animal_world, animal, path.name),
    )
