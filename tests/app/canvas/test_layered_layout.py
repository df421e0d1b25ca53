"""The layered layout keeps arcs downwards and nodes apart, and is always the same."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.canvas.layered_layout import MOST_STRETCHED, SPACING, layered_positions


def overlapping(positions, sizes):
    boxes = [(name, *positions[name], *sizes[name]) for name in positions]
    return [
        (a[0], b[0])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if abs(a[1] - b[1]) < (a[3] + b[3]) / 2 and abs(a[2] - b[2]) < (a[4] + b[4]) / 2
    ]


@st.composite
def graphs(draw, *, acyclic):
    count = draw(st.integers(0, 24))
    names = [f"n{k}" for k in range(count)]
    sizes = {name: (draw(st.integers(40, 260)), draw(st.integers(30, 300))) for name in names}
    pairs = st.tuples(st.integers(0, max(0, count - 1)), st.integers(0, max(0, count - 1)))
    chosen = draw(st.lists(pairs, max_size=40 if count else 0))
    if acyclic:
        chosen = [(min(pair), max(pair)) for pair in chosen if pair[0] != pair[1]]
    return names, [(names[a], names[b]) for a, b in chosen], sizes


@settings(max_examples=60, deadline=None)
@given(graphs(acyclic=True))
def test_arcs_of_an_acyclic_graph_point_downwards_and_nothing_overlaps(graph):
    names, arcs, sizes = graph
    positions = layered_positions(names, arcs, sizes)
    assert list(positions) == names
    for source, target in arcs:
        gap = positions[target][1] - positions[source][1]
        assert gap >= (sizes[source][1] + sizes[target][1]) / 2
    assert overlapping(positions, sizes) == []


@settings(max_examples=60, deadline=None)
@given(graphs(acyclic=False))
def test_graphs_with_cycles_loops_and_repeated_arcs_are_laid_out_too(graph):
    names, arcs, sizes = graph
    positions = layered_positions(names, arcs, sizes)
    assert list(positions) == names
    assert overlapping(positions, sizes) == []


def test_a_cycle_has_one_arc_upwards():
    names = ["a", "b", "c"]
    arcs = [("a", "b"), ("b", "c"), ("c", "a")]
    y = {n: p[1] for n, p in layered_positions(names, arcs, dict.fromkeys(names, (80, 36))).items()}
    assert y["a"] < y["b"] < y["c"]


def test_a_chain_stands_in_one_column():
    names = ["a", "b", "c", "d"]
    arcs = [("a", "b"), ("b", "c"), ("c", "d")]
    positions = layered_positions(names, arcs, dict.fromkeys(names, (80, 36)))
    assert {x for x, _ in positions.values()} == {0.0}


def test_a_parent_stands_over_the_middle_of_its_children():
    names = ["p", "a", "b", "c"]
    arcs = [("p", "a"), ("p", "b"), ("p", "c")]
    x = {
        n: at[0] for n, at in layered_positions(names, arcs, dict.fromkeys(names, (80, 36))).items()
    }
    assert x["p"] == pytest.approx(sorted([x["a"], x["b"], x["c"]])[1], abs=1)


def test_neighbours_in_a_layer_keep_the_gap():
    names = ["p", "a", "b"]
    sizes = {"p": (80, 36), "a": (200, 36), "b": (300, 90)}
    positions = layered_positions(names, [("p", "a"), ("p", "b")], sizes)
    assert abs(positions["a"][0] - positions["b"][0]) >= 250 + SPACING[0] - 1


def test_a_long_arc_passes_beside_the_node_between_its_ends():
    names = ["top", "between", "bottom"]
    sizes = dict.fromkeys(names, (160, 80))
    arcs = [("top", "between"), ("between", "bottom"), ("top", "bottom")]
    at = layered_positions(names, arcs, sizes)
    straight = (at["top"][0] + at["bottom"][0]) / 2
    assert abs(straight - at["between"][0]) > 80


def test_long_arcs_do_not_drive_a_wide_layer_apart():
    middle, last = [f"m{i}" for i in range(60)], [f"l{i}" for i in range(60)]
    arcs = [("root", name) for name in (*middle, *last[::2])]
    arcs += [(name, last[7 * i % 60]) for i, name in enumerate(middle)]
    names = ["root", *middle, *last]
    at = layered_positions(names, arcs, dict.fromkeys(names, (100, 40)))
    across = [x for x, _ in at.values()]
    assert max(across) - min(across) < 2 * 60 * (100 + SPACING[0])


def test_parts_that_are_not_connected_stand_side_by_side():
    names = [f"{part}{k}" for part in "ab" for k in range(3)]
    arcs = [("a0", "a1"), ("a1", "a2"), ("b0", "b1"), ("b1", "b2")]
    at = layered_positions(names, arcs, dict.fromkeys(names, (80, 36)))
    assert at["a0"][1] == at["b0"][1]
    assert at["a0"][0] < at["b0"][0]


def test_single_nodes_form_a_grid_below():
    names = [f"n{k}" for k in range(30)]
    at = layered_positions(names, [], dict.fromkeys(names, (80, 36)))
    rows = {y for _, y in at.values()}
    assert 3 <= len(rows) <= 10


SCRIPT = """
import random
from app.canvas.layered_layout import layered_positions
rng = random.Random(6)
names = [f"n{k}" for k in range(40)]
arcs = [(a, b) for i, a in enumerate(names) for b in names[i + 1:] if rng.random() < 0.06]
print(sorted(layered_positions(names, arcs, {n: (80 + len(n), 36) for n in names}).items()))
"""


def test_the_layout_is_the_same_in_every_process():
    runs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(3)
    }
    assert len(runs) == 1


def test_forty_large_nodes_are_laid_out_without_overlap():
    names = [f"n{k}" for k in range(40)]
    arcs = [(names[k], names[m]) for k in range(40) for m in (k + 1, k + 3) if m < 40]
    sizes = dict.fromkeys(names, (180, 90))
    positions = layered_positions(names, arcs, sizes)
    assert overlapping(positions, sizes) == []


def test_a_drawing_of_few_wide_layers_is_moved_apart():
    names = ["root", *(f"leaf {k}" for k in range(60))]
    sizes = dict.fromkeys(names, (100.0, 50.0))
    arcs = [("root", name) for name in names[1:]]
    y = [place[1] for place in layered_positions(names, arcs, sizes).values()]
    assert max(y) - min(y) == pytest.approx(MOST_STRETCHED * (50.0 + SPACING[1]))
