"""Reading XMLBIF: the variables first, then their tables.

A TABLE has the child's state fastest and the last GIVEN's next. Some writers turn it over, with the
child slowest; as in BIF, the order is taken in which the columns sum to 1, and the standard's when
both do.
"""

from typing import NoReturn

import numpy as np

from core.networks.errors import NetworkError, quoted
from core.networks.formats.assembly import (
    Family,
    States,
    assembled,
    check_columns,
    check_families,
    numbers,
    shaped,
    sums_to_one,
    table_size,
)
from core.networks.formats.bif_properties import Properties
from core.networks.formats.xml_tree import Document, Element
from core.networks.model import MAX_STATES, BayesNet, Node, Table
from core.networks.node import check_name, check_states

_CHANCE = ("", "nature", "discrete", "chance", "random")
_SPACE_ATTRIBUTE = "xml:space"


class XmlBifReader:
    """Reads the text of one XMLBIF file into a net.

    Attributes
    ----------
    is_named : bool
        Whether the file gives the net a name, be it an empty one; known after `read`.
    """

    def __init__(self, text: str, source: str) -> None:
        self._document = Document(text, source)
        self._states: dict[str, tuple[str, ...]] = {}
        self._looks: dict[str, Properties] = {}
        self._places: dict[str, int] = {}
        self._families: dict[str, Family] = {}
        self._tables: dict[str, Element] = {}
        self.is_named = False

    def read(self) -> BayesNet:
        """Return the net, or raise `FormatError`."""
        document = self._document
        network = self._network()
        for element in network.all("VARIABLE"):
            self._read_variable(element)
        for element in network.all("DEFINITION"):
            self._read_definition(element)
        for name, place in self._places.items():
            if name not in self._families:
                document.fail(f"the probabilities of {name} are missing from the file.", place)
        check_families(self._families.values(), self._states, document.fail)
        title = network.first("NAME")
        self.is_named = title is not None
        nodes = [self._node(name) for name in self._states]
        name = _text(title) if title is not None else ""
        return assembled(nodes, name, self._families, document.source, document.fail)

    def _network(self) -> Element:
        root = self._document.root
        if root.tag.upper() != "BIF":
            self._document.fail(
                f"this is XML and not XMLBIF: it begins with <{root.tag[:30]}> and not with <BIF>.",
                root.start,
            )
        networks = list(root.all("NETWORK"))
        if len(networks) != 1:
            place = networks[1].start if networks else root.start
            self._document.fail(f"one NETWORK is expected in a file, not {len(networks)}.", place)
        return networks[0]

    def _read_variable(self, element: Element) -> None:
        document = self._document
        kind = element.attributes.get("TYPE", element.attributes.get("type", ""))
        title = element.first("NAME")
        if title is None:
            document.fail("this VARIABLE has no NAME.", element.start)
        name = _text(title)
        if kind.lower() not in _CHANCE:
            document.fail(
                f"{name} is of the type {quoted(kind, 30)}; only chance variables, of the type "
                "nature, are read.",
                element.start,
            )
        if name in self._states:
            document.fail(f"the variable {quoted(name)} is declared twice.", element.start)
        outcomes = [_text(outcome) for outcome in element.all("OUTCOME")]
        try:
            check_name(name)
            check_states(name, outcomes[: MAX_STATES + 1])
        except NetworkError as error:
            document.fail(str(error), element.start)
        self._states[name] = tuple(outcomes)
        self._places[name] = element.start
        self._looks[name] = _looks(element)

    def _read_definition(self, element: Element) -> None:
        document = self._document
        children = [_text(child) for child in element.all("FOR")]
        if len(children) != 1:
            document.fail(
                f"one FOR is expected in a DEFINITION, not {len(children)}.", element.start
            )
        child = children[0]
        if child in self._families:
            document.fail(f"the probabilities of {quoted(child)} are given twice.", element.start)
        tables = list(element.all("TABLE"))
        if len(tables) != 1:
            document.fail(
                f"one TABLE is expected for {quoted(child)}, not {len(tables)}.", element.start
            )
        parents = tuple(_text(parent) for parent in element.all("GIVEN"))
        self._families[child] = Family(child, parents, element.start)
        self._tables[child] = tables[0]

    def _node(self, name: str) -> Node:
        look = self._looks[name]
        family = self._families[name]
        table = self._table(family, self._tables[name], self._states)
        return Node(
            name,
            self._states[name],
            family.parents,
            table,
            look.position,
            look.colour,
            look.note,
        )

    def _table(self, family: Family, element: Element, states: States) -> Table:
        def fail(reason: str, word: int) -> NoReturn:
            """Raise the error for the place of a word."""
            self._document.fail_at_word(reason, element, word)

        size = len(states[family.child])
        values = numbers(element.text, table_size(family, states), family.child, fail)
        columns = values.reshape(-1, size)
        if not sums_to_one(columns):
            turned = values.reshape(size, -1).T
            columns = np.ascontiguousarray(turned) if sums_to_one(turned) else columns
        check_columns(columns, family, states, lambda reason, column: fail(reason, column * size))
        return shaped(columns, family, states)


def _text(element: Element) -> str:
    if element.attributes.get(_SPACE_ATTRIBUTE) == "preserve":
        return element.text
    return element.text.strip()


def _looks(element: Element) -> Properties:
    properties = Properties()
    description = ""
    for entry in element.all("PROPERTY"):
        text = entry.text.strip()
        properties = properties.with_text(text)
        key, _, value = text.partition("=")
        if key.strip().lower() == "description":
            description = value.strip()
    if properties.note or not description:
        return properties
    return Properties(properties.position, properties.colour, description)
