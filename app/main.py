"""The command `macroscope`: open the window, or do one of the headless verbs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli.program import VERBS, complain, run_verb
from core.errors import MacroscopeError
from resources.version import VERSION

USAGE = """\
macroscope [FILE...]          open the window, and the files in it
macroscope VERB [ARGUMENT...] work without a window; macroscope VERB --help tells more

{verbs}

macroscope --version          print the version
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first in VERBS:
        return run_verb(arguments)
    if first in ("-h", "--help"):
        sys.stdout.write(usage())
        return 0
    if first == "--version":
        sys.stdout.write(f"macroscope {VERSION}\n")
        return 0
    try:
        files = files_of(arguments)
        from app.window import open_window

        return open_window(files)
    except MacroscopeError as error:
        return complain(error)


def usage() -> str:
    """Return what ``--help`` prints."""
    verbs = "\n".join(f"  {verb:27} {what}" for verb, what in VERBS.items())
    return USAGE.format(verbs=verbs)


def files_of(arguments: Sequence[str]) -> list[Path]:
    """Return the files to open; a word that is no file is most likely a mistyped verb."""
    for word in arguments:
        if word.startswith("-"):
            raise MacroscopeError(f"There is no option {word}; macroscope --help tells what is.")
        if not _exists(Path(word)):
            verbs = ", ".join(VERBS)
            raise MacroscopeError(f"{word} is neither a file nor one of the verbs {verbs}.")
    return [Path(word).absolute() for word in arguments]


def _exists(path: Path) -> bool:
    """Whether there is a file that we may know of; names can be impossible and folders closed."""
    try:
        return path.exists()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
