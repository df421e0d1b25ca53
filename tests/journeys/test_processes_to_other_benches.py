"""A process leaves its bench: as samples in a file, as a net, as the input of a net."""

from PySide6.QtWidgets import QDialogButtonBox

from app.benches.processes.drive_dialog import DriveDialog
from app.benches.processes.examples import build
from app.benches.processes.samples_dialog import SamplesDialog


def _open(window, qtbot, name="golden-mean"):
    subject_id = window.document.add("process", "Golden mean", build(name))
    window.open_subject(subject_id)
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None)
    return subject_id


def _accept(dialog):
    buttons = dialog.findChild(QDialogButtonBox)
    (accept,) = (
        button
        for button in buttons.buttons()
        if buttons.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole
    )
    accept.click()


def test_samples_are_exported_with_number_seed_and_format(window, qtbot, tmp_path):
    _open(window, qtbot)
    window.dialogs.save_answer = tmp_path / "word.csv"
    window.actions_registry.trigger("process.export_samples")
    dialog = window.findChildren(SamplesDialog)[-1]
    dialog.count.setValue(500)
    dialog.seed.setValue(7)
    dialog.format.setCurrentIndex(1)
    _accept(dialog)
    path = tmp_path / "word.csv"
    qtbot.waitUntil(lambda: path.exists() and path.read_text().count("\n") == 501, timeout=60000)


def test_a_process_drives_a_net_of_the_study_and_undo_takes_it_back(window, qtbot):
    process_id = _open(window, qtbot)
    window.actions_registry.trigger("subject.new_network")
    net_id = next(each.id for each in window.document.study.subjects if each.kind == "network")
    window.open_subject(process_id)
    before = window.document.subject(net_id).value
    window.actions_registry.trigger("process.drive")
    dialog = window.findChildren(DriveDialog)[-1]
    dialog.steps.setValue(3)
    _accept(dialog)
    qtbot.waitUntil(lambda: len(window.document.subject(net_id).value.net) == 6, timeout=60000)
    assert "X2" in window.document.subject(net_id).value.net
    window.undo()
    assert window.document.subject(net_id).value == before


def test_it_is_unrolled_over_as_many_steps_as_are_asked_for(window, qtbot):
    _open(window, qtbot)
    window.dialogs.number_answer = 5
    window.actions_registry.trigger("process.unroll")
    study = window.document
    qtbot.waitUntil(lambda: len(study.study.subjects) == 2, timeout=60000)
    assert len(study.study.subjects[1].value.net) == 10
