"""Copied subjects travel as records for us and as text for everyone else."""

import pytest

from app.study import clipboard
from app.study.errors import StudyFileError
from tests.app.study.toys import TOY, Drawing


def test_a_copied_value_comes_back_equal_with_its_arrays(qapp):
    clipboard.put_value(TOY, Drawing("copied"), "a drawing called copied")
    assert clipboard.get_value(TOY) == Drawing("copied")
    assert clipboard.text() == "a drawing called copied"


def test_text_from_elsewhere_is_no_record(qapp):
    qapp.clipboard().setText("hello")
    assert clipboard.get("toy") is None
    assert not clipboard.holds("toy")
    assert clipboard.get_value(TOY) is None
    assert clipboard.text() == "hello"


def test_bytes_come_back_as_they_were_put(qapp):
    data = bytes(range(256))
    clipboard.put("application/x-macroscope-network", data, "net")
    assert clipboard.get("network") == data


def test_a_damaged_record_gives_one_sentence(qapp):
    clipboard.put("toy", b"no study", "")
    with pytest.raises(StudyFileError, match=r"^What is on the clipboard is not a .*study\.$"):
        clipboard.get_value(TOY)
