"""Opening, editing and closing many times leaves nothing behind."""

import gc
import os
import threading

import psutil
from PySide6.QtCore import QThreadPool, QTimer
from shiboken6 import isValid

from core.networks import zoo
from core.networks.model import BayesNet

ROUNDS = 500
SETTLING = 60
ALLOWED_GROWTH = 24 * 2**20


def open_edit_close(window, qtbot, value):
    subject_id = window.document.add("network", "Net", value)
    bench = window.workspace.current_bench
    bench.canvas.node_requested.emit(500.0, 500.0)
    bench.canvas.bar_clicked.emit(value.net.names[0], 0)
    window.actions_registry.trigger("file.close_tab")
    window.document.remove(subject_id)
    window.document.new()
    qtbot.wait(1)


def leftovers():
    gc.collect()
    # By their own types: `isinstance` would ask weak proxies for what they pointed to.
    alive = gc.get_objects()
    timers = sum(
        issubclass(type(each), QTimer) and isValid(each) and each.isActive() for each in alive
    )
    nets = sum(issubclass(type(each), BayesNet) for each in alive)
    return threading.active_count(), timers, nets


def test_five_hundred_rounds_leave_no_thread_timer_or_memory(window, qtbot):
    value = zoo.example("sprinkler").build()
    process = psutil.Process()
    for _ in range(SETTLING):
        open_edit_close(window, qtbot, value)
    qtbot.wait(500)
    threads, timers, nets = leftovers()
    memory = process.memory_info().rss
    for _ in range(ROUNDS - SETTLING):
        open_edit_close(window, qtbot, value)
    qtbot.wait(500)
    assert QThreadPool.globalInstance().waitForDone(5000)
    after = leftovers()
    assert after[0] <= threads + os.cpu_count()  # the pool starts workers as they are needed
    assert after[1] <= timers
    assert after[2] <= nets
    assert process.memory_info().rss - memory < ALLOWED_GROWTH
