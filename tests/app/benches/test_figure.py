import pytest

from app.benches.networks.figure import network_figure, thumbnail
from app.figures.description import Arrow, Ellipse, FigureOptions, Rect, Text, smallest_text_pt
from app.graphical.posterior_table import posterior_table
from core.networks import zoo
from core.networks.evidence import Evidence
from core.networks.inference import infer
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject

NAMES = [each.name for each in zoo.EXAMPLES]


def extents(figure):
    for item in figure.items:
        if isinstance(item, Rect):
            yield item.x, item.y, item.x + item.width, item.y + item.height
        elif isinstance(item, Ellipse):
            yield item.x - item.rx, item.y - item.ry, item.x + item.rx, item.y + item.ry


def overlap(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > 1e-6 and min(a[3], b[3]) - max(a[1], b[1]) > 1e-6


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [86.0, 178.0])
def test_a_figure_has_every_name_and_arc_in_its_width(name, width):
    subject = zoo.example(name).build()
    figure = network_figure(subject, None, FigureOptions(width_mm=width), "graph")
    texts = [item.text for item in figure.items if isinstance(item, Text)]
    assert sorted(texts) == sorted(subject.net.names)
    arrows = [item for item in figure.items if isinstance(item, Arrow)]
    assert len(arrows) == subject.net.arc_count
    assert figure.width_mm == width
    assert smallest_text_pt(figure.items) >= 6.0 - 1e-9
    boxes = list(extents(figure))
    assert min(box[0] for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= width
    assert max(box[3] for box in boxes) <= figure.height_mm
    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


@pytest.mark.parametrize("name", NAMES)
def test_posteriors_are_drawn_as_bars_of_their_length_and_no_text_is_too_small(name):
    subject = zoo.example(name).build()
    posteriors = infer(subject.net)
    figure = network_figure(subject, posteriors, FigureOptions(width_mm=178.0), "posteriors")
    assert smallest_text_pt(figure.items) >= 6.0 - 1e-9
    tracks = FigureOptions().palette["bar_track"]
    states = sum(len(node.states) for node in subject.net)
    assert sum(isinstance(i, Rect) and i.fill == tracks for i in figure.items) == states


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_is_taller_than_a_page(name):
    subject = zoo.example(name).build()
    for view in ("graph", "posteriors"):
        assert network_figure(subject, None, FigureOptions(), view).height_mm <= 270.0


def test_a_net_too_large_to_be_legible_keeps_its_drawing_in_small():
    subject = zoo.example("monitoring").build()
    figure = network_figure(subject, None, FigureOptions(), "posteriors")
    titles = [each for each in figure.items if isinstance(each, Text) and each.bold]
    drawn = {each.text: each.x for each in titles}
    for a in subject.net:
        for b in subject.net:
            if a.position[0] < b.position[0] and drawn.keys() >= {a.name, b.name}:
                assert drawn[a.name] < drawn[b.name]


def test_a_bar_is_as_long_as_its_probability():
    subject = zoo.example("sprinkler").build()
    figure = network_figure(subject, infer(subject.net), FigureOptions(), "posteriors")
    colours = FigureOptions().palette
    tracks = [
        i.width for i in figure.items if isinstance(i, Rect) and i.fill == colours["bar_track"]
    ]
    bars = [i.width for i in figure.items if isinstance(i, Rect) and i.fill == colours["bar"]]
    # C, S, R, W: P(true) = .5, .3, .5, .6471
    shares = [bar / track for bar, track in zip(bars, tracks, strict=True)]
    assert shares == pytest.approx([0.5, 0.5, 0.3, 0.7, 0.5, 0.5, 0.6471, 0.3529])


def test_observed_nodes_are_marked():
    subject = zoo.example("sprinkler").build().with_evidence(Evidence({"Rain": 0}))
    figure = network_figure(subject, None, FigureOptions(), "graph")
    fill = FigureOptions().palette["node_observed"]
    assert [isinstance(i, Ellipse) and i.fill == fill for i in figure.items].count(True) == 1
    assert "evidence Rain=true" in figure.description


def test_the_table_behind_lists_every_state():
    subject = zoo.example("sprinkler").build()
    table = posterior_table(subject.net, infer(subject.net))
    assert table.header == ("node", "state", "probability")
    assert table.rows[2][:2] == ("Sprinkler", "true")
    assert table.rows[2][2] == pytest.approx(0.3)


def test_a_network_without_nodes_and_with_one_can_be_drawn():
    empty = network_figure(NetworkSubject(BayesNet()), None, FigureOptions(), "graph")
    assert (empty.width_mm, empty.items) == (86.0, ())
    one = zoo.example("sprinkler").build()
    one = one.with_net(one.net.fragment(["Rain"]))
    assert len(network_figure(one, None, FigureOptions(), "graph").items) == 2


def test_the_gallery_has_a_picture_of_every_example():
    for example in zoo.EXAMPLES:
        assert thumbnail(example.build(), FigureOptions()).items
