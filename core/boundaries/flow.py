"""Infil and Exfil of an ensemble: what passes a boundary but does not pass through it, in bits.

Infil is I(V', A'; E | V, A, P), Exfil I(E', P'; V | A, P, E), over trajectories at each time, and
then added up, averaged, or at its largest over times. Both 0 is a perfect boundary.

Source: Critch, Boundaries part 3a: Defining boundaries as directed Markov blankets (2022).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.errors import BoundaryError
from core.boundaries.flow_result import (
    Aggregate,
    BoundaryFlow,
    Curve,
    FlowCurve,
    FlowSettings,
)
from core.boundaries.flow_warnings import flow_warnings
from core.boundaries.known import exact_curves
from core.boundaries.resampling import (
    BLOCKS_PER_CORRELATION_TIME,
    MOST_DRAWN,
    correlation_time,
    resamples,
)
from core.boundaries.sources import (
    EXFIL,
    INFIL,
    MEMORY,
    STATIC,
    Floats,
    Moment,
    Question,
    Sample,
    Source,
    Swap,
    source_of,
)
from core.progress import Progress

LEAST_SAMPLES = 2
CURVES = ("Infil", "Exfil", "the static blanket", "controls")
CONTROL_SHUFFLES = 20
TIE = 1e-12
"""Estimates that differ by less are the same number."""


@dataclass(frozen=True, eq=False, slots=True)
class _Work:
    """What all estimates of one flow share."""

    source: Source
    moments: tuple[Moment, ...]
    trajectories: int
    block: int
    settings: FlowSettings
    progress: Progress


def infil_exfil(
    ensemble: Ensemble,
    settings: FlowSettings | None = None,
    progress: Progress | None = None,
) -> BoundaryFlow:
    """Return what passes the boundary of an ensemble, and how sure one can be of it.

    Raises
    ------
    BoundaryError
        When there are too few trajectories, or no time one lag after the first.
    """
    settings = settings or FlowSettings()
    progress = progress or Progress()
    lag = settings.lag or ensemble.lag
    moments = _moments(ensemble, lag, settings.is_pooled)
    remembered = correlation_time(ensemble) if settings.is_pooled else 1.0
    times = moments[0].times.stop - moments[0].times.start
    block = min(times, int(np.ceil(BLOCKS_PER_CORRELATION_TIME * remembered)))
    source = source_of(ensemble, settings, progress)
    work = _Work(source, moments, ensemble.trajectories, block, settings, progress)
    infil = _curve(work, INFIL, 0)
    exfil = _curve(work, EXFIL, 1)
    static = _curve(work, STATIC, 2)
    entropies, occupied = _entropies(work)
    samples = ensemble.trajectories * times
    flow = BoundaryFlow(
        times=ensemble.times[[each.times.start for each in moments]],
        lag=lag,
        infil=infil,
        exfil=exfil,
        static_blanket=static,
        entropies=entropies,
        controls=_controls(work, ensemble.length),
        samples=samples,
        effective_samples=max(1.0, samples / remembered),
        occupied=occupied,
        feature_dimension={part: ensemble.features(part) for part in PARTS},
        symbols=dict(source.sizes),
        warnings=(),
        settings=settings,
        exact={} if settings.is_pooled else exact_curves(ensemble, len(moments), lag, progress),
    )
    progress.report(1.0)
    return replace(flow, warnings=flow_warnings(flow, ensemble))


def _moments(ensemble: Ensemble, lag: int, is_pooled: bool) -> tuple[Moment, ...]:
    if lag % ensemble.spacing:
        raise BoundaryError(
            f"The ensemble is told every {ensemble.spacing} generations; a lag of {lag} is none of "
            "their multiples."
        )
    apart = lag // ensemble.spacing
    count = ensemble.length - apart
    if count < 1:
        raise BoundaryError(
            f"The ensemble is told at {ensemble.length} times, none of them {lag} generations "
            "after another; ask for a smaller lag or for more steps."
        )
    if ensemble.trajectories * (count if is_pooled else 1) < LEAST_SAMPLES:
        raise BoundaryError(
            f"{ensemble.trajectories} trajectories are too few; there are at least "
            f"{LEAST_SAMPLES}, or as many times to be pooled."
        )
    if is_pooled:
        return (Moment(slice(0, count), apart),)
    return tuple(Moment(slice(time, time + 1), apart) for time in range(count))


def _curve(work: _Work, question: Question, number: int) -> FlowCurve:
    """Return one conditional mutual information with all that says how sure it is."""
    settings, count = work.settings, len(work.moments)
    plain, bias, bound = (np.empty(count) for _ in range(3))
    null = np.empty((count, settings.shuffles))
    again = np.empty((count, settings.resamples))
    for at, moment in enumerate(work.moments):
        done = (number + at / count) / len(CURVES)
        work.progress.report(done, f"Estimating {CURVES[number]}, time {at + 1:,} of {count:,}")
        sample = work.source.sample(question, moment)
        plain[at], bias[at] = sample.value, sample.bias
        bound[at] = sample.entropies()[0]
        random = np.random.default_rng([settings.seed, number, at])
        null[at] = sample.shuffled(random, settings.shuffles, work.progress)
        again[at] = _resampled(work, sample, moment)
    return _summary(question.formula, plain, bias, bound, null, again)


def _resampled(work: _Work, sample: Sample, moment: Moment) -> Floats:
    """Return the estimate from drawn trajectories, the same ones at every time.

    Where fewer are drawn than there are, it is brought as near to its mean as all of them are.
    """
    found = []
    times = moment.times.stop - moment.times.start
    for draws in resamples(
        work.trajectories, times, work.block, count=work.settings.resamples, seed=work.settings.seed
    ):
        work.progress.check()
        found.append(sample.resampled(draws))
    values = np.concatenate(found)
    share = min(1.0, MOST_DRAWN / (work.trajectories * times))
    nearer: Floats = values.mean() + (values - values.mean()) * np.sqrt(share)
    return nearer


def _summary(
    formula: str, plain: Curve, bias: Curve, bound: Curve, null: Floats, again: Floats
) -> FlowCurve:
    """Return the curve; intervals are what resampling spreads, put round the corrected value.

    Neither is cut off at 0: what is less than chance gives is shown as such, and an estimate lies
    in its own interval.
    """
    middle, spread = null.mean(axis=1), null.std(axis=1)
    corrected = plain - middle
    gap = np.where(spread > TIE, spread, np.inf)
    apart = again - again.mean(axis=1, keepdims=True)
    low, high = np.quantile(apart, (0.025, 0.975), axis=1) + corrected
    most = np.where(np.isnan(bound), np.inf, bound)

    def aggregate(how: Callable[..., Any]) -> Aggregate:
        value = float(how(corrected))
        by_chance = how(null - middle[:, None], axis=0)
        drawn = how(again - middle[:, None], axis=0)
        ends = np.quantile(drawn - drawn.mean(), (0.025, 0.975)) + value
        return Aggregate(
            value,
            float(ends[0]),
            float(ends[1]),
            float(how(null, axis=0).mean()),
            _p(value, by_chance),
        )

    return FlowCurve(
        formula=formula,
        per_step=corrected,
        plug_in=plain,
        bias=bias,
        null_mean=middle,
        null_high=np.quantile(null, 0.95, axis=1),
        z=(plain - middle) / gap,
        p=np.array([_p(value, row) for value, row in zip(plain, null, strict=True)]),
        low=np.minimum(low, most),
        high=np.minimum(high, most),
        bound=bound,
        sum=aggregate(np.sum),
        mean=aggregate(np.mean),
        max=aggregate(np.max),
    )


def _p(value: float, null: Floats) -> float:
    """Return the share of shuffles, with the data among them, that give as much."""
    return float((1 + np.count_nonzero(null >= value - TIE)) / (1 + len(null)))


def _entropies(work: _Work) -> tuple[dict[str, Curve], int]:
    """Return entropies at each time, and the most joint states that are occupied."""
    names = ("H(V)", "H(E)", "H(E|V,A,P)", "H(V|A,P,E)", "H(V',A'|V,A,P)", "H(E',P'|A,P,E)")
    rows, occupied = [], 0
    for moment in work.moments:
        work.progress.check()
        inwards = work.source.sample(INFIL, moment)
        outwards = work.source.sample(EXFIL, moment)
        occupied = max(occupied, inwards.occupied, outwards.occupied)
        of_inwards, of_outwards = inwards.entropies(), outwards.entropies()
        rows.append(
            (
                work.source.entropy(("V",), moment),
                work.source.entropy(("E",), moment),
                of_inwards[0],
                of_outwards[0],
                of_inwards[1],
                of_outwards[1],
                work.source.sample(MEMORY, moment).value,
            )
        )
    columns = np.array(rows).T
    return dict(zip((*names, "I(V';V)"), columns, strict=True)), occupied


def _controls(work: _Work, length: int) -> dict[str, tuple[Curve, Curve]]:
    """Return Infil and Exfil with the other side taken from another trajectory or time."""
    random = np.random.default_rng([work.settings.seed, len(CURVES)])
    swaps = {
        "exchanged": Swap(random.permutation(work.trajectories)),
        "shifted": Swap(np.arange(work.trajectories), max(1, length // 2)),
    }
    found = {}
    for number, (name, swap) in enumerate(swaps.items()):
        curves = np.full((2, len(work.moments)), np.nan)
        for at, moment in enumerate(work.moments):
            done = len(CURVES) - 1 + (number + at / len(work.moments)) / len(swaps)
            work.progress.report(done / len(CURVES), "Estimating controls")
            times = slice(max(moment.times.start, swap.shift), moment.times.stop)
            if times.start < times.stop:
                for row, question in enumerate((INFIL, EXFIL)):
                    sample = work.source.sample(question, Moment(times, moment.lag), swap)
                    null = sample.shuffled(random, CONTROL_SHUFFLES, work.progress)
                    curves[row, at] = sample.value - null.mean()
        found[name] = (curves[0], curves[1])
    return found
