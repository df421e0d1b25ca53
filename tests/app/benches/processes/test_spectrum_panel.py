"""The panel of the spectrum: eigenvalues, closed forms, correlations."""

import pytest

from app.benches.processes.examples import build
from app.benches.processes.spectrum.figure import (
    complex_text,
    correlation_drawing,
    correlation_table,
    eigenvalue_table,
    plane_drawing,
)
from app.benches.processes.spectrum.findings import find_spectrum
from app.benches.processes.spectrum.words import forms_html, table_html
from app.figures.description import FigureOptions
from core.processes.zoo import process
from core.progress import Cancelled, Progress


def spectrum_of(name, **parameters):
    return find_spectrum(process(name, **parameters), lambda found: None, Progress())


def test_the_golden_mean_is_written_out():
    words = forms_html(spectrum_of("golden-mean")).replace("&nbsp;", " ")
    assert "h(L) = 0.666667 + 0.25163 [L = 1]" in words
    assert "H(L) = 0.251629 + 0.666667 L − 0.25163 [L = 0]" in words
    assert "= 0.25162917 bits" in words
    assert "0.111111 − 0.11111 (−0.5)^(τ−1)" in words


def test_rrxor_has_the_cube_roots_of_one_half_and_one_quarter():
    found = spectrum_of("rrxor")
    assert found.beliefs == 36
    sizes = {round(abs(share.mode.eigenvalue), 6) for share in found.forms.shares}
    assert {round(2 ** (-1 / 3), 6), round(4 ** (-1 / 3), 6)} <= sizes
    assert "12.743093" in forms_html(found)


def test_uncountable_beliefs_have_the_eigenvalues_of_an_operator_with_errors():
    found = spectrum_of("mess3", x=0.15, a=0.6)
    assert found.forms is None
    assert found.operator[1].value == pytest.approx(0.55, abs=1e-9)
    assert "error" in table_html(found)
    assert "not finitely many" in forms_html(found)


def test_countable_beliefs_keep_the_correlations_and_a_reason():
    found = spectrum_of("sns")
    assert found.operator == ()
    assert found.refusal
    assert "⟨x₀ x_τ⟩" in forms_html(found)


@pytest.mark.parametrize("name", ["coin", "period", "golden-mean", "sns", "mess3", "tom-quantum"])
def test_every_sort_of_process_has_a_plane_and_correlations(name):
    found = spectrum_of(name)
    for draw in (plane_drawing, correlation_drawing):
        drawing = draw(found, FigureOptions())
        assert drawing.spots
        for spot in drawing.spots:
            assert 0 <= spot.x <= drawing.figure.width_mm
            assert 0 <= spot.y <= drawing.figure.height_mm
    assert eigenvalue_table(found).rows
    assert len(correlation_table(found).rows) == 21


def test_complex_numbers_are_written_as_people_write_them():
    assert complex_text(-0.5 + 0j) == "−0.5"
    assert complex_text(0.25 - 0.5j) == "0.25 − 0.5 i"
    assert complex_text(0.5j) == "0.5 i"


def test_the_work_stops_when_it_is_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        find_spectrum(process("rrxor"), lambda found: None, progress)


def test_the_panel_offers_its_figures_and_numbers(open_bench, qtbot):
    bench = open_bench(build("golden-mean"), "spectrum")
    panel = bench.deck.shown_panel()
    qtbot.waitUntil(lambda: not panel.is_waiting, timeout=300000)
    assert [view.id for view in bench.views()] == ["machine", "eigenvalues", "autocovariance"]
    assert panel.arrays()["H_bits"][1] == pytest.approx(0.9182958340544896)
    assert panel.save.isEnabled()
