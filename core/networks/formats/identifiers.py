"""Identifiers for names that a format cannot write as they are, and what keeps the true ones.

Beside each identifier the true text is written where other programs pass over it. On reading it
counts only while it still fits the plain one, so that what another program changed is not undone.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence

_NOT_IN_IDENTIFIERS = re.compile(r"[^A-Za-z0-9_]")
_FARTHEST = 1e308
_NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def identifiers(names: Iterable[str], taken: Collection[str] = ()) -> tuple[str, ...]:
    """Return a different identifier for each of `names`, the name itself where it is one.

    An identifier begins with a letter and goes on with letters, digits and underscores. None of
    `taken`, the words with a meaning of their own, is given.
    """
    names = list(names)
    used = {name for name in names if _is_identifier(name) and name not in taken}
    numbers: dict[str, int] = {}
    result = []
    for name in names:
        if name in used:
            result.append(name)
            continue
        root = _NOT_IN_IDENTIFIERS.sub("_", name)
        root = root if root[:1].isalpha() else f"n{root}"
        candidate = root if root not in numbers else f"{root}_{numbers[root]}"
        while candidate in used or candidate in taken:
            numbers[root] = numbers.get(root, 1) + 1
            candidate = f"{root}_{numbers[root]}"
        used.add(candidate)
        result.append(candidate)
    return tuple(result)


def _is_identifier(name: str) -> bool:
    return name[:1].isascii() and name[:1].isalpha() and not _NOT_IN_IDENTIFIERS.search(name)


def plain_text(text: str) -> str:
    """Return `text` without the characters that text formats cannot hold."""
    return _NOT_PLAIN.sub("", text)


def true_texts(value: str, plain: Sequence[str], taken: Collection[str] = ()) -> list[str] | None:
    """Return the texts in the JSON list `value` if `plain` are their identifiers, else None."""
    texts = from_json(value)
    if (
        isinstance(texts, list)
        and len(texts) == len(plain)
        and all(isinstance(text, str) for text in texts)
        and identifiers(texts, taken) == tuple(plain)
    ):
        return texts
    return None


def true_text(value: str, plain: str) -> str:
    """Return the text in the JSON `value` if what is plain of it is `plain`, else `plain`."""
    text = from_json(value)
    fits = isinstance(text, str) and plain_text(text).split() == plain.split()
    return str(text) if fits else plain


def true_position(value: str, plain: tuple[float, float]) -> tuple[float, float]:
    """Return the point in the JSON `value` if it lies within a unit of `plain`, else `plain`."""
    point = from_json(value)
    if (
        isinstance(point, list)
        and len(point) == 2
        and all(type(each) in (int, float) and abs(each) < _FARTHEST for each in point)
        and all(abs(each - near) <= 1.0 for each, near in zip(point, plain, strict=True))
    ):
        return float(point[0]), float(point[1])
    return plain


def to_json(value: object) -> str:
    """Return `value` as JSON in ASCII without quotes that end a string elsewhere."""
    return json.dumps(value)


def from_json(value: str) -> object:
    """Return the value in JSON text, or None where there is none."""
    try:
        result = json.loads(value)
        json.dumps(result, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return result
