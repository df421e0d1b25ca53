"""A live simulation stops at a known step, shows its newest frame and ends its thread."""

import gc
import logging
import threading
import time
import weakref

import pytest

from app.jobs.live import LiveRunner
from app.jobs.stepper import replay
from core.errors import MacroscopeError
from tests.app.jobs.toys import Add, Congruential, state_after


def live_threads():
    return [thread for thread in threading.enumerate() if thread.name == "live"]


@pytest.fixture
def start(qapp):
    """Make runners and end them, leaving no thread."""
    runners = []

    def make(stepper):
        runners.append(LiveRunner(stepper))
        return runners[-1]

    yield make
    assert all(runner.shutdown() for runner in runners)
    assert live_threads() == []


def shown_by(runner):
    frames = []
    runner.frame_ready.connect(frames.append)
    return frames


def settle(runner, qtbot):
    """Wait until everything that was ordered is done and shown."""
    with qtbot.waitSignal(runner.rested, timeout=3000):
        pass


def test_the_first_frame_is_shown_at_rest(start, qtbot):
    runner = start(Congruential(seed=9))
    frames = shown_by(runner)
    settle(runner, qtbot)
    assert [(frame.step, frame.content) for frame in frames] == [(0, (0, 9))]
    assert not runner.is_running


def test_what_is_asked_for_at_the_end_of_a_run_is_shown(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    settle(runner, qtbot)
    frames = shown_by(runner)
    runner.running_changed.connect(lambda running: running or runner.ask(Add(7)))
    runner.run_to(200)
    settle(runner, qtbot)
    assert frames[-1].content == (200, (state_after(200) + 7) % 2**32)


@pytest.mark.parametrize("speed", [None, 500.0])
def test_a_pause_is_exact_to_the_step(start, qtbot, speed):
    stepper = Congruential(seconds_per_step=1e-5)
    runner = start(stepper)
    frames, changes = shown_by(runner), []
    runner.running_changed.connect(lambda running: changes.append((running, runner.step)))
    runner.set_speed(speed)
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 20, timeout=3000)
    runner.pause()
    qtbot.waitUntil(lambda: not runner.is_running, timeout=1000)
    reached = stepper.steps
    assert frames[-1].content == (reached, state_after(reached))
    assert (frames[-1].step, runner.step) == (reached, reached)
    assert changes[-1] == (False, reached)
    qtbot.wait(50)
    assert stepper.steps == reached


def test_a_pause_acts_within_a_chunk(start, qtbot):
    stepper = Congruential(seconds_per_step=1e-5)
    runner = start(stepper)
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 2000, timeout=3000)
    runner.pause()
    at_pause = len(stepper.chunks)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=5000)
    assert len(stepper.chunks) - at_pause <= 1  # the one under way is finished


def test_single_steps_are_exactly_as_many_as_asked(start, qtbot):
    runner = start(Congruential())
    for count in (1, 1, 5, 1000):
        runner.step_once(count)
    settle(runner, qtbot)
    assert runner.step == 1007
    assert runner.frame.content == (1007, state_after(1007))


def test_running_for_some_steps_makes_exactly_those_and_obeys_on_the_way(start, qtbot):
    runner = start(Congruential(seconds_per_step=1e-4))
    runner.set_speed(1.0)  # which does not matter to it
    runner.run_for(3000)
    assert runner.is_running
    runner.send(Add(1))
    settle(runner, qtbot)
    assert not runner.is_running
    assert runner.step == 3000
    assert [each.step < 3000 for each in runner.record] == [True]


def test_running_to_a_step_stops_there(start, qtbot):
    runner = start(Congruential())
    runner.run_to(12_345)
    assert runner.is_running
    settle(runner, qtbot)
    assert not runner.is_running
    assert runner.frame.content == (12_345, state_after(12_345))


def test_running_to_a_step_that_is_past_does_nothing(start, qtbot):
    runner = start(Congruential())
    runner.step_once(10)
    runner.run_to(5)
    settle(runner, qtbot)
    assert runner.step == 10


def test_the_state_does_not_depend_on_how_often_it_was_drawn(start, qtbot):
    results = []
    for delay, speed in ((0.0, None), (0.03, None), (0.0, 20_000.0)):
        stepper = Congruential(seconds_per_frame=delay)
        runner = start(stepper)
        runner.set_speed(speed)
        runner.run_to(3000)
        settle(runner, qtbot)
        results.append(runner.frame.content)
    assert results == [(3000, state_after(3000))] * 3


def test_a_slow_window_gets_the_newest_frame_and_no_queue(start, qtbot):
    stepper = Congruential(seconds_per_step=1e-4)
    runner = start(stepper)
    ages = []

    def draw_slowly(frame):
        time.sleep(0.06)
        ages.append(runner._worker.poll().frame.number - frame.number)

    frames = shown_by(runner)
    runner.frame_ready.connect(draw_slowly)
    runner.run()
    qtbot.wait(600)
    runner.pause()
    qtbot.waitUntil(lambda: not runner.is_running, timeout=2000)
    numbers = [frame.number for frame in frames]
    assert numbers == sorted(set(numbers))
    assert len(frames) < stepper.frames
    assert max(ages) < 12
    assert len(runner._worker._inbox) == 0


