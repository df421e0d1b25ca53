"""Writing a net as XMLBIF, so that reading it back gives the same net to the last bit."""

import re
from html import escape

from core.files.errors import FormatError
from core.networks.errors import quoted
from core.networks.formats.bif_properties import Properties
from core.networks.model import BayesNet, Node

# No document type is declared: several readers do not bear one, and none needs it.
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<BIF VERSION="0.3">\n<NETWORK>\n'
_FOOT = "</NETWORK>\n</BIF>\n"
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def check_characters(net: BayesNet, source: str) -> None:
    """Raise `FormatError` when a name has one of the characters that XML forbids."""
    names = [net.name, *net.names, *(state for node in net for state in node.states)]
    for name in names:
        found = _FORBIDDEN.search(name)
        if found is not None:
            raise FormatError(
                f"{quoted(name)} has the character U+{ord(found[0]):04X}, which XML forbids; "
                "rename it or use another format.",
                source,
            )


def xmlbif_text(net: BayesNet) -> str:
    """Return `net` as the text of an XMLBIF file.

    Positions, colours and notes are properties, as in BIF; each column of a table is one line.
    """
    parts = [_HEAD, _tagged("NAME", net.name)]
    parts += [_variable(node) for node in net]
    parts += [_definition(node) for node in net]
    return "".join([*parts, _FOOT])


def _tagged(tag: str, text: str, indent: str = "") -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"{indent}<{tag}{space}>{escape(text, quote=False)}</{tag}>\n"


def _variable(node: Node) -> str:
    lines = [_tagged("NAME", node.name, "  ")]
    lines += [_tagged("OUTCOME", state, "  ") for state in node.states]
    properties = Properties(node.position, node.colour, node.note)
    lines += [_tagged("PROPERTY", text, "  ") for text in properties.statements()]
    return f'<VARIABLE TYPE="nature">\n{"".join(lines)}</VARIABLE>\n'


def _definition(node: Node) -> str:
    lines = [_tagged("FOR", node.name, "  ")]
    lines += [_tagged("GIVEN", parent, "  ") for parent in node.parents]
    rows = node.table.reshape(-1, len(node.states)).tolist()
    table = "".join(f"    {' '.join(map(repr, row))}\n" for row in rows)
    return f"<DEFINITION>\n{''.join(lines)}  <TABLE>\n{table}  </TABLE>\n</DEFINITION>\n"
