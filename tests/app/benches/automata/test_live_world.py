"""The living world on its thread: time, rows, hands and pictures, without a window."""

import numpy as np
import pytest

from app.benches.automata.hands.region_probe import RegionProbe
from app.benches.automata.live_world import (
    Begin,
    GoTo,
    Intervene,
    LiveWorld,
    Refresh,
    SetLook,
    SetLoop,
    SetProbes,
    SetViewport,
    TakeInterventions,
)
from app.benches.automata.measures.probe import PresentProbe
from app.benches.automata.palettes import colouring_of
from app.benches.automata.world_frame import Viewport
from core.automata.errors import AutomataError
from core.automata.interventions import Fill
from core.automata.quadtree import Quadtree
from core.automata.run import Run
from core.automata.world_subject import WorldSubject
from core.progress import Progress
from tests.core.automata.far_gliders import gliders_far_apart


def living(subject, viewport):
    colouring = colouring_of(subject.world, subject.look, is_dark=True)
    world = LiveWorld(
        Begin(subject.world, subject.interventions, subject.at), SetLook(subject.look, colouring)
    )
    world.apply(SetViewport(viewport))
    return world


def test_chunks_do_not_change_what_becomes_of_a_world(lenia_world):
    whole, pieces = (living(lenia_world, Viewport(0, 0, 48, 48)) for _ in range(2))
    whole.step(24)
    for _ in range(24):
        pieces.step(1)
    assert np.array_equal(whole.frame().values, pieces.frame().values)


class Blind:
    """A probe that sees nothing but trouble."""

    def __init__(self, name, every, error):
        self.name, self.every, self.error = name, every, error

    def observe(self, run):
        raise self.error

    def forget_after(self, generation):
        pass

    def reading(self):
        return "seen"


def test_probes_that_fail_are_told_of_and_the_world_lives_on(lenia_world):
    world = living(lenia_world, Viewport(0, 0, 48, 48))
    problem = AutomataError("There is nothing to see.")
    world.apply(SetProbes((Blind("a", 0, problem), Blind("b", 2, ValueError()), PresentProbe())))
    world.step(4)
    frame = world.frame()
    assert frame.generation == 4
    assert frame.problems["a"] == "There is nothing to see."
    assert frame.problems["b"].endswith(".")
    assert list(frame.probes) == [PresentProbe.name]
    world.apply(SetProbes((Blind("a", 7, problem),)))
    assert world.frame().problems == {}


def test_a_world_too_large_for_an_array_is_looked_at_as_a_tree():
    plane = gliders_far_apart()
    world = living(WorldSubject(plane), Viewport(0, 0, 8, 8))
    world.apply(SetProbes((PresentProbe(), RegionProbe(1, None))))
    world.step(1)
    frame = world.frame()
    assert frame.problems == {}
    for seen in (frame.probes[PresentProbe.name], frame.probes["hands.region"].world):
        assert isinstance(seen.cells, Quadtree)
        assert (seen.generation, seen.cells.population()) == (1, 10)


def test_rows_are_there_again_after_time_was_turned_back(rule_30):
    world = living(rule_30, Viewport(0, 0, 601, 41))
    world.step(40)
    first = world.frame().values
    world.apply(GoTo(12))
    assert not world.frame().values[13:].any()
    world.step(28)
    assert np.array_equal(world.frame().values, first)


def test_an_intervention_taken_back_in_the_past_redraws_the_rows_after_it(rule_30):
    untouched = living(rule_30, Viewport(0, 0, 601, 31))
    untouched.step(30)
    world = living(rule_30, Viewport(0, 0, 601, 31))
    world.step(10)
    world.apply(Intervene(Fill(0, 100, 0, 50, 1, 1.0), 1))
    world.step(20)
    assert not np.array_equal(world.frame().values, untouched.frame().values)
    world.apply(TakeInterventions(()))
    assert world.frame().generation == 30
    assert np.array_equal(world.frame().values, untouched.frame().values)


