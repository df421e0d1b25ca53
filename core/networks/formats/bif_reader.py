"""Reading a BIF file in two passes: the declarations, then the tables."""

from dataclasses import dataclass

from core.networks.errors import NetworkError, quoted
from core.networks.formats.assembly import (
    MAX_NODES_IN_FILE,
    MAX_PARENTS,
    Family,
    assembled,
    check_families,
)
from core.networks.formats.bif_lexer import BifLexer
from core.networks.formats.bif_properties import Properties
from core.networks.formats.bif_tables import TableReader
from core.networks.model import MAX_STATES, BayesNet, Node
from core.networks.node import check_name, check_states


@dataclass(frozen=True, slots=True)
class Variable:
    """A ``variable`` block."""

    name: str
    states: tuple[str, ...]
    properties: Properties
    offset: int


@dataclass(frozen=True, slots=True)
class Potential:
    """The head of a ``probability`` block, and where its body begins."""

    family: Family
    body: int


class BifReader:
    """Reads the text of one BIF file into a net."""

    def __init__(self, text: str, source: str) -> None:
        self._lexer = BifLexer(text, source)
        self._name: str | None = None
        self._variables: dict[str, Variable] = {}
        self._potentials: dict[str, Potential] = {}

    def read(self) -> BayesNet:
        """Return the net, or raise `FormatError`."""
        self._read_declarations()
        states = {variable.name: variable.states for variable in self._variables.values()}
        families = {name: potential.family for name, potential in self._potentials.items()}
        check_families(families.values(), states, self._lexer.fail)
        nodes = [self._node(variable, states) for variable in self._variables.values()]
        return assembled(nodes, self._name or "", families, self._lexer.source, self._lexer.fail)

    # -- first pass ------------------------------------------------------------------------------

    def _read_declarations(self) -> None:
        lexer = self._lexer
        readers = {
            "network": self._read_network,
            "variable": self._read_variable,
            "probability": self._read_potential,
        }
        while not lexer.at_end():
            start = lexer.offset
            reader = readers.get(lexer.keyword())
            if reader is None:
                lexer.offset = start
                lexer.fail(f"network, variable or probability is expected, not {lexer.found()}.")
            reader(start)
            lexer.takes(";")
        if self._name is None:
            lexer.fail("a BIF file begins with a network block, and this one has none.", 0)

    def _read_network(self, start: int) -> None:
        lexer = self._lexer
        if self._name is not None:
            lexer.fail("there is a second network block; a file holds one net.", start)
        self._name = ""
        if not lexer.takes("{"):
            self._name = lexer.word("the name of the network")
            lexer.expect("{", "after the name of the network")
        while not lexer.takes("}"):
            self._read_property("the network")

    def _read_property(self, whose: str) -> str:
        lexer = self._lexer
        start = lexer.offset
        if lexer.keyword() != "property":
            lexer.offset = start
            lexer.fail(f"property or “}}” is expected in {whose}, not {lexer.found()}.")
        text = lexer.until_semicolon()
        while lexer.takes(";"):
            pass
        return text

    def _read_variable(self, start: int) -> None:
        lexer = self._lexer
        lexer.skip()
        place = lexer.offset
        name = lexer.word("the name of a variable")
        if name in self._variables:
            lexer.fail(f"the variable {quoted(name)} is declared twice.", place)
        if len(self._variables) == MAX_NODES_IN_FILE:
            lexer.fail(f"there are more than {MAX_NODES_IN_FILE:,} variables.", place)
        try:
            check_name(name)
        except NetworkError as error:
            lexer.fail(str(error), place)
        lexer.expect("{", "after the name of a variable")
        states: tuple[str, ...] | None = None
        properties = Properties()
        while not lexer.takes("}"):
            lexer.skip()
            before = lexer.offset
            if lexer.keyword() == "type":
                if states is not None:
                    lexer.fail(f"the type of {name} is given twice.", before)
                states = self._read_states(name)
                lexer.takes(";")
            else:
                lexer.offset = before
                properties = properties.with_text(self._read_property(f"the variable {name}"))
        if states is None:
            lexer.fail(f"the variable {name} has no type, such as type discrete [2].", place)
        self._variables[name] = Variable(name, states, properties, place)

    def _read_states(self, name: str) -> tuple[str, ...]:
        lexer = self._lexer
        lexer.skip()
        place = lexer.offset
        if lexer.keyword() != "discrete":
            lexer.offset = place
            lexer.fail(f"{name} is {lexer.found()}; only discrete variables are read.")
        count = ""
        if lexer.takes("["):
            count = lexer.digits()
            lexer.expect("]", "after the number of states")
        lexer.takes("=")
        lexer.expect("{", "before the states")
        states = tuple(lexer.words("}", "a state", MAX_STATES))
        try:
            check_states(name, states)
        except NetworkError as error:
            lexer.fail(str(error), place)
        if count and count.lstrip("0") != str(len(states)):
            shown = count if len(count) < 12 else f"{count[:11]}…"
            lexer.fail(f"{name} declares {shown} states and lists {len(states)}.", place)
        return states

    def _read_potential(self, start: int) -> None:
        lexer = self._lexer
        lexer.expect("(", "after probability")
        child = lexer.word("the name of a variable")
        lexer.takes("|")  # which the grammar of 1997 counts as white space, as JavaBayes does
        parents = lexer.words(")", "the name of a parent", MAX_PARENTS)
        if child in self._potentials:
            lexer.fail(f"the probabilities of {quoted(child)} are given twice.", start)
        lexer.expect("{", "before the probabilities")
        self._potentials[child] = Potential(Family(child, tuple(parents), start), lexer.offset)
        lexer.skip_block()

    # -- second pass -----------------------------------------------------------------------------

    def _node(self, variable: Variable, states: dict[str, tuple[str, ...]]) -> Node:
        potential = self._potentials.get(variable.name)
        if potential is None:
            self._lexer.fail(
                f"the probabilities of {variable.name} are missing from the file.", variable.offset
            )
        lexer = BifLexer(self._lexer.text, self._lexer.source, potential.body)
        table = TableReader(lexer, potential.family, states).read()
        properties = variable.properties
        return Node(
            variable.name,
            variable.states,
            potential.family.parents,
            table,
            properties.position,
            properties.colour,
            properties.note,
        )
