"""The verb that asks about hidden Markov processes."""

import json
import struct
from types import SimpleNamespace

import numpy as np
import pytest

from core.networks.formats.bif import read as read_bif
from core.processes.formats import read_process
from tests.core.processes.known_values import KNOWN

MEASURED = "h_mu C_mu E chi markov_order cryptic_order S T r_mu b_mu".split()
COIN = {"alphabet": ["0", "1"], "states": ["A"], "T": {"0": [[0.25]], "1": [[0.75]]}}


@pytest.fixture
def ask(macroscope):
    """Return a function that asks about a process and gives the JSON that is printed."""

    def run(*arguments):
        status, output, errors = macroscope("process", *arguments)
        assert status == 0, errors
        return json.loads(output)

    return run


@pytest.fixture
def refused(macroscope):
    """Return a function that asks in vain and gives the sentence."""

    def run(*arguments):
        status, output, errors = macroscope("process", *arguments)
        assert (status, output) == (2, "")
        assert errors.count("\n") == 1
        return errors

    return run


def test_golden_mean_has_the_values_of_the_literature(ask):
    found = ask("golden-mean", "measure")
    assert found["states"] == ["A", "B"]
    assert found["alphabet"] == ["0", "1"]
    assert found["unifilar"] is True
    assert found["h_mu"] == pytest.approx(2 / 3, abs=1e-10)
    assert found["C_mu"] == pytest.approx(0.9182958340544896, abs=1e-10)  # H(1/3)
    assert found["E"] == pytest.approx(0.2516291673878230, abs=1e-10)  # log2 3 - 4/3
    assert (found["markov_order"], found["cryptic_order"]) == (1, 1)
    assert len(found["H"]) == 10
    assert found["causal_states"] == 2
    assert set(found["method"]) >= {"h_mu", "C_mu", "E", "chi", "S", "T", "r_mu", "b_mu"}


def test_infinite_orders_are_told_in_a_word(ask):
    assert ask("even", "measure", "--max-length", "3")["markov_order"] == "inf"


def test_mess3_has_infinitely_many_causal_states_and_an_exact_entropy_rate(ask):
    found = ask("mess3:x=0.15,a=0.6", "measure", "--max-length", "2")
    assert found["h_mu"] == pytest.approx(1.570933619028, abs=1e-10)
    assert found["causal_states"] == "infinite"
    assert found["C_mu"] is None
    assert "Uncountable" in found["method"]["C_mu"]
    assert found["unifilar"] is False


def test_two_recurrent_classes_are_measured_one_by_one(ask, tmp_path):
    path = tmp_path / "two.edges"
    path.write_text("S -0-> A 1/2\nS -1-> B 1/2\nA -0-> A 1\nB -0-> B 1/2\nB -1-> B 1/2\n")
    found = ask(path, "measure")
    assert found["h_mu"] is None
    assert "2 recurrent classes" in found["method"]["h_mu"]
    assert [part["h_mu"] for part in found["recurrent_classes"]] == pytest.approx([0.0, 1.0])


def test_the_epsilon_machine_is_a_process_again(ask, tmp_path):
    found = ask("middle-third-cantor", "epsilon-machine")
    assert found["T"] == {"0": [[0.5]], "1": [[0.5]]}
    path = tmp_path / "machine.json"
    path.write_text(json.dumps(found))
    assert ask(path, "measure")["h_mu"] == 1.0
    assert set(ask("sns", "epsilon-machine", "--max-states", "500")) == {"verdict"}


def test_rrxor_has_36_beliefs_of_which_5_recur(ask):
    found = ask("rrxor", "mixed-states")
    assert (found["recurrent"], found["transient"]) == (5, 31)
    assert found["verdict"].startswith("finite")
    assert len(found["beliefs"]) == 36
    assert all(sum(belief) == pytest.approx(1.0) for belief in found["beliefs"])


def test_the_dimension_of_two_states_is_entropy_over_contraction(ask):
    found = ask("two-state-cantor", "dimension")
    assert found["kaplan_yorke"] == pytest.approx(0.61964475, abs=1e-7)
    assert found["exponents"] == pytest.approx([-1.60741256], abs=1e-6)
    assert found["overlap"] is False


