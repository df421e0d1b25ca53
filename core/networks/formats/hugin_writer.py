"""Writing a net as Hugin .net, so that reading it back gives the same net to the last bit."""

from core.networks.formats.hugin_lexer import escaped
from core.networks.formats.hugin_look import RESERVED, look_lines
from core.networks.formats.identifiers import identifiers
from core.networks.model import BayesNet, Node


def hugin_text(net: BayesNet) -> str:
    """Return `net` as the text of a .net file.

    Nodes get identifiers where their names are none; the name is the label. Numbers are nested in
    parentheses, one level for each parent, with a line for each column.
    """
    ids = dict(zip(net.names, identifiers(net.names, RESERVED), strict=True))
    parts = [f"net\n{{\n    name = {escaped(net.name)};\n    node_size = (80 40);\n}}\n"]
    parts += [_node(ids[node.name], node) for node in net]
    parts += [_potential(ids, node) for node in net]
    return "".join(parts)


def _node(id: str, node: Node) -> str:
    states = " ".join(map(escaped, node.states))
    lines = [f"states = ({states});", *look_lines(id, node)]
    body = "".join(f"    {line}\n" for line in lines)
    return f"\nnode {id}\n{{\n{body}}}\n"


def _potential(ids: dict[str, str], node: Node) -> str:
    parents = "".join(f" {ids[parent]}" for parent in node.parents)
    head = f"{ids[node.name]} |{parents}" if parents else ids[node.name]
    rows = node.table.reshape(-1, len(node.states)).tolist()
    marks = _parentheses(node.table.shape[:-1], len(rows))
    lines = [
        f"{opening}({' '.join(map(repr, row))}){closing}"
        for row, (opening, closing) in zip(rows, marks, strict=True)
    ]
    data = "\n        ".join(lines)
    return f"\npotential ({head})\n{{\n    data = {data};\n}}\n"


def _parentheses(sizes: tuple[int, ...], count: int) -> list[tuple[str, str]]:
    """Return for each column the parentheses of its parents that open before and close after it."""
    blocks = []
    block = 1
    for size in reversed(sizes):
        block *= size
        blocks.append(block)
    return [
        (
            "(" * sum(index % each == 0 for each in blocks),
            ")" * sum((index + 1) % each == 0 for each in blocks),
        )
        for index in range(count)
    ]
