"""`macroscope examples`: the names of the examples, or one of them as a file."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.catalogue import KINDS
from app.cli.arguments import VerbParser
from app.cli.errors import GOOD, UsageError
from app.cli.network_files import tell
from app.shell.opening import study_around
from app.study.kinds import Kind
from app.study.store import write_study
from core.networks.formats.json_format import json_text
from core.networks.zoo import Example

STUDY_SUFFIX = ".macroscope"
SUFFIXES = tuple(dict.fromkeys([*(each for kind in KINDS for each in kind.writers), STUDY_SUFFIX]))


def examples(arguments: Sequence[str]) -> int:
    """Print the names as a JSON list, or write the named example; without a file, print it."""
    parser = VerbParser("examples", "List the examples, or write one of them to a file.")
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--out", metavar="FILE", help=f"ending in {', '.join(SUFFIXES)}")
    given = parser.parse_args(arguments)
    if given.name is None:
        if given.out is not None:
            raise UsageError("There is a file to write but no example is named; add its name.")
        json.dump([example.name for _, example in _all()], sys.stdout, indent=1)
        sys.stdout.write("\n")
        return GOOD
    kind, example = _named(given.name)
    if given.out is None:
        sys.stdout.write(json_text(example.build()))
    else:
        _write(kind, example, Path(given.out))
    return GOOD


def _all() -> list[tuple[Kind, Example]]:
    return [(kind, example) for kind in KINDS for example in kind.examples]


def _named(name: str) -> tuple[Kind, Example]:
    for kind, example in _all():
        if example.name == name:
            return kind, example
    names = ", ".join(example.name for _, example in _all())
    raise UsageError(f"There is no example {name!r}; there are {names}.")


def _write(kind: Kind, example: Example, path: Path) -> None:
    suffixes = (*kind.writers, STUDY_SUFFIX)
    if not path.name.lower().endswith(suffixes):
        known = ", ".join(suffixes)
        name = path.name or repr("")
        raise UsageError(
            f"{name} has an ending that {example.name} is not written in; use {known}."
        )
    value = example.build()
    try:
        if path.suffix.lower() == STUDY_SUFFIX:
            write_study(study_around(kind.id, example.title, value), path, KINDS)
        else:
            kind.writer_for(path)(value, path)
            for sentence in kind.losses(value, path):
                tell(sentence)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UsageError(f"{path} could not be written: {reason}.") from error
