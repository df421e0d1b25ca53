"""Variables and potentials on the clipboard: as a network of our own, and as UAI for editors."""

from app.benches.markov.arrange import placed
from app.benches.markov.kind import MARKOV_KIND
from app.study import clipboard
from core.errors import MacroscopeError
from core.networks.formats import uai
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject
from core.networks.model import BayesNet


class NothingToPaste(MacroscopeError):
    """The clipboard holds neither variables nor a Markov network in UAI."""


def copy(net: MarkovNetwork, names: list[str]) -> None:
    """Place the parts `names` on the clipboard; potentials over the variables alone go along."""
    fragment = net.fragment(names)
    clipboard.put_value(MARKOV_KIND, MarkovSubject(fragment), uai.uai_text(fragment))


def pasted() -> MarkovNetwork:
    """Return the network on the clipboard, from this program or from UAI text.

    Raises
    ------
    NothingToPaste
        When there is none.
    MacroscopeError
        When the text begins like UAI and is not; the sentence names line and column.
    """
    subject = clipboard.get_value(MARKOV_KIND)
    if subject is not None:
        return subject.net
    text = clipboard.text()
    if not text.lstrip().upper().startswith("MARKOV"):
        raise NothingToPaste("The clipboard holds no variables and no Markov network in UAI.")
    net = uai.parse(text, "the clipboard")
    assert not isinstance(net, BayesNet), "a UAI text that begins with MARKOV is one"
    return placed(MarkovSubject(net)).net
