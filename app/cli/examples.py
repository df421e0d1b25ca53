"""`macroscope examples`: the names of the examples, or one of them as a file."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.catalogue import KINDS, NETWORK_KIND
from app.cli.arguments import VerbParser
from app.cli.errors import GOOD, UsageError
from app.cli.network_files import tell
from app.shell.opening import study_around
from app.study.store import write_study
from core.networks.formats.json_format import json_text
from core.networks.zoo import Example

SUFFIXES = (*NETWORK_KIND.writers, ".macroscope")


def examples(arguments: Sequence[str]) -> int:
    """Print the names as a JSON list, or write the named example; without a file, print it."""
    parser = VerbParser("examples", "List the examples, or write one of them to a file.")
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--out", metavar="FILE", help=f"ending in {', '.join(SUFFIXES)}")
    given = parser.parse_args(arguments)
    if given.name is None:
        if given.out is not None:
            raise UsageError("There is a file to write but no example is named; add its name.")
        json.dump([example.name for example in NETWORK_KIND.examples], sys.stdout, indent=1)
        sys.stdout.write("\n")
        return GOOD
    example = _named(given.name)
    if given.out is None:
        sys.stdout.write(json_text(example.build()))
    else:
        _write(example, Path(given.out))
    return GOOD


def _named(name: str) -> Example:
    for example in NETWORK_KIND.examples:
        if example.name == name:
            return example
    names = ", ".join(example.name for example in NETWORK_KIND.examples)
    raise UsageError(f"There is no example {name!r}; there are {names}.")


def _write(example: Example, path: Path) -> None:
    if not path.name.lower().endswith(SUFFIXES):
        known = ", ".join(SUFFIXES)
        name = path.name or repr("")
        raise UsageError(f"{name} has an ending that no example is written in; use {known}.")
    value = example.build()
    try:
        if path.suffix.lower() == ".macroscope":
            write_study(study_around(NETWORK_KIND.id, example.title, value), path, KINDS)
        else:
            NETWORK_KIND.writer_for(path)(value, path)
            for sentence in NETWORK_KIND.losses(value, path):
                tell(sentence)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UsageError(f"{path} could not be written: {reason}.") from error
