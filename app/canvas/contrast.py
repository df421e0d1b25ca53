"""Which of two text colours can be read on a fill (WCAG 2.2 relative luminance)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def legible_on(fill: str, *candidates: str) -> str:
    """Return the candidate that stands out most on `fill`."""
    return max(candidates, key=lambda colour: contrast(fill, colour))


def mixed(first: str, second: str, share: float) -> str:
    """Return ``#rrggbb`` between two colours, `share` of the way from the first to the second."""
    mix = [
        round(
            int(first[i : i + 2], 16)
            + share * (int(second[i : i + 2], 16) - int(first[i : i + 2], 16))
        )
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in mix)
