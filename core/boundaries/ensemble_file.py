"""Ensembles in NumPy's NPZ files: the arrays of the record, and the rest of it as JSON.

A file of somebody else needs no more than the arrays V, A, P and E.
"""

import json
import os
import zipfile
import zlib
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import Ensemble
from core.boundaries.ensemble_record import ARRAYS
from core.boundaries.errors import BoundaryError, UnreadableEnsemble

MOST_BYTES = 2**30
"""Of all arrays of a file together; what is larger is not read."""

DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OverflowError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
"""What reading a damaged archive raises."""

ABOUT = "about"
"""The name of the array that holds the record as JSON in UTF-8."""


def write_ensemble(ensemble: Ensemble, path: Path) -> None:
    """Write an ensemble aside first and then rename, so that no half stands as the whole."""
    record, arrays = ensemble.to_record()
    text = json.dumps(record, ensure_ascii=False).encode()
    members: dict[str, Any] = {ABOUT: np.frombuffer(text, dtype=np.uint8), **arrays}
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            np.savez_compressed(file, **members)
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        reason = (error.strerror or "it cannot be written").lower()
        raise BoundaryError(f"{path} could not be written: {reason}.") from None


def read_ensemble(path: Path) -> Ensemble:
    """Return the ensemble of a file.

    Raises
    ------
    UnreadableEnsemble
        When the file cannot be read, is damaged, too large, or holds something else.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableEnsemble("it is not a file.", path.name)
        with zipfile.ZipFile(path) as archive:
            arrays = _arrays(archive, path.name)
        about = arrays.pop(ABOUT, None)
        record = {} if about is None else json.loads(about.astype(np.uint8).tobytes())
        if not isinstance(record, dict):
            raise UnreadableEnsemble("its description is no object.", path.name)
        ensemble = Ensemble.from_record(record, arrays)
    except UnreadableEnsemble:
        raise
    except BoundaryError as error:
        raise UnreadableEnsemble(str(error), path.name) from None
    except OSError as error:
        reason = (error.strerror or "it is damaged").lower()
        raise UnreadableEnsemble(f"it cannot be read ({reason}).", path.name) from None
    except DAMAGES as error:
        what = "no NPZ file" if isinstance(error, zipfile.BadZipFile) else "damaged"
        raise UnreadableEnsemble(f"it is {what}.", path.name) from None
    return ensemble if ensemble.name else ensemble.renamed(path.stem)


def _arrays(archive: zipfile.ZipFile, source: str) -> dict[str, npt.NDArray[Any]]:
    members = {each.filename.removesuffix(".npy"): each for each in archive.infolist()}
    known = {name: members[name] for name in (*ARRAYS, ABOUT) if name in members}
    if sum(each.file_size for each in known.values()) > MOST_BYTES:
        raise UnreadableEnsemble(f"it holds more than {MOST_BYTES // 2**20} MiB.", source)
    found = {}
    for name, member in known.items():
        with archive.open(member) as file:
            _check_header(file, member.file_size, f"{name} in {source}")
        with archive.open(member) as file:
            found[name] = np.lib.format.read_array(file, allow_pickle=False)
    return found


def _check_header(file: IO[bytes], size: int, where: str) -> None:
    """Refuse an array that says to be larger than the bytes there are, before it is allocated."""
    version = np.lib.format.read_magic(file)
    read = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, _order, kind = read(file)
    if kind.hasobject or kind.kind not in "iufb" or prod(shape) * kind.itemsize > size:
        raise UnreadableEnsemble("it is no array of numbers, or not all of it is there.", where)
