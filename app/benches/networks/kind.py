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


def read_uai(path: Path) -> NetworkSubject | MarkovSubject:
    """Return the network in a UAI file, which may be of either kind."""
    network = uai.read(path)
    return NetworkSubject(network) if isinstance(network, BayesNet) else MarkovSubject(network)


def blank_network() -> NetworkSubject:
    """Return a network without nodes."""
    return NetworkSubject(BayesNet())


def _reader(read: Callable[[Path], BayesNet]) -> Reader:
    def read_subject(path: Path) -> NetworkSubject:
        return NetworkSubject(read(path))

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
        ".uai.gz": read_uai,
        ".json": json_format.read,
    },
    writers={
        **{suffix: _writer(module.write) for suffix, (_, module) in _FORMATS.items()},
        ".uai": _writer(uai.write),
        ".uai.gz": _writer(uai.write),
        ".json": json_format.write,
    },
    examples=zoo.EXAMPLES,
    holds=NetworkSubject,
    losses=losses,
    lay_out=placed,
    titles={
        **{suffix: title for suffix, (title, _) in _FORMATS.items()},
        ".uai": "UAI",
        ".uai.gz": "UAI, compressed",
        ".json": "Macroscope JSON",
    },
)
