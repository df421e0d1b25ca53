"""What the user chooses in the export dialog, remembered from one export to the next."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.figures.description import SINGLE_COLUMN_MM, FigureOptions

THEMES = ("print", "light", "dark")
NARROWEST_MM, WIDEST_MM = 20.0, 1000.0
SMALLEST_PT, LARGEST_PT = 4.0, 36.0
LOWEST_DPI, HIGHEST_DPI = 72, 1200


@dataclass(frozen=True)
class Format:
    """One file format as the dialog offers it."""

    suffix: str
    title: str
    hint: str
    has_dpi: bool = False
    has_outlines: bool = False
    has_style: bool = True
    carries_study: bool = False


FORMATS = (
    Format(
        ".svg",
        "SVG drawing",
        "Lines and letters stay editable in Inkscape, Illustrator and browsers.",
        has_outlines=True,
        carries_study=True,
    ),
    Format(
        ".pdf",
        "PDF page",
        "Sharp at any size, fonts embedded; the safest choice for a manuscript.",
        has_outlines=True,
        carries_study=True,
    ),
    Format(
        ".png",
        "PNG picture",
        "Pixels, for slides and web pages; 300 dpi is enough for most journals.",
        has_dpi=True,
        carries_study=True,
    ),
    Format(
        ".tex",
        "TikZ for LaTeX",
        "LaTeX sets the letters in your paper's own font and cannot carry a study.",
    ),
    Format(
        ".csv",
        "CSV table",
        "The numbers behind the figure for a spreadsheet; nothing of the picture.",
        has_style=False,
    ),
    Format(
        ".npz",
        "NumPy arrays",
        "The numbers behind the figure, one array a column; nothing of the picture.",
        has_style=False,
    ),
)


def format_of(suffix: str) -> Format:
    """Return the format that files with `suffix` have."""
    return next(known for known in FORMATS if known.suffix == suffix)


@dataclass(frozen=True)
class ExportChoices:
    """Every field of the export dialog; `view` is empty until one was chosen."""

    view: str = ""
    suffix: str = ".svg"
    width_mm: float = SINGLE_COLUMN_MM
    font_family: str = "DejaVu Sans"
    font_pt: float = 8.0
    theme: str = "print"
    dpi: int = 300
    outlines: bool = False
    carry_study: bool = True

    @property
    def format(self) -> Format:
        """The chosen file format."""
        return format_of(self.suffix)

    def figure_options(self) -> FigureOptions:
        """Return what a view needs to make its figure."""
        return FigureOptions(self.width_mm, self.theme, self.font_family, self.font_pt)

    def to_record(self) -> dict[str, Any]:
        """Return the choices as JSON."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "ExportChoices":
        """Return remembered choices; an entry that makes no sense gives way to the default."""
        standard = cls()
        kept = {}
        for field in fields(cls):
            default = getattr(standard, field.name)
            given = record.get(field.name, default)
            kept[field.name] = given if _is_sensible(field.name, given, default) else default
        return cls(**kept)


_RANGES = {
    "width_mm": (NARROWEST_MM, WIDEST_MM),
    "font_pt": (SMALLEST_PT, LARGEST_PT),
    "dpi": (LOWEST_DPI, HIGHEST_DPI),
}
_SETS = {"suffix": tuple(known.suffix for known in FORMATS), "theme": THEMES}


def _is_sensible(name: str, given: object, default: object) -> bool:
    if name in _SETS:
        return given in _SETS[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        whole = name != "dpi" or isinstance(given, int)
        return is_number and whole and math.isfinite(given) and low <= given <= high
    return type(given) is type(default)
