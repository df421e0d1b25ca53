"""How each edit of a study goes forward and backward, as values without Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.study.model import Study, SubjectEntry

Change = Callable[[Study], Study]
"""A pure edit of a study."""


@dataclass(frozen=True)
class Edit:
    """One change in both directions.

    `what` names the document's announcement after going forward ("changed", "renamed", …), `back`
    the one after going backward, and `key` is the argument of both.
    """

    what: str
    back: str
    key: Any
    forward: Change
    backward: Change

    def then(self, later: "Edit") -> "Edit":
        """Return both edits as one step; they concern the same thing."""
        return replace(self, forward=later.forward)


def adding(entry: SubjectEntry, place: int) -> Edit:
    """Return the edit that inserts a subject."""
    return Edit(
        "added",
        "removed",
        entry.id,
        lambda study: study.with_subject(entry, place),
        lambda study: study.without(entry.id),
    )


def removing(entry: SubjectEntry, place: int) -> Edit:
    """Return the edit that takes a subject away."""
    there = adding(entry, place)
    return Edit("removed", "added", entry.id, there.backward, there.forward)


def replacing(subject_id: str, old: Any, new: Any) -> Edit:
    """Return the edit that gives a subject another value."""

    def to(value: Any) -> Change:
        return lambda study: study.with_entry(replace(study.subject(subject_id), value=value))

    return Edit("changed", "changed", subject_id, to(new), to(old))


def renaming(subject_id: str, old: str, new: str) -> Edit:
    """Return the edit that gives a subject another name."""

    def to(name: str) -> Change:
        return lambda study: study.with_entry(replace(study.subject(subject_id), name=name))

    return Edit("renamed", "renamed", subject_id, to(new), to(old))


def writing(field: str, old: str, new: str) -> Edit:
    """Return the edit of the study's `title` or `notes`."""

    def to(text: str) -> Change:
        return lambda study: replace(study, **{field: text})

    return Edit(field, field, None, to(new), to(old))


def setting(key: str, old: Any, new: Any) -> Edit:
    """Return the edit of one setting; None stands for its absence."""

    def to(value: Any) -> Change:
        return lambda study: study.with_setting(key, value)

    return Edit("setting", "setting", key, to(new), to(old))
