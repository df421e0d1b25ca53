"""A large graph is layered in a process of its own, with the same answer."""

import subprocess

from app.canvas import layering

ARCS = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (4, 5)]


def test_a_process_of_its_own_gives_the_same_layers(monkeypatch):
    here = layering.layered_parts(ARCS, 7)
    monkeypatch.setattr(layering, "ARCS_AT_ONCE", 0)
    monkeypatch.setattr(layering, "_parts", None)
    assert layering.layered_parts(ARCS, 7) == here


def test_without_processes_the_layers_come_from_here(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError

    here = layering.layered_parts(ARCS, 7)
    monkeypatch.setattr(layering, "ARCS_AT_ONCE", 0)
    monkeypatch.setattr(subprocess, "run", refuse)
    assert layering.layered_parts(ARCS, 7) == here


def test_every_link_leads_to_the_next_layer_whatever_the_nodes_are_called():
    # Nodes 10 and 9 were once taken for passages of long arcs in a part of eight nodes.
    arcs = [(3, 0), (5, 10), (8, 10), (9, 5), (2, 6), (6, 9), (9, 10), (2, 10), (2, 5)]
    for places, links in layering.layered_parts(arcs, 11):
        assert {abs(places[s][1] - places[t][1]) for s, t in links} == {100.0}
