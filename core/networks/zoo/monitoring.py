"""A net of 37 nodes that reads the monitors of a patient on a ventilator.

Structure and numbers are our own, made for this program, and no medical advice. It has the size of
the ALARM net (I. A. Beinlich, H. J. Suermondt, R. M. Chavez and G. F. Cooper, 1989): 37 nodes and
46 arcs, with faults and settings above, the state of the body in between, and readings below.

Tables of graded nodes are discretised normal distributions: every parent's state adds its effect
to a centre, and a state is the less likely the further it lies from that centre.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np

from core.networks.model import BayesNet, Node, Table
from core.networks.subject import NetworkSubject
from core.networks.zoo.example import Example, node

_FAULT = ("no", "yes")
_LEVELS = ("low", "normal", "high")
_FLOW = ("none", "low", "normal", "high")

Effects = Sequence[tuple[str, Sequence[float]]]

# name, states, probabilities
_CAUSES: list[tuple[str, tuple[str, ...], Sequence[float]]] = [
    ("Haemorrhage", _FAULT, (0.96, 0.04)),
    ("FluidsGiven", ("little", "adequate", "much"), (0.1, 0.8, 0.1)),
    ("HeartFailure", _FAULT, (0.93, 0.07)),
    ("Sepsis", _FAULT, (0.9, 0.1)),
    ("AllergicReaction", _FAULT, (0.99, 0.01)),
    ("Pain", _FAULT, (0.75, 0.25)),
    ("Sedation", ("light", "adequate", "deep"), (0.2, 0.65, 0.15)),
    ("LungInjury", _FAULT, (0.85, 0.15)),
    ("TubePosition", ("correct", "one_lung", "oesophagus"), (0.95, 0.04, 0.01)),
    ("TubeKinked", _FAULT, (0.97, 0.03)),
    ("CircuitLeak", _FAULT, (0.96, 0.04)),
    ("VolumeSetting", _LEVELS, (0.05, 0.9, 0.05)),
    ("OxygenSetting", _LEVELS, (0.05, 0.8, 0.15)),
    ("LineDamped", _FAULT, (0.95, 0.05)),
    ("OximeterDisplaced", _FAULT, (0.94, 0.06)),
    ("CardiogramNoise", _FAULT, (0.95, 0.05)),
    ("SamplingBlocked", _FAULT, (0.97, 0.03)),
]

# name, states, centre of the distribution without effects, spread, effects of the parents
_GRADED: list[tuple[str, tuple[str, ...], float, float, Effects]] = [
    (
        "BloodVolume",
        _LEVELS,
        1.0,
        0.35,
        [("Haemorrhage", (0, -1.2)), ("FluidsGiven", (-0.6, 0, 0.8))],
    ),
    ("VascularTone", _LEVELS, 1.05, 0.35, [("Sepsis", (0, -0.9)), ("AllergicReaction", (0, -1.2))]),
    (
        "LungVentilation",
        _FLOW,
        0.0,
        0.3,
        [("DeliveredVolume", (0, 1, 2, 3)), ("TubePosition", (0, -0.7, -3))],
    ),
    (
        "DeliveredVolume",
        _FLOW,
        0.0,
        0.3,
        [("VolumeSetting", (1, 2, 3)), ("TubeKinked", (0, -1.4)), ("CircuitLeak", (0, -0.9))],
    ),
    (
        "Shunt",
        ("small", "large"),
        0.0,
        0.35,
        [("LungInjury", (0, 0.8)), ("TubePosition", (0, 0.8, 0.3))],
    ),
    (
        "BloodOxygen",
        _LEVELS,
        0.5,
        0.35,
        [
            ("LungVentilation", (-1.5, -0.5, 0.4, 0.5)),
            ("OxygenSetting", (-0.6, 0.1, 0.7)),
            ("Shunt", (0, -0.9)),
        ],
    ),
    (
        "BloodCarbonDioxide",
        _LEVELS,
        1.0,
        0.3,
        [("LungVentilation", (1.5, 0.9, 0, -0.9)), ("Sepsis", (0, 0.3))],
    ),
    (
        "StressResponse",
        ("low", "raised"),
        0.0,
        0.4,
        [("Pain", (0, 0.8)), ("Sedation", (0.4, 0, -0.5)), ("BloodCarbonDioxide", (0, 0.05, 0.6))],
    ),
    (
        "StrokeVolume",
        _LEVELS,
        0.0,
        0.35,
        [("BloodVolume", (0.1, 1, 1.6)), ("HeartFailure", (0, -0.9))],
    ),
    (
        "HeartRate",
        _LEVELS,
        0.95,
        0.35,
        [("StressResponse", (0, 0.8)), ("BloodVolume", (0.7, 0, -0.1)), ("Sepsis", (0, 0.7))],
    ),
    (
        "CardiacOutput",
        _LEVELS,
        0.0,
        0.3,
        [("StrokeVolume", (0, 0.75, 1.4)), ("HeartRate", (-0.4, 0.25, 0.7))],
    ),
    (
        "BloodPressure",
        _LEVELS,
        -0.5,
        0.3,
        [("CardiacOutput", (0, 0.75, 1.4)), ("VascularTone", (0, 0.75, 1.3))],
    ),
    (
        "PressureReading",
        _LEVELS,
        0.0,
        0.25,
        [("BloodPressure", (0, 1, 2)), ("LineDamped", (0, -0.8))],
    ),
    (
        "HeartRateReading",
        _LEVELS,
        0.0,
        0.25,
        [("HeartRate", (0, 1, 2)), ("CardiogramNoise", (0, 0.7))],
    ),
    (
        "OximeterReading",
        _LEVELS,
        0.0,
        0.25,
        [("BloodOxygen", (0, 1, 2)), ("OximeterDisplaced", (0, -1.2))],
    ),
    (
        "ExpiredCarbonDioxide",
        ("none", "low", "normal", "high"),
        0.0,
        0.3,
        [
            ("BloodCarbonDioxide", (1, 2, 3)),
            ("LungVentilation", (-3, -0.3, 0, 0)),
            ("SamplingBlocked", (0, -2.5)),
        ],
    ),
    (
        "AirwayPressure",
        _LEVELS,
        0.0,
        0.3,
        [
            ("DeliveredVolume", (0, 0.4, 0.9, 1.6)),
            ("TubeKinked", (0, 1.5)),
            ("LungInjury", (0, 0.5)),
        ],
    ),
    (
        "ExpiredVolume",
        _FLOW,
        0.0,
        0.25,
        [("DeliveredVolume", (0, 1, 2, 3)), ("CircuitLeak", (0, -0.6))],
    ),
    (
        "VenousPressure",
        _LEVELS,
        0.0,
        0.35,
        [("BloodVolume", (0, 1, 1.8)), ("HeartFailure", (0, 0.8))],
    ),
    (
        "Lactate",
        ("normal", "raised"),
        0.0,
        0.35,
        [("CardiacOutput", (0.8, 0, 0)), ("BloodOxygen", (0.6, 0, 0))],
    ),
]

# centres on the canvas, row by row, in an order in which few arcs cross
_PLACES = {
    "TubeKinked": (80, 0),
    "VolumeSetting": (305, 0),
    "CircuitLeak": (530, 0),
    "TubePosition": (-355, 140),
    "LungInjury": (-115, 140),
    "DeliveredVolume": (255, 140),
    "OximeterDisplaced": (-880, 280),
    "OxygenSetting": (-655, 280),
    "Shunt": (-405, 280),
    "LungVentilation": (-180, 280),
    "AirwayPressure": (55, 280),
    "Sepsis": (280, 280),
    "AllergicReaction": (495, 280),
    "ExpiredVolume": (720, 280),
    "BloodOxygen": (-730, 420),
    "Sedation": (-490, 420),
    "Pain": (-260, 420),
    "BloodCarbonDioxide": (-35, 420),
    "SamplingBlocked": (190, 420),
    "Haemorrhage": (410, 420),
    "FluidsGiven": (640, 420),
    "VascularTone": (880, 420),
    "StressResponse": (-200, 560),
    "ExpiredCarbonDioxide": (35, 560),
    "BloodVolume": (365, 560),
    "HeartFailure": (590, 560),
    "OximeterReading": (-805, 700),
    "CardiogramNoise": (-115, 700),
    "HeartRate": (110, 700),
    "VenousPressure": (340, 700),
    "StrokeVolume": (575, 700),
    "HeartRateReading": (-5, 840),
    "CardiacOutput": (250, 840),
    "Lactate": (-240, 980),
    "LineDamped": (340, 980),
    "BloodPressure": (565, 980),
    "PressureReading": (450, 1120),
}


def monitoring() -> NetworkSubject:
    """Return the net of the intensive-care monitor."""
    nodes: list[Node] = [
        node(name, states, [], prior, _PLACES[name]) for name, states, prior in _CAUSES
    ]
    for name, states, start, spread, effects in _GRADED:
        parents = [parent for parent, _ in effects]
        table = _graded_table(len(states), start, spread, [effect for _, effect in effects])
        nodes.append(node(name, states, parents, table, _PLACES[name]))
    return NetworkSubject(BayesNet(nodes, "monitoring"))


def _graded_table(
    size: int, start: float, spread: float, effects: Sequence[Sequence[float]]
) -> Table:
    """Return discretised normal distributions, rounded to three decimals."""
    table = np.empty([*map(len, effects), size])
    levels = np.arange(size)
    for states in product(*(range(len(effect)) for effect in effects)):
        shift = sum(effect[state] for effect, state in zip(effects, states, strict=True))
        centre = min(max(start + shift, 0.0), size - 1.0)
        weights = np.exp(-0.5 * ((levels - centre) / spread) ** 2)
        column = np.round(weights / weights.sum(), 3)
        column[column.argmax()] += 1.0 - column.sum()
        table[states] = np.round(column, 3)
    return table


MONITORING = Example(
    "monitoring",
    "Intensive-care monitor",
    "Our own making, in the size of the ALARM net of I. A. Beinlich and others (1989); the numbers "
    "are plausible, but no medical advice.",
    "Observe OximeterReading = low, then see which further reading best tells a displaced sensor "
    "from a patient short of oxygen.",
    monitoring,
)
