"""How long the window takes to appear: python tests/benchmarks/window_start.py [ROUNDS].

Each round is a process of its own, off-screen, with folders of its own. The first round of "cold"
has an empty kernel cache; kernels are compiled after the window is shown, so it is no slower.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

CODE = """
import sys, time
from pathlib import Path
from app.window import make_application, make_window

application = make_application()
window = make_window(Path(sys.argv[1]), Path(sys.argv[1]) / "preferences.json")
window.show()
window.grab()
print("painted", flush=True)
window.close()
"""


def seconds_until_painted(folder: str) -> float:
    """Return the time from the start of a process to its painted window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": folder}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, folder], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    seconds = time.perf_counter() - start
    process.wait()
    if line.strip() != "painted":
        raise SystemExit("the window was not painted")
    return seconds


def main() -> None:
    """Print the first and the median time."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        first, *others = [seconds_until_painted(folder) for _ in range(rounds + 1)]
    print(f"first {first:.2f} s, then median {statistics.median(others):.2f} s of {rounds}")


if __name__ == "__main__":
    main()
