"""Two small nets in which causes compete to explain what is seen."""

from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from core.networks.zoo.example import Example, node

_TRUTH = ("true", "false")


def sprinkler() -> NetworkSubject:
    """Return the net of the wet grass: clouds, a sprinkler, rain."""
    nodes = [
        node("Cloudy", _TRUTH, [], [0.5, 0.5], (0, 0)),
        node("Sprinkler", _TRUTH, ["Cloudy"], [[0.1, 0.9], [0.5, 0.5]], (-110, 140)),
        node("Rain", _TRUTH, ["Cloudy"], [[0.8, 0.2], [0.2, 0.8]], (110, 140)),
        node(
            "WetGrass",
            _TRUTH,
            ["Sprinkler", "Rain"],
            [[[0.99, 0.01], [0.9, 0.1]], [[0.9, 0.1], [0.0, 1.0]]],
            (0, 280),
        ),
    ]
    return NetworkSubject(BayesNet(nodes, "sprinkler"))


def burglary_alarm() -> NetworkSubject:
    """Return the net of the burglar alarm and the two neighbours."""
    nodes = [
        node("Burglary", _TRUTH, [], [0.001, 0.999], (-110, 0)),
        node("Earthquake", _TRUTH, [], [0.002, 0.998], (110, 0)),
        node(
            "Alarm",
            _TRUTH,
            ["Burglary", "Earthquake"],
            [[[0.95, 0.05], [0.94, 0.06]], [[0.29, 0.71], [0.001, 0.999]]],
            (0, 140),
        ),
        node("JohnCalls", _TRUTH, ["Alarm"], [[0.9, 0.1], [0.05, 0.95]], (-110, 280)),
        node("MaryCalls", _TRUTH, ["Alarm"], [[0.7, 0.3], [0.01, 0.99]], (110, 280)),
    ]
    return NetworkSubject(BayesNet(nodes, "burglary-alarm"))


SPRINKLER = Example(
    "sprinkler",
    "Sprinkler",
    "S. Russell and P. Norvig, Artificial Intelligence: A Modern Approach (1995), after J. Pearl.",
    "Observe WetGrass = true, then Rain = true, and watch the rain explain the sprinkler away.",
    sprinkler,
)

BURGLARY_ALARM = Example(
    "burglary-alarm",
    "Burglary alarm",
    "J. Pearl, Probabilistic Reasoning in Intelligent Systems (1988); numbers of S. Russell and "
    "P. Norvig, Artificial Intelligence: A Modern Approach (1995).",
    "Let both neighbours call, then observe Earthquake = true: the burglary is unlikely again.",
    burglary_alarm,
)
