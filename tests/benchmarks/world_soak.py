"""Let a world live in the real window for a while under restless hands, and look for leaks.

    python -m tests.benchmarks.world_soak [--minutes 30] [--size 512] [--warm-up 8]

Run it from the root of the repository. Each minute it prints memory, what of it the program knows
of (states to rewind to, what hands did, samples), the undo steps, and counts of threads, timers and
objects. The last line is JSON: what grew after the warm-up. What hands did is the user's work and
is told apart.
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEventLoop, QTimer

from app.window import make_application, make_window
from core.automata.interventions import Patch, Stroke
from core.automata.lenia_stepper import LeniaStepper
from core.automata.run import Run
from core.automata.world_subject import WorldSubject
from core.kernel_cache import configure_kernel_cache
from tests.journeys.conftest import Answers
from tests.journeys.world_deeds import RestlessHands, random_lenia

DEED_MS = 1000
MEGABYTE = 2**20


def wait(milliseconds):
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def size_of_deeds(subjects):
    """Return the bytes of all interventions that the study and its undo steps hold."""
    lists = {id(each.interventions): each.interventions for each in subjects}
    deeds = {id(deed): deed for each in lists.values() for deed in each}
    total = sum(sys.getsizeof(each) for each in lists.values())
    for deed in deeds.values():
        total += sys.getsizeof(deed)
        if isinstance(deed, Patch):
            total += deed.cells.nbytes
        elif isinstance(deed, Stroke):
            total += sys.getsizeof(deed.points) + 112 * len(deed.points)
    return total


def types_alive():
    gc.collect()
    return Counter(
        f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects()
    )


class Meter:
    """Tells what the process holds."""

    def __init__(self, window, bench, folder):
        self.window, self.bench, self.folder = window, bench, folder
        self.process = psutil.Process()

    def reading(self):
        gc.collect()
        alive = gc.get_objects()
        runs = [each for each in alive if type(each) is Run]
        subjects = [each for each in alive if type(each) is WorldSubject]
        engines = [each for each in alive if issubclass(type(each), LeniaStepper)]
        timers = [each for each in alive if issubclass(type(each), QTimer)]
        return {
            "resident_mb": round(self.process.memory_info().rss / MEGABYTE, 1),
            "rewind_mb": round(sum(run.checkpoints.bytes for run in runs) / MEGABYTE, 1),
            "deeds_mb": round(size_of_deeds(subjects) / MEGABYTE, 2),
            "on_disk_mb": round(
                sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())
                / MEGABYTE,
                2,
            ),
            "checkpoints": sum(len(run.checkpoints) for run in runs),
            "engines": len(engines),
            "interventions": len(self.bench.document.subject.interventions),
            "undo_steps": self.window.document.undo_stack.count(),
            "threads": threading.active_count(),
            "timers": sum(each.isActive() for each in timers),
            "objects": len(alive),
            "runs": len(runs),
        }


def grown(first, last):
    """Return the types of which there are many more, with how many."""
    more = {name: last[name] - first.get(name, 0) for name in last}
    top = sorted(more.items(), key=lambda each: -each[1])[:12]
    return {name: count for name, count in top if count > 50}


def soak(window, bench, folder, minutes, warm_up):
    meter = Meter(window, bench, folder)
    hands = RestlessHands(window, bench)
    bench.trigger("panel.measures")
    bench.trigger("world.play")
    begun, minute, steady, types = time.monotonic(), 0, None, Counter()
    while minute < minutes:
        hands.do_one()
        wait(DEED_MS)
        if time.monotonic() - begun >= 60 * (minute + 1):
            minute += 1
            reading = meter.reading()
            generation = bench.session.generation
            print(minute, f"generation {generation}", json.dumps(reading), flush=True)
            if minute == warm_up:
                steady, types = reading, types_alive()
    last = meter.reading()
    change = {name: round(last[name] - steady[name], 2) for name in last}
    change["resident_but_for_known_mb"] = round(
        change["resident_mb"] - change["rewind_mb"] - change["deeds_mb"], 1
    )
    print(json.dumps({"grown_types": grown(types, types_alive())}))
    print(json.dumps({"minutes": minutes - warm_up, "growth": change}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--warm-up", type=int, default=8)
    chosen = parser.parse_args()
    configure_kernel_cache()
    make_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = make_window(folder / "state", folder / "preferences.json", Answers())
        window.resize(1500, 950)
        window.show()
        window.document.add("world", "Lenia", random_lenia(chosen.size))
        window.document.undo_stack.clear()  # so that undoing never takes the world itself away
        wait(500)
        bench = window.workspace.current_bench
        while bench.session.frame is None:
            wait(100)
        soak(window, bench, folder, chosen.minutes, min(chosen.warm_up, chosen.minutes - 1))
        window.close()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
