"""A pattern of a hundred thousand living cells is opened, played, stepped and sent far ahead."""

from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.automata.transport import SPEEDS
from core.automata.formats.pattern_file import read_world
from tests.journeys.world_hands import COMPILING, WorldHands

GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)
ACROSS, DOWN, APART = 200, 100, 12


def run_lengths(cells):
    """Return cells as RLE, written from the format's description alone."""
    rows = []
    for row in cells:
        runs = [(value, sum(1 for _ in run)) for value, run in groupby(row.tolist())]
        rows.append("".join(f"{count if count > 1 else ''}{'bo'[value]}" for value, count in runs))
    height, width = cells.shape
    return f"x = {width}, y = {height}, rule = B3/S23\n" + "$\n".join(rows) + "!\n"


def life(cells, steps):
    """Return Life on a plane after some steps, by sums of shifted arrays."""
    cells = np.pad(cells, steps + 1)
    for _ in range(steps):
        rows = cells + np.roll(cells, 1, 0) + np.roll(cells, -1, 0)
        count = rows + np.roll(rows, 1, 1) + np.roll(rows, -1, 1) - cells
        cells = ((count == 3) | ((count == 2) & (cells == 1))).astype(np.uint8)
    return cells


def soup():
    """Return random cells, about 100,000 of them alive."""
    return (np.random.default_rng(5).random((640, 640)) < 0.25).astype(np.uint8)


def fleet():
    """Return 20,000 gliders that fly side by side: 100,000 living cells for ever."""
    cells = np.zeros((DOWN * APART, ACROSS * APART), dtype=np.uint8)
    for y in range(DOWN):
        for x in range(ACROSS):
            cells[y * APART : y * APART + 3, x * APART : x * APART + 3] = GLIDER
    return cells


@pytest.fixture
def open_pattern(window, qtbot, tmp_path):
    """Return a function that drops a pattern on the window as an RLE file."""

    def open_one(cells):
        path = tmp_path / "large.rle"
        path.write_text(run_lengths(cells))
        hands = WorldHands(window, qtbot)
        hands.drop(path)
        qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=COMPILING)
        hands.settle()
        return hands

    return open_one


def make_steps(hands, steps):
    """Have so many steps made by the button of the transport."""
    goal = hands.session.generation + steps
    hands.bench.transport.steps.setValue(steps)
    hands.click_button(hands.bench.transport.run_button)
    return hands.wait_for(goal)


def test_a_large_soup_is_played_and_stepped_exactly(open_pattern):
    cells = soup()
    world = open_pattern(cells)
    assert world.session.frame.signs.population == cells.sum() > 99_000
    seen = []
    world.session.frame_ready.connect(lambda frame: seen.append(frame.generation))
    world.play()
    world.qtbot.waitUntil(lambda: len(set(seen)) > 20, timeout=COMPILING)
    world.pause()
    assert seen == sorted(seen)
    at = world.session.generation
    assert world.session.frame.signs.population == life(cells, at).sum()
    frame = make_steps(world, 64)
    expected = life(cells, at + 64)
    assert frame.signs.population == expected.sum()
    world.view.fit()
    world.settle()
    x, y, width, height = world.session.frame.signs.box
    rows, columns = np.nonzero(expected)
    assert (width, height) == (np.ptp(columns) + 1, np.ptp(rows) + 1)
    assert (x, y) == (columns.min() - at - 65, rows.min() - at - 65)


def test_gliders_are_sent_a_million_generations_ahead(open_pattern):
    world = open_pattern(fleet())
    box = world.session.frame.signs.box
    assert world.session.frame.signs.population == 100_000
    world.go_to(1_000_000)
    frame = world.session.frame
    assert frame.signs.population == 100_000
    assert frame.signs.box == (box[0] + 250_000, box[1] + 250_000, *box[2:])
    frame = make_steps(world, 4 * 2**18)
    assert frame.signs.population == 100_000
    assert frame.signs.box[0] == box[0] + 250_000 + 2**18


def test_the_fastest_speed_leaps_and_going_back_is_exact(open_pattern, tmp_path):
    world = open_pattern(fleet())
    speed = world.bench.transport.speed
    speed.setFocus()
    speed.setValue(SPEEDS.index(None))
    seen = set()
    world.session.frame_ready.connect(lambda frame: seen.add(frame.generation))
    world.play()
    world.qtbot.waitUntil(lambda: len(seen) > 20 and max(seen) > 5_000, timeout=COMPILING)
    world.pause()
    far = world.session.generation
    assert world.session.frame.signs.population == 100_000
    QTest.keyClick(world.bench.transport.slider, Qt.Key.Key_Home)
    world.wait_for(0)
    world.window.dialogs.save_answer = tmp_path / "back.rle"
    world.window.actions_registry.trigger("library.export")
    back = tmp_path / "back.rle"
    world.qtbot.waitUntil(back.exists, timeout=COMPILING)
    world.qtbot.waitUntil(lambda: back.read_text().rstrip().endswith("!"), timeout=COMPILING)
    assert np.array_equal(read_world(back).array, fleet()[:-9, :-9])
    world.go_to(far)
    assert world.session.frame.signs.population == 100_000
