"""Find the letters of a query in a text, in order and with gaps, and say how good the find is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Where the letters were found, and a score that grows with the quality of the find."""

    score: float
    positions: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Return the best way to read `query` as a subsequence of `text`, or None.

    Letters at the start of words and letters in a row count more, and a blank does not end a row;
    blanks in the query only separate. An empty query matches everything equally.
    """
    wanted = "".join(query.lower().split())
    if not wanted:
        return Match(0.0, ())
    found = text.lower()
    if len(found) != len(text) or not _is_subsequence(wanted, found):
        return None
    best = _best_reading(wanted, found)
    return Match(best[0] - 0.02 * len(text), best[1])


def _is_subsequence(wanted: str, found: str) -> bool:
    letters = iter(found)
    return all(letter in letters for letter in wanted)


def _best_reading(wanted: str, found: str) -> tuple[float, tuple[int, ...]]:
    """Dynamic programme: the best score of each prefix of `wanted` ending at each place."""
    ending: dict[int, tuple[float, tuple[int, ...]]] = {}
    for place, letter in enumerate(found):
        if letter == wanted[0]:
            ending[place] = (_worth(found, place) - 0.05 * place, (place,))
    for letter in wanted[1:]:
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        best: tuple[float, tuple[int, ...]] | None = None
        for place in range(len(found)):
            if found[place] == letter and best is not None:
                candidates = [best]
                before = place - 2 if found[place - 1] == " " else place - 1
                if before in ending:
                    score, positions = ending[before]
                    candidates.append((score + 3.0, positions))
                score, positions = max(candidates)
                longer[place] = (score + _worth(found, place), (*positions, place))
            if place in ending and (best is None or ending[place] > best):
                best = ending[place]
        ending = longer
    return max(ending.values())


def _worth(found: str, place: int) -> float:
    starts_word = place == 0 or not found[place - 1].isalnum()
    return 3.0 if starts_word else 1.0
