"""The application: a window over the core, and the same work on the command line."""

import os

# Work is divided among our own threads; those of the linear algebra library would compete with
# them. It reads this once, when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