def test_a_sample_is_one_line_and_the_same_for_a_seed(macroscope, tmp_path):
    status, line, _ = macroscope("process", "golden-mean", "sample", "1000", "--seed", "3")
    assert status == 0
    assert len(line) == 1001
    assert line.endswith("\n")
    assert "11" not in line
    out = tmp_path / "sample.txt"
    macroscope("process", "golden-mean", "sample", "1000", "--seed", "3", "--out", out)
    assert out.read_text() == line


def test_a_sample_that_is_stopped_leaves_the_file_as_it_was(macroscope, tmp_path, monkeypatch):
    def stopped_after_a_piece(chunks, alphabet):
        yield b"0101"
        raise KeyboardInterrupt

    monkeypatch.setattr("core.processes.symbol_text.pieces_of_text", stopped_after_a_piece)
    out = tmp_path / "sample.txt"
    out.write_text("an older sample")
    status, _, _ = macroscope("process", "golden-mean", "sample", "1000", "--out", out)
    assert status == 130
    assert out.read_text() == "an older sample"
    assert list(tmp_path.iterdir()) == [out]


def test_a_sample_goes_where_a_link_leads(macroscope, tmp_path):
    out = tmp_path / "sample.txt"
    out.write_text("an older sample")
    link = tmp_path / "link.txt"
    link.symlink_to(out)
    macroscope("process", "coin:p=0", "sample", "3", "--out", link)
    assert link.is_symlink()
    assert out.read_text() == "000\n"


def test_a_sample_may_go_to_no_ordinary_file(macroscope):
    assert macroscope("process", "coin", "sample", "3", "--out", "/dev/null") == (0, "", "")


def size_of_png(path):
    return struct.unpack(">II", path.read_bytes()[16:24])


@pytest.mark.parametrize("spec", ["mess3", "sns", "rrxor", "four-states"])
@pytest.mark.parametrize("colour", ["state", "density", "next-symbol"])
def test_a_fractal_has_the_pixels_that_were_asked_for(macroscope, tmp_path, spec, colour):
    out = tmp_path / "fractal.png"
    arguments = ("--points", "20000", "--size", "77", "--colour", colour, "--out", out)
    assert macroscope("process", spec, "fractal", *arguments)[0] == 0
    assert size_of_png(out) == (77, 77)


