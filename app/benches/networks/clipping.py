"""Nodes with their tables on the clipboard: as a network of our own, and as BIF for editors."""

from app.benches.networks.arrange import placed
from app.benches.networks.kind import NETWORK_KIND
from app.study import clipboard
from core.errors import MacroscopeError
from core.networks.formats import bif
from core.networks.formats.bif_writer import bif_text
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


class NothingToPaste(MacroscopeError):
    """The clipboard holds neither nodes nor a network in BIF."""


def copy(net: BayesNet, names: list[str]) -> None:
    """Place the nodes `names` on the clipboard; arcs between them go along."""
    fragment = net.fragment(names)
    clipboard.put_value(NETWORK_KIND, NetworkSubject(fragment), bif_text(fragment))


def pasted() -> BayesNet:
    """Return the nodes on the clipboard, from this program or from BIF text.

    Raises
    ------
    NothingToPaste
        When there are none.
    MacroscopeError
        When the text begins like BIF and is not; the sentence names line and column.
    """
    subject = clipboard.get_value(NETWORK_KIND)
    if subject is not None:
        return subject.net
    text = clipboard.text()
    if not _looks_like_bif(text):
        raise NothingToPaste("The clipboard holds no nodes and no network in BIF.")
    return placed(NetworkSubject(bif.parse(text, "the clipboard"))).net


def _looks_like_bif(text: str) -> bool:
    head = text[:4000]
    return "{" in head and any(word in head for word in ("network", "variable", "probability"))
