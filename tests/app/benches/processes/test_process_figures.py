"""Machines as figures and as files."""

import pytest

from app.benches.processes.examples import EXAMPLES, build
from app.benches.processes.figure import edge_table, machine_figure, thumbnail
from app.benches.processes.kind import PROCESS_KIND
from app.figures.description import Arrow, Ellipse, FigureOptions, Text
from app.figures.tikz import tikz_files
from core.processes.process_subject import blank_process
from core.processes.zoo import PROCESSES


def test_a_machine_has_an_arrow_for_every_edge_and_a_circle_for_every_state():
    figure = machine_figure(build("golden-mean"), FigureOptions())
    assert sum(isinstance(item, Arrow) for item in figure.items) == 3
    assert sum(isinstance(item, Ellipse) for item in figure.items) == 2
    texts = {item.text for item in figure.items if isinstance(item, Text)}
    assert texts == {"A", "B", "0 | 0.5", "1 | 0.5", "0 | 1"}


@pytest.mark.parametrize("entry", PROCESSES, ids=lambda entry: entry.name)
def test_everything_is_on_the_sheet(entry):
    figure = machine_figure(build(entry.name), FigureOptions())
    for item in figure.items:
        if isinstance(item, Text):
            assert 0 <= item.x <= figure.width_mm and 0 <= item.y <= figure.height_mm


def test_the_numbers_behind_a_machine_are_its_edges():
    table = edge_table(build("golden-mean"))
    assert table.rows == (("A", "0", "A", 0.5), ("A", "1", "B", 0.5), ("B", "0", "A", 1.0))


def test_an_empty_machine_is_a_figure_too():
    assert machine_figure(blank_process(), FigureOptions()).items == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_has_its_thumbnail(example):
    assert thumbnail(example.build(), FigureOptions(width_mm=40)).items


def test_it_can_be_typeset():
    files = tikz_files(machine_figure(build("even"), FigureOptions()), "even")
    assert any(b"draw" in content for content in files.values())


@pytest.mark.parametrize("ending", sorted(PROCESS_KIND.writers))
def test_what_is_written_reads_back(tmp_path, ending):
    path = tmp_path / f"process{ending}"
    subject = build("even")
    PROCESS_KIND.writers[ending](subject, path)
    again = PROCESS_KIND.readers[ending](path)
    assert (again.model.T == subject.model.T).all()


@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_a_process_is_known_by_its_file_where_networks_have_the_same_ending(tmp_path, ending):
    from app.catalogue import KINDS

    path = tmp_path / f"even{ending}"
    PROCESS_KIND.writers[ending](build("even"), path)
    assert KINDS.for_suffix(path) is PROCESS_KIND
    assert KINDS.for_suffix(tmp_path / "missing.json").id == "network"
