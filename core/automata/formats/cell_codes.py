"""The letters by which RLE files and animals files write states from 0 to 255.

Source: Golly's extended RLE, https://golly.sourceforge.io/Help/formats.html.
"""

import re

LARGEST_COUNT = 2_000_000_000

TOKEN = re.compile(r"(\d*)[ \t\n]*([.boA-X]|[p-y][A-X]|[$%#!]|@[A-Z])|([ \t\n]+)")
"""A count and a cell or delimiter, or blanks."""


def count_of(digits: str) -> int:
    """Return the count before a code, 1 where there is none; above `LARGEST_COUNT` if too long."""
    return int(digits[:20] or "1")


def letters(state: int, is_two_state: bool) -> str:
    """Return the letters of a state."""
    if is_two_state:
        return "bo"[state]
    if state == 0:
        return "."
    if state <= 24:
        return chr(ord("A") + state - 1)
    high, low = divmod(state - 25, 24)
    return chr(ord("p") + high) + chr(ord("A") + low)


def state_of(code: str, on: int = 1) -> int:
    """Return the state that letters write; `on` is what ``o`` means."""
    if code in ".b":
        return 0
    if code == "o":
        return on
    if len(code) == 1:
        return ord(code) - ord("A") + 1
    return 24 * (ord(code[0]) - ord("p")) + ord(code[1]) - ord("A") + 25


def counted(count: int, code: str) -> str:
    """Return a code with its count, left out where it is 1."""
    return code if count == 1 else f"{count}{code}"
