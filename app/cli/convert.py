"""`macroscope convert`: a network in another format."""

from collections.abc import Sequence
from pathlib import Path

from app.catalogue import KINDS
from app.cli.arguments import VerbParser
from app.cli.errors import GOOD, UsageError
from app.cli.network_files import tell
from app.shell.opening import STUDY_SUFFIX, open_any
from app.study.kinds import Kind
from app.study.model import Study, SubjectEntry
from app.study.store import write_study
from core.notices import collected_notices


def convert(arguments: Sequence[str]) -> int:
    """Write the network of one file as another, and tell what the new one cannot hold."""
    parser = VerbParser("convert", "Write a network in another format, told by the endings.")
    parser.add_network("in")
    parser.add_argument("out", metavar="OUT", help="the file to write, in place of any there is")
    given = vars(parser.parse_args(arguments))
    source, out = Path(given["in"]), Path(given["out"])
    for path, role in ((given["in"], "to read"), (given["out"], "to write")):
        if not path:
            raise UsageError(f"The file {role} has no name; give one.")
    _refuse_same(source, out)
    _require_known(out)
    with collected_notices() as notices:
        study = open_any(source, KINDS, as_found=not _is_study(out))
    if _is_study(out) and given["subject"] is None:
        lost = _write_study(study, out)
    else:
        lost = _write_subject(_chosen(study, source, out, given["subject"]), out)
    for sentence in (*notices, *lost):
        tell(sentence)
    return GOOD


def _is_study(path: Path) -> bool:
    return path.suffix.lower() == STUDY_SUFFIX


def _refuse_same(source: Path, out: Path) -> None:
    try:
        is_same = out.exists() and source.samefile(out)
    except (OSError, ValueError):
        is_same = False
    if is_same:
        raise UsageError(f"{out.name} is the file to read; write to another, so that it stays.")


def _require_known(out: Path) -> None:
    known = list(dict.fromkeys(suffix for kind in KINDS for suffix in kind.writers))
    if not _is_study(out) and not out.name.lower().endswith(tuple(known)):
        raise UsageError(
            f"{out.name} has an ending that nothing is written in; "
            f"use one of {', '.join([*known, STUDY_SUFFIX])}."
        )
    if not out.parent.is_dir():
        raise UsageError(f"{out} could not be written: its folder does not exist.")


def _chosen(study: Study, source: Path, out: Path, wanted: str | None) -> SubjectEntry:
    """Return the subject to write: the one `wanted`, or the first that can be written so."""
    entries = list(study.subjects)
    if wanted is not None:
        entries = [entry for entry in entries if entry.name == wanted]
        if not entries:
            names = ", ".join(entry.name for entry in study.subjects)
            raise UsageError(f"{source.name} holds no network {wanted!r}; it holds {names}.")
    if not entries:
        raise UsageError(f"{source.name} holds no network; choose a file that does.")
    fitting = [entry for entry in entries if _can_write(KINDS.get(entry.kind), out)]
    if not fitting:
        kind = KINDS.get(entries[0].kind)
        known = ", ".join([*kind.writers, STUDY_SUFFIX])
        raise UsageError(
            f"{entries[0].name} is a {kind.title}, which {out.name} cannot hold; "
            f"use one of {known}."
        )
    if len(fitting) > 1:
        names = ", ".join(entry.name for entry in fitting)
        tell(f"{source.name} holds {names}; taking {fitting[0].name} (--subject chooses).")
    return fitting[0]


def _can_write(kind: Kind, out: Path) -> bool:
    return _is_study(out) or kind.writer_for(out) is not None


def _write_study(study: Study, out: Path) -> Sequence[str]:
    if not study.subjects:
        raise UsageError("There is nothing to write: the study is empty.")
    write_study(study, out, KINDS)
    return ()


def _write_subject(entry: SubjectEntry, out: Path) -> Sequence[str]:
    if _is_study(out):
        return _write_study(Study(subjects=(entry,), title=entry.name), out)
    kind = KINDS.get(entry.kind)
    writer = kind.writer_for(out)
    assert writer is not None
    try:
        writer(entry.value, out)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UsageError(f"{out} could not be written: {reason}.") from error
    return kind.losses(entry.value, out)
