"""A process that is killed in the middle of the work loses none of it."""

import os
import subprocess
import sys
from pathlib import Path

from app.shell.dialogs import RecoveryAnswer

ROOT = Path(__file__).parents[2]


def test_work_killed_while_editing_is_offered_back_complete(open_window, tmp_path):
    folder = tmp_path / "state"
    script = Path(__file__).with_name("draw_until_killed.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    count = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    assert folder.exists()

    window = open_window("state")
    window.dialogs.recovery = lambda abandoned: RecoveryAnswer(recover=abandoned[0])
    window.offer_recovery()
    (entry,) = window.document.study.subjects
    assert len(entry.value.net) == count == 20
    assert window.document.is_modified
