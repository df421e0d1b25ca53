"""The gallery: what is found by which words, in which order, and what it says of nothing."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from app.catalogue import BENCHES
from app.shell.example_search import found
from app.shell.thumbnails import GalleryEntry, entries

ENTRIES = entries(BENCHES)


def ids(query):
    return [entry.id for entry in found(ENTRIES, query)]


def test_the_family_of_the_rule_finds_worlds_whose_titles_do_not_name_it():
    lenias = ids("lenia")
    assert lenias[0] == "world/world-lenia"
    creatures = ("swift-glider", "steady-glider", "sturdy-glider", "creeper", "sitter", "breather")
    assert {f"world/world-{name}" for name in creatures} < set(lenias)
    assert "world/world-gosper-gun" not in lenias


def test_whole_words_and_beginnings_of_titles_come_first():
    assert ids("random p")[:2] == ["world/world-lenia", "process/noisy-phase-slip"]
    assert ids("rule 110")[0] == "world/world-rule-110"
    assert ids("orbium") == []


def test_kind_source_and_hint_are_searched_too():
    assert len(ids("markov network")) >= 4
    assert "world/world-cyclic" in ids("griffeath")
    assert len(ids("")) == len(ENTRIES)


def test_every_word_must_be_found():
    assert "world/world-rule-30" in ids("rule row")
    assert ids("rule sprinkler") == []


def test_a_title_beats_a_hint():
    def example(name, title, hint):
        return SimpleNamespace(name=name, title=title, source="", hint=hint)

    both = [
        GalleryEntry(BENCHES[0], example("hint", "Zebra", "A glider.")),
        GalleryEntry(BENCHES[0], example("title", "The glider", "It flies.")),
    ]
    assert [entry.example.name for entry in found(both, "glider")] == ["title", "hint"]


@pytest.fixture
def gallery(window):
    return window.gallery


def test_what_is_found_nowhere_is_said_and_can_be_cleared(qtbot, gallery):
    gallery.filter.setText("orbium")
    assert gallery.shown() == []
    assert gallery.empty.text() == "No example has “orbium” in its title, source or hint."
    qtbot.mouseClick(gallery.clear, Qt.MouseButton.LeftButton)
    assert gallery.filter.text() == ""
    assert gallery.shown() == ["toy/seven", "toy/ten"]


def test_headings_fold_and_stay_folded_after_a_search(gallery):
    heading = gallery.list.topLevelItem(0)
    assert heading.text(0) == "▾ Others"
    gallery.list.itemActivated.emit(heading, 0)
    assert not heading.isExpanded()
    gallery.filter.setText("ten")
    assert gallery.list.topLevelItem(0).isExpanded()
    gallery.filter.clear()
    assert not gallery.list.topLevelItem(0).isExpanded()


def test_a_long_title_has_as_many_lines_as_it_needs(gallery):
    gallery.list.resize(160, 400)
    item = gallery.list.topLevelItem(0).child(0)
    one_line = item.sizeHint(0).height()
    item.setText(0, "A title that takes rather many lines in a narrow list of examples")
    gallery.list.give_height(item)
    assert item.sizeHint(0).height() >= 4 * gallery.list.fontMetrics().height()
    gallery.list.resize(900, 400)
    assert one_line <= item.sizeHint(0).height() < 4 * gallery.list.fontMetrics().height() + 8


def test_activating_an_example_opens_it(qtbot, gallery, window):
    gallery.choose("toy/ten")
    qtbot.keyClick(gallery.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.document.study.subjects) == 1)
    assert window.document.study.subjects[0].name == "Round ten"