def test_frames_are_not_made_for_every_chunk(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    begun = time.perf_counter()
    runner.run()
    qtbot.wait(300)
    runner.pause()
    settle(runner, qtbot)
    assert stepper.frames <= (time.perf_counter() - begun) / 0.012 + 3


def test_orders_by_the_thousand_are_carried_out_and_forgotten(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    runner.run()
    for _ in range(5000):
        runner.send(Add(1))
    runner.pause()
    settle(runner, qtbot)
    assert len(runner.record) == 5000
    assert len(runner._worker._inbox) == 0


def test_the_speed_is_kept(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    runner.set_speed(200.0)
    runner.run()
    begun = time.perf_counter()
    qtbot.wait(500)
    runner.pause()
    settle(runner, qtbot)
    expected = 200 * (time.perf_counter() - begun)
    assert 0.6 * expected < stepper.steps < 1.1 * expected + 2


def test_a_speed_of_zero_makes_at_most_the_first_step(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    runner.set_speed(0)
    runner.run()
    qtbot.wait(60)
    runner.pause()
    settle(runner, qtbot)
    assert stepper.steps <= 1


def test_chunks_grow_to_some_milliseconds_of_work(start, qtbot):
    stepper = Congruential(seconds_per_step=2e-5)
    runner = start(stepper)
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 5000, timeout=3000)
    runner.pause()
    settle(runner, qtbot)
    assert 50 < max(stepper.chunks) <= 1024


def test_a_command_is_recorded_with_its_step_and_can_be_replayed(start, qtbot):
    runner = start(Congruential(seed=4))
    runner.send(Add(10))
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 0, timeout=2000)
    runner.send(Add(20))
    qtbot.waitUntil(lambda: len(runner.record) == 2, timeout=2000)
    runner.pause()
    settle(runner, qtbot)
    runner.step_once(7)
    settle(runner, qtbot)
    again = Congruential(seed=4)
    replay(again, runner.record, until=runner.step)
    assert again.frame() == runner.frame.content
    assert [each.command for each in runner.record] == [Add(10), Add(20)]


def test_a_command_after_single_steps_comes_after_them(start, qtbot):
    runner = start(Congruential())
    runner.step_once(50_000)
    runner.send(Add(1))
    settle(runner, qtbot)
    assert [each.step for each in runner.record] == [50_000]


def test_a_pause_ends_even_a_long_stretch_of_single_steps(start, qtbot):
    runner = start(Congruential(seconds_per_step=1e-4))
    runner.step_once(10**9)
    qtbot.wait(50)
    runner.pause()
    settle(runner, qtbot)
    assert 0 < runner.step < 10**6


def test_a_command_at_rest_shows_a_new_frame(start, qtbot):
    runner = start(Congruential(seed=1))
    settle(runner, qtbot)
    runner.send(Add(5))
    settle(runner, qtbot)
    assert runner.frame.content == (0, 6)


def test_another_stepper_starts_at_step_0_with_an_empty_record(start, qtbot):
    runner = start(Congruential())
    runner.send(Add(1))
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 0, timeout=2000)
    runner.restart(Congruential(seed=8))
    settle(runner, qtbot)
    assert (runner.step, runner.record, runner.is_running) == (0, (), False)
    assert runner.frame.content == (0, 8)


def test_an_error_is_one_sentence_and_the_simulation_rests(start, qtbot, caplog):
    runner = start(Congruential())
    errors = []
    runner.failed.connect(errors.append)
    runner.run()
    with caplog.at_level(logging.ERROR):
        runner.send("nonsense")
        qtbot.waitUntil(lambda: len(errors) == 1 and not runner.is_running, timeout=2000)
    assert str(errors[0]) == (
        "The simulation failed because of an error inside Macroscope (TypeError: no such command)."
    )
    runner.restart(Congruential(seed=8))
    runner.step_once(3)
    settle(runner, qtbot)
    assert runner.frame.content == (3, state_after(3, seed=8))


class Refusing(Congruential):
    """Takes no command."""

    def apply(self, command):
        raise MacroscopeError(f"{command} cannot be done here.")


def test_what_is_refused_is_told_to_the_user_alone(start, qtbot, caplog):
    runner = start(Refusing())
    errors = []
    runner.failed.connect(errors.append)
    with caplog.at_level(logging.DEBUG):
        runner.send("That")
        qtbot.waitUntil(lambda: len(errors) == 1, timeout=2000)
    assert str(errors[0]) == "That cannot be done here."
    assert caplog.records == []


def test_the_stepper_is_stepped_on_a_thread_of_its_own(start, qtbot):
    stepper = Congruential()
    runner = start(stepper)
    runner.step_once()
    settle(runner, qtbot)
    assert stepper.thread.name == "live"


def test_shutdown_while_running_is_quick_and_final(qapp, qtbot):
    runner = LiveRunner(Congruential(seconds_per_step=1e-5))
    runner.run()
    qtbot.waitUntil(lambda: runner.step > 0, timeout=2000)
    assert runner.shutdown(2000)
    assert live_threads() == []
    runner.run()
    assert live_threads() == []


def test_a_runner_that_was_dropped_ends_its_thread(qapp, qtbot):
    runner = LiveRunner(Congruential(seconds_per_step=1e-5))
    with qtbot.waitSignal(runner.frame_ready, timeout=2000):
        runner.run()
    reference = weakref.ref(runner)
    del runner
    gc.collect()
    assert reference() is None
    qtbot.waitUntil(lambda: live_threads() == [], timeout=2000)


def test_the_clock_of_the_window_rests_with_the_simulation(start, qtbot):
    runner = start(Congruential())
    settle(runner, qtbot)
    assert not runner._timer.isActive()
    runner.run()
    assert runner._timer.isActive()
    runner.pause()
    settle(runner, qtbot)
    assert not runner._timer.isActive()
