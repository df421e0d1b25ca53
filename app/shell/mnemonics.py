"""A letter for every menu of the bar, which Alt opens it with."""

from collections.abc import Iterable


def with_mnemonics(titles: Iterable[str]) -> dict[str, str]:
    """Return each title with "&" before the letter that is its own: the first that is free."""
    taken: set[str] = set()
    marked: dict[str, str] = {}
    for title in titles:
        place = next(
            (
                place
                for place, letter in enumerate(title)
                if letter.isalpha() and letter.casefold() not in taken
            ),
            None,
        )
        marked[title] = title if place is None else f"{title[:place]}&{title[place:]}"
        if place is not None:
            taken.add(title[place].casefold())
    return marked
