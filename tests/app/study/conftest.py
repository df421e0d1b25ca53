"""Documents and folders for the tests of the study."""

import pytest

from app.study.document import StudyDocument
from app.study.working_copy import WorkingCopies
from tests.app.study.toys import KINDS


@pytest.fixture
def document(qapp):
    return StudyDocument(KINDS)


@pytest.fixture
def copies(qapp, tmp_path):
    copies = WorkingCopies(tmp_path / "state", KINDS)
    yield copies
    copies.close()
