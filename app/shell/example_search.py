"""Find examples by words: in their titles first, then in what they are and where they come from."""

import re
from collections.abc import Iterable

from app.shell.thumbnails import GalleryEntry

WHOLE, PREFIX, INSIDE = 4.0, 3.0, 1.0
"""Worth of a word that stands in the title, that begins one there, that is part of one there."""

OPENS_TITLE = 2.0
OTHER_WORDS = 0.25
"""What a find is worth in the keywords, in the source or in the hint."""


def found(entries: Iterable[GalleryEntry], query: str) -> list[GalleryEntry]:
    """Return the entries in which every word of the query is found, the best first.

    Of two that are as good the one with the shorter title comes first: more of it is asked for.
    """
    words = query.casefold().split()
    if not words:
        return list(entries)
    worths = [(entry, worth(entry, words)) for entry in entries]
    kept = [(entry, value) for entry, value in worths if value is not None]
    kept.sort(key=lambda pair: (-pair[1], len(pair[0].example.title)))
    return [entry for entry, _ in kept]


def worth(entry: GalleryEntry, words: list[str]) -> float | None:
    """Return how well the words fit, or None where one of them is not found at all."""
    title = entry.example.title.casefold()
    about = " ".join((entry.keywords, entry.example.source, entry.example.hint)).casefold()
    total = OPENS_TITLE if title.startswith(" ".join(words)) else 0.0
    for word in words:
        best = max(_worth(word, title), OTHER_WORDS * _worth(word, about))
        if not best:
            return None
        total += best
    return total


def _worth(word: str, text: str) -> float:
    if re.search(rf"\b{re.escape(word)}\b", text):
        return WHOLE
    if re.search(rf"\b{re.escape(word)}", text):
        return PREFIX
    return INSIDE if word in text else 0.0
