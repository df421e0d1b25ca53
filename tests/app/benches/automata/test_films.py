"""Films: exact times, marks in few colours, and nothing left behind by one that fails."""

import struct

import numpy as np
import pytest

from app.benches.automata.film.dialog import FilmDialog
from app.benches.automata.film.pictures import (
    MARK_COLOURS,
    nearest_colours,
    palette_of,
    roomy_palette,
)
from app.benches.automata.film.recorder import Recorder
from app.benches.automata.film.recording import record
from app.benches.automata.film.wish import FilmWish
from app.benches.automata.palettes import colouring_of
from app.benches.automata.world_frame import Viewport
from core.automata.errors import AutomataError
from core.automata.formats import film_file
from core.automata.formats.film_file import film_writer
from core.automata.interventions import Obstacle
from core.automata.patterns import pattern_world
from core.automata.stepper import make_stepper
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject
from core.progress import Progress

VIEW = Viewport(-8, -8, 40, 30)


def wish(frames: int = 3, ending: str = ".gif", marks: tuple[str, ...] = (), rate: int = 25):
    return FilmWish(0, frames, 1, rate, 4, ending, marks)


def delays(data: bytes) -> list[int]:
    """Return the hundredths of a second that the frames of a GIF last."""
    parts = data.split(b"\x21\xf9\x04\x04")[1:]
    return [struct.unpack("<H", part[:2])[0] for part in parts]


@pytest.fixture
def subject(qapp) -> WorldSubject:
    return WorldSubject(pattern_world("glider"))


def filmed(subject: WorldSubject, path, wished: FilmWish) -> None:
    colouring = colouring_of(subject.world, subject.look, is_dark=True)
    record(subject, VIEW, colouring, wished, path, Progress())


@pytest.mark.parametrize(
    ("rate", "total"), [(25, 400), (30, 333), (7, 1429), (60, 167), (100, 100)]
)
def test_a_gif_takes_its_time_whatever_the_rate(rate: int, total: int, tmp_path) -> None:
    writer = film_writer(tmp_path / "f.gif", ["#000000"], frames_per_second=rate, height=2, width=2)
    for _ in range(100):
        writer.add(np.zeros((2, 2), dtype=np.uint8))
    writer.close()
    lasts = delays((tmp_path / "f.gif").read_bytes())
    assert min(lasts) >= 2  # players show shorter ones for a tenth of a second
    assert sum(lasts) == pytest.approx(total, abs=1)


def test_a_film_is_written_as_it_grows_and_beside_its_path(tmp_path) -> None:
    (tmp_path / "f.gif").write_bytes(b"old")
    writer = film_writer(
        tmp_path / "f.gif", ["#000000"], frames_per_second=25, height=300, width=300
    )
    noise = np.random.default_rng(1).integers(0, 256, (300, 300), dtype=np.uint8)
    for _ in range(4):
        writer.add(noise)
    (aside,) = (path for path in tmp_path.iterdir() if path.name != "f.gif")
    assert aside.stat().st_size > 3 * 90_000
    writer.cancel()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_film_of_marks_is_higher_by_its_line(subject, tmp_path) -> None:
    filmed(subject, tmp_path / "plain.gif", wish())
    filmed(subject, tmp_path / "marked.gif", wish(marks=("label", "signs", "hands")))
    plain, marked = ((tmp_path / n).read_bytes() for n in ("plain.gif", "marked.gif"))
    assert struct.unpack("<HH", plain[6:10]) == (160, 120)
    assert struct.unpack("<HH", marked[6:10]) == (160, 142)


def test_an_obstacle_is_seen_only_when_wished(subject, tmp_path) -> None:
    held = subject.with_interventions((Obstacle(0, 10.0, 5.0, 4.0),))  # far from the glider
    for name, each in (("held", held), ("free", subject)):
        filmed(each, tmp_path / f"{name}.png", wish(1, ".png"))
        filmed(each, tmp_path / f"{name}-hands.png", wish(1, ".png", ("hands",)))
    plain, marked = (
        [(tmp_path / f"{name}{kind}-0001.png").read_bytes() for name in ("held", "free")]
        for kind in ("", "-hands")
    )
    assert plain[0] == plain[1]
    assert marked[0] != marked[1]


@pytest.mark.parametrize("name", ["glider", "swift-glider"])
def test_a_roomy_palette_keeps_the_colours_and_has_those_of_marks(name: str) -> None:
    world = pattern_world(name)
    colouring = colouring_of(world, WorldLook(), is_dark=True)
    values = make_stepper(world).frame(0, 0, 8, 8)
    palette = palette_of(colouring, values, "cells")
    roomy, levels = roomy_palette(palette)
    assert len(roomy) <= 256
    assert set(MARK_COLOURS) <= set(roomy)
    assert [roomy[levels[index]] for index in (0, 255)] == [palette[0], palette[255]]


def test_a_film_without_ffmpeg_says_what_to_install(subject, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(film_file, "can_write_mp4", lambda: False)
    with pytest.raises(AutomataError, match=r'pip install "macroscope-explorer\[video\]"'):
        filmed(subject, tmp_path / "f.mp4", wish(ending=".mp4"))
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_no_film_is_refused_before_any_step(subject, tmp_path) -> None:
    with pytest.raises(AutomataError, match=r"f\.avi has an ending that is no film's"):
        Recorder(tmp_path / "f.avi", wish(), subject.world, subject.look, VIEW, None)


def test_the_dialog_answers_with_the_marks_that_are_ticked(qapp) -> None:
    dialog = FilmDialog(0, VIEW, None, ("hands",))
    dialog.marks["label"].setChecked(True)
    assert dialog.answer().marks == ("label", "hands")


def test_marks_are_rounded_to_the_nearest_colours() -> None:
    near = nearest_colours(["#000000", "#ffffff", "#f0674d"])
    rgb = [(3, 2, 9), (250, 255, 251), (236, 110, 80), (60, 60, 60), (200, 200, 200)]
    assert [near[r >> 3, g >> 3, b >> 3] for r, g, b in rgb] == [0, 1, 2, 0, 1]
