"""Whoever waits at a terminal for kernels to be compiled is told why, once."""

import sys

import pytest

from app.cli.compile_note import NOTE, compiling_told


def compile_something():
    import numba

    numba.njit(lambda x: x + 1)(1)


@pytest.mark.parametrize(("is_watched", "lines"), [(True, [NOTE]), (False, [])])
def test_compiling_is_told_once_and_only_to_a_terminal(monkeypatch, capsys, is_watched, lines):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_watched)
    with compiling_told():
        compile_something()
        compile_something()
    compile_something()
    assert capsys.readouterr().err.splitlines() == lines


def test_nothing_is_told_where_nothing_is_compiled(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with compiling_told():
        pass
    assert capsys.readouterr().err == ""
