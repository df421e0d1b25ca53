"""Writing a net as .xdsl, so that reading it back gives the same net to the last bit.

GeNIe asks for parents before their children; the net's own order is kept as a property where it
is another.
"""

from collections.abc import Mapping
from html import escape

from core.networks.formats.identifiers import identifiers, plain_text, to_json
from core.networks.formats.xdsl_look import (
    DEFAULT_COLOUR,
    HALF_HEIGHT,
    HALF_WIDTH,
    ORDER,
    STATES,
    look_properties,
    shown_name,
    whole_position,
)
from core.networks.model import BayesNet, Node

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xdsl_text(net: BayesNet) -> str:
    """Return `net` as the text of an .xdsl file.

    Nodes and states get identifiers where their names are none.
    """
    ids = dict(zip(net.names, identifiers(net.names), strict=True))
    order = net.topological_order()
    places = {name: place for place, name in enumerate(net.names)} if order != net.names else {}
    name = plain_text(net.name)
    (net_id,) = identifiers([name])
    parts = [_HEAD, f'<smile version="1.0" id="{net_id}" numsamples="10000">\n <nodes>\n']
    parts += [_node(net[each], ids, places) for each in order]
    parts.append(" </nodes>\n <extensions>\n")
    parts.append(f'  <genie version="1.0" app="Macroscope" name="{escape(name)}">\n')
    parts += [_shown(net[each], ids[each]) for each in order]
    parts.append("  </genie>\n </extensions>\n</smile>\n")
    return "".join(parts)


def _node(node: Node, ids: Mapping[str, str], places: Mapping[str, int]) -> str:
    states = identifiers(node.states)
    lines = [f'<state id="{state}" />' for state in states]
    if node.parents:
        lines.append(f"<parents>{' '.join(ids[parent] for parent in node.parents)}</parents>")
    numbers = " ".join(map(repr, node.table.ravel().tolist()))
    lines.append(f"<probabilities>{numbers}</probabilities>")
    properties = look_properties(node)
    if states != node.states:
        properties[STATES] = to_json(list(node.states))
    if places:
        properties[ORDER] = str(places[node.name])
    lines += [
        f'<property id="{key}">{escape(value, quote=False)}</property>'
        for key, value in properties.items()
    ]
    body = "".join(f"   {line}\n" for line in lines)
    return f'  <cpt id="{ids[node.name]}">\n{body}  </cpt>\n'


def _shown(node: Node, id: str) -> str:
    x, y = whole_position(node)
    box = (x - HALF_WIDTH, y - HALF_HEIGHT, x + HALF_WIDTH, y + HALF_HEIGHT)
    colour = DEFAULT_COLOUR if node.colour is None else node.colour[1:]
    lines = [
        f"<name>{escape(shown_name(node.name), quote=False)}</name>",
        f'<interior color="{colour}" />',
        '<outline color="000080" />',
        '<font color="000000" name="Arial" size="8" />',
        f"<position>{' '.join(map(str, box))}</position>",
    ]
    note = plain_text(node.note)
    if note:
        lines.append(f"<comment>{escape(note, quote=False)}</comment>")
    body = "".join(f"    {line}\n" for line in lines)
    return f'   <node id="{id}">\n{body}   </node>\n'
