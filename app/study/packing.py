"""Parts of arrays made smaller without loss where that is quick: boards are mostly empty."""

import zlib

from app.study.arrays import ArrayDamage

PART_BYTES = 2**26
"""Longer arrays are stored in parts: SQLite takes no value above about a gigabyte."""

LARGEST_ARRAY = 2**34
"""Bytes of all parts together; more is refused before memory is asked for."""

LEVEL = 1
"""Of deflate: the quickest one, some 500 MB of mostly empty cells a second."""

PROBES, PROBE_BYTES = 16, 2**12
WORTH_IT = 0.5
"""What the probes do not halve stays as it is: noise would take its time and become no smaller."""


def packed(part: bytes) -> bytes:
    """Return a part deflated, or itself where that is not worth the time."""
    if len(part) <= PROBE_BYTES:
        return part
    stride = max(PROBE_BYTES, len(part) // PROBES)
    probe = b"".join(part[at : at + PROBE_BYTES] for at in range(0, len(part), stride))
    if len(zlib.compress(probe, LEVEL)) > WORTH_IT * len(probe):
        return part
    small = zlib.compress(part, LEVEL)
    return small if len(small) < len(part) else part


def unpacked(part: object, length: object) -> bytes:
    """Return a part as it was, `length` bytes; raises `ArrayDamage` where it is not that."""
    if not isinstance(part, bytes) or type(length) is not int:
        raise ArrayDamage("an array is missing")
    if len(part) == length:
        return part
    if not len(part) < length <= PART_BYTES:
        raise ArrayDamage("a part of an array is of an impossible length")
    inflater = zlib.decompressobj()
    try:
        whole = inflater.decompress(part, length + 1)
    except zlib.error as error:
        raise ArrayDamage("a part of an array cannot be unpacked") from error
    if len(whole) != length or not inflater.eof or inflater.unused_data:
        raise ArrayDamage("a part of an array is not as long as it says")
    return whole
