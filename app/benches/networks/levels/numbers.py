"""Numbers as the panel writes them: short, and honest about how large they are."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def short_count(number: int) -> str:
    """Return a count in at most seven letters: ``12,345``, ``1.2·10⁹``.

    Examples
    --------
    >>> short_count(99999), short_count(1234567)
    ('99,999', '1.2·10⁶')
    """
    if number < 100_000:
        return f"{number:,}"
    power = len(str(number)) - 1
    tenths = (number * 10 + 10**power // 2) // 10**power
    if tenths == 100:
        tenths, power = 10, power + 1
    return f"{tenths // 10}.{tenths % 10}·10{str(power).translate(_RAISED)}"


def entry(value: float) -> str:
    """Return a table's entry with six digits that count."""
    return "0" if value == 0 else f"{value:.6g}"
