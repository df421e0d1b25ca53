"""Random Markov networks and their subjects for hypothesis, with names as odd as they may be."""

from itertools import islice

import numpy as np
from hypothesis import strategies as st

from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.markov_subject import MarkovSubject
from tests.core.networks.strategies import COLOURS, COORDINATES, LABELS, NOTES, findings


@st.composite
def networks(draw, min_size=0, max_size=5, max_scope=3, zeros=False):
    """A network of a few variables and potentials, some of them perhaps constant or repeated."""
    names = draw(st.lists(LABELS, min_size=min_size, max_size=max_size + 5, unique=True))
    own, others = names[:max_size], iter(names[max_size:])
    variables = [
        Variable(
            name,
            tuple(draw(st.lists(LABELS, min_size=1, max_size=3, unique=True))),
            (draw(COORDINATES), draw(COORDINATES)),
            draw(COLOURS),
            draw(NOTES),
        )
        for name in own
    ]
    sizes = {each.name: len(each.states) for each in variables}
    potentials = []
    for name in islice(others, 5):
        scope = draw(st.lists(st.sampled_from(own), max_size=max_scope, unique=True)) if own else []
        shape = [sizes[each] for each in scope]
        random = np.random.default_rng(draw(st.integers(0, 2**32)))
        table = random.gamma(1.0, size=shape) * 10.0 ** draw(st.integers(-3, 3))
        if zeros and table.size > 1:
            table = table * (random.random(shape) < 0.8)
            table.flat[0] = 1.0
        potentials.append(
            Potential(
                name,
                tuple(scope),
                table,
                (draw(COORDINATES), draw(COORDINATES)),
                draw(COLOURS),
                draw(NOTES),
            )
        )
    return MarkovNetwork(variables, potentials, draw(st.just("") | LABELS))


@st.composite
def markov_subjects(draw):
    """A network with evidence, evidence sets and a drawing."""
    net = draw(networks())
    return MarkovSubject(
        net,
        draw(findings(net)),
        draw(st.dictionaries(LABELS, findings(net), max_size=2)),
        draw(st.sampled_from(["markov", "factor-graph"])),
        draw(st.sampled_from(["name", "bars"])),
    )
