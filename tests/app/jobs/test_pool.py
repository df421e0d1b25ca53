"""Jobs run off the GUI thread, are heard on it, and end when they are told to."""

import gc
import logging
import threading
import time
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot

from app.jobs.errors import JobError
from app.jobs.pool import Jobs
from core.errors import MacroscopeError


def until_cancelled(progress):
    """Work that lasts until it is told to stop, at most five seconds."""
    for tick in range(1000):
        progress.report(tick / 1000, f"tick {tick}")
        time.sleep(0.005)


def emissions(signal):
    heard = []
    signal.connect(lambda job: heard.append((job.title, job.state)))
    return heard


class Panel(QObject):
    """Something that a job reports to."""

    def __init__(self):
        super().__init__()
        self.results = []

    @Slot(object)
    def show_result(self, result):
        self.results.append(result)


def test_work_runs_elsewhere_and_its_result_arrives_here(jobs, qtbot):
    threads = []
    jobs.run(
        "Where",
        lambda progress: threads.append(threading.current_thread()) or 42,
        lambda result: threads.append((threading.current_thread(), result)),
    )
    qtbot.waitUntil(lambda: len(threads) == 2, timeout=2000)
    assert threads[0] is not threading.main_thread()
    assert threads[1] == (threading.main_thread(), 42)


def test_a_job_is_announced_from_start_to_end(jobs, qtbot):
    started, finished = emissions(jobs.job_started), emissions(jobs.job_finished)
    results = []
    job = jobs.run("Layout", lambda progress: 1, results.append)
    assert started == [("Layout", "running")]
    qtbot.waitUntil(lambda: results == [1], timeout=2000)
    assert finished == [("Layout", "done")]
    assert (job.state, job.fraction) == ("done", 1.0)
    assert jobs.running == []


def test_progress_is_shown_while_the_work_lasts(jobs, qtbot):
    job = jobs.run("Long", until_cancelled, lambda result: None)
    with qtbot.waitSignal(jobs.job_changed, timeout=2000):
        pass
    assert 0 < job.fraction < 1
    assert job.message.startswith("tick")


def test_reports_by_the_thousand_do_not_pile_up(jobs, qtbot):
    changes, results = emissions(jobs.job_changed), []

    def chatter(progress):
        for tick in range(20_000):
            progress.report(tick / 20_000)

    jobs.run("Chatter", chatter, results.append)
    qtbot.waitUntil(lambda: results == [None], timeout=5000)
    assert len(changes) < 60


def test_cancelling_is_heard_at_once_and_stops_the_work_at_its_next_check(jobs, qtbot):
    stopped = threading.Event()
    ticks = []

    def work(progress):
        try:
            while len(ticks) < 1000:
                progress.report(len(ticks) / 1000)
                ticks.append(None)
                time.sleep(0.005)
        finally:
            stopped.set()

    results, finished = [], emissions(jobs.job_finished)
    job = jobs.run("Long", work, results.append)
    qtbot.waitUntil(lambda: job.fraction > 0, timeout=2000)
    job.cancel()
    at_cancel = len(ticks)
    assert finished == [("Long", "cancelled")]
    assert stopped.wait(10)
    assert len(ticks) - at_cancel <= 1  # one may have passed its check already
    qtbot.wait(20)
    assert results == []


def test_cancelling_twice_or_after_the_end_changes_nothing(jobs, qtbot):
    finished = emissions(jobs.job_finished)
    job = jobs.run("Short", lambda progress: None, lambda result: None)
    qtbot.waitUntil(lambda: job.state == "done", timeout=2000)
    job.cancel()
    assert job.state == "done"
    assert finished == [("Short", "done")]


