"""Samples of a process in files: a line of text, a table, or arrays; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.progress import Progress

if TYPE_CHECKING:
    from core.processes.sampling import Sampler

PIECE = 2**16


def write_samples(
    model: HiddenMarkovModel,
    count: int,
    path: Path,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> None:
    """Write `count` symbols as the ending of the file says: .csv, .npz, or else text."""
    from core.processes.sampling import Sampler
    from core.processes.symbol_text import pieces_of_text

    sampler = Sampler(model, seed)
    ending = path.suffix.lower()
    aside = path.with_name(path.name + ".part")
    try:
        if ending == ".npz":
            _write_arrays(aside, model, sampler, count, progress)
        else:
            pieces = (
                _rows(model, sampler, count, progress)
                if ending == ".csv"
                else pieces_of_text(sampler.chunks(count, progress), model.alphabet)
            )
            with aside.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _drawn(
    sampler: Sampler, count: int, progress: Progress | None
) -> Iterator[tuple[np.ndarray, ...]]:
    done = 0
    while done < count:
        if progress is not None:
            progress.report(done / count, f"Drew {done:,} of {count:,} symbols")
        size = min(PIECE, count - done)
        yield sampler.draw(size)
        done += size


def _rows(
    model: HiddenMarkovModel, sampler: Sampler, count: int, progress: Progress | None
) -> Iterator[bytes]:
    symbols = [_cell(symbol) for symbol in model.alphabet]
    states = [_cell(state) for state in model.states]
    times = counting(1)
    yield b"time,symbol,state after\n"
    for drawn, after in _drawn(sampler, count, progress):
        rows = zip(drawn.tolist(), after.tolist(), times, strict=False)
        yield "".join(f"{t},{symbols[x]},{states[s]}\n" for x, s, t in rows).encode()


def _cell(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if any(sign in text for sign in ',"\n\r') else text


def _write_arrays(
    path: Path, model: HiddenMarkovModel, sampler: Sampler, count: int, progress: Progress | None
) -> None:
    drawn = list(_drawn(sampler, count, progress))
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            symbols=np.concatenate([symbols for symbols, _ in drawn]),
            states=np.concatenate([states for _, states in drawn]),
            alphabet=np.array(model.alphabet),
            state_names=np.array(model.states),
        )
