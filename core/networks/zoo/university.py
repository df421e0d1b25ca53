"""The running example of Koller and Friedman."""

from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from core.networks.zoo.example import Example, node


def student() -> NetworkSubject:
    """Return the net of a student's grade, test score and letter of recommendation."""
    nodes = [
        node("Difficulty", ("d0", "d1"), [], [0.6, 0.4], (-110, 0)),
        node("Intelligence", ("i0", "i1"), [], [0.7, 0.3], (110, 0)),
        node(
            "Grade",
            ("g1", "g2", "g3"),
            ["Intelligence", "Difficulty"],
            [[[0.3, 0.4, 0.3], [0.05, 0.25, 0.7]], [[0.9, 0.08, 0.02], [0.5, 0.3, 0.2]]],
            (0, 150),
        ),
        node("SAT", ("s0", "s1"), ["Intelligence"], [[0.95, 0.05], [0.2, 0.8]], (220, 150)),
        node("Letter", ("l0", "l1"), ["Grade"], [[0.1, 0.9], [0.4, 0.6], [0.99, 0.01]], (0, 300)),
    ]
    return NetworkSubject(BayesNet(nodes, "student"))


STUDENT = Example(
    "student",
    "Student",
    "D. Koller and N. Friedman, Probabilistic Graphical Models (2009), figure 3.4.",
    "Observe Grade = g3 and compare Intelligence before and after SAT = s1 is observed too.",
    student,
)
