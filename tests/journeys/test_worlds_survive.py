"""A world that is killed in the middle of a run, or handled for long, keeps all that was done."""

import gc
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import psutil
from PySide6.QtCore import QTimer

from app.shell.dialogs import RecoveryAnswer
from core.automata.lenia_stepper import LeniaStepper
from core.automata.run import Run
from tests.journeys.play_until_killed import LATER, digest_of
from tests.journeys.world_deeds import RestlessHands, random_lenia
from tests.journeys.world_hands import COMPILING, WorldHands

ROOT = Path(__file__).parents[2]
SIDE = 192
SETTLING = 100
ROUNDS = 200
ALLOWED_GROWTH = 24 * 2**20


def test_a_world_killed_while_it_runs_is_offered_back_with_all_that_was_done(
    open_window, qtbot, tmp_path
):
    script = Path(__file__).with_name("play_until_killed.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    told = json.loads(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()

    window = open_window("state")
    window.dialogs.recovery = lambda abandoned: RecoveryAnswer(recover=abandoned[0])
    window.offer_recovery()
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=COMPILING)
    world = WorldHands(window, qtbot)
    world.settle()
    assert window.document.is_modified
    assert repr(world.done) == told["done"]
    world.go_to(LATER)
    assert digest_of(world.cells()) == told["digest"]


def leftovers():
    """Return how many threads, running timers, runs and engines there are."""
    gc.collect()
    # By their own types: `isinstance` would ask weak proxies for what they pointed to.
    alive = [type(each) for each in gc.get_objects()]
    return {
        "threads": threading.active_count(),
        "runs": sum(kind is Run for kind in alive),
        "engines": sum(issubclass(kind, LeniaStepper) for kind in alive),
        "timers": sum(issubclass(kind, QTimer) for kind in alive),
    }


def test_hundreds_of_deeds_leave_nothing_behind_and_happen_again_bit_for_bit(window, qtbot):
    window.document.add("world", "Lenia", random_lenia(SIDE))
    window.document.undo_stack.clear()  # so that undoing never takes the world itself away
    world = WorldHands(window, qtbot)
    world.settle()
    hands = RestlessHands(window, world.bench)
    process = psutil.Process()

    def work(rounds):
        for _ in range(rounds):
            hands.do_one()
            qtbot.wait(10)
        if world.session.is_running:
            world.bench.trigger("world.play")
        world.settle()
        qtbot.wait(300)
        return leftovers(), process.memory_info().rss - kept()

    def kept():
        runs = [each for each in gc.get_objects() if type(each) is Run]
        return sum(run.checkpoints.bytes for run in runs)

    def replayed():
        run = Run(world.subject.world, world.done)
        run.go_to(world.session.generation)
        return run.stepper.cells()

    before, memory = work(SETTLING)
    after, grown = work(ROUNDS)
    assert after["threads"] <= before["threads"] + 1
    assert after["runs"] <= before["runs"]
    assert after["engines"] <= before["engines"] + 2  # those inside of the world's, for views
    assert after["timers"] <= before["timers"] + 10  # panels that were opened for the first time
    assert grown - memory < ALLOWED_GROWTH
    assert np.array_equal(world.cells(), replayed())
