"""Hidden Markov processes as one kind of subject of a study; no Qt."""

import gzip
from pathlib import Path

from app.benches.processes.arrange import placed
from app.benches.processes.examples import EXAMPLES
from app.study.kinds import Kind
from core.processes.formats import READERS, WRITERS
from core.processes.process_subject import ProcessSubject

MARKS = (b'"macroscope-process"', b'"alphabet"', b'"sofic')
LOOKED_AT = 2**16
"""Bytes at the beginning of a file in which a process shows itself."""


def is_process_file(path: Path) -> bool:
    """Whether a JSON file, compressed or not, begins like a process."""
    try:
        opened = gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")
        with opened as file:
            head = file.read(LOOKED_AT)
    except (OSError, EOFError):
        return False
    return any(mark in head for mark in MARKS)


PROCESS_KIND = Kind(
    id="process",
    title="Hidden Markov process",
    version=1,
    to_record=ProcessSubject.to_record,
    from_record=ProcessSubject.from_record,
    readers=READERS,
    writers=WRITERS,
    examples=EXAMPLES,
    holds=ProcessSubject,
    lay_out=placed,
    recognises=is_process_file,
    titles={
        ".edges": "Edge list",
        ".txt": "Edge list",
        ".json": "Macroscope JSON",
        ".json.gz": "Macroscope JSON, compressed",
        ".yaml": "YAML",
        ".yml": "YAML",
    },
)
