"""Objects that hold one another are collected on the window's thread, never on a worker's."""

import gc
import threading
import weakref


class Knot:
    """Holds itself; notes the thread on which it is given up."""

    def __init__(self, ended):
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def allocate():
    """Make far more than the objects after which Python would collect."""
    kept = [[number] for number in range(5 * gc.get_threshold()[0])]
    assert len(kept) > gc.get_threshold()[0]


def test_a_worker_that_allocates_collects_nothing(qtbot):
    ended = []
    Knot(ended)
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert ended == []


def test_the_thread_of_the_window_collects_what_is_due(qtbot):
    ended = []
    Knot(ended)
    kept = [[number] for number in range(5 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: len(ended) > 0)
    assert kept
    assert ended == [threading.get_ident()]
