"""A process as the command line names it: one of the zoo with parameters, or a file."""

from pathlib import Path

from app.catalogue import KINDS
from app.cli.errors import UsageError
from app.cli.process_names import setting_in_name
from app.shell.opening import STUDY_SUFFIX, open_any
from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.formats import READERS, read_process
from core.processes.process_subject import ProcessSubject, zoo_subject
from core.processes.zoo import zoo_entry

CARRIERS = (STUDY_SUFFIX, ".svg", ".pdf", ".png")
"""Endings of files that may carry a study with a process in it."""


def find_process(spec: str) -> ProcessSubject:
    """Return the process that `spec` names.

    Raises
    ------
    UsageError
        When it is neither a process of the zoo nor a file with one.
    ProcessError, FormatError
        With what is wrong in it.
    """
    if not spec.strip():
        raise UsageError("The process has no name; give one of the zoo, or a file.")
    name = spec.lower()
    if name.endswith(tuple(READERS)) and _is_there_or_path(spec):
        return _whole(read_process(Path(spec)))
    if name.endswith(CARRIERS):
        return _from_study(Path(spec))
    return zoo_process(spec)


def zoo_process(spec: str) -> ProcessSubject:
    """Return the process of the zoo in ``name:parameter=value,parameter=value``.

    Without a colon the parameters may stand in the name, see `setting_in_name`.
    """
    name, colon, rest = spec.partition(":")
    try:
        entry = zoo_entry(name)
    except ProcessError as error:
        spelled = None if colon else setting_in_name(name)
        if spelled is not None:
            return zoo_subject(spelled[0].name, **spelled[1])
        if Path(spec).exists():
            raise UsageError(
                f"{Path(spec).name} has an ending that no process is read from; use one of "
                f"{', '.join(READERS)}."
            ) from None
        others = f"{str(error).removesuffix('.')}; a file ends in {', '.join(READERS)}."
        raise UsageError(others) from None
    values: dict[str, float] = {}
    for part in rest.split(",") if colon and rest.strip() else []:
        key, equals, text = part.partition("=")
        key = key.strip()
        if not equals or not key:
            raise UsageError(f"{quoted(part)} is no parameter; write {name}:parameter=value.")
        if key in values:
            raise UsageError(f"The parameter {quoted(key)} is given twice.")
        try:
            values[key] = float(text)
        except ValueError:
            raise UsageError(f"{key} is {quoted(text)}, which is no number.") from None
    return zoo_subject(entry.name, **values)


def _whole(subject: ProcessSubject) -> ProcessSubject:
    """Return `subject` when it is more than a draft, and else say what is missing."""
    subject.model.with_matrices(subject.model.T)
    return subject


def _is_there_or_path(spec: str) -> bool:
    """Return whether a name with the ending of a file means one; no zoo's name has an ending."""
    return "=" not in spec or Path(spec).exists()


def _from_study(path: Path) -> ProcessSubject:
    study = open_any(path, KINDS, as_found=True)
    for entry in study.subjects:
        if isinstance(entry.value, ProcessSubject):
            return _whole(entry.value)
    raise UsageError(f"{path.name} holds no process; choose a file that does.")
