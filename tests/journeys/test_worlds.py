"""A creature is opened, disturbed, turned back, killed, brought back, filmed and exported."""

import re
import zlib
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest

from app.benches.automata.film.dialog import FilmDialog
from app.figures.dialog import ExportDialog
from core.automata.formats.animals import text_of_animal
from core.automata.formats.mp4 import can_write_mp4
from core.automata.interventions import ChangeRule, Gun, Obstacle, Patch, Stroke
from core.automata.patterns import pattern_world
from core.automata.run import Run
from tests.journeys.world_hands import COMPILING, WorldHands

CREATURE = "Sturdy glider"


def replayed(subject, generation):
    """Return the cells that a run of its own reaches with the interventions of a subject."""
    run = Run(subject.world, subject.interventions)
    run.go_to(generation)
    return run.stepper.cells()


@pytest.fixture
def world(window, qtbot):
    """A creature of our own, opened from the gallery by the mouse."""
    gallery = window.gallery
    gallery.filter.setFocus()
    QTest.keyClicks(gallery.filter, CREATURE.lower())
    gallery.choose(*gallery.shown())
    gallery.list.setFocus()
    QTest.keyClick(gallery.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=COMPILING)
    hands = WorldHands(window, qtbot)
    hands.settle()
    hands.view.fit()
    return hands


def middle_of(hands):
    """Return the middle of the creature in whole cells."""
    x, y = hands.session.frame.signs.middle
    return round(x), round(y)


def disturb(hands):
    """Paint, drop an obstacle and set a gun up, all while it runs."""
    x, y = middle_of(hands)
    hands.take_tool("brush")
    hands.drag_cells((x - 30, y - 30), (x - 24, y - 30), (x - 24, y - 26))
    hands.take_tool("obstacle")
    hands.drag_cells((x + 30, y - 34), (x + 34, y - 34))
    hands.take_tool("gun")
    hands.drag_cells((x - 40, y), (x - 30, y))
    hands.qtbot.waitUntil(
        lambda: {Stroke, Obstacle, Gun} <= {type(each) for each in hands.done}, timeout=COMPILING
    )


def play_until(hands, generation):
    """Let it run for a while."""
    hands.play()
    hands.qtbot.waitUntil(lambda: hands.session.generation >= generation, timeout=COMPILING)
    hands.pause()


def test_what_hands_did_is_turned_back_and_happens_again_bit_for_bit(world):
    assert world.session.frame.signs.population > 1
    play_until(world, 20)
    before_hands, cells_before = world.session.generation, world.cells()
    world.play()
    disturb(world)
    world.qtbot.waitUntil(lambda: world.session.generation > before_hands + 90, timeout=COMPILING)
    world.pause()
    after, cells_after = world.session.generation, world.cells()
    untouched = world.subject.with_interventions(())
    assert not np.array_equal(cells_after, replayed(untouched, after))
    deeds = world.done

    world.go_to(before_hands)
    assert np.array_equal(world.cells(), cells_before)
    assert world.done == deeds
    world.play()
    world.qtbot.waitUntil(lambda: world.session.generation > before_hands + 40, timeout=COMPILING)
    world.pause()
    world.go_to(after)
    assert np.array_equal(world.cells(), cells_after)
    assert np.array_equal(replayed(world.subject, after), cells_after)
    assert world.done == deeds


def test_the_slider_of_time_goes_back_to_the_same_state(world):
    world.play()
    world.qtbot.waitUntil(lambda: world.session.generation > 60, timeout=COMPILING)
    disturb(world)
    world.qtbot.waitUntil(lambda: world.session.generation > 200, timeout=COMPILING)
    world.pause()
    slider = world.bench.transport.slider
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    earlier = slider.value()
    assert earlier < world.session.frame.furthest
    world.wait_for(earlier)
    seen = world.cells()
    assert np.array_equal(seen, replayed(world.subject, earlier))
    world.field_key(Qt.Key.Key_Space)
    world.qtbot.waitUntil(lambda: world.session.generation > earlier + 20, timeout=COMPILING)
    world.pause()
    world.go_to(earlier)
    assert np.array_equal(world.cells(), seen)