def test_a_job_cancelled_before_its_turn_never_starts(jobs, qtbot):
    began = []
    blockers = [jobs.run("Block", until_cancelled, lambda result: None) for _ in range(2)]
    queued = jobs.run("Queued", lambda progress: began.append(1), lambda result: None)
    queued.cancel()
    for blocker in blockers:
        blocker.cancel()
    results = []
    jobs.run("Last", lambda progress: 1, results.append)
    qtbot.waitUntil(lambda: results == [1], timeout=2000)
    assert began == []


def test_a_newer_job_of_the_same_key_silences_the_older(jobs, qtbot):
    results = []
    release = threading.Event()
    older = jobs.run("Old", lambda progress: release.wait(2), results.append, key="panel")
    jobs.run("New", lambda progress: "new", results.append, key="panel")
    release.set()
    qtbot.waitUntil(lambda: results == ["new"], timeout=2000)
    qtbot.wait(20)
    assert older.state == "cancelled"
    assert results == ["new"]


def test_a_result_that_landed_too_late_is_dropped(jobs, qtbot):
    results, computed = [], threading.Event()

    def work(progress):
        computed.set()
        return "stale"

    jobs.run("Old", work, results.append, key="panel")
    assert computed.wait(2)
    time.sleep(0.02)
    jobs.run("New", lambda progress: "new", results.append, key="panel")
    qtbot.waitUntil(lambda: results != [], timeout=2000)
    assert results == ["new"]


def test_jobs_of_different_keys_or_none_leave_each_other_alone(jobs, qtbot):
    results = []
    for key in ("a", "b", None, None):
        jobs.run("Any", lambda progress: 1, results.append, key=key)
    qtbot.waitUntil(lambda: results == [1, 1, 1, 1], timeout=2000)


def test_after_current_lets_the_first_be_heard_and_then_only_the_newest(jobs, qtbot):
    results = []
    release = threading.Event()
    jobs.run("A", lambda progress: release.wait(2) and 0, results.append, key="k", quiet=True)
    for number in range(1, 6):
        jobs.run(
            "B",
            lambda progress, number=number: number,
            results.append,
            key="k",
            quiet=True,
            after_current=True,
        )
    release.set()
    qtbot.waitUntil(lambda: results == [0, 5], timeout=2000)
    qtbot.wait(20)
    assert results == [0, 5]


def test_the_sentence_of_an_error_reaches_the_one_who_asked(jobs, qtbot):
    def work(progress):
        raise MacroscopeError("The table of Rain does not sum to 1.")

    errors = []
    job = jobs.run("Inference", work, lambda result: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1, timeout=2000)
    assert str(errors[0]) == "The table of Rain does not sum to 1."
    assert (job.state, job.message) == ("failed", str(errors[0]))


def test_our_own_mistake_becomes_one_sentence_and_is_logged(jobs, qtbot, caplog):
    errors = []
    with caplog.at_level(logging.ERROR, logger="app.jobs.errors"):
        jobs.run("Inference", lambda progress: 1 / 0, lambda result: None, errors.append)
        qtbot.waitUntil(lambda: len(errors) == 1, timeout=2000)
    assert isinstance(errors[0], JobError)
    assert isinstance(errors[0].__cause__, ZeroDivisionError)
    assert str(errors[0]) == (
        "Inference failed because of an error inside Macroscope "
        "(ZeroDivisionError: division by zero)."
    )
    assert "Traceback" in caplog.text


def test_a_failure_that_nobody_hears_shows_in_the_dock_even_if_quiet(jobs, qtbot, caplog):
    started, finished = emissions(jobs.job_started), emissions(jobs.job_finished)
    jobs.run("Beliefs", lambda progress: 1 / 0, lambda result: None, quiet=True)
    qtbot.waitUntil(lambda: finished == [("Beliefs", "failed")], timeout=2000)
    assert len(started) == 1


def test_quick_quiet_work_is_not_announced(jobs, qtbot):
    started, finished = emissions(jobs.job_started), emissions(jobs.job_finished)
    results = []
    jobs.run("Beliefs", lambda progress: 1, results.append, quiet=True)
    qtbot.waitUntil(lambda: results == [1], timeout=2000)
    assert (started, finished) == ([], [])


