"""Run by a test in a process of its own: edits a network in the real window, then says so."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.window import make_application, make_window


def main(folder):
    make_application()
    window = make_window(folder / "state", folder / "preferences.json")
    window.show()
    window.actions_registry.trigger("subject.new_network")
    bench = window.workspace.current_bench
    for number in range(1, 21):
        bench.canvas.node_requested.emit(40.0 * number, 30.0 * number)
        QApplication.processEvents()
    sys.stdout.write(f"{len(bench.document.net)}\n")
    sys.stdout.flush()
    QApplication.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
