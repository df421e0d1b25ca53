"""About: what runs here, in which versions, under which licences."""

import platform
from importlib.metadata import PackageNotFoundError, metadata, version

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.shell.guide import GuideBrowser
from resources.version import VERSION

PARTS = (
    ("PySide6_Essentials", "Qt for Python", "LGPL-3.0"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("scipy", "SciPy", "BSD-3-Clause"),
    ("numba", "Numba", "BSD-2-Clause"),
    ("llvmlite", "llvmlite", "BSD-2-Clause"),
    ("networkx", "NetworkX", "BSD-3-Clause"),
    ("pyqtgraph", "PyQtGraph", "MIT"),
    ("fast-sugiyama", "fast-sugiyama", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
)
LGPL = (
    "Macroscope uses Qt and Qt for Python (PySide6) under the GNU Lesser General Public License, "
    "version 3. They are separate shared libraries that you may replace by your own builds, and "
    "nothing here forbids reverse engineering for debugging such changes. Their source is at "
    "[code.qt.io](https://code.qt.io), the licence at "
    "[gnu.org](https://www.gnu.org/licenses/lgpl-3.0.html)."
)


def versions() -> list[tuple[str, str, str]]:
    """Return name, version and licence of all that runs here."""
    rows = [
        ("Macroscope", VERSION, "MIT"),
        ("Python", platform.python_version(), "PSF-2.0"),
        ("Qt", qVersion(), "LGPL-3.0"),
    ]
    for package, name, licence in PARTS:
        try:
            stated = metadata(package).get("License-Expression") or licence
            rows.append((name, version(package), stated if len(stated) < 40 else licence))
        except PackageNotFoundError:
            rows.append((name, "not installed", licence))
    return rows


def about_text() -> str:
    """Return the page as Markdown."""
    table = "\n".join(f"| {name} | {number} | {licence} |" for name, number, licence in versions())
    return (
        f"{LGPL}\n\n| Part | Version | Licence |\n|---|---|---|\n{table}\n\n"
        f"Running on {platform.platform()} with the Qt platform “{QGuiApplication.platformName()}”."
    )


class AboutDialog(QDialog):
    """Name, purpose and the table of versions, which can be copied."""

    def __init__(self, icon: QIcon, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle("About Macroscope")
        sign = QLabel(self)
        sign.setPixmap(icon.pixmap(QSize(48, 48)))
        words = QLabel(
            f"<b style='font-size:large'>Macroscope {VERSION}</b><br>"
            "An instrument for seeing how structure emerges. MIT licence.",
            self,
        )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(sign)
        head.addWidget(words, 1)
        text = GuideBrowser(self)
        text.generated["about.md"] = about_text
        text.anchorClicked.connect(QDesktopServices.openUrl)
        text.show_page("about.md")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal)
        copy = buttons.addButton("Copy versions", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(text, 1)
        column.addWidget(buttons)
        self.resize(560, 520)

    @Slot()
    def _on_copy(self) -> None:
        lines = [f"{name} {number}" for name, number, _licence in versions()]
        QGuiApplication.clipboard().setText("\n".join([*lines, platform.platform()]))
