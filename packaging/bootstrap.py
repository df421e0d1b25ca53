"""Set Macroscope up in this folder and start it, or run its tests, from a bare Python.

    python3 packaging/bootstrap.py run [FILE...]      set up what is missing, then open the window
    python3 packaging/bootstrap.py test [ARGUMENT...] set up what is missing, then run pytest

Needs Python 3.11 or newer and nothing else. Everything Python goes into `.venv` beside this
folder; the system libraries that Qt asks for are found by starting Qt, and are installed where
that is allowed (root on Debian or Ubuntu) or named in the one line to type. What has been done is
written down, so that the next call starts at once.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - written so that every old Python can say it
    sys.stderr.write(
        "Macroscope needs Python 3.11 or newer and this is "
        + sys.version.split()[0]
        + "; start it with a newer one, for instance python3.12 packaging/bootstrap.py run.\n"
    )
    sys.exit(2)

from commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
