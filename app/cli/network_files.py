"""A network out of any file that can hold one."""

import sys
from dataclasses import dataclass
from pathlib import Path

from app.catalogue import KINDS
from app.cli.errors import UsageError
from app.shell.opening import open_any
from app.study.model import Study
from core.networks.errors import quoted
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from core.notices import collected_notices


@dataclass(frozen=True)
class FoundNetwork:
    """A network, its id, and the study that it is part of."""

    subject: NetworkSubject | MarkovSubject
    subject_id: str
    study: Study


def find_network(path: str, wanted: str | None) -> FoundNetwork:
    """Return the network in the file at `path`; of several the first, or the one `wanted`."""
    if not path:
        raise UsageError("The file with the network has no name; give one.")
    with collected_notices() as notices:
        study = open_any(Path(path), KINDS, as_found=True)
    for notice in notices:
        tell(notice)
    kinds = (NetworkSubject, MarkovSubject)
    entries = [entry for entry in study.subjects if isinstance(entry.value, kinds)]
    if not entries:
        raise UsageError(f"{Path(path).name} holds no network; choose a file that does.")
    names = ", ".join(entry.name for entry in entries)
    if wanted is not None:
        entries = [entry for entry in entries if entry.name == wanted]
        if not entries:
            raise UsageError(f"{Path(path).name} holds no network {wanted!r}; it holds {names}.")
    elif len(entries) > 1:
        tell(f"{Path(path).name} holds {names}; taking {entries[0].name} (--subject chooses).")
    _tell_of_sums(entries[0].value.net)
    return FoundNetwork(entries[0].value, entries[0].id, study)


def _tell_of_sums(net: BayesNet | MarkovNetwork) -> None:
    """Say which columns miss 1: inference divides them by their sums, files keep them."""
    if not isinstance(net, BayesNet):
        return
    bad = [(name, columns) for name in net.names if (columns := net.bad_columns(name))]
    if bad:
        name, columns = bad[0]
        total = float(net[name].table[columns[0]].sum())
        others = sum(len(each) for _, each in bad) - 1
        more = f", as {others:,} other{'s do' if others > 1 else ' does'}," if others else ""
        tell(
            f"A column of {name} sums to {total:.9g}{more} and not to 1; "
            "inference divides each column by its sum."
        )


def find_bayes_net(path: str, wanted: str | None) -> BayesNet:
    """Return the Bayes net in the file at `path`; a Markov network is refused."""
    net = find_network(path, wanted).subject.net
    if not isinstance(net, BayesNet):
        raise UsageError(
            f"{quoted(net.name)} is a Markov network, and this is a question for Bayes nets."
        )
    return net


def tell(line: str) -> None:
    """Say how the work goes on, on standard error."""
    sys.stderr.write(line + "\n")
