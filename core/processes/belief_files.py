"""Beliefs in files: a played cloud, the tree of words, a density, or the merged mixed states.

CSV for reading anywhere, NPZ with all digits in binary; both are written bit by bit, so that a
large cloud needs no more memory than a small one, and aside first, so that no half stands as the
whole.
"""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from core.processes.belief_tree import tree_levels
from core.processes.chaos_game import chaos_game
from core.processes.density import BeliefDensity
from core.processes.errors import ProcessError
from core.processes.mixed_states import mixed_states
from core.processes.model import HiddenMarkovModel
from core.progress import Progress

Array = npt.NDArray[Any]
Arrays = Iterator[tuple[str, tuple[int, ...], np.dtype, Iterable[Array]]]

SUFFIXES = (".csv", ".npz")
MOST_BELIEFS = 10**8
MOST_TEXT_BELIEFS = 10**7
"""Larger clouds would be gigabytes of text."""
CSV_ROWS = 4096


def write_cloud(
    path: Path,
    model: HiddenMarkovModel,
    points: int,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> None:
    """Write beliefs drawn by the chaos game, with the symbol that led to each."""
    is_text = _is_text(path)
    most = MOST_TEXT_BELIEFS if is_text else MOST_BELIEFS
    if points > most:
        raise ProcessError(f"A cloud in {path.suffix} holds at most {most:,} beliefs.")
    game = chaos_game(model, seed=seed)
    from core.processes import kernels_chaos_game as kernels

    led_by = np.empty(points, np.int32)

    def blocks() -> Iterator[Array]:
        """Play the game and yield its beliefs, noting the symbols that led to them."""
        out, symbols = np.empty((game.n, game.block)), np.empty(game.block, np.int32)
        eta, generators = game.starts.copy(), game.generators(1)
        for start in range(0, points, game.block):
            if progress is not None:
                progress.report(start / points, f"Writing {path.name}")
            kernels.advance(*game.edges(), eta, generators, out, symbols)
            stop = min(start + game.block, points)
            led_by[start:stop] = symbols[: stop - start]
            yield out[:, : stop - start].T

    if is_text:
        done = 0

        def rows() -> Iterator[list[object]]:
            """Yield the beliefs, each with its symbol, line by line."""
            nonlocal done
            for block in blocks():
                for belief in block.tolist():
                    yield [*belief, model.alphabet[led_by[done]]]
                    done += 1

        _write_csv(path, [*map(_probability_of, model.states), "symbol"], rows(), None)
        return

    def arrays() -> Arrays:
        """Yield the arrays of the file, each in the parts it is made in."""
        yield "beliefs", (points, game.n), np.dtype(np.float64), blocks()
        yield _whole("symbols", led_by)
        yield from _names(model)

    _write_npz(path, arrays())


def write_tree(
    path: Path, model: HiddenMarkovModel, depth: int, *, progress: Progress | None = None
) -> None:
    """Write every word of up to `depth` symbols with its probability and the belief after it."""
    levels = list(tree_levels(model, depth, progress=progress))
    if _is_text(path):
        between = "" if all(len(symbol) == 1 for symbol in model.alphabet) else " "
        rows = (
            [level.length, between.join(level.word(node)), weight, *belief]
            for level in levels
            for node, (weight, belief) in enumerate(
                zip(level.weights.tolist(), level.beliefs.tolist(), strict=True)
            )
        )
        header = ["length", "word", "probability", *map(_probability_of, model.states)]
        _write_csv(path, header, rows, progress)
        return

    def arrays() -> Arrays:
        """Yield the arrays of the file, each in the parts it is made in."""
        words = sum(len(level) for level in levels)
        yield "beliefs", (words, model.n), np.dtype(np.float64), (v.beliefs for v in levels)
        yield "probability", (words,), np.dtype(np.float64), (v.weights for v in levels)
        yield _whole("length", np.repeat(np.arange(len(levels)), [len(v) for v in levels]))
        codes = [np.arange(len(v)) if v.codes is None else v.codes for v in levels]
        yield _whole("code", np.concatenate(codes))
        yield from _names(model)

    _write_npz(path, arrays())


def write_density(path: Path, density: BeliefDensity) -> None:
    """Write the occupied pixels of a density, or in NPZ all of them, with their place."""
    left, bottom, right, top = density.window
    height, width = density.shape
    x = left + (np.arange(width) + 0.5) / width * (right - left)
    y = top - (np.arange(height) + 0.5) / height * (top - bottom)
    if height == 1:
        y = np.zeros(1)
    measure = density.measure
    if _is_text(path):
        at = np.nonzero(density.counts)
        columns = (x[at[1]], y[at[0]], density.counts[at], measure[at])
        rows = zip(*(column.tolist() for column in columns), strict=True)
        _write_csv(path, ["x", "y", "count", "probability"], rows, None)
        return
    whole: dict[str, Array] = {
        "counts": density.counts,
        "probability": measure,
        "x": x,
        "y": y,
        "window": np.array(density.window),
        "vertices": density.projection.vertices,
        "drawn": np.array(density.drawn),
    }
    _write_npz(path, (_whole(name, array) for name, array in whole.items()))


def write_mixed_states(
    path: Path,
    model: HiddenMarkovModel,
    *,
    tolerance: float = 1e-10,
    max_states: int = 10_000,
    progress: Progress | None = None,
) -> None:
    """Write the merged beliefs, which recur, and where each symbol leads with what probability."""
    found = mixed_states(model, tolerance=tolerance, max_states=max_states, progress=progress)
    if _is_text(path):
        header = ["number", "recurrent", "depth", *map(_probability_of, model.states)]
        header += [f"{what}({x})" for x in model.alphabet for what in ("next", "Pr")]
        rows = (
            [
                i,
                int(found.recurrent[i]),
                int(found.depth[i]),
                *found.beliefs[i].tolist(),
                *(
                    value
                    for j, p in zip(
                        found.next[i].tolist(), found.probability[i].tolist(), strict=True
                    )
                    for value in (j, p)
                ),
            ]
            for i in range(found.size)
        )
        _write_csv(path, header, rows, progress)
        return

    def arrays() -> Arrays:
        """Yield the arrays of the file, each in the parts it is made in."""
        for name in ("beliefs", "recurrent", "depth", "next", "probability"):
            yield _whole(name, getattr(found, name))
        yield from _names(model)

    _write_npz(path, arrays())


def _is_text(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in SUFFIXES:
        raise ProcessError(f"{path.name} has an ending for no numbers; use .csv or .npz.")
    return ending == ".csv"


def _probability_of(state: str) -> str:
    return f"Pr({state})"


def _names(model: HiddenMarkovModel) -> Arrays:
    yield _whole("states", np.array(model.states))
    yield _whole("alphabet", np.array(model.alphabet))


def _whole(name: str, array: Array) -> tuple[str, tuple[int, ...], np.dtype, Iterable[Array]]:
    return name, array.shape, array.dtype, (array,)


def _write_csv(
    path: Path, header: list[str], rows: Iterable[Iterable[object]], progress: Progress | None
) -> None:
    def write(file: BinaryIO) -> None:
        """Write to the file that takes the place of the old one when it is whole."""
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        for number, row in enumerate(rows):
            if progress is not None and number % CSV_ROWS == 0:
                progress.check()
            writer.writerow(row)
        text.flush()
        text.detach()

    _write_aside(path, write)


def _write_npz(path: Path, arrays: Arrays) -> None:
    def write(file: BinaryIO) -> None:
        """Write to the file that takes the place of the old one when it is whole."""
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for name, shape, dtype, parts in arrays:
                # A date of its own keeps equal contents equal byte by byte.
                entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
                with archive.open(entry, "w", force_zip64=True) as member:
                    head = {
                        "descr": np.lib.format.dtype_to_descr(dtype),
                        "fortran_order": False,
                        "shape": shape,
                    }
                    np.lib.format.write_array_header_1_0(member, head)
                    for part in parts:
                        member.write(np.ascontiguousarray(part, dtype=dtype).tobytes())

    _write_aside(path, write)


def _write_aside(path: Path, write: Callable[[BinaryIO], None]) -> None:
    with _reported(path):
        aside = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
        try:
            with aside.open("wb") as file:
                write(file)
            os.replace(aside, path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise ProcessError(f"{path} could not be written: {reason}.") from error
