"""Everything that a GeNIe .xdsl file may hold."""

import numpy as np
import pytest

from core.networks.formats import xdsl
from core.networks.formats.xdsl_writer import xdsl_text
from core.networks.model import BayesNet, Node, frozen
from core.notices import collected_notices

GENIE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<smile version="1.0" id="Network1" numsamples="1000" discsamples="10000">
	<nodes>
		<cpt id="Success">
			<state id="Yes" />
			<state id="No" />
			<probabilities>0.2 0.8</probabilities>
		</cpt>
		<cpt id="Forecast">
			<state id="Good" />
			<state id="Moderate" fault="true" />
			<state id="Poor" />
			<parents>Success</parents>
			<probabilities>0.4 0.4 0.2 0.1 0.3 0.6</probabilities>
			<property id="literature">somewhere</property>
		</cpt>
		<deterministic id="Act">
			<state id="Go" />
			<state id="Stay" />
			<parents>Success Forecast</parents>
			<resultingstates>Go Go Stay
				Go Stay Stay</resultingstates>
		</deterministic>
	</nodes>
	<extensions>
		<genie version="1.0" app="GeNIe 2.1" name="A venture &amp; its end">
			<comment>of the whole net</comment>
			<node id="Success">
				<name>Success of the
					venture</name>
				<interior color="e5f6f7" />
				<outline color="000080" />
				<font color="000000" name="Arial" size="8" />
				<position>100 50 180 91</position>
				<comment>How it ends.
Twice.</comment>
			</node>
			<submodel id="Sub">
				<name>Part</name>
				<position>1 2 3 4</position>
				<submodel id="Inner">
					<node id="Forecast">
						<name>Expert forecast</name>
						<interior color="FFcc00" />
						<position>-10 -20 30 40</position>
					</node>
				</submodel>
			</submodel>
			<node id="Act">
				<name>Expert forecast</name>
			</node>
			<textbox><caption>hello</caption></textbox>
		</genie>
	</extensions>
