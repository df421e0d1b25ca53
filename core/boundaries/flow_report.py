"""What is told of a boundary as plain JSON; where there is no number there is null."""

from typing import Any

import numpy as np

from core.boundaries.flow_result import BoundaryFlow, Curve, FlowCurve

AGGREGATES = ("sum", "mean", "max")


def flow_report(flow: BoundaryFlow) -> dict[str, Any]:
    """Return Infil, Exfil and the rest of a flow, in bits, as JSON can say it."""
    curves = {
        "infil": flow.infil,
        "exfil": flow.exfil,
        "static_blanket": flow.static_blanket,
    }
    exact = {name: _numbers(curve) for name, curve in flow.exact.items()}
    return {
        "lag": flow.lag,
        "times": flow.times.tolist(),
        **{name: _curve(curve) for name, curve in curves.items()},
        "H_E_given_VAP": _numbers(flow.entropies["H(E|V,A,P)"]),
        "H_V_given_APE": _numbers(flow.entropies["H(V|A,P,E)"]),
        "entropies": {name: _numbers(curve) for name, curve in flow.entropies.items()},
        "null": {name: curve.mean.null_mean for name, curve in curves.items()},
        "p": {name: curve.mean.p for name, curve in curves.items()},
        "controls": {
            name: {"infil": _numbers(inwards), "exfil": _numbers(outwards)}
            for name, (inwards, outwards) in flow.controls.items()
        },
        "N": flow.samples,
        "effective_N": flow.effective_samples,
        "joint_states": flow.occupied,
        "feature_dimension": flow.feature_dimension,
        "symbols": flow.symbols,
        "estimator": flow.settings.estimator,
        "shuffles": flow.settings.shuffles,
        "warnings": list(flow.warnings),
        **({"exact": exact} if exact else {}),
    }


def _curve(curve: FlowCurve) -> dict[str, Any]:
    aggregates = {name: getattr(curve, name) for name in AGGREGATES}
    return {
        "formula": curve.formula,
        "per_step": _numbers(curve.per_step),
        **{name: each.value for name, each in aggregates.items()},
        "intervals": {name: [each.low, each.high] for name, each in aggregates.items()},
        "plug_in": _numbers(curve.plug_in),
        "miller_madow": _numbers(curve.plug_in - curve.bias),
        "null_mean": _numbers(curve.null_mean),
        "null_high": _numbers(curve.null_high),
        "z": _numbers(curve.z),
        "p": _numbers(curve.p),
        "low": _numbers(curve.low),
        "high": _numbers(curve.high),
    }


def _numbers(curve: Curve) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in curve]
