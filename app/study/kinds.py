"""The kinds of subject that a study can hold, and how each becomes JSON and arrays."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from app.study.errors import UnknownKindError

Record = dict[str, Any]
Arrays = dict[str, np.ndarray]
Reader = Callable[[Path], Any]
Writer = Callable[[Any, Path], None]
Losses = Callable[[Any, Path], Sequence[str]]
Upgrade = Callable[[Record, Arrays], tuple[Record, Arrays]]


@dataclass(frozen=True)
class Kind:
    """One kind of subject: its name for people and files, and the way to and from plain data.

    Attributes
    ----------
    id : str
        Written into study files; never changes once released.
    title : str
        What a person calls it ("Bayes net").
    version : int
        Version of the record that `to_record` makes, from 1.
    to_record, from_record
        Value → (JSON object, arrays by name) and back. The order of keys is kept in the file, so
        equal values give equal files when they list their parts in the same order.
    readers, writers
        By suffix with its dot, in lower case; a suffix may be double (``.bif.gz``).
    upgrades
        Old version → function giving the record and arrays of the version after it.
    holds : type or None
        The type of its values, where readers may give a value of another kind: one ending may
        stand for two kinds, and only the file says which.
    losses
        (value, path) → one sentence for each thing that a file so called cannot hold of it.
    recognises
        (path) → whether a file that several kinds could read by its ending is of this one.
    lay_out
        Value → the same value with places for its parts, where a file gave none.
    titles
        What the format of a suffix is called; its suffix in capitals unless given.
    """

    id: str
    title: str
    version: int
    to_record: Callable[[Any], tuple[Record, Arrays]]
    from_record: Callable[[Record, Arrays], Any]
    readers: Mapping[str, Reader] = field(default_factory=dict)
    writers: Mapping[str, Writer] = field(default_factory=dict)
    examples: Sequence[Any] = ()
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)
    holds: type | None = None
    losses: Losses = field(default=lambda value, path: ())
    titles: Mapping[str, str] = field(default_factory=dict)
    lay_out: Callable[[Any], Any] = field(default=lambda value: value)
    recognises: Callable[[Path], bool] = field(default=lambda path: False)

    def formats(self, suffixes: Iterable[str]) -> dict[str, list[str]]:
        """Return what the formats of `suffixes` are called, each with its suffixes."""
        result: dict[str, list[str]] = {}
        for suffix in suffixes:
            title = self.titles.get(suffix, suffix[1:].upper())
            result.setdefault(title, []).append(suffix)
        return result

    def reader_for(self, path: Path) -> Reader | None:
        """Return the reader for the file's suffix, the longest first."""
        return _by_suffix(self.readers, path)

    def writer_for(self, path: Path) -> Writer | None:
        """Return the writer for the file's suffix, the longest first."""
        return _by_suffix(self.writers, path)

    def value_from(self, record: Record, arrays: Arrays, version: int) -> Any:
        """Return the value of a record of any version up to this kind's own."""
        for old in range(version, self.version):
            record, arrays = self.upgrades[old](record, arrays)
        return self.from_record(record, arrays)


class KindRegistry:
    """The kinds this program knows, in their order of presentation."""

    def __init__(self, kinds: Iterable[Kind] = ()) -> None:
        self._kinds = {kind.id: kind for kind in kinds}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def __contains__(self, kind_id: object) -> bool:
        return kind_id in self._kinds

    def get(self, kind_id: str) -> Kind:
        """Return the kind called `kind_id` or raise `UnknownKindError`."""
        try:
            return self._kinds[kind_id]
        except KeyError:
            raise UnknownKindError(
                f"This Macroscope does not know the kind of subject {kind_id!r}."
            ) from None

    def of_value(self, value: object, kind: Kind) -> Kind:
        """Return the kind that holds `value`, which was read as one of `kind`."""
        if kind.holds is None or isinstance(value, kind.holds):
            return kind
        for other in self:
            if other.holds is not None and isinstance(value, other.holds):
                return other
        raise UnknownKindError(
            f"This Macroscope does not know the kind of subject that {type(value).__name__} is."
        )

    def for_suffix(self, path: Path | str) -> Kind | None:
        """Return the kind that reads files with this suffix, or None.

        Of several the one that recognises what is in the file, else the first.
        """
        path = Path(path)
        able = [kind for kind in self if kind.reader_for(path) is not None]
        if len(able) > 1:
            able = [kind for kind in able if kind.recognises(path)] or able
        return able[0] if able else None


def _by_suffix(table: Mapping[str, Any], path: Path) -> Any:
    name = Path(path).name.lower()
    fitting = [suffix for suffix in table if name.endswith(suffix.lower())]
    return table[max(fitting, key=len)] if fitting else None
