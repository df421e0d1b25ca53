"""Reading an .xdsl file: the nodes, then what GeNIe says of their looks, then the tables."""

from collections.abc import Iterator

from core.networks.errors import NetworkError, quoted
from core.networks.formats.assembly import Family, States, assembled, check_families
from core.networks.formats.identifiers import true_texts
from core.networks.formats.xdsl_look import ORDER, STATES, XdslLook, xdsl_look
from core.networks.formats.xdsl_tables import node_table, turned_table
from core.networks.formats.xml_tree import Document, Element
from core.networks.model import MAX_STATES, BayesNet, Node, Table
from core.networks.node import check_states, is_label
from core.notices import listed, notice

CHANCE = ("cpt", "deterministic", "noisymax")
_INFLUENCE = "only chance nodes are read, and this is an influence diagram."
_REFUSED = {
    "decision": f"is a decision node; {_INFLUENCE}",
    "utility": f"is a utility node; {_INFLUENCE}",
    "mau": f"is a utility node; {_INFLUENCE}",
    "equation": "is an equation node; make it discrete in GeNIe.",
    "noisyadder": "is a noisy adder; convert it to a table (CPT) in GeNIe.",
    "demorgan": "is a De Morgan gate; convert it to a table (CPT) in GeNIe.",
}


class XdslReader:
    """Reads the text of one .xdsl file into a net."""

    def __init__(self, text: str, source: str) -> None:
        self._document = Document(text, source)
        self._elements: dict[str, Element] = {}
        self._properties: dict[str, dict[str, str]] = {}
        self._ids: dict[str, tuple[str, ...]] = {}
        self._labels: dict[str, tuple[str, ...]] = {}

    def read(self) -> BayesNet:
        """Return the net, or raise `FormatError`."""
        document = self._document
        root = document.root
        if root.tag != "smile":
            document.fail(
                f"this is XML and no GeNIe file: it begins with <{root.tag[:30]}> "
                "and not with <smile>.",
                root.start,
            )
        self._refuse_time(root)
        nodes = root.first("nodes")
        if nodes is None:
            document.fail("there is no <nodes> in <smile>.", root.start)
        for element in _flat(nodes):
            self._read_node(element)
        genie = _genie(root)
        looks = self._looks(genie)
        names = self._names(looks)
        states = {names[id]: labels for id, labels in self._labels.items()}
        families = {names[id]: self._family(id, names) for id in self._elements}
        check_families(families.values(), states, document.fail)
        made = [
            Node(
                names[id],
                self._labels[id],
                families[names[id]].parents,
                self._table(id, families[names[id]], states, genie),
                looks[id].position,
                looks[id].colour,
                looks[id].note,
            )
            for id in self._in_order()
        ]
        self._tell(genie)
        title = root.attributes.get("id", "")
        if genie is not None:
            title = genie.attributes.get("name", title)
        return assembled(made, title, families, document.source, document.fail)

    # -- nodes -----------------------------------------------------------------------------------

    def _read_node(self, element: Element) -> None:
        document = self._document
        id = element.attributes.get("id", "")
        if element.tag not in CHANCE:
            why = _REFUSED.get(element.tag, f"is of the type <{element.tag[:30]}>, not known here.")
            document.fail(f"{quoted(id)} {why}", element.start)
        if not is_label(id) or id.split() != [id]:
            document.fail(f"this <{element.tag}> has no id of one word.", element.start)
        if id in self._elements:
            document.fail(f"the node {quoted(id)} is declared twice.", element.start)
        properties = {
            entry.attributes.get("id", ""): entry.text.strip() for entry in element.all("property")
        }
        ids = tuple(state.attributes.get("id", "") for state in element.all("state"))
        labels = true_texts(properties.get(STATES, ""), ids) or list(ids)
        for texts in (ids, labels):
            try:
                check_states(id, texts[: MAX_STATES + 1])
            except NetworkError as error:
                document.fail(str(error), element.start)
        self._elements[id] = element
        self._properties[id] = properties
        self._ids[id], self._labels[id] = ids, tuple(labels)

    def _family(self, id: str, names: dict[str, str]) -> Family:
        element = self._elements[id]
        parents: list[str] = []
        inner = element.first("parents")
        if inner is not None:
            parents = inner.text.split()
        for place, parent in enumerate(parents):
            if parent not in self._elements:
                reason = f"there is no node {quoted(parent, 30)}, a parent of {id}."
                self._document.fail_at_word(reason, inner or element, place)
        return Family(names[id], tuple(names[parent] for parent in parents), element.start)

    def _refuse_time(self, root: Element) -> None:
        for tag in ("dynamic", "temporal"):
            inner = root.first(tag)
            if inner is not None and inner.children:
                self._document.fail(
                    "dynamic networks are not read; unroll it in GeNIe first.", inner.start
                )

    def _table(self, id: str, family: Family, states: States, genie: Element | None) -> Table:
        element = self._elements[id]
        program = "" if genie is None else genie.attributes.get("app", "")
        if program.startswith("aGrUM") and element.tag == "cpt":
            return turned_table(self._document, element, family, states)
        return node_table(self._document, element, family, states, self._ids[id])

    def _in_order(self) -> list[str]:
        """Return the ids in the order of the file, or in the one that the file keeps."""
        ids = list(self._elements)
        places = [self._properties[id].get(ORDER, "") for id in ids]
        if sorted(places) == sorted(map(str, range(len(ids)))):
            return [id for _, id in sorted(zip(map(int, places), ids, strict=True))]
        return ids

    # -- looks -----------------------------------------------------------------------------------

    def _looks(self, genie: Element | None) -> dict[str, XdslLook]:
        shown = (
            {} if genie is None else {each.attributes.get("id", ""): each for each in _shown(genie)}
        )
        return {id: xdsl_look(shown.get(id), self._properties[id]) for id in self._elements}

    def _names(self, looks: dict[str, XdslLook]) -> dict[str, str]:
        """Return the name of each node: what GeNIe shows, or its id where that is not unique."""
        titles = [look.name for look in looks.values()]
        if len(set(titles)) == len(titles) and all(map(is_label, titles)):
            return {id: look.name for id, look in looks.items()}
        counts: dict[str, int] = {}
        for title in titles:
            counts[title] = counts.get(title, 0) + 1
        return {
            id: look.name
            if is_label(look.name) and counts[look.name] == 1 and look.name not in self._elements
            else id
            for id, look in looks.items()
        }

    def _tell(self, genie: Element | None) -> None:
        gates = [id for id, element in self._elements.items() if element.tag == "noisymax"]
        if gates:
            notice(f"Noisy-MAX nodes were made full tables: {listed(gates)}.")
        if genie is not None and any(each.tag == "submodel" for each in genie.children):
            notice("Submodels are not kept; their nodes stand in one net.")


def _flat(nodes: Element) -> Iterator[Element]:
    """Iterate over the nodes of submodels too."""
    for element in nodes.children:
        if element.tag == "submodel":
            yield from _flat(element.first("nodes") or element)
        else:
            yield element


def _genie(root: Element) -> Element | None:
    extensions = root.first("extensions")
    return None if extensions is None else extensions.first("genie")


def _shown(genie: Element) -> Iterator[Element]:
    for element in genie.children:
        if element.tag == "node":
            yield element
        elif element.tag == "submodel":
            yield from _shown(element)
