"""Every malformed file dropped on the window is one sentence, and the open study stays."""

import pytest

from app.catalogue import KINDS
from app.study.model import Study, SubjectEntry
from app.study.store import study_bytes
from core.networks import zoo
from tests.app.study.test_damaged_files import FOREIGN
from tests.core.networks.formats import malformed
from tests.core.networks.formats.test_bif_refusals import BAD_BYTES, MALFORMED


def truncations(data, count):
    """Return `count` beginnings of `data`, none of them whole."""
    return {f"cut at {i}": data[: len(data) * i // count] for i in range(count)}


def sound_study():
    value = zoo.example("sprinkler").build()
    return study_bytes(Study(subjects=(SubjectEntry("s1", "network", "Net", value),)), KINDS)


FILES = [
    *malformed.files(),
    *((name, ".bif", text.encode()) for name, (text, *_) in MALFORMED.items()),
    *((name, ".bif", data) for name, (data, _) in BAD_BYTES.items()),
    *((name, ".macroscope", data) for name, data in FOREIGN.items()),
    *((name, ".macroscope", data) for name, data in truncations(sound_study(), 20).items()),
]


@pytest.fixture
def open_study(window, qtbot):
    window.open_example(next(iter(window.examples)))
    qtbot.waitUntil(lambda: len(window.document.study.subjects) == 1, timeout=10000)
    return window


def test_more_than_three_hundred_malformed_files_leave_the_study_alone(open_study, qtbot, tmp_path):
    assert len(FILES) > 300
    assert {".bif", ".xml", ".net", ".xdsl", ".uai"} < {suffix for _, suffix, _ in FILES}
    before = open_study.document.study
    for number, (name, suffix, data) in enumerate(FILES):
        path = tmp_path / f"file{number}{suffix}"
        path.write_bytes(data)
        open_study.banner.hide()
        open_study.open_files([path])
        qtbot.waitUntil(open_study.banner.isVisible, timeout=10000)
        sentence = open_study.banner.text
        assert "\n" not in sentence and path.name in sentence, (name, sentence)
        assert open_study.document.study is before
