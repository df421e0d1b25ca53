"""Two nets of medical diagnosis."""

from core.networks.model import BayesNet, Node
from core.networks.subject import NetworkSubject
from core.networks.tables import from_function
from core.networks.zoo.example import Example, node

_ANSWER = ("yes", "no")

_ILLNESSES = ("none", "cold", "influenza", "hayfever")
_PRIOR = (0.86, 0.08, 0.02, 0.04)
_SYMPTOMS = {  # the symptom's states, then one row for each illness
    "Fever": (
        ("none", "mild", "high"),
        (0.97, 0.025, 0.005),
        (0.7, 0.25, 0.05),
        (0.08, 0.32, 0.6),
        (0.95, 0.04, 0.01),
    ),
    "Cough": (_ANSWER, (0.05, 0.95), (0.6, 0.4), (0.8, 0.2), (0.15, 0.85)),
    "Sneezing": (_ANSWER, (0.05, 0.95), (0.75, 0.25), (0.25, 0.75), (0.9, 0.1)),
    "SoreThroat": (_ANSWER, (0.03, 0.97), (0.6, 0.4), (0.5, 0.5), (0.1, 0.9)),
    "Headache": (_ANSWER, (0.1, 0.9), (0.35, 0.65), (0.8, 0.2), (0.25, 0.75)),
    "AchingLimbs": (_ANSWER, (0.04, 0.96), (0.15, 0.85), (0.85, 0.15), (0.05, 0.95)),
    "ItchingEyes": (_ANSWER, (0.03, 0.97), (0.1, 0.9), (0.05, 0.95), (0.8, 0.2)),
}


def chest_clinic() -> NetworkSubject:
    """Return the net of the chest clinic, known as Asia."""
    nodes = [
        node("asia", _ANSWER, [], [0.01, 0.99], (-220, 0)),
        node("smoke", _ANSWER, [], [0.5, 0.5], (110, 0)),
        node("tub", _ANSWER, ["asia"], [[0.05, 0.95], [0.01, 0.99]], (-220, 140)),
        node("lung", _ANSWER, ["smoke"], [[0.1, 0.9], [0.01, 0.99]], (0, 140)),
        node("bronc", _ANSWER, ["smoke"], [[0.6, 0.4], [0.3, 0.7]], (220, 140)),
        node(
            "either",
            _ANSWER,
            ["lung", "tub"],
            from_function((2, 2), 2, lambda states: min(states)),
            (-110, 280),
        ),
        node("xray", _ANSWER, ["either"], [[0.98, 0.02], [0.05, 0.95]], (-220, 420)),
        node(
            "dysp",
            _ANSWER,
            ["bronc", "either"],
            [[[0.9, 0.1], [0.8, 0.2]], [[0.7, 0.3], [0.1, 0.9]]],
            (55, 420),
        ),
    ]
    return NetworkSubject(BayesNet(nodes, "chest-clinic"))


def naive_bayes() -> NetworkSubject:
    """Return a naive Bayes classifier of common winter and summer complaints."""
    nodes: list[Node] = [node("Illness", _ILLNESSES, [], _PRIOR, (0, 0))]
    for index, (name, (states, *rows)) in enumerate(_SYMPTOMS.items()):
        across = (index - (len(_SYMPTOMS) - 1) / 2) * 235
        nodes.append(node(name, states, ["Illness"], rows, (across, 190)))
    return NetworkSubject(BayesNet(nodes, "naive-bayes"))


CHEST_CLINIC = Example(
    "chest-clinic",
    "Chest clinic",
    "S. L. Lauritzen and D. J. Spiegelhalter, Local computations with probabilities on graphical "
    "structures and their application to expert systems (1988).",
    "Observe dysp = yes and then asia = yes: bronchitis loses ground to tuberculosis.",
    chest_clinic,
)

NAIVE_BAYES = Example(
    "naive-bayes",
    "Naive Bayes",
    "The model of H. R. Warner, A. F. Toronto, L. G. Veasey and R. Stephenson, A mathematical "
    "approach to medical diagnosis (1961); the numbers are our own, no medical advice.",
    "Observe one symptom after another: each shifts the odds by a factor of its own.",
    naive_bayes,
)