def test_an_intervention_is_answered_with_the_generation_it_was_done_at(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    world.step(3)
    world.apply(Intervene(Fill(0, 5, 5, 2, 2, 1.0), 7))
    answer = world.done.popleft()
    assert (answer.token, answer.generation, answer.error) == (7, 3, None)
    assert [each.generation for each in answer.interventions] == [3]


def test_a_loop_makes_all_steps_and_stays_within(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    world.apply(SetLoop(5))
    world.step(13)
    run = Run(glider.world)
    run.step(3)
    frame = world.frame()
    assert frame.generation == 3
    assert np.array_equal(frame.values, run.stepper.cells())


def test_an_interrupted_way_can_be_taken_again(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    world.interrupt()
    world.step(4)
    assert world.frame().generation == 4


def test_the_middle_of_a_glider_moves_with_it_across_the_seam(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    first = world.frame().signs.middle
    world.step(4 * 16)
    world.apply(Refresh())
    later = world.frame().signs.middle
    # 16 cells down is once around, 16 to the right of 24 is not
    assert later[1] == pytest.approx(first[1], abs=1e-6)
    assert later[0] == pytest.approx(first[0] + 16, abs=1e-6)


def test_each_pixel_of_a_shrunken_view_is_alive_where_any_of_its_cells_is(glider):
    world = living(glider, Viewport(0, 0, 6, 4, 4))
    assert world.frame().values.sum() == 1
    assert world.frame().picture.shape == (4, 6)


def trail_of(world):
    world.apply(Refresh())
    return world.frame().signs.trail


def test_the_trail_has_no_line_over_what_was_not_seen(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    for _ in range(3):
        trail_of(world)
        world.step(4)
    assert [len(piece) for piece in trail_of(world)] == [4]
    world.apply(GoTo(200))
    assert [len(piece) for piece in trail_of(world)] == [4, 1]
    world.step(4)
    assert [len(piece) for piece in trail_of(world)] == [4, 2]
    world.apply(GoTo(100))
    assert [len(piece) for piece in trail_of(world)] == [4, 1], "nothing led to 100 either"
    world.apply(GoTo(4))
    assert [len(piece) for piece in trail_of(world)] == [2], "back on the way that was seen"


def test_the_trail_of_a_past_that_is_another_now_is_forgotten(glider):
    world = living(glider, Viewport(0, 0, 24, 16))
    trail_of(world)
    world.step(2)
    world.apply(Intervene(Fill(0, 12, 8, 2, 2, 1.0), 1))
    trail_of(world)
    for _ in range(4):
        world.step(10)
        trail_of(world)
    world.apply(TakeInterventions(()))
    first, second = trail_of(world)
    assert (len(first), len(second)) == (1, 1)


def test_the_live_box_goes_over_the_seam_of_a_torus(glider):
    cells = np.roll(glider.world.array, (-1, -2), (0, 1))
    subject = glider.with_world(glider.world.with_cells(cells))
    signs = living(subject, Viewport(0, 0, 24, 16)).frame().signs
    assert signs.box == (22, 15, 3, 3)
    stripe = np.zeros((16, 24), dtype=np.uint8)
    stripe[5] = 1
    around = glider.with_world(glider.world.with_cells(stripe))
    assert living(around, Viewport(0, 0, 24, 16)).frame().signs.box == (0, 5, 24, 1)


def test_the_live_box_of_a_field_goes_over_the_seam_too(lenia_world):
    cells = np.zeros((1, 48, 48))
    cells[0, :5, 10:20] = cells[0, -4:, 10:20] = 0.5
    subject = lenia_world.with_world(lenia_world.world.with_cells(cells))
    assert living(subject, Viewport(0, 0, 48, 48)).frame().signs.box == (10, 44, 10, 9)


def interrupted_at(world, generation, command):
    """Apply a command that is interrupted when the world comes to a generation."""

    class Interrupting(Progress):
        def report(self, fraction, message=""):
            if world._run.generation >= generation:
                self.cancel()
            super().report(fraction, message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.benches.automata.live_world.Progress", Interrupting)
        world.apply(command)


def test_doing_the_past_anew_can_be_interrupted_and_goes_on_with_the_next_list(glider):
    hands = (Fill(3, 5, 5, 2, 2, 1.0), Fill(4, 15, 5, 2, 2, 1.0))
    world = living(glider.with_interventions(hands), Viewport(0, 0, 24, 16))
    world.step(2000)
    interrupted_at(world, 300, TakeInterventions(hands[1:]))
    assert 300 <= world.frame().generation < 2000
    world.apply(TakeInterventions(()))
    frame = world.frame()
    run = Run(glider.world)
    run.step(2000)
    assert frame.generation == 2000
    assert np.array_equal(frame.values, run.stepper.cells())


def test_after_an_interruption_the_world_goes_on_from_where_it_is(glider):
    hands = (Fill(3, 5, 5, 2, 2, 1.0),)
    world = living(glider.with_interventions(hands), Viewport(0, 0, 24, 16))
    world.step(2000)
    interrupted_at(world, 300, TakeInterventions(()))
    at = world.frame().generation
    world.step(5)
    world.apply(TakeInterventions(()))
    run = Run(glider.world)
    run.step(at + 5)
    assert world.frame().generation == at + 5
    assert np.array_equal(world.frame().values, run.stepper.cells())
