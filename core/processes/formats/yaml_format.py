"""Processes as YAML: the models of sofic, and plain matrices as in JSON."""

from pathlib import Path

from core.files.errors import FormatError
from core.files.text_file import read_text
from core.processes.errors import ProcessError
from core.processes.formats.json_format import default_name, subject_from_json
from core.processes.formats.yaml_text import parse_yaml
from core.processes.process_subject import ProcessSubject


def read(path: str | Path) -> ProcessSubject:
    """Return the process in the file `path`.

    Raises
    ------
    FormatError
        With the file's name and, for what is not understood, the line.
    """
    path = Path(path)
    return parse(read_text(path), path.name)


def parse(text: str, name: str = "text") -> ProcessSubject:
    """Return the process in `text`; `name` stands for the file's name in errors."""
    record = parse_yaml(text, name)
    try:
        return subject_from_json(record, default_name(name))
    except ProcessError as error:
        raise FormatError(str(error), name) from None
