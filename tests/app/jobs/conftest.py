"""A pool and live runners that each test must be able to end."""

import threading

import pytest

from app.jobs.pool import Jobs


@pytest.fixture
def jobs(qapp):
    jobs = Jobs(width=2)
    yield jobs
    assert jobs.shutdown()
    assert not [t for t in threading.enumerate() if t.name.startswith(("job", "quiet job"))]
