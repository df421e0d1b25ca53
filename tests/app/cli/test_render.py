"""`macroscope render`: figures of the asked size and kind, with the study inside."""

import json
import re
import struct

import pytest

from app.catalogue import KINDS
from app.figures.carried import carried_study
from app.study.store import study_from_bytes

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def render(macroscope, sprinkler, tmp_path):
    """Return a function that renders the sprinkler net and gives the written file."""

    def run(name, *options, view="posteriors"):
        out = tmp_path / name
        status, output, errors = macroscope(
            "render", sprinkler, "--view", view, "--out", out, *options
        )
        assert (status, output, errors) == (0, "", "")
        return out

    return run


def test_an_svg_has_the_asked_width_and_its_text_as_text(render):
    text = render("figure.svg", "--width-mm", "100").read_text(encoding="utf-8")
    assert re.search(r'<svg[^>]* width="100(\.0+)?mm"', text)
    assert "Sprinkler</text>" in text


def test_outlines_leave_no_text_in_an_svg(render):
    assert "<text" not in render("figure.svg", "--outlines").read_text(encoding="utf-8")


def test_a_png_has_the_width_in_pixels_that_millimetres_and_dpi_make(render):
    data = render("figure.png", "--width-mm", "50.8", "--dpi", "100").read_bytes()
    assert struct.unpack(">I", data[16:20]) == (200,)


def test_a_pdf_is_86_mm_wide_by_default(render):
    data = render("figure.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert float(box[1]) == pytest.approx(86 / 25.4 * 72, abs=1)


def test_a_tex_file_draws_the_nodes(render):
    assert "Sprinkler" in render("figure.tex").read_text(encoding="utf-8")


def test_the_posteriors_in_the_figure_follow_the_evidence(render):
    plain = render("plain.svg").read_text(encoding="utf-8")
    observed = render("observed.svg", "--evidence", "Wet=T").read_text(encoding="utf-8")
    # P(Rain) is 0.5 before and 0.7079 after.
    assert "70.8%" not in plain
    assert "70.8%" in observed


def test_the_view_graph_shows_names_alone(render):
    text = render("figure.svg", view="graph").read_text(encoding="utf-8")
    assert "Sprinkler</text>" in text
    assert "%</text>" not in text


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_the_study_inside_holds_the_net_and_the_evidence(render, suffix):
    out = render(f"figure{suffix}", "--evidence", "Wet=T")
    (entry,) = study_from_bytes(carried_study(out), KINDS).subjects
    assert entry.value.net.names == ("Cloudy", "Sprinkler", "Rain", "Wet")
    assert dict(entry.value.evidence.items()) == {"Wet": 0}


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_a_figure_stands_for_its_network_in_other_verbs(render, macroscope, suffix):
    status, output, _ = macroscope("infer", render(f"figure{suffix}"), "--evidence", "Wet=T")
    assert status == 0
    rain = json.loads(output)["marginals"]["Rain"]["T"]
    assert rain == pytest.approx(0.707927677329625, abs=1e-12)


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".tex"])
def test_two_renderings_are_byte_identical(render, suffix):
    assert render(f"one{suffix}").read_bytes() == render(f"one{suffix}").read_bytes()


def test_a_net_without_positions_is_laid_out_from_top_to_bottom(render):
    out = render("figure.svg", view="graph")
    (entry,) = study_from_bytes(carried_study(out), KINDS).subjects
    heights = {node.name: node.position[1] for node in entry.value.net}
    assert heights["Cloudy"] < heights["Sprinkler"] == heights["Rain"] < heights["Wet"]


@pytest.mark.parametrize("theme", ["print", "light", "dark"])
def test_every_theme_can_be_asked_for(render, theme):
    assert render(f"{theme}.svg", "--theme", theme).stat().st_size > 1000


BAD_COMMANDS = {
    "no view": (["--out", "{folder}/f.svg"], "--view"),
    "no figure": (["--view", "graph"], "--out"),
    "an unknown view": (["--view", "table", "--out", "{folder}/f.svg"], "table"),
    "an unknown ending": (["--view", "graph", "--out", "{folder}/f.gif"], "f.gif"),
    "an unknown theme": (["--view=graph", "--theme=pink", "--out={folder}/f.svg"], "pink"),
    "no width": (["--view=graph", "--width-mm=wide", "--out={folder}/f.svg"], "wide"),
    "no finite width": (["--view=graph", "--width-mm=nan", "--out={folder}/f.svg"], "nan"),
    "a width of nothing": (["--view=graph", "--width-mm=0", "--out={folder}/f.svg"], "0"),
    "a negative width": (["--view=graph", "--width-mm=-5", "--out={folder}/f.svg"], "5"),
    "an endless width": (["--view=graph", "--width-mm=1e9", "--out={folder}/f.svg"], "mm"),
    "too few dots": (["--view=graph", "--dpi=0", "--out={folder}/f.png"], "0"),
    "no finite dots": (["--view=graph", "--dpi=inf", "--out={folder}/f.png"], "inf"),
    "a folder that is not there": (["--view=graph", "--out={folder}/none/f.svg"], "none"),
    "a figure without a name": (["--view=graph", "--out="], "''"),
    "a folder in the way": (["--view=graph", "--out={folder}/taken.svg"], "taken.svg"),
}


