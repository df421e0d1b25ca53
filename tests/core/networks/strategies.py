"""Random nets and subjects for hypothesis, with names as odd as a net allows."""

from hypothesis import settings
from hypothesis import strategies as st

from core.networks.evidence import Evidence
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.node import is_label
from core.networks.subject import NetworkSubject
from core.networks.tables import randomised

patient = settings(max_examples=60, deadline=None)
"""A busy machine is no failure."""

LABELS = st.one_of(
    st.text(min_size=1, max_size=8).filter(is_label),
    st.sampled_from(
        [
            "Asy/Patch",
            "<5",
            "12+",
            ">=7.5",
            "a//b",
            "a/*b",
            '5" wide',
            "back\\slash",
            "table",
            "[0;5[",
        ]
    ),
)
COORDINATES = st.floats(-1e6, 1e6)
COLOURS = st.none() | st.sampled_from(["#ffcc00", "#00A0ff"])
NOTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def nodes(draw, name, above):
    """One node whose parents are among `above`."""
    states = tuple(draw(st.lists(LABELS, min_size=1, max_size=4, unique=True)))
    chosen = draw(st.lists(st.sampled_from(above), max_size=3, unique=True)) if above else []
    empty = uniform_table([len(parent.states) for parent in chosen], len(states))
    return Node(
        name,
        states,
        tuple(parent.name for parent in chosen),
        randomised(empty, draw(st.integers(0, 2**32))),
        (draw(COORDINATES), draw(COORDINATES)),
        draw(COLOURS),
        draw(NOTES),
    )


@st.composite
def nets(draw, min_size=0, max_size=6):
    """A net of a few nodes, whose file order may differ from the order of its arcs."""
    result = []
    for name in draw(st.lists(LABELS, min_size=min_size, max_size=max_size, unique=True)):
        result.append(draw(nodes(name, tuple(result))))
    return BayesNet(draw(st.permutations(result)), draw(st.just("") | LABELS))


@st.composite
def findings(draw, net):
    """Evidence on some nodes of `net`."""
    result = {}
    for node in net:
        count = len(node.states)
        likelihoods = st.lists(st.floats(0, 1), min_size=count, max_size=count).filter(any)
        finding = draw(st.none() | st.integers(0, count - 1) | likelihoods.map(tuple))
        if finding is not None:
            result[node.name] = finding
    return Evidence(result)


@st.composite
def subjects(draw):
    """A net with evidence, evidence sets and styles."""
    net = draw(nets())
    sets = draw(st.dictionaries(LABELS, findings(net), max_size=2))
    style = st.sampled_from(["name", "bars"])
    styles = draw(st.dictionaries(st.sampled_from(net.names), style)) if net.names else {}
    return NetworkSubject(net, draw(findings(net)), sets, draw(style), styles)
