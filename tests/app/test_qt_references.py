"""Guards against releases of PySide6 that corrupt Python's reference counts."""

import sys

from PySide6.QtCore import QObject


def test_qt_calls_do_not_lose_references(qapp):
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        probe.setObjectName("x")
    assert sys.getrefcount(None) > before - 100
