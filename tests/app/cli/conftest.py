"""A small net as people write it, and the command line as tests call it."""

import json

import pytest

from app.main import main

SPRINKLER = """network sprinkler { }
variable Cloudy { type discrete [ 2 ] { T, F }; }
variable Sprinkler { type discrete [ 2 ] { T, F }; }
variable Rain { type discrete [ 2 ] { T, F }; }
variable Wet { type discrete [ 2 ] { T, F }; }
probability ( Cloudy ) { table 0.5, 0.5; }
probability ( Sprinkler | Cloudy ) { (T) 0.1, 0.9; (F) 0.5, 0.5; }
probability ( Rain | Cloudy ) { (T) 0.8, 0.2; (F) 0.2, 0.8; }
probability ( Wet | Sprinkler, Rain ) {
  (T, T) 0.99, 0.01; (T, F) 0.9, 0.1; (F, T) 0.9, 0.1; (F, F) 0.0, 1.0;
}
"""


@pytest.fixture
def sprinkler(tmp_path):
    path = tmp_path / "sprinkler.bif"
    path.write_text(SPRINKLER, encoding="utf-8")
    return path


@pytest.fixture
def macroscope(capsys, qapp):
    """Return a function that runs a command line and gives (status, output, errors).

    Verbs that draw make an application of their own kind where there is none, and others of the
    process would find it: so there is one, with widgets.
    """

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def infer(macroscope):
    """Return a function that runs `infer`, asserts that it went well and gives its result."""

    def run(*arguments):
        status, output, errors = macroscope("infer", *arguments)
        assert status == 0, errors
        return json.loads(output)

    return run
