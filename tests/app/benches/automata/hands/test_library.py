"""Searching, stamping, opening, importing, exporting and keeping patterns."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.benches.automata.library.dragging import WORLD_MIME, mime_of_entry, mime_of_world
from app.benches.automata.library.entries import OWN, of_file
from app.benches.automata.library.shelf import FACTS
from app.benches.automata.library.tab import LibraryTab
from core.automata.formats.pattern_file import read_world
from core.automata.rules.lenia import lenia
from core.automata.rules.reading import rule_of
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World

GLIDER = "x = 3, y = 3, rule = B3/S23\nbob$2bo$3o!\n"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def library(life, tmp_path, qtbot):
    """The library beside an empty torus of Life, with an empty folder of own patterns."""
    context = life.surroundings.context
    context.preferences.set("automata.library_folder", str(tmp_path / "own"))
    tab = LibraryTab(life.surroundings)
    qtbot.addWidget(tab)
    tab.resize(380, 700)
    tab.show()
    qtbot.waitUntil(lambda: len(tab.shelf.entries()) > 10, timeout=120_000)
    yield tab
    tab.close_tab()


def choose(life, library, entry_id):
    library.choose(library.shelf.entry(entry_id))
    life.qtbot.waitUntil(lambda: life.hands.tool.id == "stamp", timeout=60_000)


def test_a_search_finds_patterns_by_name_and_by_what_is_said_of_them(library):
    library.search.setText("glider gun")
    assert [entry.id for entry in library.shelf.shown()] == ["pattern:gosper-gun"]
    library.search.setText("spaceship light")
    assert "pattern:lwss" in [entry.id for entry in library.shelf.shown()]
    library.search.setText("no such thing")
    assert library.shelf.shown() == []


def test_patterns_get_pictures_with_their_sizes(library, qtbot):
    item = library.shelf.item_of("pattern:glider")
    qtbot.waitUntil(lambda: not item.icon(0).isNull(), timeout=120_000)
    assert item.data(0, FACTS).startswith("3 × 3")


def test_a_chosen_pattern_is_stamped_turned_and_undone(life, library):
    choose(life, library, "pattern:glider")
    life.key(Qt.Key.Key_R)
    life.click(20, 20)
    expected = np.rot90([[0, 1, 0], [0, 0, 1], [1, 1, 1]], -1)
    np.testing.assert_array_equal(life.cells()[19:22, 19:22], expected)
    assert life.study.undo_stack.undoText() == "Stamp Glider"
    life.undo()
    assert not life.cells().any()


def test_escape_puts_the_pattern_away(life, library):
    life.key(Qt.Key.Key_B)
    choose(life, library, "pattern:glider")
    life.key(Qt.Key.Key_Escape)
    assert life.hands.tool.id == "brush"


def test_a_pattern_of_another_kind_is_opened_and_not_stamped(life, library, qtbot):
    opened = []
    life.surroundings.context.open_subject = opened.append
    library.open_entry(library.shelf.entry("pattern:rule-30"))
    qtbot.waitUntil(lambda: bool(opened), timeout=60_000)
    value = life.study.subject(opened[0]).value
    assert value.world.rule.text == "W30"


def drop(life, data, x, y):
    """Drag something over the field and let it go over a cell."""
    place = QPointF(life.point(x, y))
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, data, left, none)
    QApplication.sendEvent(life.view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(life.view, QDropEvent(place, copy, data, left, none))


def wait_for_one(life):
    life.qtbot.waitUntil(lambda: len(life.done) == 1, timeout=60_000)


def test_a_pattern_is_dragged_onto_the_field(life, library, said):
    drop(life, mime_of_entry("pattern:glider", "Glider"), 20, 20)
    wait_for_one(life)
    assert life.cells().sum() == 5
    assert said == []


def test_a_world_from_elsewhere_is_dragged_onto_the_field(life, library, said):
    seeds = World("s", rule_of("B2/S"), UNBOUNDED, np.ones((1, 3), dtype=np.uint8), title="Bar")
    drop(life, mime_of_world(seeds), 20, 20)
    wait_for_one(life)
    assert life.cells().sum() == 3
    assert said == [
        "Bar is of another rule, and lives by this world's now; double-click it to open it with "
        "its own."
    ]


def test_a_drag_that_another_program_made_up_is_refused(life, library, said, qtbot):
    data = mime_of_world(World("w", rule_of("B3/S23"), UNBOUNDED, np.eye(2, dtype=np.uint8)))
    data.setData(WORLD_MIME, b'{"format": "macroscope-world"')
    drop(life, data, 20, 20)
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert said[-1].startswith("What was dropped")


def test_pictures_of_what_is_in_sight_are_made_first(library):
    entries = library.shelf.entries()
    last = library.shelf.item_of(entries[-1].id)
    library.shelf.scrollToItem(last)
    assert library.shelf.seen_first(entries)[0] is not entries[0]
    assert entries[-1] in library.shelf.seen_first(entries)[:20]


def test_a_dropped_file_goes_into_the_hand(life, library, tmp_path, qtbot):
    path = tmp_path / "ship.rle"
    path.write_text(GLIDER)
    assert library.takes_files([path])
    library.take_files([path])
    qtbot.waitUntil(lambda: life.hands.tool.id == "stamp", timeout=60_000)
    life.click(10, 10)
    assert life.cells().sum() == 5


def test_a_dropped_file_of_another_kind_is_opened(life, library, tmp_path, qtbot):
    opened = []
    life.surroundings.context.open_subject = opened.append
    path = tmp_path / "wars.rle"
    path.write_text("x = 2, y = 1, rule = 345/2/4\nAC!\n")
    library.take_files([path])
    qtbot.waitUntil(lambda: bool(opened), timeout=60_000)
    assert life.study.subject(opened[0]).value.world.rule.states == 4
    assert life.hands.tool.id == "pointer"


def test_a_broken_file_is_refused_in_one_sentence(life, library, tmp_path, qtbot, said):
    path = tmp_path / "broken.json"
    path.write_text('[{"code": ')
    library.take_files([path])
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert said[-1].startswith("broken.json")
    assert "\n" not in said[-1]


def test_a_picture_is_stamped_where_it_is_light(tmp_path):
    path = tmp_path / "dot.png"
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    image.setPixelColor(1, 0, Qt.GlobalColor.white)
    image.save(str(path))
    cells = of_file(path)[0].load().array
    assert cells[0].round(6).tolist() == [[0, 1, 0], [0, 0, 0]]


def test_every_animal_of_a_file_is_an_entry(tmp_path):
    path = tmp_path / "two.json"
    world = World("one", lenia(5, 10, 0.15, 0.02), torus(16, 16), np.eye(16)[None])
    from core.automata.formats.animals import text_of_animal

    animal = text_of_animal(world).strip().removeprefix("[").removesuffix("]")
    path.write_text(f'[{{"code": ">1", "name": "Group"}}, {animal}, {animal}]')
    entries = of_file(path)
    assert [entry.group for entry in entries] == ["two.json", "two.json"]
    assert entries[1].load().rule.radius == 5


def test_the_state_in_view_is_exported_and_reads_back(life, library, tmp_path, qtbot):
    choose(life, library, "pattern:glider")
    life.click(10, 10)
    life.session.step(40)
    life.wait()
    path = tmp_path / "later.rle"
    life.hands.present(lambda world: library.export(path, world))
    qtbot.waitUntil(path.exists, timeout=60_000)
    again = read_world(path)
    assert again.generation == 40
    np.testing.assert_array_equal(again.array, life.cells())


def test_an_export_says_what_it_leaves_out(life, library, tmp_path, qtbot, said):
    choose(life, library, "pattern:glider")
    life.click(10, 10)
    life.hands.present(lambda world: library.export(tmp_path / "torus.cells", world))
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert said == ["Wrote torus.cells. That the sides are joined (T40,40) is left out."]


def test_a_selection_is_kept_in_the_own_folder(life, library, qtbot):
    choose(life, library, "pattern:glider")
    life.click(10, 10)
    life.key(Qt.Key.Key_S)
    life.drag((8, 8), (12, 12))
    life.key(Qt.Key.Key_L)
    kept = library.folder / "pattern-1.rle"
    qtbot.waitUntil(kept.exists, timeout=60_000)
    assert read_world(kept).array.sum() == 5
    assert any(entry.group == OWN for entry in library.shelf.entries())
