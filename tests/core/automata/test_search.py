"""The search for creatures: deterministic, resumable, and it finds what moves."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.rules.lenia import lenia
from core.automata.search.archive import Archive, Found, read_archive, write_archive
from core.automata.search.candidate import Candidate, bred_candidate, drawn_candidate
from core.automata.search.goals import goal_named, score
from core.automata.search.search import BATCH, search
from core.automata.search.trial import Outcome, Trials, bodies, centroid, gyradius, living_part
from core.progress import Cancelled, Progress

SIDE = 64


def described(archive: Archive) -> list[tuple[int, str, float]]:
    return [(each.trial, each.candidate.rule.text, each.score) for each in archive.in_order()]


def disc(at: tuple[float, float], radius: float) -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE]
    away = [(a - c + SIDE / 2) % SIDE - SIDE / 2 for a, c in zip((y, x), at, strict=True)]
    return (np.hypot(*away) <= radius).astype(float)


def test_the_same_seed_finds_the_same_whatever_the_threads_and_the_interruptions() -> None:
    at_once = search(Archive("mass", seed=3), trials=4 * BATCH, threads=2)
    in_parts = search(Archive("mass", seed=3), trials=BATCH, threads=1)
    search(in_parts, trials=4 * BATCH, threads=1)
    assert described(at_once) == described(in_parts)
    assert at_once.creatures


def test_a_search_goes_on_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    whole = search(Archive("mass", seed=3), trials=6 * BATCH)
    write_archive(search(Archive("mass", seed=3), trials=4 * BATCH), path)
    resumed = search(read_archive(path), trials=6 * BATCH)
    assert described(resumed) == described(whole)


def test_what_is_found_lives_on_when_it_is_tried_again() -> None:
    archive = search(Archive("mass", seed=3), trials=4 * BATCH)
    best = archive.best()[0]
    assert Trials(SIDE).outcome(best.candidate).is_soliton


def test_a_cancelled_search_keeps_whole_batches() -> None:
    progress = Progress()
    archive = Archive("moving", seed=1)
    with pytest.raises(Cancelled):
        search(archive, trials=10 * BATCH, progress=progress, on_batch=lambda _: progress.cancel())
    assert archive.trials == BATCH


def test_nothing_lives_where_growth_is_negative_everywhere() -> None:
    rule = lenia(10, 10, 0.45, 0.001)
    outcome = Trials(SIDE).outcome(Candidate(rule, np.full((20, 20), 0.5)))
    assert outcome.verdict == "extinct"


def test_what_grows_everywhere_has_spread() -> None:
    rule = lenia(10, 10, 0.15, 0.1)
    outcome = Trials(SIDE).outcome(Candidate(rule, np.full((20, 20), 0.5)))
    assert outcome.verdict == "spread"


def test_the_centroid_of_a_disc_across_the_seam_is_its_middle() -> None:
    np.testing.assert_allclose(centroid(disc((1.0, 62.0), 6)), (1.0, 62.0), atol=1e-9)


def test_the_gyradius_of_a_disc_is_its_radius_over_root_two() -> None:
    field = disc((2.0, 30.0), 20)
    assert gyradius(field, centroid(field)) == pytest.approx(20 / np.sqrt(2), rel=0.01)


def test_bodies_across_the_seam_are_one() -> None:
    assert bodies(disc((0.0, 0.0), 8)) == 1
    assert bodies(disc((10.0, 10.0), 5) + disc((40.0, 40.0), 5)) == 2


def test_the_living_part_is_cut_out_whole_across_the_seam() -> None:
    part = living_part(disc((0.0, 63.0), 5))
    assert part.shape == (11, 11)
    assert part.sum() == disc((0.0, 63.0), 5).sum()


def test_an_archive_keeps_the_best_of_a_kind() -> None:
    archive = Archive("moving")
    candidate = Candidate(lenia(10, 10, 0.15, 0.015), np.ones((3, 3)))
    outcome = Outcome("moving", 1.0, 0.5, 0.3, patch=candidate.patch)
    assert archive.offer(Found(candidate, outcome, 0.3, 1))
    assert not archive.offer(Found(candidate, outcome, 0.2, 2))
    assert archive.offer(Found(candidate, outcome, 0.4, 3))
    assert [each.trial for each in archive.best()] == [3]


def test_bred_candidates_stay_in_range() -> None:
    random = np.random.default_rng(2)
    candidate = drawn_candidate(random, 10)
    for _ in range(300):
        candidate = bred_candidate(random, candidate)
    growth = candidate.rule.kernels[0].growth
    assert 0 < growth.sigma <= 0.18
    assert 0 < growth.mu <= 0.5


@pytest.mark.parametrize("name", ["moving", "mass", "obstacles"])
def test_what_is_no_soliton_has_no_score(name: str) -> None:
    candidate = Candidate(lenia(10, 10, 0.15, 0.015), np.ones((3, 3)))
    assert score(goal_named(name), Outcome("restless"), candidate, SIDE) is None


def test_an_unknown_goal_is_told_with_those_there_are() -> None:
    with pytest.raises(AutomataError, match="use one of moving, mass, obstacles"):
        goal_named("fame")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"format": "other"}', '{"format": "macroscope-search-archive"}', "{", "\x00"],
)
def test_a_damaged_archive_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "found.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AutomataError, match=r"found\.json"):
        read_archive(path)


def test_a_creature_with_damaged_cells_is_told(tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    write_archive(search(Archive("mass", seed=3), trials=4 * BATCH), path)
    record = json.loads(path.read_text(encoding="utf-8"))
    record["creatures"][0]["cells"] = "3?!"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(AutomataError):
        read_archive(path)
