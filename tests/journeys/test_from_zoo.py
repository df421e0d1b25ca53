"""A process of the zoo can be had in any state of the window."""

from PySide6.QtTest import QTest

from app.benches.processes.examples import EXAMPLES
from app.benches.processes.zoo_dialog import ZooDialog
from core.processes.zoo import PROCESSES


def _dialog(window) -> ZooDialog:
    return window.findChildren(ZooDialog)[-1]


def test_the_zoo_opens_from_an_empty_window(window, qtbot):
    assert window.actions_registry.is_enabled("process.from_zoo")
    window.actions_registry.trigger("process.from_zoo")
    QTest.keyClicks(_dialog(window).filter, "rrxor")
    _dialog(window).accept()
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None)
    assert window.workspace.current_bench.document.subject.zoo == "rrxor"


def test_every_process_of_the_zoo_is_an_example(window):
    assert {example.name for example in EXAMPLES} == {entry.name for entry in PROCESSES}
    assert {f"process/{entry.name}" for entry in PROCESSES} <= window.examples.keys()
