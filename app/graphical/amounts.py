"""Amounts in words: how many there are of something, and how long something took."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number and what it counts: ``1 arc``, ``1,024 arcs``, ``3 entries``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spent(seconds: float) -> str:
    """Return a time with two digits that count, in the unit that suits it."""
    if seconds >= 0.9995:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.00995 else f"{seconds * 1000:.2g} ms"