def kill(hands):
    """Move mu up by keys on its slider, a notch and some steps at a time, until nothing lives."""
    row = hands.bench.inspector().tab("world").rows["μ"]
    hands.bench.transport.steps.setValue(60)
    for _ in range(30):
        row.slider.setFocus()
        QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
        goal = hands.session.generation + 60
        hands.click_button(hands.bench.transport.run_button)
        hands.wait_for(goal)
        if hands.session.frame.signs.population == 0:
            return
    raise AssertionError("it lives whatever mu is")


def test_mu_is_moved_until_it_dies_and_undo_brings_it_back(world):
    play_until(world, 30)
    alive, cells = world.session.generation, world.cells()
    kill(world)
    assert any(isinstance(each, ChangeRule) for each in world.done)
    died = world.session.generation
    while world.done:
        world.shortcut("Ctrl+Z")
        world.settle()
    assert world.subject.at == alive
    world.wait_for(alive)
    assert np.array_equal(world.cells(), cells)
    assert world.session.rule == world.subject.world.rule
    while world.window.document.undo_stack.canRedo():
        world.shortcut("Ctrl+Shift+Z")
        world.settle()
    assert world.wait_for(died).signs.population == 0


def frames_of(path):
    """Return the pictures of a GIF."""
    reader = QImageReader(str(path))
    pictures = []
    while reader.canRead() and not (picture := reader.read()).isNull():
        pictures.append(picture.convertToFormat(QImage.Format.Format_RGB32))
    return pictures


def record(hands, path, frames):
    """Ask for a film by the dialog and wait until it is written."""
    hands.window.dialogs.save_answer = path
    hands.window.actions_registry.trigger("world.record")
    dialog = hands.window.findChildren(FilmDialog)[-1]
    dialog.format.setCurrentIndex(dialog.format.findData(path.suffix))
    dialog.frames.setValue(frames)
    dialog.every.setValue(4)
    dialog.cell.setValue(2)
    hands.click_button(dialog.choose)
    told = f"Recorded {frames} frames in {path.name}."
    messages = hands.window.messages
    hands.qtbot.waitUntil(
        lambda: any(each.text == told for each in messages.messages), timeout=COMPILING
    )


def test_a_film_shows_the_hands_at_work(world, tmp_path):
    world.play()
    disturb(world)
    world.pause()
    world.go_to(0)
    path = tmp_path / "glider.gif"
    record(world, path, 12)
    pictures = frames_of(path)
    assert len(pictures) == 12
    side = 2 * world.subject.world.topology.width
    assert {(each.width(), each.height()) for each in pictures} == {(side, side)}
    assert all(one != other for one, other in pairwise(pictures))


def test_a_film_as_mp4_is_written_or_what_it_needs_is_told(world, tmp_path):
    if can_write_mp4():
        path = tmp_path / "glider.mp4"
        record(world, path, 6)
        assert b"ftyp" in path.read_bytes()[:32]
        return
    world.window.actions_registry.trigger("world.record")
    dialog = world.window.findChildren(FilmDialog)[-1]
    dialog.format.setCurrentIndex(dialog.format.findData(".mp4"))
    assert not dialog.choose.isEnabled()
    assert "[video]" in dialog.hint.text()
    dialog.reject()


def export(hands, path):
    """Export the frame by the dialog that Ctrl+E opens."""
    hands.window.dialogs.save_answer = path
    hands.shortcut("Ctrl+E")
    dialog = hands.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(path.suffix))
    with hands.qtbot.waitSignal(dialog.exported, timeout=COMPILING):
        hands.click_button(dialog.export_button)
    dialog.reject()


