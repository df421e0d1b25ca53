"""Files of other programs come in and go out through the window, and what is lost is told."""

import pytest

from app.catalogue import KINDS
from app.shell.dialogs import with_ending_of
from core.networks import zoo
from core.networks.formats import bif, hugin, json_format, uai, xdsl, xmlbif
from tests.core.networks.formats.test_xdsl import GENIE

READERS = {
    ".bif": bif.read,
    ".xml": xmlbif.read,
    ".net": hugin.read,
    ".xdsl": xdsl.read,
    ".uai": uai.read,
    ".json": lambda path: json_format.read(path).net,
}


@pytest.fixture
def clinic(window, qtbot):
    """A window on the chest clinic."""
    example = zoo.example("chest-clinic")
    window.files.open_example("network", example.title, example.build())
    return window


def export(window, path, qtbot):
    """Export the subject in front and wait until the program says that it is written."""
    window.dialogs.save_answer = path
    window.actions_registry.trigger("file.export_subject")
    said = f"was written to {path}"
    qtbot.waitUntil(lambda: any(said in m.text for m in window.messages.messages), timeout=10000)


@pytest.mark.parametrize("suffix", [".bif", ".xml", ".net", ".xdsl"])
def test_a_network_is_exported_in_every_format_and_opens_again(clinic, qtbot, tmp_path, suffix):
    net = clinic.document.study.subjects[0].value.net
    path = tmp_path / f"clinic{suffix}"
    export(clinic, path, qtbot)
    assert READERS[suffix](path) == net
    clinic.open_files([path])
    qtbot.waitUntil(lambda: clinic.document.study.title == "clinic", timeout=10000)
    assert clinic.document.study.subjects[0].value.net == net


def test_what_the_format_lacks_is_told_once_across_the_top(clinic, qtbot, tmp_path):
    export(clinic, tmp_path / "clinic.uai", qtbot)
    assert clinic.banner.isVisible()
    assert clinic.banner.level == "warning"
    assert clinic.banner.text.startswith("A UAI file has no names")
    warnings = [m for m in clinic.messages.messages if m.level == "warning"]
    assert [message.text for message in warnings] == [clinic.banner.text]


def test_nothing_is_told_where_nothing_is_lost(clinic, qtbot, tmp_path):
    export(clinic, tmp_path / "clinic.json", qtbot)
    assert READERS[".json"](tmp_path / "clinic.json").name
    assert not clinic.banner.isVisible()


def test_a_file_of_genie_opens_and_what_was_changed_is_told(clinic, qtbot, tmp_path):
    path = tmp_path / "venture.xdsl"
    path.write_text(GENIE)
    clinic.open_files([path])
    qtbot.waitUntil(lambda: clinic.document.study.title == "venture", timeout=10000)
    assert "Success of the venture" in clinic.document.study.subjects[0].value.net
    qtbot.waitUntil(clinic.banner.isVisible, timeout=10000)
    assert clinic.banner.text == (
        "venture.xdsl: Submodels are not kept; their nodes stand in one net."
    )


def test_the_dialogs_name_the_formats():
    kind = KINDS.get("network")
    assert kind.formats(kind.writers) == {
        "BIF": [".bif"],
        "BIF, compressed": [".bif.gz"],
        "XMLBIF": [".xml", ".xmlbif", ".bifxml"],
        "Hugin": [".net"],
        "GeNIe": [".xdsl"],
        "UAI": [".uai"],
        "UAI, compressed": [".uai.gz"],
        "Macroscope JSON": [".json"],
    }


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        ("net.bif", "BIF (*.bif)", "net.bif"),
        ("net.bif", "Hugin (*.net)", "net.net"),
        ("mine", "Hugin (*.net)", "mine.net"),
        ("mine.xmlbif", "XMLBIF (*.xml *.xmlbif)", "mine.xmlbif"),
        ("mine.v2", "Hugin (*.net)", "mine.v2"),
        ("mine.xdsl", "Hugin (*.net)", "mine.xdsl"),
        ("net.bif", "BIF, compressed (*.bif.gz)", "net.bif.gz"),
        ("mine", "All files (*)", "mine"),
        ("mine", "", "mine"),
    ],
)
def test_the_chosen_format_gives_the_ending_unless_one_was_typed(tmp_path, name, chosen, expected):
    assert with_ending_of(tmp_path / name, chosen, "net.bif") == tmp_path / expected
