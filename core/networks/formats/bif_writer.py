"""Writing a net as BIF, so that reading it back gives the same net to the last bit."""

import re
from itertools import product

from core.networks.formats.bif_lexer import BARE_WORD
from core.networks.formats.bif_properties import Properties
from core.networks.model import BayesNet, Node

_BARE = re.compile(rf"{BARE_WORD}\Z")


def bif_text(net: BayesNet) -> str:
    """Return `net` as the text of a BIF file.

    Names and labels are quoted only where they must be, tables with parents are written as rows,
    and numbers with as many digits as tell them apart from every other double.
    """
    parts = [f"network {_word(net.name)} {{\n}}\n"]
    parts += [_variable(node) for node in net]
    parts += [_potential(node, net) for node in net]
    return "".join(parts)


def _word(text: str) -> str:
    if _BARE.match(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _variable(node: Node) -> str:
    states = ", ".join(map(_word, node.states))
    lines = [f"  type discrete [ {len(node.states)} ] {{ {states} }};"]
    properties = Properties(node.position, node.colour, node.note)
    lines += [f"  property {statement} ;" for statement in properties.statements()]
    return f"variable {_word(node.name)} {{\n" + "\n".join(lines) + "\n}\n"


def _potential(node: Node, net: BayesNet) -> str:
    rows = node.table.reshape(-1, len(node.states)).tolist()
    if not node.parents:
        return f"probability ( {_word(node.name)} ) {{\n  table {_numbers(rows[0])};\n}}\n"
    labels = [[_word(state) for state in net[parent].states] for parent in node.parents]
    lines = [
        f"  ({', '.join(given)}) {_numbers(row)};\n"
        for given, row in zip(product(*labels), rows, strict=True)
    ]
    parents = ", ".join(map(_word, node.parents))
    return f"probability ( {_word(node.name)} | {parents} ) {{\n{''.join(lines)}}}\n"


def _numbers(row: list[float]) -> str:
    return ", ".join(map(repr, row))
