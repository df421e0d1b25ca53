"""What a file cannot hold is said in a sentence each, and only then."""

from pathlib import Path

import pytest

from core.networks.evidence import Evidence
from core.networks.formats.losses import losses
from core.networks.model import BayesNet, Node, frozen
from core.networks.subject import NetworkSubject

NODE = Node("Rain", ("no", "yes"), (), frozen([0.8, 0.2]), (1.5, 2.0), "#aabbcc", "wet")
PLAIN = NetworkSubject(BayesNet([NODE], "weather"))
RICH = NetworkSubject(
    BayesNet([NODE], "weather"), Evidence({"Rain": 1}), {"wet": Evidence({"Rain": 1})}, "name"
)
ENDINGS = ["bif", "bif.gz", "xml", "xmlbif", "bifxml", "net", "xdsl"]


@pytest.mark.parametrize("ending", [*ENDINGS, "json", "macroscope"])
def test_nothing_is_said_of_a_net_that_a_file_holds_whole(ending):
    assert losses(PLAIN, Path(f"net.{ending}")) == ()


@pytest.mark.parametrize("ending", [*ENDINGS, "uai"])
def test_evidence_sets_and_styles_are_missed_where_only_the_net_is_written(ending):
    told = losses(RICH, Path(f"NET.{ending.upper()}"))
    assert sum("no evidence; what is entered" in each for each in told) == 1
    assert sum("no evidence sets" in each for each in told) == 1
    assert sum("how nodes are shown" in each for each in told) == 1
    assert len(told) == (8 if ending == "uai" else 3)
    assert all(each.endswith(".") or each.endswith("…") for each in told)


def test_json_and_studies_hold_everything():
    assert losses(RICH, Path("net.json")) == ()
    assert losses(RICH, Path("net.macroscope")) == ()


def test_uai_loses_names_labels_and_looks():
    told = " ".join(losses(PLAIN, Path("net.uai")))
    for word in ("names", "labels", "positions", "colours", "notes"):
        assert word in told


def test_odd_names_of_nets_are_told():
    unknown = NetworkSubject(BayesNet([NODE], "unknown"))
    assert "named after the file" in losses(unknown, Path("net.bif"))[0]
    odd = NetworkSubject(BayesNet([NODE], "net\uffff"))
    assert "characters of the name" in losses(odd, Path("net.xdsl"))[0]
