"""The conditional tables as inference takes them: every column sums to exactly one.

Files often miss 1 by up to 3e-7, and a table being typed misses it by more. The net keeps what was
given; inference divides each column by its sum, so that the answer never depends on which engine,
or which pruning, was used.
"""

import numpy as np

from core.networks.errors import TableError
from core.networks.model import BayesNet, Table


def normalised_columns(net: BayesNet, name: str) -> Table:
    """Return P(name | parents) with every column divided by its sum.

    Raises
    ------
    TableError
        When a column holds only zeros; the sentence names the node and the configuration.
    """
    table = net[name].table
    peak = table.max(axis=-1, keepdims=True)
    if (peak <= 0).any():
        raise TableError(_empty_column_sentence(net, name, peak[..., 0] <= 0))
    scaled = table / peak
    result: Table = scaled / scaled.sum(axis=-1, keepdims=True)
    return result


def _empty_column_sentence(net: BayesNet, name: str, empty: np.ndarray) -> str:
    node = net[name]
    if not node.parents:
        return f"The table of {name} holds only zeros; give at least one state a probability."
    index = np.argwhere(empty)[0]
    where = ", ".join(
        f"{parent} = {net[parent].states[int(i)]}"
        for parent, i in zip(node.parents, index, strict=True)
    )
    return (
        f"The table of {name} holds only zeros in the column {where}; "
        "give at least one state a probability there."
    )
