"""The command line as a whole: which words are verbs, what help and check say."""

import io
import sys

import pytest

from app.cli import check, program
from app.cli.progress import told_progress
from app.main import files_of, main
from resources.version import VERSION


def test_help_names_every_verb(macroscope):
    status, output, errors = macroscope("--help")
    assert (status, errors) == (0, "")
    assert all(f"\n  {verb} " in output for verb in ("infer", "render", "examples", "check"))


def test_the_version_is_printed(macroscope):
    assert macroscope("--version") == (0, f"macroscope {VERSION}\n", "")


@pytest.mark.parametrize(
    "words", [["infr", "net.bif"], ["--fast"], ["none.macroscope"], ["n" * 300]]
)
def test_a_word_that_is_no_file_opens_no_window(macroscope, words):
    status, output, errors = macroscope(*words)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert words[0] in errors


def test_files_are_taken_from_where_the_command_was_given(sprinkler, monkeypatch):
    monkeypatch.chdir(sprinkler.parent)
    assert files_of(["sprinkler.bif"]) == [sprinkler]


@pytest.mark.parametrize("verb", ["infer", "render", "examples", "check"])
def test_every_verb_has_its_help(macroscope, verb):
    status, output, errors = macroscope(verb, "--help")
    assert (status, errors) == (0, "")
    assert output.startswith(f"usage: macroscope {verb}")


def test_a_lack_of_memory_is_one_sentence(macroscope, monkeypatch):
    def exhausted(_arguments):
        raise MemoryError

    monkeypatch.setattr(program, "_function_of", lambda verb: exhausted)
    assert macroscope("infer") == (2, "", "There is not enough memory for macroscope infer.\n")


def test_check_prints_a_line_for_each_part_and_ends_well(macroscope, qapp):
    status, output, errors = macroscope("check")
    assert (status, errors) == (0, "")
    names = [line.split()[0] for line in output.splitlines()]
    assert names == ["Python", "Qt", "numba", "kernel", "window", "SVG", "PDF"]


def test_check_names_the_part_that_fails_and_tries_the_others(macroscope, qapp, monkeypatch):
    def broken():
        raise RuntimeError("it is\nbroken")

    monkeypatch.setattr(check, "_kernel", broken)
    status, output, _ = macroscope("check")
    assert status == 1
    assert len(output.splitlines()) == 7
    assert "kernel  failed: RuntimeError: it is broken\n" in output


def test_short_work_is_silent_and_long_work_tells_how_far_it_is(capsys, monkeypatch):
    clock = iter([0.0, 0.5, 1.5, 1.6])
    monkeypatch.setattr("app.cli.progress.time.monotonic", lambda: next(clock))
    progress = told_progress()
    for fraction in (0.1, 0.5, 0.6):
        progress.report(fraction, "propagating")
    assert capsys.readouterr().err == " 50% propagating\n"


def test_output_that_nobody_reads_is_no_error(monkeypatch, tmp_path):
    class Closed(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

        def fileno(self):
            return self.file.fileno()

    closed = Closed()
    with (tmp_path / "pipe").open("w") as closed.file:
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["examples"]) == 0
