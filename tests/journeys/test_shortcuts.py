"""The keys of the whole window: every action has those that it asks for, and no bench has two."""

from itertools import combinations

from PySide6.QtCore import Qt

from app.catalogue import BENCHES


def test_every_action_has_the_keys_that_it_asks_for(window):
    registry = window.actions_registry
    wishes = [spec for spec in registry if spec.shortcut]
    lost = [spec.id for spec in wishes if not registry.action(spec.id).shortcuts()]
    assert wishes
    assert lost == []


def test_no_bench_has_two_actions_with_the_same_keys(window):
    registry = window.actions_registry
    of_benches = {spec.id for bench in BENCHES for spec in bench.actions}
    of_window = {spec.id for spec in registry} - of_benches
    for bench in BENCHES:
        at_hand = sorted(of_window | {spec.id for spec in bench.actions})
        keys = {each: set(registry.action(each).shortcuts()) for each in at_hand}
        met = [pair for pair in combinations(at_hand, 2) if keys[pair[0]] & keys[pair[1]]]
        assert met == []


def test_the_keys_of_the_view_reach_a_world_though_networks_have_them_too(window, qtbot):
    window.actions_registry.trigger("subject.new_world")
    view = window.workspace.current_bench.view
    scale = view.scale
    qtbot.keyClick(view, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.scale > scale)
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.scale == scale)
