"""The study as a value: subjects of any kind, a title, notes and settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from app.study.errors import StudyError


@dataclass(frozen=True)
class SubjectEntry:
    """One subject of a study; `id` stays the same through every edit, `value` is immutable."""

    id: str
    kind: str
    name: str
    value: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", writable(self.name))


@dataclass(frozen=True)
class Study:
    """An immutable study; every edit returns a new one that shares what did not change."""

    subjects: tuple[SubjectEntry, ...] = ()
    title: str = ""
    notes: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "subjects", tuple(self.subjects))
        object.__setattr__(self, "title", writable(self.title))
        object.__setattr__(self, "notes", writable(self.notes))
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))
        if len({entry.id for entry in self.subjects}) < len(self.subjects):
            raise StudyError("Two subjects of the study have the same id.")

    def __contains__(self, subject_id: object) -> bool:
        return any(entry.id == subject_id for entry in self.subjects)

    def index(self, subject_id: str) -> int:
        """Return the place of a subject in the outline."""
        for place, entry in enumerate(self.subjects):
            if entry.id == subject_id:
                return place
        raise StudyError(f"The study has no subject {subject_id!r}; it may have been removed.")

    def subject(self, subject_id: str) -> SubjectEntry:
        """Return a subject by its id."""
        return self.subjects[self.index(subject_id)]

    def with_subject(self, entry: SubjectEntry, place: int | None = None) -> "Study":
        """Return the study with one more subject, at the end or at `place`."""
        subjects = list(self.subjects)
        subjects.insert(len(subjects) if place is None else place, entry)
        return replace(self, subjects=tuple(subjects))

    def without(self, subject_id: str) -> "Study":
        """Return the study without one of its subjects."""
        place = self.index(subject_id)
        return replace(self, subjects=self.subjects[:place] + self.subjects[place + 1 :])

    def with_entry(self, entry: SubjectEntry) -> "Study":
        """Return the study with `entry` in the place of the subject that has its id."""
        place = self.index(entry.id)
        subjects = (*self.subjects[:place], entry, *self.subjects[place + 1 :])
        return replace(self, subjects=subjects)

    def with_setting(self, key: str, value: Any) -> "Study":
        """Return the study with one setting changed; None takes it away."""
        settings = {name: each for name, each in self.settings.items() if name != key}
        if value is not None:
            settings[key] = value
        return replace(self, settings=settings)

    def free_name(self, wanted: str) -> str:
        """Return `wanted`, or it with the first number that no subject's name has."""
        return free_name(wanted, (entry.name for entry in self.subjects))


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or it with the first free number after it ("Rain 2")."""
    taken = set(taken)
    if wanted not in taken:
        return wanted
    stem, _, tail = wanted.rpartition(" ")
    base = stem if stem and tail.isdecimal() else wanted
    number = 2
    while f"{base} {number}" in taken:
        number += 1
    return f"{base} {number}"


def writable(text: str) -> str:
    """Return `text` as a file can hold it: halves of surrogate pairs become question marks.

    File names that are not UTF-8 bring such halves along; no file of ours could hold them.
    """
    return text.encode("utf-8", "replace").decode("utf-8")