</smile>
"""


def test_tables_have_the_child_fastest_and_then_the_last_parent():
    net = xdsl.parse(GENIE)
    assert net["Forecast"].table.tolist() == [[0.4, 0.4, 0.2], [0.1, 0.3, 0.6]]
    assert net["Forecast"].states == ("Good", "Moderate", "Poor")


def test_a_deterministic_node_becomes_a_table_of_zeros_and_ones():
    table = xdsl.parse(GENIE)["Act"].table
    assert table.argmax(axis=-1).tolist() == [[0, 0, 1], [0, 1, 1]]
    assert sorted(set(table.ravel().tolist())) == [0.0, 1.0]


def test_names_that_genie_shows_are_taken_where_they_tell_nodes_apart():
    net = xdsl.parse(GENIE)
    assert net.name == "A venture & its end"
    assert net.names == ("Success of the venture", "Forecast", "Act")
    assert net["Act"].parents == ("Success of the venture", "Forecast")


def test_places_colours_and_comments_are_read_in_submodels_too():
    net = xdsl.parse(GENIE)
    success, forecast = net["Success of the venture"], net["Forecast"]
    assert (success.position, success.colour) == ((140.0, 70.5), None)
    assert success.note == "How it ends.\nTwice."
    assert (forecast.position, forecast.colour) == ((10.0, 10.0), "#FFcc00")


def test_submodels_are_flattened_and_told_once():
    with collected_notices() as notices:
        xdsl.parse(GENIE)
    assert notices == ["Submodels are not kept; their nodes stand in one net."]


def test_nodes_may_stand_inside_submodels():
    text = GENIE.replace('<cpt id="Forecast">', '<submodel id="S"><nodes><cpt id="Forecast">')
    text = text.replace("</property>\n\t\t</cpt>", "</property>\n\t\t</cpt></nodes></submodel>")
    assert len(xdsl.parse(text)) == 3


def test_a_file_without_the_part_of_genie_is_named_by_its_ids():
    text = GENIE[: GENIE.index("<extensions>")] + "</smile>"
    net = xdsl.parse(text)
    assert (net.name, net.names) == ("Network1", ("Success", "Forecast", "Act"))


def noisy(strengths, parameters):
    return f"""<smile version="1.0" id="n"><nodes>
    <cpt id="P"><state id="yes"/><state id="no"/><probabilities>0.5 0.5</probabilities></cpt>
    <cpt id="Q"><state id="low"/><state id="mid"/><state id="high"/>
      <probabilities>0.2 0.3 0.5</probabilities></cpt>
    <noisymax id="N"><state id="strong"/><state id="weak"/><state id="none"/>
      <parents>P Q</parents>{strengths}<parameters>{parameters}</parameters></noisymax>
    </nodes></smile>"""


P_YES = [0.5, 0.3, 0.2]
Q_LOW, Q_MID = [0.1, 0.2, 0.7], [0.6, 0.1, 0.3]
LEAK = [0.05, 0.05, 0.9]
NONE = [0.0, 0.0, 1.0]


def numbers(*columns):
    return " ".join(str(value) for column in columns for value in column)


def strongest(*columns):
    """The distribution of the strongest of independent effects, by enumeration."""
    result = np.zeros(3)
    for states in np.ndindex(*(3,) * len(columns)):
        result[min(states)] += np.prod(
            [column[s] for column, s in zip(columns, states, strict=True)]
        )
    return result


@pytest.mark.parametrize(
    ("strengths", "q_columns"),
    [
        ("", (Q_LOW, Q_MID, NONE)),
        ("<strengths>0 1 0 1 2</strengths>", (Q_LOW, Q_MID, NONE)),
        ("<strengths>0 1 1 2 0</strengths>", (NONE, Q_LOW, Q_MID)),
        ("<strengths>0 1 1 2 0</strengths>", (Q_LOW, Q_MID, NONE)),
    ],
    ids=["no strengths", "natural order", "columns by state", "columns by strength"],
)
def test_a_noisy_max_is_the_strongest_effect_of_its_causes_and_the_leak(strengths, q_columns):
    with collected_notices() as notices:
        net = xdsl.parse(noisy(strengths, numbers(P_YES, NONE, *q_columns, LEAK)))
    table = net["N"].table
    by_state = {"": (Q_LOW, Q_MID, NONE), "<strengths>0 1 0 1 2</strengths>": (Q_LOW, Q_MID, NONE)}
    q_by_state = by_state.get(strengths, (NONE, Q_LOW, Q_MID))
    for p, p_column in enumerate((P_YES, NONE)):
        for q, q_column in enumerate(q_by_state):
            expected = strongest(p_column, q_column, LEAK)
            assert table[p, q].tolist() == pytest.approx(expected.tolist(), abs=1e-15)
    assert notices == ["Noisy-MAX nodes were made full tables: N."]


def test_a_noisy_max_without_parents_is_its_leak():
    text = """<smile><nodes><noisymax id="N"><state id="a"/><state id="b"/>
    <parameters>0.25 0.75</parameters></noisymax></nodes></smile>"""
    assert xdsl.parse(text)["N"].table.tolist() == [0.25, 0.75]


def test_parents_are_written_before_their_children_and_the_order_is_kept_beside():
    child = Node("B", ("x",), ("A",), frozen([[1.0], [1.0]]))
    parent = Node("A", ("x", "y"), (), frozen([0.5, 0.5]))
    text = xdsl_text(BayesNet([child, parent], "n"))
    assert text.index('<cpt id="A">') < text.index('<cpt id="B">')
    assert xdsl.parse(text).names == ("B", "A")


def test_ids_are_identifiers_and_the_true_names_stand_beside():
    node = Node("very high", ("<5", "5+"), (), frozen([0.5, 0.5]), (10.4, 20.0), "#AAbbcc", "a & b")
    text = xdsl_text(BayesNet([node], "a net"))
    assert '<smile version="1.0" id="a_net"' in text
    assert '<cpt id="very_high">' in text
    assert '<state id="n_5" />' in text
    assert '<property id="macroscope_states">["&lt;5", "5+"]</property>' in text
    assert "<name>very high</name>" in text
    assert '<interior color="AAbbcc" />' in text
    assert "<position>-30 0 50 40</position>" in text
    assert "<comment>a &amp; b</comment>" in text


def test_what_another_program_moved_or_renamed_is_not_undone():
    node = Node("a  b", ("<5", "x"), (), frozen([0.5, 0.5]), (10.4, 20.0), None, "bell \x07")
    text = xdsl_text(BayesNet([node], "n"))
    changed = text.replace(">a b<", ">c d<").replace("-30 0 50 40", "70 80 150 120")
    changed = changed.replace("<comment>bell ", "<comment>horn ").replace('"n_5"', '"six"')
    node = xdsl.parse(changed)["c d"]
    assert (node.position, node.note, node.states) == ((110.0, 100.0), "horn ", ("six", "x"))
