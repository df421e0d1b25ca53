"""The view-models of nodes are made anew only where something changed."""

import numpy as np

from app.benches.networks.presentation import NodeViews, graph_nodes
from app.graphical.node_bars import ShownBeliefs
from core.networks.evidence import Evidence
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.subject import NetworkSubject


def subject():
    nodes = [Node(name, ("yes", "no"), (), uniform_table([], 2)) for name in "AB"]
    return NetworkSubject(BayesNet(nodes))


def test_unchanged_nodes_keep_their_view():
    views, beliefs = NodeViews(), ShownBeliefs({name: np.array([0.5, 0.5]) for name in "AB"})
    first = views.of(subject_now := subject(), beliefs)
    again = views.of(subject_now, beliefs)
    assert all(a is b for a, b in zip(first, again, strict=True))


def test_what_changed_is_shown_as_it_is():
    views, now = NodeViews(), subject()
    beliefs = ShownBeliefs({name: np.array([0.5, 0.5]) for name in "AB"})
    views.of(now, beliefs)
    for changed, told in [
        (now.with_evidence(Evidence({"A": 0})), beliefs),
        (now.with_node_style("bars"), beliefs),
        (now, ShownBeliefs({**beliefs.marginals, "B": np.array([0.1, 0.9])})),
        (now, ShownBeliefs(beliefs.marginals, is_stale=True)),
        (now.with_net(now.net.moved({"A": (5.0, 6.0)})), beliefs),
    ]:
        assert views.of(changed, told) == graph_nodes(changed, told)
