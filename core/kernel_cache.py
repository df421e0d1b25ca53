"""Where numba keeps its compiled kernels: a per-user folder keyed by the text of every kernel file.

Numba stamps a cached kernel with the file that defines it, so a change in a kernel called from
another file goes unnoticed. One digest over all kernel files gives every edition its own folder.
"""

import atexit
import hashlib
import logging
import os
import shutil
import tempfile
import time
from pathlib import Path

import platformdirs

logger = logging.getLogger(__name__)

CORE = Path(__file__).resolve().parent
KEPT_SECONDS = 30 * 24 * 3600
"""A folder that no start has used for this long belongs to an edition that is gone."""


def configure_kernel_cache() -> Path:
    """Point numba at the cache of this edition's kernels and return the folder.

    Numba reads the setting when it is first imported, so this has to run before. A folder that
    the user chose with ``NUMBA_CACHE_DIR`` is left alone. Where the user's cache folder cannot be
    written, the kernels live in a temporary folder that goes with the process.
    """
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return Path(chosen)
    folder = _user_folder(kernel_digest(CORE)) or _temporary_folder()
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def kernel_digest(root: Path) -> str:
    """Return 16 hexadecimal digits that change with any ``kernels*.py`` below `root`."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("kernels*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def delete_unused(parent: Path, keep: Path, now: float) -> list[Path]:
    """Delete the folders in `parent` last used over a month before `now`, except `keep`."""
    deleted = []
    for folder in parent.iterdir():
        if folder == keep or not folder.is_dir() or folder.is_symlink():
            continue
        if now - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
            deleted.append(folder)
    return deleted


def _user_folder(digest: str) -> Path | None:
    try:
        parent = Path(platformdirs.user_cache_dir("macroscope", appauthor=False)) / "kernels"
        if not parent.is_absolute():
            return None  # a user without a home folder: "~" stays as it is
        folder = parent / digest
        folder.mkdir(parents=True, exist_ok=True)
        # The time of last use is what `delete_unused` looks at; setting it also proves access.
        os.utime(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            return None
    except OSError:
        return None
    try:
        delete_unused(parent, folder, time.time())
    except OSError as error:
        logger.info("Old kernel caches were left in place: %s", error)
    return folder


def _temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="macroscope-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
