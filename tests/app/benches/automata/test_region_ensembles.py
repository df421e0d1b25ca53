"""The dialog that asks how an ensemble of a region is made, and what there is before it."""

import numpy as np
import pytest

from app.benches.automata.hands.region_probe import RegionProbe
from app.benches.automata.region_ensembles.dialog import RegionEnsembleDialog
from app.benches.automata.region_ensembles.making import NO_PARTICLES, SELECT_FIRST
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import UNBOUNDED
from core.automata.world import World
from core.automata.world_subject import WorldSubject
from tests.core.automata.far_gliders import gliders_far_apart

REGION = (2, 3, 7, 6)
LONG = 120_000


@pytest.fixture
def dialog(qtbot, glider):
    made = RegionEnsembleDialog(glider.world, REGION)
    qtbot.addWidget(made)
    return made


def choose(box, key):
    box.setCurrentIndex(box.findData(key))


def test_the_answer_has_what_was_chosen(dialog):
    dialog.trajectories.setValue(64)
    dialog.steps.setValue(9)
    dialog.lag.setValue(3)
    dialog.layers.setValue(2)
    choose(dialog.vary, "both")
    dialog.density.setValue(0.1)
    dialog.damage.setValue(0.5)
    dialog.phases.setValue(4)
    choose(dialog.outline, "body")
    dialog.co_moving.setChecked(True)
    choose(dialog.features, "sums")
    dialog.sectors.setValue(4)
    dialog.seed.setValue(11)
    answer = dialog.answer()
    assert (answer.trajectories, answer.steps, answer.lag, answer.layers) == (64, 9, 3, 2)
    assert (answer.vary, answer.density, answer.damage, answer.phases) == ("both", 0.1, 0.5, 4)
    assert (answer.outline, answer.is_co_moving) == ("body", True)
    assert (answer.features, answer.sectors, answer.seed) == ("sums", 4, 11)


def test_what_does_not_matter_cannot_be_typed(dialog):
    choose(dialog.vary, "outside")
    assert dialog.density.isEnabled() and not dialog.damage.isEnabled()
    choose(dialog.vary, "inside")
    assert dialog.phases.isEnabled() and not dialog.density.isEnabled()
    choose(dialog.features, "bits")
    assert not dialog.sectors.isEnabled()


def test_settings_that_make_no_sense_are_told_before_anything_is_made(dialog):
    dialog.steps.setValue(2)
    dialog.lag.setValue(5)
    assert "lag" in dialog.hint.text()
    assert not dialog.make.isEnabled()
    dialog.lag.setValue(2)
    assert "7 by 6 cells at (2, 3)" in dialog.hint.text()
    assert dialog.make.isEnabled()


def test_without_a_selection_the_tool_is_put_into_the_hand(open_bench, glider, said):
    bench = open_bench(glider)
    bench.trigger("hands.ensemble")
    assert said == [SELECT_FIRST]
    assert bench.is_checked("hands.select")


def test_particles_are_refused(open_bench, said):
    places = np.random.default_rng(1).random((20, 2)) * 6.0
    bench = open_bench(WorldSubject(World("particles", ParticleLeniaRule(), UNBOUNDED, places)))
    bench.trigger("hands.ensemble")
    assert said == [NO_PARTICLES]


def test_a_region_that_does_not_suit_is_told_and_nothing_is_added(
    open_bench, glider, said, qtbot, context
):
    bench = open_bench(glider)
    hands = bench.inspector().tab("hands").hands
    hands.tools["select"].select((0, 0, 1, 1))
    bench.trigger("hands.ensemble")
    (dialog,) = bench.inspector().findChildren(RegionEnsembleDialog)
    dialog.make.click()
    assert not dialog.make.isEnabled()
    qtbot.waitUntil(dialog.make.isEnabled, timeout=LONG)
    assert "take a larger region" in dialog.hint.text()
    assert dialog.isVisible()
    assert not said
    assert len(context.document.study.subjects) == 1


def test_of_a_world_too_large_for_an_array_a_region_is_taken_or_refused_in_the_dialog(
    open_bench, said, qtbot
):
    bench = open_bench(WorldSubject(gliders_far_apart()))
    hands = bench.inspector().tab("hands").hands
    hands.tools["select"].select((-2, -2, 7, 7))
    bench.trigger("hands.ensemble")
    (dialog,) = bench.inspector().findChildren(RegionEnsembleDialog)
    dialog.trajectories.setValue(2)
    dialog.steps.setValue(3)
    dialog.co_moving.setChecked(True)
    dialog.make.click()
    qtbot.waitUntil(dialog.make.isEnabled, timeout=LONG)
    assert "stay where they are" in dialog.hint.text()
    assert not said
    dialog.co_moving.setChecked(False)
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert dialog.is_over
    assert "ensemble" in said[0]  # there is no bench of that kind here


def test_a_look_that_fails_is_told_in_the_dialog(open_bench, glider, qtbot, monkeypatch):
    bench = open_bench(glider)
    bench.inspector().tab("hands").hands.tools["select"].select((1, 1, 8, 8))
    bench.trigger("hands.ensemble")
    (dialog,) = bench.inspector().findChildren(RegionEnsembleDialog)

    def fail(self, run):
        raise ValueError

    monkeypatch.setattr(RegionProbe, "observe", fail)
    dialog.make.click()
    qtbot.waitUntil(dialog.make.isEnabled, timeout=LONG)
    assert "could not be looked at" in dialog.hint.text()
    assert dialog.isVisible()


def test_a_program_without_the_bench_says_so(open_bench, glider, said, qtbot, context):
    assert isinstance(context.document, StudyDocument)
    assert "ensemble" not in KindRegistry(context.document.kinds)
    bench = open_bench(glider)
    hands = bench.inspector().tab("hands").hands
    hands.tools["select"].select((1, 1, 8, 8))
    bench.trigger("hands.ensemble")
    (dialog,) = bench.inspector().findChildren(RegionEnsembleDialog)
    dialog.trajectories.setValue(4)
    dialog.steps.setValue(3)
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert "ensemble" in said[0]
