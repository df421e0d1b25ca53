"""Bayes nets as one kind of subject of a study; no Qt."""

from pathlib import Path

from app.benches.networks.arrange import placed
from app.study.kinds import Kind
from core.networks import zoo
from core.networks.formats import bif, json_format
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


def read_bif(path: Path) -> NetworkSubject:
    """Return the network in a BIF file, laid out when the file gives no places."""
    return placed(NetworkSubject(bif.read(path)))


def read_json(path: Path) -> NetworkSubject:
    """Return the network in a JSON file, laid out when the file gives no places."""
    return placed(json_format.read(path))


def write_bif(subject: NetworkSubject, path: Path) -> None:
    """Write the net of a subject as BIF; evidence and looks have no place in that format."""
    bif.write(subject.net, path)


def blank_network() -> NetworkSubject:
    """Return a network without nodes."""
    return NetworkSubject(BayesNet())


NETWORK_KIND = Kind(
    id="network",
    title="Bayes net",
    version=1,
    to_record=NetworkSubject.to_record,
    from_record=NetworkSubject.from_record,
    readers={".bif": read_bif, ".bif.gz": read_bif, ".json": read_json},
    writers={".bif": write_bif, ".bif.gz": write_bif, ".json": json_format.write},
    examples=zoo.EXAMPLES,
)
