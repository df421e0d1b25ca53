"""Edit a study in an event loop, say how far it came, and wait to be killed.

Run as: python edit_until_killed.py ROOT FOLDER STUDY_PATH EDITS
"""

import sys

sys.path.insert(0, sys.argv[1])

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from app.study.document import StudyDocument
from app.study.working_copy import WorkingCopies
from tests.app.study.toys import KINDS, Drawing


def main():
    application = QCoreApplication([])
    copies = WorkingCopies(sys.argv[2], KINDS)
    document = StudyDocument(KINDS, copies)
    subject = document.add("toy", "Edited", Drawing("0"))
    document.save(Path(sys.argv[3]))
    left = iter(range(1, int(sys.argv[4]) + 1))

    def edit():
        number = next(left)
        document.replace(subject, Drawing(str(number)), "Edit")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(edit)
    timer.start(1)
    application.exec()


main()