def picture_of(path):
    """Open an exported figure and return it as colours, [height, width, channels]."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return picture_in_pdf(data)
    if path.suffix == ".svg":
        renderer = QSvgRenderer(QByteArray(data))
        assert renderer.isValid()
        picture = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
    else:
        picture = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint8)
    return pixels.reshape(picture.height(), picture.width(), 4)[..., :3]


def picture_in_pdf(data):
    """Return the largest picture in a PDF; there is no reader of PDF to ask."""
    found = []
    for head, body in re.findall(rb"<<([^>]*?/Subtype /Image.*?)>>\s*stream\r?\n(.*?)endstream",
                                 data, re.DOTALL):  # fmt: skip
        width, height = (
            int(re.search(rb"/%s (\d+)" % key, head)[1]) for key in (b"Width", b"Height")
        )
        pixels = np.frombuffer(zlib.decompress(body), np.uint8)
        found.append(pixels[: pixels.size // (width * height) * width * height])
        found[-1] = found[-1].reshape(height, width, -1)
    return max(found, key=lambda each: each.size)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_figure_of_the_frame_is_a_picture_and_brings_the_study_back(
    world, open_window, tmp_path, suffix
):
    world.play()
    disturb(world)
    world.pause()
    cells = world.cells()
    path = tmp_path / f"frame.{suffix}"
    export(world, path)
    colours = picture_of(path)
    assert min(colours.shape[:2]) > 100
    assert len(np.unique(colours.reshape(-1, colours.shape[-1]), axis=0)) > 20

    other = WorldHands(open_window("other"), world.qtbot)
    other.drop(path)
    document = other.window.document
    other.qtbot.waitUntil(lambda: len(document.study.subjects) == 1, timeout=COMPILING)
    other.settle()
    kept, found = world.subject, other.subject
    assert found.to_record()[0] == kept.to_record()[0]
    assert found.at == kept.at
    assert found.interventions == kept.interventions
    assert np.array_equal(found.world.array, kept.world.array)
    other.wait_for(kept.at)
    assert np.array_equal(other.cells(), cells)


def test_a_figure_dropped_on_an_open_world_opens_its_study_too(world, tmp_path):
    path = tmp_path / "frame.png"
    play_until(world, 10)
    kept = world.subject
    export(world, path)
    world.play()
    world.qtbot.waitUntil(lambda: world.session.generation > kept.at + 5, timeout=COMPILING)
    world.pause()
    place = world.window.rect().center()
    world.drop(path, place - place / 2)
    document = world.window.document
    world.qtbot.waitUntil(
        lambda: [each.value.at for each in document.study.subjects] == [kept.at], timeout=COMPILING
    )


def test_animals_of_a_user_are_dropped_and_stamped(world, tmp_path):
    path = tmp_path / "animals.json"
    path.write_text(text_of_animal(pattern_world("swift-glider")))
    world.drop(path)
    hands = world.bench.inspector().tab("hands").hands
    world.qtbot.waitUntil(lambda: hands.tool.id == "stamp", timeout=COMPILING)
    x, y = middle_of(world)
    mass = world.session.frame.signs.population
    world.click_cell(x - 40, y + 40)
    world.qtbot.waitUntil(lambda: len(world.done) == 1, timeout=COMPILING)
    world.settle()
    assert isinstance(world.done[0], Patch)
    assert world.cells().sum() > 1.2 * mass


def test_animals_of_a_user_dropped_on_an_empty_window_are_a_world(window, qtbot, tmp_path):
    path = tmp_path / "animals.json"
    animal = pattern_world("swift-glider")
    path.write_text(text_of_animal(animal))
    world = WorldHands(window, qtbot)
    world.drop(path)
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=COMPILING)
    world.settle()
    assert world.subject.world.rule.kernels[0].growth == animal.rule.kernels[0].growth
    play_until(world, 30)
    assert world.session.frame.signs.population > 1