@pytest.mark.parametrize(("ending", "magic"), [("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_fractal_can_stand_in_a_vector_figure(macroscope, tmp_path, ending, magic):
    out = tmp_path / f"fractal.{ending}"
    arguments = ("--points", "20000", "--size", "64", "--out", out)
    assert macroscope("process", "mess3", "fractal", *arguments)[0] == 0
    assert out.read_bytes().startswith(magic)


@pytest.mark.parametrize("ending", ["csv", "npz"])
@pytest.mark.parametrize(
    "question",
    [
        ("fractal", "--points", "1000"),
        ("fractal", "--points", "1000", "--numbers", "density", "--size", "32"),
        ("mixed-states", "--max-states", "50"),
        ("mixed-states", "--depth", "4"),
    ],
)
def test_cloud_density_tree_and_mixed_states_are_written_as_numbers(
    macroscope, tmp_path, ending, question
):
    out = tmp_path / f"beliefs.{ending}"
    assert macroscope("process", "mess3", *question, "--out", out)[0] == 0
    if ending == "npz":
        with np.load(out) as kept:
            assert {"beliefs", "counts"} & set(kept)
    else:
        assert len(out.read_text().splitlines()) > 10


def test_overlays_stand_in_a_vector_figure(macroscope, tmp_path):
    plain, over = tmp_path / "plain.svg", tmp_path / "over.svg"
    arguments = ("process", "mess3", "fractal", "--points", "20000", "--size", "64", "--out")
    assert macroscope(*arguments, plain)[0] == 0
    assert macroscope(*arguments, over, "--overlay", "images", "--overlay", "hull")[0] == 0
    assert over.read_text().count("<p") > plain.read_text().count("<p")


def test_curves_are_written_as_a_table_and_as_arrays(macroscope, tmp_path):
    for ending in ("csv", "npz"):
        out = tmp_path / f"curves.{ending}"
        assert macroscope("process", "even", "curves", "--max-length", "4", "--out", out)[0] == 0
    lines = (tmp_path / "curves.csv").read_text().splitlines()
    assert lines[0].startswith("L,H(L) / bits") and len(lines) == 6
    with np.load(tmp_path / "curves.npz") as arrays:
        # Pr(0) = 1/3 and Pr(1) = 2/3
        assert arrays["H_L"][1] == pytest.approx(np.log2(3) - 2 / 3)
        assert arrays["L"].tolist() == [0, 1, 2, 3, 4]


def test_an_unrolled_process_is_a_bayes_net(macroscope, tmp_path):
    out = tmp_path / "net.bif"
    assert macroscope("process", "golden-mean", "unroll", "3", "--out", out)[0] == 0
    net = read_bif(out)
    assert sorted(net.names) == ["H0", "H1", "H2", "X0", "X1", "X2"]
    assert (net["H0"].states, net["X0"].states) == (("A", "B"), ("0", "1"))


def test_a_file_is_read_in_each_format(ask, tmp_path):
    path = tmp_path / "coin.json"
    path.write_text(json.dumps(COIN))
    assert ask(path, "measure")["h_mu"] == pytest.approx(0.8112781244591328, abs=1e-12)  # H(1/4)
    edges = tmp_path / "coin.edges"
    edges.write_text("A -0-> A 0.25\nA -1-> A 0.75\n")
    assert read_process(edges).model.T.tolist() == read_process(path).model.T.tolist()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"T": {"0": [[0.25]], "1": [[0.5]]}}, "Row 'A' sums to 0.75 over all symbols"),
        ({"T": {"0": [[1.25]], "1": [[-0.25]]}}, "row 'A' of symbol '1'"),
        ({"T": {"0": [[float("nan")]], "1": [[1.0]]}}, "row 'A' of symbol '0'"),
        ({"T": {"0": [[0.25, 0]], "1": [[0.75]]}}, "row 'A' of symbol '0' needs 1 numbers"),
        ({"states": 10**9}, "A process with 1,000,000,000 states is too large"),
    ],
)
def test_bad_matrices_are_refused_with_row_and_symbol(refused, tmp_path, change, told):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({**COIN, **change}))
    for question in ("measure", "epsilon-machine", "mixed-states", "dimension"):
        assert told in refused(path, question)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "measure"], "tom-quantum, fanizza; a file ends in .json"),
        (["nothing", "measure"], "There is no process 'nothing' in the zoo"),
        (["", "measure"], "The process has no name"),
        (["none.json", "measure"], "none.json: it cannot be read"),
        (["coin:p", "measure"], "'p' is no parameter"),
        (["coin:p=x", "measure"], "p is 'x', which is no number"),
        (["coin:p=0.1,p=0.2", "measure"], "'p' is given twice"),
        (["coin:p=2", "measure"], "p of coin is 2, and it lies between 0 and 1"),
        (["coin:r=2", "measure"], "coin has no parameter 'r'"),
        (["coin", "weigh"], "invalid choice: 'weigh'"),
        (["coin", "sample", "-5"], "macroscope process SPEC sample --help"),
        (["coin", "sample", "0"], "not a whole number above 0"),
        (["coin", "fractal", "--points", "9", "--out", "x.bmp"], "no picture's"),
        (["coin", "fractal", "--points", "9", "--out", "x.png", "--overlay", "hull"], ".svg"),
        (["coin", "mixed-states", "--depth", "3"], "give --out too"),
        (["coin", "mixed-states", "--out", "x.doc"], "use .csv or .npz"),
        (["coin", "fractal", "--points", "9", "--out", "x.png", "--size", "99999"], "8192 pixels"),
        (["coin", "curves", "--out", "x.doc"], "an ending that curves have not"),
        (["coin", "unroll", "5", "--out", "x.doc"], "no Bayes net is written in"),
        (["coin", "unroll", "99999", "--out", "x.bif"], "1 to 10,000 steps"),
        (["coin", "unroll", "5", "--out", "nowhere/x.bif"], "its folder does not exist"),
        (["fanizza", "sample", "5"], "no meaning for a generalized process"),
        (["tom-quantum", "dimension"], "generalized process"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(refused, arguments, told, tmp_path):
    assert told in refused(*arguments)


@pytest.mark.parametrize(
    ("spelled", "plain"),
    [
        ("period_2", "period:n=2"),
        ("period_5_00001", "period:n=5"),
        ("sns_half", "sns:p=0.5,q=0.5"),
        ("mess3_x0.15_a0.6", "mess3:x=0.15,a=0.6"),
        ("mess3-x0.05-a0.85", "mess3:x=0.05,a=0.85"),
        ("biased_coin_0.3", "coin:p=0.3"),
        ("rk_golden_mean_3_2", "rk-golden-mean:r=3,k=2"),
        ("ising_nn_J1_B0.3_T1", "ising:J=1,B=0.3,T=1"),
    ],
)
def test_parameters_may_stand_in_the_name(ask, spelled, plain):
    assert ask(spelled, "epsilon-machine") == ask(plain, "epsilon-machine")


@pytest.mark.parametrize("spec", ["mess3", "two-state-cantor"])
def test_of_uncountably_many_beliefs_as_many_as_fit_are_told_apart(ask, spec):
    found = ask(spec, "mixed-states", "--max-states", "100")
    assert found["verdict"].startswith("uncountable")
    assert (found["recurrent"], found["transient"]) == (50, 50)
    assert len(found["beliefs"]) == 100


def test_a_measure_that_diverges_is_null_with_the_reason_and_only_orders_are_inf(ask):
    found = ask("mess3", "measure", "--max-length", "3")
    assert found["chi"] is None
    assert found["method"]["chi"].startswith("It diverges. Uncountable")
    assert found["markov_order"] == "inf"


def test_samples_that_no_disk_holds_are_refused_before_a_symbol_is_drawn(
    refused, tmp_path, monkeypatch
):
    assert "symbols of one sample" in refused("coin", "sample", "1000000000000000")
    room = SimpleNamespace(free=80_000_000_000)
    monkeypatch.setattr("app.cli.process.shutil.disk_usage", lambda folder: room)
    out = tmp_path / "sample.txt"
    told = refused("coin", "sample", "90000000000", "--out", out)
    assert "90,000,000,000 symbols need at least 90 GB, and 80 GB are free" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_process_is_measured_to_eight_digits_by_its_own_name(ask, name):
    found, values = ask(name, "measure"), KNOWN[name]["values"]
    for measure in MEASURED:
        expected = values.get(measure)
        if expected is None:
            continue
        if expected == "inf":
            assert found[measure] == ("inf" if measure.endswith("order") else None)
            assert found["method"][measure]
        else:
            assert found[measure] == pytest.approx(expected, abs=1e-8), measure
    assert found["H"] == pytest.approx(values["H_L"], abs=1e-8)
    count = values["n_causal_states"]
    assert found["causal_states"] == (count if isinstance(count, int) else "infinite")
    unknown = [each for each in MEASURED if found[each] is None and not found["method"][each]]
    assert not unknown


def test_a_dimension_that_is_null_has_its_reason(ask):
    thin = ask("mess3:x=0.05,a=0.85", "dimension")
    assert thin["information"] is None
    assert "window" in thin["reasons"]["information"]
    assert thin["kaplan_yorke"] == pytest.approx(0.5195, abs=2e-3)
    finite = ask("golden-mean", "dimension")
    assert finite["exponents"] == [None]
    assert "minus infinity" in finite["reasons"]["exponents"]


def test_complexity_levels_off_at_that_of_a_finite_machine(ask):
    curve = ask("golden-mean", "complexity", "--points", "20000")
    assert curve["epsilon"][:3] == [1.0, 0.5, 0.25]
    assert curve["C_mu"][-1] == pytest.approx(0.9182958340544896, abs=0.02)
    assert curve["growth"] == 0.0


def test_the_spectrum_sums_up_to_the_measures(ask):
    found = ask("rrxor", "spectrum")
    assert found["of"] == "mixed states"
    assert sum(each["multiplicity"] for each in found["eigenvalues"]) == 36
    assert sum(each["E"] for each in found["eigenvalues"]) == pytest.approx(found["E"])
    assert found["T"] == pytest.approx(12.74309339, abs=1e-7)
    operator = ask("mess3:x=0.15,a=0.6", "spectrum")
    assert operator["of"] == "belief operator"
    assert operator["eigenvalues"][1]["value"] == pytest.approx([0.55, 0.0], abs=1e-9)
