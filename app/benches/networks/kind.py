"""Bayes nets as one kind of subject of a study; no Qt."""

from collections.abc import Callable
from pathlib import Path

from app.benches.networks.arrange import placed
from app.study.kinds import Kind, Reader, Writer
from core.networks import zoo
from core.networks.formats import bif, hugin, json_format, uai, xdsl, xmlbif
from core.networks.formats.losses import losses
from core.networks.markov_subject import MarkovSubject
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


def read_json(path: Path) -> NetworkSubject:
    """Return the network in a JSON file, laid out when the file gives no places."""
    return placed(json_format.read(path))


def read_uai(path: Path) -> NetworkSubject | MarkovSubject:
    """Return the network in a UAI file: a Bayes net laid out, or a Markov network."""
    network = uai.read(path)
    if isinstance(network, BayesNet):
        return placed(NetworkSubject(network))
    return MarkovSubject(network)


def blank_network() -> NetworkSubject:
    """Return a network without nodes."""
    return NetworkSubject(BayesNet())


def _reader(read: Callable[[Path], BayesNet]) -> Reader:
    def read_subject(path: Path) -> NetworkSubject:
        return placed(NetworkSubject(read(path)))

    return read_subject


def _writer(write: Callable[[BayesNet, Path], None]) -> Writer:
    def write_net(subject: NetworkSubject, path: Path) -> None:
        write(subject.net, path)

    return write_net


_FORMATS = {
    ".bif": ("BIF", bif),
    ".bif.gz": ("BIF, compressed", bif),
    ".xml": ("XMLBIF", xmlbif),
    ".xmlbif": ("XMLBIF", xmlbif),
    ".bifxml": ("XMLBIF", xmlbif),
    ".net": ("Hugin", hugin),
    ".xdsl": ("GeNIe", xdsl),
}

NETWORK_KIND = Kind(
    id="network",
    title="Bayes net",
    version=1,
    to_record=NetworkSubject.to_record,
    from_record=NetworkSubject.from_record,
    readers={
        **{suffix: _reader(module.read) for suffix, (_, module) in _FORMATS.items()},
        ".uai": read_uai,
        ".json": read_json,
    },
    writers={
        **{suffix: _writer(module.write) for suffix, (_, module) in _FORMATS.items()},
        ".uai": _writer(uai.write),
        ".json": json_format.write,
    },
    examples=zoo.EXAMPLES,
    holds=NetworkSubject,
    losses=losses,
    titles={
        **{suffix: title for suffix, (title, _) in _FORMATS.items()},
        ".uai": "UAI",
        ".json": "Macroscope JSON",
    },
)
