"""A factor graph in the whole window: dropped as UAI, drawn on, observed, exported, saved."""

import pytest

from app.figures.dialog import ExportDialog
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from tests.journeys.hands import Hands

MISCONCEPTION = """MARKOV 4 2 2 2 2 4
2 0 1  2 1 2  2 2 3  2 3 0
4 30 5 1 10  4 100 1 1 100  4 1 100 100 1  4 100 1 1 100
"""


def opened(hands, folder, name, text):
    path = folder / name
    path.write_text(text)
    hands.drop(path)
    document = hands.window.document
    hands.qtbot.waitUntil(lambda: len(document.study.subjects) == 1, timeout=10000)
    hands.qtbot.waitUntil(lambda: hands.bench is not None, timeout=10000)
    hands.wait_for_beliefs()
    hands.qtbot.wait(50)  # the bench fits the graph into its window at the next turn


@pytest.fixture
def students(fresh_hands, tmp_path):
    opened(fresh_hands, tmp_path, "misconception.uai", MISCONCEPTION)
    return fresh_hands


@pytest.fixture
def fresh_hands(open_window, qtbot):
    return Hands(open_window(), qtbot)


def belief(hands, name):
    return hands.bench.beliefs.beliefs.posteriors.marginals[name]


def test_a_dropped_uai_file_shows_the_published_beliefs_and_constant(students):
    assert isinstance(students.net, MarkovNetwork)
    assert "ln Z = 15.7898" in students.bench.status()
    assert belief(students, "1")[1] == pytest.approx(0.736132710529531, abs=1e-12)
    students.click_bar("2", 0)
    students.wait_for_beliefs()
    assert belief(students, "1")[1] == pytest.approx(0.0593788761455756, abs=1e-12)


def test_a_dropped_bayes_file_opens_as_a_bayes_net(fresh_hands, tmp_path):
    text = "BAYES 2 2 2 2 1 0 2 0 1 2 .5 .5 4 .1 .9 .2 .8"
    opened(fresh_hands, tmp_path, "pair.uai", text)
    assert isinstance(fresh_hands.net, BayesNet)


def test_edges_are_drawn_and_undone_with_the_keys_of_every_bench(students):
    before = students.net
    students.draw_arc("0", "2")
    assert ("0", "2") in students.net.edges
    undo = students.window.actions_registry.action("edit.undo")
    students.qtbot.waitUntil(undo.isEnabled, timeout=10000)
    students.shortcut("Ctrl+Z")
    assert students.net == before
    students.shortcut("Ctrl+4")
    assert len(students.canvas.graph.nodes) == 4
    students.shortcut("Ctrl+3")
    students.qtbot.waitUntil(lambda: len(students.canvas.graph.nodes) == 8, timeout=10000)


@pytest.mark.parametrize("suffix", ["svg", "tex"])
def test_the_factor_graph_leaves_as_a_figure(students, tmp_path, suffix):
    path = tmp_path / f"graph.{suffix}"
    students.window.dialogs.save_answer = path
    students.shortcut("Ctrl+E")
    dialog = students.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(path.suffix))
    with students.qtbot.waitSignal(dialog.exported, timeout=10000):
        dialog.export_button.click()
    assert path.stat().st_size > 500


def test_a_saved_study_reopens_equal(students, open_window, tmp_path):
    students.click_bar("2", 0)
    path = tmp_path / "students.macroscope"
    students.window.dialogs.save_answer = path
    students.shortcut("Ctrl+S")
    students.qtbot.waitUntil(lambda: not students.window.document.is_modified, timeout=10000)
    other = open_window("other")
    other.open_files([path])
    students.qtbot.waitUntil(lambda: len(other.document.study.subjects) == 1, timeout=10000)
    assert other.document.study.subjects == students.window.document.study.subjects
