"""What a film is to be."""

from dataclasses import dataclass

FORMATS = (
    (".gif", "GIF, plays everywhere"),
    (".mp4", "MP4, small"),
    (".png", "PNG files, numbered"),
)
LARGEST_SIDE = 2048
"""Pixels along a side of a film."""

FILM_MARKS = ("label", "signs", "hands")
"""What can be drawn into a film: a line with generation and scale, the marks of the view, and
obstacles, food, noise and guns."""


@dataclass(frozen=True, slots=True)
class FilmWish:
    """What was asked for.

    Attributes
    ----------
    first : int
        Generation of the first frame.
    frames : int
    every : int
        Steps from one frame to the next.
    frames_per_second : int
    scale : int
        Pixels along the side of a cell; of a viewport that is shrunk, of its pixels.
    ending : str
        Of `FORMATS`.
    marks : tuple of str
        Of `FILM_MARKS`.
    """

    first: int
    frames: int
    every: int
    frames_per_second: int
    scale: int
    ending: str
    marks: tuple[str, ...] = ()
