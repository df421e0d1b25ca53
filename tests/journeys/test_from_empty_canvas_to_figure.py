"""The sprinkler net from nothing: drawn, filled, observed, undone, saved, exported, reopened."""

import pytest
from PySide6.QtCore import Qt

from app.figures.dialog import ExportDialog
from tests.journeys.hands import Hands

PLACES = {"C": (0, -160), "S": (-170, 0), "R": (170, 0), "W": (0, 160)}
ARCS = [("C", "S"), ("C", "R"), ("S", "W"), ("R", "W")]
# Columns in the order of the parents' states yes, no (Russell and Norvig, the sprinkler net).
TABLES = {
    "C": [[0.5, 0.5]],
    "S": [[0.1, 0.9], [0.5, 0.5]],
    "R": [[0.8, 0.2], [0.2, 0.8]],
    "W": [[0.99, 0.01], [0.9, 0.1], [0.9, 0.1], [0.0, 1.0]],
}


def draw_the_sprinkler(hands):
    for name, (x, y) in PLACES.items():
        hands.add_node(x, y, name)
    for source, target in ARCS:
        hands.draw_arc(source, target)
    for name, columns in TABLES.items():
        hands.type_table(name, columns)
    hands.wait_for_beliefs()


def beliefs(hands):
    return hands.bench.beliefs.beliefs.posteriors.marginals


@pytest.fixture
def drawn(hands):
    draw_the_sprinkler(hands)
    return hands


def test_the_net_drawn_by_hand_gives_the_beliefs_of_the_literature(drawn):
    assert set(drawn.net.arcs) == set(ARCS)
    assert beliefs(drawn)["W"][0] == pytest.approx(0.6471, abs=1e-12)
    drawn.click_bar("W", 0)
    drawn.wait_for_beliefs()
    assert beliefs(drawn)["S"][0] == pytest.approx(0.429763560500696, abs=1e-12)
    assert beliefs(drawn)["R"][0] == pytest.approx(0.707927677329625, abs=1e-12)


def test_a_second_click_retracts_the_observation(drawn):
    drawn.click_bar("W", 0)
    drawn.click_bar("W", 0)
    drawn.wait_for_beliefs()
    assert beliefs(drawn)["W"][0] == pytest.approx(0.6471, abs=1e-12)


def test_undoing_everything_leaves_an_empty_study_and_redoing_brings_all_back(drawn):
    drawn.click_bar("W", 0)
    finished = drawn.window.document.study
    steps = drawn.window.document.undo_stack.count()
    for _ in range(steps):
        drawn.shortcut("Ctrl+Z")
    assert drawn.window.document.study.subjects == ()
    for _ in range(steps):
        drawn.shortcut("Ctrl+Shift+Z")
    assert drawn.window.document.study == finished


def test_an_arc_that_closes_a_cycle_is_refused_while_it_is_drawn(drawn):
    before = drawn.net
    start, end = drawn.rim("W"), drawn.centre("C")
    drawn.press(start)
    drawn.move(start, end)
    lit = {name for name, item in drawn.canvas.graph.nodes.items() if item.marks.lit == "refused"}
    assert {"W", "C"} < lit
    drawn.drag(start, end)
    assert drawn.net is before


def test_a_saved_study_reopens_equal(drawn, open_window, tmp_path):
    path = tmp_path / "sprinkler.macroscope"
    drawn.window.dialogs.save_answer = path
    drawn.shortcut("Ctrl+S")
    drawn.qtbot.waitUntil(lambda: not drawn.window.document.is_modified, timeout=10000)
    other = open_window("other")
    other.open_files([path])
    drawn.qtbot.waitUntil(lambda: len(other.document.study.subjects) == 1, timeout=10000)
    assert other.document.study.subjects == drawn.window.document.study.subjects


def export(drawn, path):
    """Export through the dialog that Ctrl+E opens."""
    drawn.window.dialogs.save_answer = path
    drawn.shortcut("Ctrl+E")
    dialog = drawn.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(path.suffix))
    with drawn.qtbot.waitSignal(dialog.exported, timeout=10000):
        dialog.export_button.click()


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_dropping_an_exported_figure_reopens_the_experiment(drawn, open_window, tmp_path, suffix):
    drawn.click_bar("W", 0)
    drawn.wait_for_beliefs()
    path = tmp_path / f"figure.{suffix}"
    export(drawn, path)
    other = Hands(open_window("other"), drawn.qtbot)
    other.drop(path)
    document = other.window.document
    drawn.qtbot.waitUntil(lambda: len(document.study.subjects) == 1, timeout=10000)
    assert document.study.subjects == drawn.window.document.study.subjects
    other.wait_for_beliefs()
    assert beliefs(other)["S"][0] == pytest.approx(0.429763560500696, abs=1e-12)


def test_the_tikz_figure_has_every_node_and_arc(drawn, tmp_path):
    path = tmp_path / "figure.tex"
    export(drawn, path)
    text = path.read_text()
    assert text.count(r"\begin{tikzpicture}") == 1
    assert all(f"{name}}}" in text for name in PLACES)


def test_a_file_that_cannot_be_read_leaves_the_study_as_it_was(drawn, tmp_path):
    before = drawn.window.document.study
    path = tmp_path / "broken.bif"
    path.write_text("network broken { } variable A { type discrete [2] { yes }; }")
    drawn.drop(path)
    drawn.qtbot.waitUntil(drawn.window.banner.isVisible, timeout=10000)
    assert drawn.window.document.study is before


def test_copy_and_paste_bring_nodes_with_their_tables(drawn):
    drawn.canvas.setFocus()
    drawn.shortcut("Ctrl+A")
    drawn.shortcut("Ctrl+C")
    drawn.shortcut("Ctrl+V")
    assert len(drawn.net) == 8
    copy = next(node for node in drawn.net if node.name.startswith("W ") or node.name == "W2")
    assert (copy.table == drawn.net["W"].table).all()


def test_delete_removes_the_selected_node(drawn):
    drawn.select("W")
    drawn.key(Qt.Key.Key_Delete)
    assert set(drawn.net.names) == {"C", "S", "R"}
