"""Reading a Hugin .net file in two passes: the declarations, then the tables.

Numbers have the child's state fastest and the last parent's next. Their parentheses are not looked
at: they follow from the sizes, and some writers leave some of them open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.networks.errors import NetworkError, quoted
from core.networks.formats.assembly import (
    MAX_NODES_IN_FILE,
    MAX_PARENTS,
    Family,
    States,
    assembled,
    check_families,
    table_from_text,
    table_size,
)
from core.networks.formats.hugin_lexer import HuginLexer, string_in
from core.networks.formats.hugin_look import HuginLook, hugin_look
from core.networks.model import MAX_STATES, BayesNet, Node, Table, uniform_table
from core.networks.node import check_name, check_states
from core.notices import listed, notice

_REFUSED = {
    "class": "object-oriented networks (class) are not read; save it as a plain net in Hugin.",
    "continuous": "continuous nodes are not read; make them discrete in Hugin.",
    "utility": "utility nodes are not read, only chance nodes; this is an influence diagram.",
    "decision": "decision nodes are not read, only chance nodes; this is an influence diagram.",
    "function": "function nodes are not read, only discrete chance nodes.",
    "instance": "instances of a class are not read; save it as a plain net in Hugin.",
}
MOST_WORDS = 2 * MAX_PARENTS
"""In the head of a block, where unquoted names may have several."""

MAX_ATTRIBUTES = 10_000

_MODELS = ("model_nodes", "model_data", "samples_per_interval")


@dataclass(slots=True)
class Declared:
    """A ``node`` block."""

    id: str
    place: int
    states: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Potential:
    """The head of a ``potential`` block, and where its body begins."""

    child: tuple[str, ...]
    parents: tuple[str, ...]
    place: int
    body: int


class HuginReader:
    """Reads the text of one .net file into a net."""

    def __init__(self, text: str, source: str) -> None:
        self._lexer = HuginLexer(text, source)
        self._net: dict[str, str] | None = None
        self._declared: dict[str, Declared] = {}
        self._potentials: list[Potential] = []
        self._without_data: list[str] = []

    def read(self) -> BayesNet:
        """Return the net, or raise `FormatError`."""
        lexer = self._lexer
        self._read_declarations()
        looks = {each.id: hugin_look(each.id, each.attributes) for each in self._declared.values()}
        names = self._names(looks)
        states = {names[each.id]: each.states for each in self._declared.values()}
        families, bodies = self._families(names)
        for each in self._declared.values():
            if names[each.id] not in families:
                lexer.fail(f"the potential of {each.id} is missing from the file.", each.place)
        check_families(families.values(), states, lexer.fail)
        nodes = []
        for each in self._declared.values():
            name, look = names[each.id], looks[each.id]
            family = families[name]
            table = self._table(family, states, bodies[name])
            nodes.append(
                Node(
                    name,
                    each.states,
                    family.parents,
                    table,
                    look.position,
                    look.colour,
                    look.note,
                )
            )
        if self._without_data:
            notice(f"No numbers are given for {listed(self._without_data)}; they were made equal.")
        title = string_in((self._net or {}).get("name", ""))
        return assembled(nodes, title, families, lexer.source, lexer.fail)

    @property
    def is_named(self) -> bool:
        """Whether the file gives the net a name, be it an empty one."""
        return "name" in (self._net or {})

    def _names(self, looks: Mapping[str, HuginLook]) -> dict[str, str]:
        """Return the name of each node: the true one that the file keeps, or its identifier."""
        true = {id: look.name for id, look in looks.items()}
        if len(set(true.values())) < len(true):
            true = {id: id for id in true}
        for each in self._declared.values():
            try:
                check_name(true[each.id])
                check_states(each.id, each.states)
            except NetworkError as error:
                self._lexer.fail(str(error), each.place)
        return true

    # -- first pass ------------------------------------------------------------------------------

    def _read_declarations(self) -> None:
        lexer = self._lexer
        while not lexer.at_end():
            start = lexer.offset
            kind = lexer.word("net, node or potential")
            if kind == "discrete":
                kind = lexer.word("node")
            if kind == "net" and self._net is None:
                lexer.expect("{", "after net")
                self._net = self._attributes(None)
            elif kind == "node":
                self._read_node()
            elif kind == "potential":
                self._read_potential(start)
            elif kind in _REFUSED:
                lexer.fail(_REFUSED[kind], start)
            elif kind == "net":
                lexer.fail("there is a second net block; a file holds one net.", start)
            else:
                reason = f"net, node or potential is expected, not {quoted(kind, 30)}."
                lexer.fail(reason, start)
        if self._net is None:
            lexer.fail("a Hugin file begins with a net block, and this one has none.", 0)

    def _read_node(self) -> None:
        lexer = self._lexer
        lexer.at_end()
        place = lexer.offset
        id = " ".join(lexer.words("{", "the name of a node", MOST_WORDS))
        declared = Declared(id, place)
        try:
            check_name(id)
        except NetworkError as error:
            lexer.fail(str(error), place)
        if id in self._declared:
            lexer.fail(f"the node {quoted(id)} is declared twice.", place)
        if len(self._declared) == MAX_NODES_IN_FILE:
            lexer.fail(f"there are more than {MAX_NODES_IN_FILE:,} nodes.", place)
        lexer.expect("{", "after the name of a node")
        declared.attributes = self._attributes(declared)
        if not declared.states:
            lexer.fail(f'the node {id} has no states, such as states = ("no" "yes");.', place)
        self._declared[id] = declared

    def _attributes(self, node: Declared | None) -> dict[str, str]:
        lexer = self._lexer
        result: dict[str, str] = {}
        while not lexer.takes("}"):
            start = lexer.offset
            key = lexer.word("an attribute or “}”")
            lexer.expect("=", f"after {quoted(key, 30)}")
            if key == "states" and node is not None:
                if node.states:
                    lexer.fail(f"the states of {node.id} are given twice.", start)
                node.states = self._states(node.id)
            else:
                if len(result) == MAX_ATTRIBUTES:
                    lexer.fail(f"this block has more than {MAX_ATTRIBUTES:,} attributes.", start)
                result[key] = lexer.value()
        return result

    def _states(self, whose: str) -> tuple[str, ...]:
        lexer = self._lexer
        lexer.expect("(", "before the states")
        start = lexer.offset
        states = tuple(lexer.words(")", "a state", MAX_STATES))
        lexer.expect(")", "after the states")
        lexer.expect(";", "after the states")
        try:
            check_states(whose, states)
        except NetworkError as error:
            lexer.fail(str(error), start)
        return states

    def _read_potential(self, start: int) -> None:
        lexer = self._lexer
        lexer.expect("(", "after potential")
        child = lexer.words("|)", "the name of a node", MOST_WORDS)
        parents: list[str] = []
        if lexer.takes("|"):
            parents = lexer.words(")", "the name of a parent", MOST_WORDS)
        lexer.expect(")", "after the parents")
        lexer.expect("{", "before the probabilities")
        if len(self._potentials) > MAX_NODES_IN_FILE:
            lexer.fail(f"there are more than {MAX_NODES_IN_FILE:,} potentials.", start)
        self._potentials.append(Potential(tuple(child), tuple(parents), start, lexer.offset))
        lexer.skip_block()

    # -- second pass -----------------------------------------------------------------------------

    def _families(self, names: Mapping[str, str]) -> tuple[dict[str, Family], dict[str, int]]:
        families: dict[str, Family] = {}
        bodies: dict[str, int] = {}
        for potential in self._potentials:
            children = self._known(potential.child)
            if len(children) != 1:
                self._lexer.fail(
                    f"a potential of one node is expected, not of {len(children)}; "
                    "chain graphs are not read.",
                    potential.place,
                )
            child = names.get(children[0], children[0])
            if child in families:
                reason = f"the potential of {quoted(child)} is given twice."
                self._lexer.fail(reason, potential.place)
            parents = tuple(names.get(each, each) for each in self._known(potential.parents))
            families[child] = Family(child, parents, potential.place)
            bodies[child] = potential.body
        return families, bodies

    def _known(self, words: Sequence[str]) -> list[str]:
        """Return the names that `words` make up: some writers leave spaces in them unquoted."""
        if all(word in self._declared for word in words):
            return list(words)
        most = max((len(id.split(" ")) for id in self._declared), default=1)
        result = []
        place = 0
        while place < len(words):
            ends = range(min(len(words), place + most), place, -1)
            fitting = (end for end in ends if " ".join(words[place:end]) in self._declared)
            end = next(fitting, place + 1)
            result.append(" ".join(words[place:end]))
            place = end
        return result

    def _table(self, family: Family, states: States, body: int) -> Table:
        lexer = HuginLexer(self._lexer.text, self._lexer.source, body)
        table: Table | None = None
        while not lexer.takes("}"):
            start = lexer.offset
            key = lexer.word("data or “}”")
            lexer.expect("=", f"after {quoted(key, 30)}")
            if key in _MODELS:
                value = lexer.value()
                if value.strip("() \n") and key != "samples_per_interval":
                    lexer.fail(
                        f"the table of {family.child} is given by a model; "
                        "only tables of numbers are read.",
                        start,
                    )
            elif key == "data":
                if table is not None:
                    lexer.fail(f"the data of {family.child} are given twice.", start)
                text, fail_at_word = lexer.numbers()
                table = table_from_text(text, family, states, fail_at_word)
            else:
                lexer.value()
        if table is None:
            assert table_size(family, states)
            self._without_data.append(family.child)
            *parents, own = (len(states[name]) for name in (*family.parents, family.child))
            table = uniform_table(parents, own)
        return table
