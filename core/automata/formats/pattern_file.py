"""Pattern files of every format, told by their endings."""

import json
from pathlib import Path

from core.automata.errors import AutomataError, UnreadablePattern, naming
from core.automata.formats.placement import with_array
from core.automata.formats.rule_folders import keep_table, table_finder
from core.automata.rules.lenia import LeniaRule
from core.automata.rules.reading import rule_of
from core.automata.world import World
from core.automata.world_record import table_of
from core.files.text_file import read_text, write_text
from core.labels import quoted

READ = (".rle", ".cells", ".mc", ".mc.gz", ".rle.gz", ".lif", ".life", ".mcl", ".json", ".npy")
WRITTEN = (".rle", ".cells", ".mc", ".mc.gz", ".lif", ".npy", ".png", ".json")


def read_world(path: Path, which: str = "", side: int | tuple[int, ...] = 0) -> World:
    """Return the world of a file.

    Parameters
    ----------
    path : Path
    which : str
        Of a file of animals, the code of one or its position; of an array, its rule.
    side : int or tuple of int
        The sides of the torus an animal is put on, 0 for the usual.

    Raises
    ------
    MacroscopeError
        When the file cannot be read or is damaged; one sentence that says where.
    """
    with naming(path.name):
        return _read(path, which, side)


def _read(path: Path, which: str, side: int | tuple[int, ...]) -> World:
    name = path.name.lower()
    find_table = table_finder([path.parent])
    if name.endswith(".npy"):
        from core.automata.formats.npy import world_of_npy

        return world_of_npy(path, rule_of(which, find_table=find_table) if which else None)
    if not name.endswith(READ):
        raise UnreadablePattern(f"its ending is none of {', '.join(READ)}.", path.name)
    text = read_text(path)
    plain = name.removesuffix(".gz")
    if plain.endswith(".json"):
        return _of_json(text, path.name, which, side)
    if which:
        raise UnreadablePattern(
            f"it holds one pattern; {quoted('#' + which)} chooses among the animals of a .json "
            "file.",
            path.name,
        )
    if plain.endswith(".mc"):
        from core.automata.formats.macrocell import world_of_macrocell

        return world_of_macrocell(text, path.name, find_table)
    if plain.endswith(".cells"):
        from core.automata.formats.plaintext import world_of_plaintext

        return world_of_plaintext(text, path.name)
    if plain.endswith((".lif", ".life")) and text.lstrip().startswith("#Life"):
        from core.automata.formats.life_files import world_of_life_file

        return world_of_life_file(text, path.name)
    if plain.endswith(".mcl"):
        from core.automata.formats.mcell import world_of_mcell

        return world_of_mcell(text, path.name)
    from core.automata.formats.rle import world_of_rle

    return world_of_rle(text, path.name, find_table)


def write_world(world: World, path: Path) -> None:
    """Write a world in the format of the ending.

    Raises
    ------
    AutomataError
        When the format cannot hold this world.
    FormatError
        When the file cannot be written.
    """
    name = path.name.lower()
    if name.endswith((".npy", ".png")):
        from core.automata.formats.binary_files import write_npy, write_png

        (write_npy if name.endswith(".npy") else write_png)(with_array(world), path)
        return
    text = _text(world, name)
    table = table_of(world.rule)
    if table is not None and name.endswith((".rle", ".mc", ".mc.gz")):
        keep_table(table, path.parent)
    write_text(path, text)


def _text(world: World, name: str) -> str:
    if name.endswith(".animals.json"):
        from core.automata.formats.animals import text_of_animal

        if not isinstance(world.rule, LeniaRule):
            raise AutomataError(f"An animals file holds Lenia alone, not {world.rule.text[:60]}.")
        return text_of_animal(world)
    if name.endswith(".json"):
        from core.automata.formats.world_json import json_of_world

        return json_of_world(world)
    if world.is_field:
        raise AutomataError(
            f"{name} holds states, not a field of real numbers; use .json, .animals.json or .npy."
        )
    if name.endswith((".mc", ".mc.gz")):
        from core.automata.formats.macrocell import macrocell_of_world

        return macrocell_of_world(world)
    world = with_array(world)
    if name.endswith(".cells"):
        from core.automata.formats.plaintext import plaintext_of_world

        return plaintext_of_world(world)
    if name.endswith(".lif"):
        from core.automata.formats.life_files import life_106_of_world

        return life_106_of_world(world)
    if name.endswith(".rle"):
        from core.automata.formats.rle import rle_of_world

        return rle_of_world(world)
    raise AutomataError(f"{name} has an ending that no world is written in.")


def world_of_text(text: str, source: str) -> World:
    """Return the world of the text of a file of our own; raises `UnreadablePattern`."""
    from core.automata.formats.world_json import world_of_json

    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadablePattern(
            f"it is no JSON ({error.msg}).", source, error.lineno, error.colno
        ) from None
    except (RecursionError, ValueError):
        raise UnreadablePattern("it is no JSON that can be read.", source) from None
    return world_of_json(record, source)


def _of_json(text: str, source: str, which: str, side: int | tuple[int, ...]) -> World:
    from core.automata.formats.animals import animal_world, animals_of_text, chosen_animal

    if '"macroscope-world"' in text[:400]:
        return world_of_text(text, source)
    animals = animals_of_text(text, source)
    return animal_world(chosen_animal(animals, which, source), source, side)
