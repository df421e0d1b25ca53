"""Markov networks as one kind of subject of a study; no Qt."""

from pathlib import Path

from app.benches.markov.arrange import placed
from app.study.kinds import Kind
from core.networks.formats import json_format, uai
from core.networks.formats.losses import losses
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from core.networks.zoo import MARKOV_EXAMPLES


def read_uai(path: Path) -> MarkovSubject | NetworkSubject:
    """Return the network in a UAI file, which may be of either kind."""
    network = uai.read(path)
    return NetworkSubject(network) if isinstance(network, BayesNet) else MarkovSubject(network)


def write_uai(subject: MarkovSubject, path: Path) -> None:
    """Write the network of a subject as UAI; names, evidence and looks have no place in it."""
    uai.write(subject.net, path)


def blank_markov_network() -> MarkovSubject:
    """Return a network without variables."""
    return MarkovSubject(MarkovNetwork())


MARKOV_KIND = Kind(
    id="markov-network",
    title="Markov network",
    version=1,
    to_record=MarkovSubject.to_record,
    from_record=MarkovSubject.from_record,
    readers={".uai": read_uai, ".uai.gz": read_uai, ".json": json_format.read},
    writers={".uai": write_uai, ".uai.gz": write_uai, ".json": json_format.write},
    examples=MARKOV_EXAMPLES,
    holds=MarkovSubject,
    losses=losses,
    lay_out=placed,
    titles={".uai": "UAI", ".uai.gz": "UAI, compressed", ".json": "Macroscope JSON"},
)
