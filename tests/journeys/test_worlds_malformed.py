"""Every malformed file of a world is one sentence, whether opened or dropped on a living world."""

import numpy as np
import pytest

from tests.journeys import malformed_worlds
from tests.journeys.world_hands import COMPILING, WorldHands

FILES = list(malformed_worlds.files())


@pytest.fixture
def world(window, qtbot):
    """A world in which something was done already."""
    window.open_example("world/world-r-pentomino")
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=COMPILING)
    hands = WorldHands(window, qtbot)
    hands.settle()
    hands.take_tool("brush")
    hands.drag_cells((12, 2), (18, 2))
    qtbot.waitUntil(lambda: len(hands.done) == 1, timeout=COMPILING)
    hands.session.step(20)
    hands.wait_for(20)
    return hands


def written(folder, files):
    """Write files into a folder one after the other; yield the name of each and its path."""
    for number, (name, ending, data) in enumerate(files):
        path = folder / f"file{number}{ending}"
        path.write_bytes(data)
        yield name, path


def test_more_than_two_hundred_malformed_worlds_leave_the_study_alone(world, qtbot, tmp_path):
    window = world.window
    endings = {ending for _, ending, _ in FILES}
    assert len(FILES) > 200
    assert {".rle", ".cells", ".mc", ".lif", ".mcl", ".json", ".npy", ".rle.gz"} <= endings
    before, cells = window.document.study, world.cells()
    for name, path in written(tmp_path, [*FILES, *malformed_worlds.pictures()]):
        window.banner.hide()
        window.open_files([path])
        qtbot.waitUntil(window.banner.isVisible, timeout=10000)
        sentence = window.banner.text
        assert "\n" not in sentence and path.name in sentence, (name, sentence)
        assert "Traceback" not in sentence and len(sentence) < 400, (name, sentence)
        assert window.document.study is before
    assert np.array_equal(world.cells(), cells)


def test_malformed_files_dropped_on_a_living_world_are_told_and_it_lives_on(world, qtbot, tmp_path):
    window, messages = world.window, world.window.messages
    world.play()
    before = world.done
    dropped = [*FILES[::3], *malformed_worlds.pictures()]
    for name, path in written(tmp_path, dropped):
        count = len(messages.messages)
        world.drop(path)
        qtbot.waitUntil(lambda count=count: len(messages.messages) > count, timeout=10000)
        sentence = messages.messages[-1].text
        assert "\n" not in sentence and path.name in sentence, (name, sentence)
        assert world.session.is_running
    world.pause()
    assert world.done == before
    assert len(window.document.study.subjects) == 1
