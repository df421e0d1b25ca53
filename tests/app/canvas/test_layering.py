"""A large graph is layered in a process of its own, with the same answer."""

import subprocess

from app.canvas import layering

ARCS = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (4, 5)]


def test_a_process_of_its_own_gives_the_same_layers(monkeypatch):
    here = layering.layered_parts(ARCS)
    monkeypatch.setattr(layering, "ARCS_AT_ONCE", 0)
    monkeypatch.setattr(layering, "_parts", None)
    assert layering.layered_parts(ARCS) == here


def test_without_processes_the_layers_come_from_here(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError

    here = layering.layered_parts(ARCS)
    monkeypatch.setattr(layering, "ARCS_AT_ONCE", 0)
    monkeypatch.setattr(subprocess, "run", refuse)
    assert layering.layered_parts(ARCS) == here
