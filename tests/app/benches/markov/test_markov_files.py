"""Opening and exporting UAI files, whichever kind of network they hold."""

import gzip

import pytest

from app.catalogue import KINDS
from app.shell.opening import open_any
from core.files.errors import FormatError
from core.networks.markov_subject import MarkovSubject
from core.networks.subject import NetworkSubject
from core.networks.zoo import MARKOV_EXAMPLES, example

MARKOV = "MARKOV 3 2 2 2 2 2 0 1 2 1 2 4 30 5 1 10 4 100 1 1 100"
BAYES = "BAYES 2 2 2 2 1 0 2 0 1 2 .5 .5 4 .1 .9 .2 .8"


@pytest.mark.parametrize("name", ["chain.uai", "chain.uai.gz"])
def test_a_markov_file_opens_as_a_markov_network_with_everything_apart(tmp_path, name):
    path = tmp_path / name
    data = MARKOV.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (entry,) = open_any(path, KINDS).subjects
    assert (entry.kind, entry.name) == ("markov-network", "chain")
    net = entry.value.net
    assert len({part.position for part in (*net, *net.potentials)}) == 5


def test_a_bayes_file_opens_as_a_bayes_net(tmp_path):
    path = tmp_path / "chain.uai"
    path.write_text(BAYES)
    (entry,) = open_any(path, KINDS).subjects
    assert entry.kind == "network"
    assert isinstance(entry.value, NetworkSubject)


def test_a_file_that_is_none_is_answered_by_one_sentence(tmp_path):
    path = tmp_path / "torn.uai"
    path.write_text(MARKOV[:-5])
    with pytest.raises(FormatError, match=r"torn\.uai, line 1, column 49"):
        open_any(path, KINDS)


def test_an_export_opens_again_with_the_same_tables(tmp_path):
    kind = KINDS.get("markov-network")
    subject = example("misconception").build()
    path = tmp_path / "out.uai.gz"
    kind.writer_for(path)(subject, path)
    (entry,) = open_any(path, KINDS).subjects
    tables = [potential.table.tolist() for potential in entry.value.net.potentials]
    assert tables == [potential.table.tolist() for potential in subject.net.potentials]


def test_a_json_file_says_itself_which_kind_of_network_it_is(tmp_path):
    for name, kind_id in (("misconception", "markov-network"), ("sprinkler", "network")):
        path = tmp_path / f"{name}.json"
        subject = example(name).build()
        KINDS.get(kind_id).writer_for(path)(subject, path)
        (entry,) = open_any(path, KINDS).subjects
        assert (entry.kind, entry.value) == (kind_id, subject)


@pytest.mark.parametrize("name", [each.name for each in MARKOV_EXAMPLES])
def test_every_example_comes_back_from_its_record(name):
    kind = KINDS.get("markov-network")
    subject = example(name).build()
    assert isinstance(subject, MarkovSubject)
    assert kind.value_from(*kind.to_record(subject), kind.version) == subject
