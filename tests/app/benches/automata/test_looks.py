"""Cameras, colours, parameters and films of worlds."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.benches.automata.camera import Camera
from app.benches.automata.colouring import between
from app.benches.automata.examples import EXAMPLES
from app.benches.automata.figure import field_figure, rgba_of, thumbnail
from app.benches.automata.film.recording import record
from app.benches.automata.film.wish import FilmWish
from app.benches.automata.palettes import SCALES, colouring_of
from app.benches.automata.rule_parameters import parameters_of
from app.benches.automata.world_frame import Viewport
from app.figures.description import FigureOptions
from core.automata.errors import AutomataError
from core.automata.formats import mp4
from core.automata.patterns.others import margolus_world
from core.automata.rules.reading import rule_of
from core.automata.world_subject import WorldSubject
from core.progress import Cancelled, Progress


def lightness(colours):
    red, green, blue = ((colours >> shift) & 255 for shift in (16, 8, 0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", SCALES)
def test_every_scale_goes_one_way_in_lightness(name):
    steps = np.diff(lightness(between(SCALES[name]).astype(float).astype(np.int64)))
    assert (steps >= -1.0).all() or (steps <= 1.0).all()


def test_a_point_and_its_cell_belong_together():
    camera = Camera(3.0, -2.0, 7.5, 640.0, 480.0)
    assert camera.point_at(*camera.cell_at(17.0, 401.0)) == pytest.approx((17.0, 401.0))


def test_a_fitted_board_is_whole_in_sight():
    camera = Camera(width=500.0, height=300.0).fitted((0.0, 0.0, 256.0, 256.0))
    left, top, right, bottom = camera.visible
    assert left <= 0 and top <= 0 and right >= 256 and bottom >= 256


def test_no_more_is_asked_for_than_there_is_of_a_board():
    camera = Camera(width=500.0, height=300.0, scale=1.0)
    assert camera.viewport((0.0, 0.0, 64.0, 32.0)) == Viewport(0, 0, 64, 32)


def test_small_cells_share_pixels():
    camera = Camera(0.0, 0.0, 0.25, 400.0, 400.0)
    assert camera.viewport(None) == Viewport(-800, -800, 400, 400, 4)


@pytest.mark.parametrize(
    "text",
    [
        "B3/S23",
        "W30",
        "/2/3",
        "lenia:R=13,T=10;m=0.15,s=0.015",
        "ising:",
        "noisy(0.01):B3/S23",
        "asynchronous(0.5):B3/S23",
        "particle-lenia:dt=0.1",
        "sir:infection=0.3",
    ],
)
def test_every_parameter_put_to_its_own_value_leaves_the_rule(text):
    rule = rule_of(text)
    moved = [each for each in parameters_of(rule) if each.name != "noise" or each.value]
    assert all(each.put(each.value) == rule for each in moved)
    assert parameters_of(rule)


def test_noise_can_be_added_to_a_rule_and_moved_on():
    noise = parameters_of(rule_of("B3/S23"))[0]
    noisy = noise.put(0.125)
    assert noisy.text == "noisy(0.125):B3/S23"
    (moved,) = parameters_of(noisy)
    assert moved.value == 0.125
    assert moved.put(0.25).text == "noisy(0.25):B3/S23"
    assert parameters_of(noisy.rule, takes_noise=False) == ()


def test_every_example_has_a_picture():
    for example in EXAMPLES:
        figure = thumbnail(example.build(), FigureOptions())
        assert figure.items and figure.height_mm > 0


def film(subject, tmp_path, ending, progress=None, frames=6):
    path = tmp_path / f"film{ending}"
    colouring = colouring_of(subject.world, subject.look, is_dark=True)
    wish = FilmWish(2, frames, 4, 25, 3, ending)
    record(subject, Viewport(0, 0, 24, 16), colouring, wish, path, progress or Progress())
    return path


def test_a_gif_has_as_many_frames_as_were_wished_for(glider, tmp_path):
    data = film(glider, tmp_path, ".gif").read_bytes()
    assert data[:6] == b"GIF89a"
    assert data[6:10] == bytes([72, 0, 48, 0])
    assert data.count(b"\x21\xf9\x04") == 6


def test_png_files_show_the_generations_one_after_the_other(glider, tmp_path):
    film(glider, tmp_path, ".png")
    files = sorted(each.name for each in tmp_path.iterdir())
    assert files == [f"film-{number:04d}.png" for number in range(1, 7)]
    first, again = (tmp_path / files[0]).read_bytes(), (tmp_path / files[1]).read_bytes()
    assert first != again


def test_a_cancelled_film_leaves_nothing_behind(glider, tmp_path):
    def stop(fraction, _message):
        if fraction > 0.4:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        film(glider, tmp_path, ".png", progress)
    assert list(tmp_path.iterdir()) == []


def test_without_ffmpeg_an_mp4_is_refused_with_the_way_out(glider, tmp_path, monkeypatch):
    monkeypatch.setattr(mp4, "find_spec", lambda name: None)
    monkeypatch.setattr(mp4.shutil, "which", lambda name: None)
    with pytest.raises(AutomataError, match="video"):
        film(glider, tmp_path, ".mp4")
    assert list(tmp_path.iterdir()) == []


def test_critters_do_not_flash_in_the_window_nor_in_a_film(open_bench, shown, tmp_path):
    subject = WorldSubject(margolus_world("critters", 32, 32))
    bench = open_bench(subject)
    dark = []
    for generation in (1, 2, 3):
        bench.session.step()
        frame = shown(bench, generation)
        ground = frame.picture == bench.session.colouring.states[0]
        dark.append(ground.mean())
        assert frame.signs.population < 32 * 32 / 2
        assert (frame.values == generation % 2).mean() > 0.5, "the states themselves stay exact"
        figure = field_figure(frame, bench.session.colouring, "cells", "", FigureOptions())
        assert np.array_equal(figure.items[0].rgba, rgba_of(frame.picture))
    assert min(dark) > 0.5
    colouring = colouring_of(subject.world, subject.look, is_dark=True)
    wish = FilmWish(0, 4, 1, 25, 1, ".png")
    path = tmp_path / "film.png"
    record(subject, Viewport(0, 0, 32, 32), colouring, wish, path, Progress())
    films = sorted(tmp_path.glob("film-*.png"))
    assert len(films) == 4
    for each in films:
        pixels = QImage(str(each)).convertToFormat(QImage.Format.Format_Grayscale8)
        grey = np.frombuffer(pixels.constBits(), dtype=np.uint8)
        assert (grey < 128).mean() > 0.5, each.name