@pytest.mark.parametrize("case", BAD_COMMANDS)
def test_a_bad_command_line_is_one_sentence(macroscope, sprinkler, tmp_path, case):
    (tmp_path / "taken.svg").mkdir()
    words, named = BAD_COMMANDS[case]
    status, output, errors = macroscope(
        "render", sprinkler, *(word.format(folder=tmp_path) for word in words)
    )
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert named in errors


def test_the_clique_tree_has_its_cliques_as_ellipses_and_its_separators_as_boxes(render):
    text = render("figure.svg", view="clique-tree").read_text(encoding="utf-8")
    # The sprinkler net's cliques are {Cloudy, Sprinkler, Rain} and {Sprinkler, Rain, Wet}.
    assert "Cloudy, Sprinkler, Rain</text>" in text
    assert "Sprinkler, Rain, Wet</text>" in text
    assert "Sprinkler, Rain</text>" in text


def test_the_clique_tree_can_be_written_as_tikz(render):
    text = render("figure.tex", view="clique-tree").read_text(encoding="utf-8")
    assert text.count("ellipse [") == 2
    assert text.count("rounded corners") == 1


def test_the_moral_graph_marries_parents_with_a_dashed_edge(render):
    text = render("figure.tex", view="moral").read_text(encoding="utf-8")
    # Sprinkler and Rain are the parents of Wet; nothing needs to be filled in.
    assert text.count("dash pattern") == 1


def test_the_elimination_follows_the_query_and_the_order(render):
    for order in ("min-fill", "exact"):
        words = ("--query", "Cloudy", "--order", order, "--width-mm", "178")
        text = render("figure.svg", *words, view="elimination").read_text(encoding="utf-8")
        assert "→ P(Cloudy)</text>" in text
        assert ">Wet</text>" in text


def test_a_narrow_elimination_names_the_variables_of_each_product(render):
    text = render("figure.svg", view="elimination").read_text(encoding="utf-8")
    # Wet is asked for; Cloudy is multiplied out of the table over itself and its two children.
    assert ">Cloudy, Sprinkler, Rain</text>" in text


def test_the_mutual_information_has_its_unit_and_an_image(render):
    text = render("figure.svg", view="mutual-information").read_text(encoding="utf-8")
    assert "nats</text>" in text
    assert text.count("<image") == 2


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".tex"])
@pytest.mark.parametrize("view", ["moral", "clique-tree", "mutual-information", "elimination"])
def test_every_view_of_the_levels_can_be_rendered_twice_alike(render, view, suffix):
    first = render(f"one{suffix}", view=view).read_bytes()
    assert render(f"one{suffix}", view=view).read_bytes() == first


def test_a_query_that_is_not_in_the_net_is_one_sentence(macroscope, sprinkler, tmp_path):
    words = ["--view", "elimination", "--query", "Snow", "--out", tmp_path / "f.svg"]
    status, output, errors = macroscope("render", sprinkler, *words)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "Snow" in errors


VIEWS = ["graph", "posteriors", "moral", "clique-tree", "mutual-information", "elimination"]


@pytest.mark.parametrize("view", VIEWS)
def test_impossible_evidence_writes_no_figure(macroscope, sprinkler, tmp_path, view):
    words = [w for e in ("Sprinkler=F", "Rain=F", "Wet=T") for w in ("--evidence", e)]
    out = tmp_path / "figure.svg"
    status, _, errors = macroscope("render", sprinkler, "--view", view, "--out", out, *words)
    assert (status, errors.count("\n")) == (3, 1)
    assert not out.exists()


def test_letters_too_small_to_read_are_told_with_what_to_do(macroscope, tmp_path):
    net = tmp_path / "monitoring.bif"
    macroscope("examples", "monitoring", "--out", net)
    out = tmp_path / "figure.svg"
    status, _, errors = macroscope("render", net, "--view", "posteriors", "--out", out)
    assert status == 0
    assert "a larger --width-mm makes them legible" in errors
    assert out.exists()


@pytest.mark.parametrize(
    "view",
    ["graph", "factor-graph", "markov", "posteriors", "clique-tree", "elimination"],
)
def test_a_markov_network_is_drawn_from_a_file_without_places(macroscope, tmp_path, view):
    path, out = tmp_path / "ring.uai", tmp_path / "ring.svg"
    path.write_text("MARKOV 3 2 2 2 2 2 0 1 2 1 2 4 30 5 1 10 4 100 1 1 100")
    assert macroscope("render", path, "--view", view, "--out", out) == (0, "", "")
    text = out.read_text(encoding="utf-8")
    assert text.count("<svg") == 1
    entry = study_from_bytes(carried_study(out), KINDS, "ring").subjects[0]
    assert entry.kind == "markov-network"


@pytest.mark.parametrize(
    ("name", "view"), [("ring.uai", "moral"), ("net.uai", "factor-graph"), ("net.uai", "markov")]
)
def test_a_view_of_the_other_kind_of_network_is_refused(macroscope, tmp_path, name, view):
    path = tmp_path / name
    word = "MARKOV" if name == "ring.uai" else "BAYES"
    path.write_text(f"{word} 2 2 2 2 1 0 2 0 1 2 .5 .5 4 .5 .5 .5 .5")
    out = tmp_path / "out.svg"
    status, output, errors = macroscope("render", path, "--view", view, "--out", out)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "whose views are" in errors
    assert not out.exists()