def test_slow_quiet_work_is_announced_after_a_while(jobs, qtbot):
    start = time.monotonic()
    job = jobs.run("Beliefs", until_cancelled, lambda result: None, quiet=True)
    with qtbot.waitSignal(jobs.job_started, timeout=3000):
        pass
    assert time.monotonic() - start > 0.29
    with qtbot.waitSignal(jobs.job_finished, timeout=1000):
        job.cancel()


def test_quiet_work_does_not_wait_behind_long_work(jobs, qtbot):
    results = []
    for _ in range(4):
        jobs.run("Export", until_cancelled, lambda result: None)
    jobs.run("Beliefs", lambda progress: 1, results.append, quiet=True)
    qtbot.waitUntil(lambda: results == [1], timeout=1000)


def test_a_method_of_a_panel_does_not_keep_it_alive(jobs, qtbot):
    panel = Panel()
    reference = weakref.ref(panel)
    job = jobs.run("Long", until_cancelled, panel.show_result)
    del panel
    gc.collect()
    assert reference() is None
    qtbot.waitUntil(lambda: job.state == "cancelled", timeout=2000)


def test_a_panel_may_be_the_key_and_is_not_kept_alive(jobs, qtbot):
    panel = Panel()
    reference = weakref.ref(panel)
    older = jobs.run("Old", until_cancelled, panel.show_result, key=panel)
    newer = jobs.run("New", until_cancelled, panel.show_result, key=panel)
    assert older.state == "cancelled"
    del panel
    gc.collect()
    assert reference() is None
    qtbot.waitUntil(lambda: newer.state == "cancelled", timeout=2000)


def test_nothing_is_called_for_an_owner_that_was_destroyed(jobs, qtbot):
    panel, results, release = Panel(), [], threading.Event()
    job = jobs.run("Short", lambda progress: release.wait(2), results.append, owner=panel)
    shiboken6.delete(panel)
    release.set()
    qtbot.waitUntil(lambda: job.state != "running", timeout=2000)
    assert results == []


def test_a_living_owner_is_called(jobs, qtbot):
    panel = Panel()
    jobs.run("Short", lambda progress: 7, panel.show_result)
    qtbot.waitUntil(lambda: panel.results == [7], timeout=2000)


def test_a_finished_job_holds_on_to_nothing(jobs, qtbot):
    class Big:
        pass

    big = Big()
    reference = weakref.ref(big)
    job = jobs.run("Short", lambda progress, big=big: 1, lambda result, big=big: None)
    del big
    qtbot.waitUntil(lambda: job.state == "done", timeout=2000)
    qtbot.waitUntil(lambda: gc.collect() is not None and reference() is None, timeout=2000)


def test_shutdown_joins_and_later_work_is_refused_quietly(qapp):
    jobs = Jobs(width=2)
    for _ in range(5):
        jobs.run("Long", until_cancelled, lambda result: None)
    assert jobs.shutdown(2000)
    assert jobs.run("Late", lambda progress: 1, lambda result: None).state == "cancelled"


def test_shutdown_says_when_a_thread_would_not_end(qapp):
    jobs = Jobs(width=1)
    release, began = threading.Event(), threading.Event()
    jobs.run("Deaf", lambda progress: (began.set(), release.wait(5)), lambda result: None)
    assert began.wait(2)
    assert not jobs.shutdown(50)
    release.set()
    assert jobs.shutdown(2000)


@pytest.mark.parametrize("count", [200])
def test_many_requests_in_a_row_end_with_the_newest(jobs, qtbot, count):
    results = []
    for number in range(count):
        jobs.run("Beliefs", lambda progress, n=number: n, results.append, key="k", quiet=True)
    qtbot.waitUntil(lambda: results[-1:] == [count - 1], timeout=2000)
    assert results == sorted(results)
