"""Arrays as .npy bytes and back, with every size checked before memory is asked for."""

import hashlib
import io
import math

import numpy as np

_KINDS = frozenset("biufcSU")


class ArrayDamage(ValueError):
    """Bytes that are not one plain .npy array."""


def npy_bytes(array: np.ndarray) -> bytes:
    """Return `array` in .npy format, C order, the same bytes for the same content."""
    stream = io.BytesIO()
    plain = np.asarray(array, order="C")
    if plain.dtype.kind not in _KINDS:
        raise ArrayDamage(f"arrays of the type {plain.dtype} do not belong in a study")
    np.lib.format.write_array(stream, plain, allow_pickle=False)
    return stream.getvalue()


def digest_of(npy: bytes) -> str:
    """Return the name under which an array is stored."""
    return hashlib.sha256(npy).hexdigest()


def array_from(npy: bytes) -> np.ndarray:
    """Return the read-only array in `npy`; the header must account for every byte that follows."""
    stream = io.BytesIO(npy)
    try:
        version = np.lib.format.read_magic(stream)
        if version == (1, 0):
            shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
        elif version == (2, 0):
            shape, fortran, dtype = np.lib.format.read_array_header_2_0(stream)
        else:
            raise ArrayDamage("an array is of a version this program does not write")
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise ArrayDamage("an array has a header that cannot be read") from error
    if dtype.hasobject or dtype.kind not in _KINDS:
        raise ArrayDamage(f"an array holds {dtype}, and only plain numbers and text are read")
    offset = stream.tell()
    if any(side < 0 for side in shape):
        raise ArrayDamage("an array has a negative length")
    count = math.prod(shape)
    if count * dtype.itemsize != len(npy) - offset:
        raise ArrayDamage("an array's header does not fit its length")
    if count == 0 or dtype.itemsize == 0:
        return _empty(shape, dtype)
    flat = np.frombuffer(npy, dtype=dtype, count=count, offset=offset)
    return flat.reshape(shape, order="F" if fortran else "C")


def _empty(shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    if math.prod(shape) > 0:
        raise ArrayDamage("an array has entries of no length")
    try:
        empty = np.zeros(shape, dtype)
    except ValueError as error:
        raise ArrayDamage("an array has an impossible shape") from error
    empty.setflags(write=False)
    return empty
