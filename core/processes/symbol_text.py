"""Sequences of symbols as text: one line, without separators where no symbol needs one."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt


def stands_together(alphabet: Sequence[str]) -> bool:
    """Return whether every symbol is a single character that is no space."""
    return all(len(symbol) == 1 and not symbol.isspace() for symbol in alphabet)


def pieces_of_text(
    chunks: Iterable[npt.NDArray[np.uint16]], alphabet: Sequence[str]
) -> Iterable[bytes]:
    """Iterate over the UTF-8 text of one line, a piece for each chunk of symbols."""
    together = stands_together(alphabet)
    if together and all(symbol.isascii() for symbol in alphabet):
        codes = np.array([ord(symbol) for symbol in alphabet], dtype=np.uint8)
        for chunk in chunks:
            yield codes[chunk].tobytes()
    else:
        names = np.array(alphabet, dtype=object)
        is_first = True
        for chunk in chunks:
            text = ("" if together else " ").join(names[chunk].tolist())
            yield (text if together or is_first else " " + text).encode("utf-8")
            is_first = False
    yield b"\n"
