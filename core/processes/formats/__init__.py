"""Files of processes, one module for each format: ``read(path) -> subject``, ``write``."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.files.errors import FormatError
from core.processes.formats import edge_list, json_format, yaml_format
from core.processes.process_subject import ProcessSubject

READERS: Mapping[str, Callable[[Path], ProcessSubject]] = {
    ".json": json_format.read,
    ".json.gz": json_format.read,
    ".edges": edge_list.read,
    ".txt": edge_list.read,
    ".yaml": yaml_format.read,
    ".yml": yaml_format.read,
}
"""By the ending of the file's name."""

WRITERS: Mapping[str, Callable[[ProcessSubject, Path], None]] = {
    ".json": json_format.write,
    ".json.gz": json_format.write,
    ".edges": edge_list.write,
}


def read_process(path: Path) -> ProcessSubject:
    """Return the process in the file at `path`, in the format that the ending of its name says.

    Raises
    ------
    FormatError
        When there is no format with that ending, or the file is not in it; line and column say
        where.
    """
    name = path.name.lower()
    for ending in sorted(READERS, key=len, reverse=True):
        if name.endswith(ending):
            return READERS[ending](path)
    raise FormatError(f"the ending is none of {', '.join(READERS)}.", path.name)
