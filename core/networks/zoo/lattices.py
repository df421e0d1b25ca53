"""A picture of black and white cells in which neighbours tend to agree."""

from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from core.networks.zoo.example import Example, node

SIDE = 6

_COLOURS = ("black", "white")
_CORNER = [0.5, 0.5]
_EDGE = [[0.85, 0.15], [0.15, 0.85]]
_INSIDE = [[[0.95, 0.05], [0.5, 0.5]], [[0.5, 0.5], [0.05, 0.95]]]


def lattice() -> NetworkSubject:
    """Return a square lattice of cells A1 to F6, with arcs rightwards and downwards."""
    nodes = []
    for row in range(SIDE):
        for column in range(SIDE):
            parents = []
            if column:
                parents.append(_cell(row, column - 1))
            if row:
                parents.append(_cell(row - 1, column))
            table = (_CORNER, _EDGE, _INSIDE)[len(parents)]
            at = (column * 225, row * 120)
            nodes.append(node(_cell(row, column), _COLOURS, parents, table, at))
    return NetworkSubject(BayesNet(nodes, "lattice"))


def _cell(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


LATTICE = Example(
    "lattice",
    "Lattice",
    "K. Abend, T. J. Harley and L. N. Kanal, Classification of binary random patterns (1965): a "
    "Markov mesh; the numbers are our own.",
    "Observe a few cells as black or white and see the colours spread over the picture.",
    lattice,
)
