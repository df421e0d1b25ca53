"""One symbol for all features of a part, at every time of every trajectory.

Symbols are only renumbered, so that nothing is lost; real values are told in as many quantiles, or
in clusters of all features together. What symbols do not tell of V, A and P can look like flow.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import Ensemble, Series
from core.boundaries.flow_result import FlowSettings
from core.progress import Progress

Symbols = npt.NDArray[np.int64]

LARGEST_CODE = 2**62
FITTED = 20_000
"""Clusters are found among at most so many values."""

ROUNDS = 50
CHUNK = 2**16


def joint_symbols(
    ensemble: Ensemble, part: str, settings: FlowSettings, progress: Progress | None = None
) -> tuple[Symbols, int]:
    """Return the symbols of a part, int64[trajectories, times] from 0 on, and how many there are.

    Parameters
    ----------
    ensemble : Ensemble
    part : str
        V, A, P or E; one without features has the symbol 0 alone.
    settings : FlowSettings
        Tells how real values become symbols.
    """
    series = ensemble.part(part)
    rows = series.reshape(series.shape[0] * series.shape[1], series.shape[2])
    if series.dtype.kind == "f" and rows.shape[1] and settings.way == "clusters":
        clusters = _clusters(rows, settings.symbols, settings.seed, progress)
        symbols, count = merged([clusters])
    elif series.dtype.kind == "f":
        symbols, count = merged(_quantiles(rows, settings.symbols, progress), len(rows))
    else:
        symbols, count = merged([column.astype(np.int64) for column in rows.T], len(rows))
    return symbols.reshape(series.shape[:2]), count


def merged(columns: Sequence[Symbols], length: int = 0) -> tuple[Symbols, int]:
    """Return one number from 0 on for each different row of some columns, and how many there are.

    Rows that are less come first. Without columns all rows are alike.
    """
    codes = np.zeros(len(columns[0]) if columns else length, dtype=np.int64)
    count = 1
    for column in columns:
        low, high = int(column.min()), int(column.max())
        if high - low >= LARGEST_CODE // (len(column) + 1):
            column, kinds = dense(column)
        else:
            column, kinds = column - low, high - low + 1
        if count * kinds >= LARGEST_CODE:
            codes, count = dense(codes, count)
        codes, count = codes * kinds + column, count * kinds
    return dense(codes, count)


def dense(codes: Symbols, below: int = LARGEST_CODE) -> tuple[Symbols, int]:
    """Return codes renumbered from 0 on without gaps in their order, and how many there are.

    Parameters
    ----------
    codes : int64[n]
        From 0 on, or anything where `below` is not given.
    below : int
        Where it is small the codes are counted rather than sorted.
    """
    if below <= max(4 * len(codes), 1024):
        occurs = np.bincount(codes, minlength=below) > 0
        return (np.cumsum(occurs) - 1)[codes], int(occurs.sum())
    kinds, symbols = np.unique(codes, return_inverse=True)
    return symbols.reshape(codes.shape).astype(np.int64), len(kinds)


def _quantiles(rows: Series, symbols: int, progress: Progress | None) -> list[Symbols]:
    levels = np.arange(1, symbols) / symbols
    columns = []
    for number, column in enumerate(rows.T):
        if progress is not None:
            progress.report(number / len(rows.T), "Telling real values in symbols")
        edges = np.unique(np.quantile(column, levels))
        columns.append(np.searchsorted(edges, column, side="left").astype(np.int64))
    return columns


def _clusters(rows: Series, count: int, seed: int, progress: Progress | None) -> Symbols:
    """Return the nearest of `count` means, found by Lloyd's algorithm from spread-out starts.

    Sources: Lloyd, Least squares quantization in PCM (1982); Arthur and Vassilvitskii, k-means++
    (2007).
    """
    spread = rows.std(axis=0)
    scaled = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    random = np.random.default_rng([seed, len(rows)])
    chosen = random.choice(len(scaled), min(FITTED, len(scaled)), replace=False)
    fitted = scaled[np.sort(chosen)]
    means = _first_means(fitted, count, random)
    for round_number in range(ROUNDS):
        if progress is not None:
            progress.report(round_number / ROUNDS, "Finding clusters")
        nearest = _nearest(fitted, means)
        sizes = np.bincount(nearest, minlength=len(means))
        sums = np.stack(
            [np.bincount(nearest, column, minlength=len(means)) for column in fitted.T], axis=1
        )
        better = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], means)
        if np.array_equal(better, means):
            break
        means = better
    return np.concatenate(
        [_nearest(scaled[at : at + CHUNK], means) for at in range(0, len(scaled), CHUNK)]
    )


def _first_means(values: Series, count: int, random: np.random.Generator) -> Series:
    means = [values[random.integers(len(values))]]
    away = ((values - means[0]) ** 2).sum(axis=1)
    while len(means) < count and away.max() > 0:
        means.append(values[random.choice(len(values), p=away / away.sum())])
        away = np.minimum(away, ((values - means[-1]) ** 2).sum(axis=1))
    return np.array(means)


def _nearest(values: Series, means: Series) -> Symbols:
    away = (means**2).sum(axis=1) - 2.0 * values @ means.T
    nearest: Symbols = away.argmin(axis=1).astype(np.int64)
    return nearest
