"""A figure into a file: SVG, PDF, PNG and TikZ for the picture, CSV or NPZ for the numbers."""

from pathlib import Path

from app.figures.carried import LARGEST_STUDY
from app.figures.description import Figure, Table
from app.figures.errors import FigureFileError
from app.figures.pdf_file import pdf_bytes
from app.figures.png_file import png_bytes
from app.figures.screenless import screenless_application
from app.figures.svg_file import svg_bytes
from app.figures.table_file import TABLE_SUFFIXES, table_bytes
from app.figures.tikz import tikz_files
from app.figures.writing import write_aside

SUFFIXES = (".svg", ".pdf", ".png", ".tex", *TABLE_SUFFIXES)
CARRYING_SUFFIXES = (".svg", ".pdf", ".png")
NARROWEST_MM, WIDEST_MM = 5.0, 2000.0
LOWEST_DPI, HIGHEST_DPI = 30, 2400


def export(
    figure: Figure,
    path: Path | str,
    *,
    dpi: float = 300,
    outlines: bool = False,
    study: bytes | None = None,
    table: Table | None = None,
) -> None:
    """Write `figure` to `path` in the format of its suffix; equal figures give equal bytes.

    `dpi` counts for PNG alone, `outlines` (letters as shapes) for SVG, PDF and PNG; `study` is
    carried inside those three. A `.csv` or `.npz` holds `table` and nothing of the picture.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        if table is None:
            raise FigureFileError(f"{path.name} needs numbers, and this view has no table of them.")
        write_aside(path, table_bytes(table, suffix))
        return
    _check(figure, path, dpi, study)
    if suffix == ".tex":
        for name, data in tikz_files(figure, path.stem).items():
            write_aside(path.with_name(name) if name else path, data)
        return
    write_aside(path, figure_bytes(figure, suffix, dpi=dpi, outlines=outlines, study=study))


def figure_bytes(
    figure: Figure,
    suffix: str,
    *,
    dpi: float = 300,
    outlines: bool = False,
    study: bytes | None = None,
) -> bytes:
    """Return the SVG, PDF or PNG file of `figure`, as `suffix` says."""
    screenless_application()
    if suffix == ".svg":
        return svg_bytes(figure, outlines=outlines, study=study)
    if suffix == ".pdf":
        return pdf_bytes(figure, outlines=outlines, study=study)
    return png_bytes(figure, dpi=dpi, outlines=outlines, study=study)


def _check(figure: Figure, path: Path, dpi: float, study: bytes | None) -> None:
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise FigureFileError(f"{path.name} has no known figure suffix; use one of {known}.")
    for length in (figure.width_mm, figure.height_mm):
        if not NARROWEST_MM <= length <= WIDEST_MM:
            raise FigureFileError(
                f"A figure of {figure.width_mm:g} by {figure.height_mm:g} mm cannot be written;"
                f" both sides must be between {NARROWEST_MM:g} and {WIDEST_MM:g} mm."
            )
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise FigureFileError(
            f"A resolution of {dpi:g} dots per inch is not between {LOWEST_DPI} and {HIGHEST_DPI}."
        )
    if study is not None and len(study) > LARGEST_STUDY:
        limit = LARGEST_STUDY // 2**20
        raise FigureFileError(
            f"The study is larger than {limit} MiB and cannot be carried inside a figure;"
            " export without it."
        )
