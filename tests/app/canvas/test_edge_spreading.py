"""Labelled arcs share lines, go round nodes, and their labels keep apart."""

from itertools import combinations, pairwise
from math import cos, hypot, pi, sin

from app.canvas.arc_geometry import Box
from app.canvas.edge_spreading import LABEL_ROW, Course, courses, line_count
from app.canvas.graph import GraphArc

SIDE = 46.0


def _circle_of(names: str, radius: float) -> dict[str, Box]:
    turns = [2 * pi * i / len(names) for i in range(len(names))]
    return {
        name: Box(radius * cos(turn), radius * sin(turn), SIDE, SIDE, "ellipse")
        for name, turn in zip(names, turns, strict=True)
    }


def _complete(names: str, symbols: str) -> list[GraphArc]:
    return [
        GraphArc(a, b, x, f"{x} | 0.25", role="category_0", bundled=True)
        for a in names
        for b in names
        for x in symbols
    ]


def _overlap(one: Course, other: Course) -> bool:
    (x, y), (u, v) = one.label_at, other.label_at
    return abs(x - u) < (one.label_width + other.label_width) / 2 and abs(y - v) < LABEL_ROW - 0.01


def test_a_bundle_has_one_line_and_a_row_for_every_symbol():
    arcs = [arc for arc in _complete("AB", "012") if arc.source == "A" and arc.target == "B"]
    found = courses(_circle_of("AB", 100.0), arcs)
    assert line_count(arcs) == 1
    assert [run.is_lead for run in found] == [True, False, False]
    assert len({run.path for run in found}) == 1
    rows = [run.label_at[1] for run in found]
    assert [lower - upper for upper, lower in pairwise(rows)] == [LABEL_ROW] * 2


def test_the_labels_of_three_fully_joined_states_do_not_overlap():
    found = courses(_circle_of("ABC", 160.0), _complete("ABC", "012"))
    assert not any(_overlap(one, other) for one, other in combinations(found, 2))


def test_the_labels_of_four_fully_joined_states_do_not_overlap():
    found = courses(_circle_of("ABCD", 210.0), _complete("ABCD", "01"))
    assert not any(_overlap(one, other) for one, other in combinations(found, 2))


def test_an_arc_goes_round_the_node_in_its_way():
    boxes = {name: Box(x, 0.0, SIDE, SIDE, "ellipse") for name, x in (("A", 0), ("B", 150))}
    boxes["C"] = Box(300.0, 0.0, SIDE, SIDE, "ellipse")
    (run,) = courses(boxes, [GraphArc("A", "C", "0", "0 | 1")])
    assert not run.path.is_straight
    assert hypot(run.path.label_anchor[0] - 150, run.path.label_anchor[1]) > SIDE / 2


def test_an_arc_with_nothing_in_its_way_runs_straight():
    (run,) = courses(_circle_of("AB", 100.0), [GraphArc("A", "B", "0", "0 | 1")])
    assert run.path.is_straight


def test_a_loop_turns_away_from_the_other_arcs_of_its_node():
    boxes = {name: Box(x, 0.0, SIDE, SIDE, "ellipse") for name, x in (("A", 0), ("B", -150))}
    arcs = [GraphArc("A", "A", "0", "0 | 0.5"), GraphArc("A", "B", "1", "1 | 0.5")]
    loop, _ = courses(boxes, arcs)
    assert loop.label_at[0] > SIDE / 2


def test_nothing_has_no_courses():
    assert courses({}, []) == []
