"""Turn a file of any kind we know into a study, or say in one sentence why it cannot be.

Nothing here knows Qt: the window calls it on a worker, the command line calls it directly.
"""

import stat
from pathlib import Path

from app.figures.carried import carried_study
from app.study.kinds import Kind, KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.store import read_study, study_from_bytes
from core.errors import MacroscopeError

STUDY_SUFFIX = ".macroscope"
FIGURE_SUFFIXES = (".svg", ".pdf", ".png")


class OpeningError(MacroscopeError):
    """Raised when a file cannot be opened; its sentence names the file."""


def open_any(path: Path, kinds: KindRegistry, *, as_found: bool = False) -> Study:
    """Return the study in a study file, inside a figure, or made around a subject's own file.

    A subject whose file gives no places is laid out, unless it is wanted as it was found.
    """
    path = Path(path)
    _require_file(path)
    if path.suffix.lower() == STUDY_SUFFIX:
        return read_study(path, kinds)
    if path.suffix.lower() in FIGURE_SUFFIXES:
        return _study_in_figure(path, kinds)
    kind, value = read_subject(path, kinds)
    return study_around(kind.id, subject_name(path), value if as_found else kind.lay_out(value))


def study_around(kind_id: str, name: str, value: object) -> Study:
    """Return a study with one subject, titled like it."""
    entry = SubjectEntry(id="s1", kind=kind_id, name=name, value=value)
    return Study(subjects=(entry,), title=name)


def read_subject(path: Path, kinds: KindRegistry) -> tuple[Kind, object]:
    """Return the kind and the value in a subject's own file, such as a network in a .bif file."""
    path = Path(path)
    _require_file(path)
    kind = kinds.for_suffix(path)
    if kind is None:
        raise OpeningError(
            f"{path.name} has an ending that is not known here; "
            f"files that open end in {', '.join(known_suffixes(kinds))}."
        )
    value = _read(path, kind)
    return kinds.of_value(value, kind), value


def subject_from(path: Path, kinds: KindRegistry, kind_id: str) -> object:
    """Return the first value of kind `kind_id` in a file of any sort we know."""
    study = open_any(path, kinds)
    for entry in study.subjects:
        if entry.kind == kind_id:
            return entry.value
    title = kinds.get(kind_id).title.lower()
    raise OpeningError(f"{Path(path).name} holds no {title}; choose a file that does.")


def known_suffixes(kinds: KindRegistry) -> list[str]:
    """Return every ending that opens, the study's own first."""
    suffixes = [suffix for kind in kinds for suffix in kind.readers]
    return list(dict.fromkeys([STUDY_SUFFIX, *suffixes, *FIGURE_SUFFIXES]))


def subject_name(path: Path) -> str:
    """Return the file's name without its endings: "asia" for "asia.bif.gz"."""
    name = Path(path).name
    for suffix in reversed(Path(path).suffixes):
        if len(name) > len(suffix):
            name = name.removesuffix(suffix)
        if suffix.lower() not in (".gz",):
            break
    return name


def file_name(title: str) -> str:
    """Return a title without what the names of files must not have."""
    kept = "".join(
        "-" if letter in '/\\:*?"<>|' or ord(letter) < 32 else letter for letter in title
    )
    return kept.strip(" .") or "Untitled"


def _study_in_figure(path: Path, kinds: KindRegistry) -> Study:
    try:
        carried = carried_study(path)
    except OSError as error:
        raise OpeningError(f"{path.name} could not be read: {_reason(error)}.") from error
    if carried is None:
        raise OpeningError(
            f"{path.name} carries no study; only figures exported by Macroscope can be reopened."
        )
    return study_from_bytes(carried, kinds, f"The study inside {path.name}")


def _read(path: Path, kind: Kind) -> object:
    reader = kind.reader_for(path)
    assert reader is not None, path
    try:
        return reader(path)
    except OSError as error:
        raise OpeningError(f"{path.name} could not be read: {_reason(error)}.") from error
    except MacroscopeError as error:
        if path.name in str(error):
            raise
        raise OpeningError(f"{path.name}: {error}") from error


def _require_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise OpeningError(f"{path} does not exist; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        raise OpeningError(f"{path} could not be opened: {reason}.") from error
    if stat.S_ISDIR(mode):
        raise OpeningError(f"{path} is a folder; choose a file inside it.")
    if not stat.S_ISREG(mode):
        raise OpeningError(f"{path} is not a file but a device or a pipe; save it to a file first.")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
