"""`macroscope check`: whether everything that Macroscope stands on works on this machine."""

import math
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.arguments import VerbParser
from app.cli.errors import FAILED, GOOD

PLATFORM = "offscreen"


def check(arguments: Sequence[str]) -> int:
    """Print one line for each part; the status is 0 when all of them work."""
    VerbParser("check", "Try Python, Qt, numba and the exports, one line each.").parse_args(
        arguments
    )
    parts: dict[str, Callable[[], str]] = {
        "Python": _python,
        "Qt": _qt,
        "numba": _numba,
        "kernel": _kernel,
        "window": _window,
        "SVG": lambda: _export(".svg", b"<svg"),
        "PDF": lambda: _export(".pdf", b"%PDF-"),
    }
    status = GOOD
    for name, part in parts.items():
        try:
            line = part()
        except Exception as error:  # whatever is broken, the other parts are still tried
            line = f"failed: {type(error).__name__}: {' '.join(str(error).split())}"
            status = FAILED
        sys.stdout.write(f"{name:7} {line}\n")
        sys.stdout.flush()
    return status


def _python() -> str:
    return f"{platform.python_version()} ({sys.executable})"


def _qt() -> str:
    from PySide6.QtCore import qVersion
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["macroscope", "-platform", PLATFORM])
    _kept.append(application)
    return f"{qVersion()}, platform {application.platformName()}"


_kept: list[object] = []
"""An application that is collected ends the process."""


def _numba() -> str:
    import numba

    return f"{numba.__version__}, cache {os.environ['NUMBA_CACHE_DIR']}"


def _kernel() -> str:
    from core.networks.evidence import Evidence
    from core.networks.inference import infer
    from core.networks.model import BayesNet, Node, frozen

    rain = Node("rain", ("no", "yes"), (), frozen([0.8, 0.2]))
    wet = Node("wet", ("no", "yes"), ("rain",), frozen([[0.9, 0.1], [0.2, 0.8]]))
    start = time.perf_counter()
    posterior = infer(BayesNet([rain, wet]), Evidence({"wet": 1})).marginals["rain"][1]
    seconds = time.perf_counter() - start
    # Bayes' rule by hand: 0.2 * 0.8 / (0.2 * 0.8 + 0.8 * 0.1)
    if not math.isclose(posterior, 2 / 3, rel_tol=1e-12):
        raise ArithmeticError(f"a posterior of 2/3 came out as {posterior}")
    return f"run in {seconds:.2f} s, the posterior is right"


def _window() -> str:
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QLabel, QMainWindow

    window = QMainWindow()
    window.setCentralWidget(QLabel("Macroscope"))
    window.resize(320, 200)
    before = qInstallMessageHandler(lambda *_message: None)  # what off-screen windows cannot do
    window.show()
    qInstallMessageHandler(before)
    picture = window.grab().toImage()
    window.close()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(0, 200, 2)}
    if len(colours) < 2:
        raise RuntimeError("it stays empty; a font may be missing")
    return f"of {picture.width()} by {picture.height()} pixels painted off-screen"


def _export(suffix: str, beginning: bytes) -> str:
    from app.figures.description import Ellipse, Figure, Text
    from app.figures.export import export

    figure = Figure(86.0, 40.0, (Ellipse(43, 20, 15, 8), Text(43, 21, "Rain", anchor="middle")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"check{suffix}"
        export(figure, path)
        data = path.read_bytes()
    if beginning not in data[:2000]:
        raise RuntimeError(f"what was written is no {suffix[1:].upper()}")
    return f"of {len(data)} bytes written"
