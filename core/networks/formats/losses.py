"""What a file in some format would lack of a network, told once after it is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.networks.formats import bif, hugin, uai, xdsl, xmlbif
from core.networks.markov_subject import MarkovSubject
from core.networks.subject import NetworkSubject

_BY_SUFFIX: dict[str, tuple[str, Callable[[Any], tuple[str, ...]]]] = {
    ".bif": ("A BIF file", bif.what_is_lost),
    ".xml": ("An XMLBIF file", xmlbif.what_is_lost),
    ".xmlbif": ("An XMLBIF file", xmlbif.what_is_lost),
    ".bifxml": ("An XMLBIF file", xmlbif.what_is_lost),
    ".net": ("A Hugin file", hugin.what_is_lost),
    ".xdsl": ("A GeNIe file", xdsl.what_is_lost),
    ".uai": ("A UAI file", uai.what_is_lost),
}


def losses(value: NetworkSubject | MarkovSubject, path: Path) -> tuple[str, ...]:
    """Return one sentence for each thing of `value` that the file at `path` does not hold.

    JSON and studies hold everything.
    """
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    if suffix not in _BY_SUFFIX:
        return ()
    title, of_network = _BY_SUFFIX[suffix]
    return (*of_network(value.net), *_around(value, title))


def _around(value: NetworkSubject | MarkovSubject, title: str) -> list[str]:
    """Return what is lost of the study of a network, which no format of networks holds."""
    lost = []
    if len(value.evidence):
        lost.append(f"{title} has no evidence; what is entered is left out.")
    if value.evidence_sets:
        lost.append(f"{title} has no evidence sets.")
    has_styles = isinstance(value, NetworkSubject) and bool(value.node_styles)
    if has_styles or value.node_style != "bars":
        lost.append(f"{title} does not say how nodes are shown.")
    return lost
