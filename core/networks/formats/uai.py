"""UAI, the format of the inference competitions: networks of numbered variables, without names.

A file holds the word MARKOV or BAYES, the number of variables and of the states of each, the
number of functions and the scope of each, and then each function's table with its length before
it, all parted by white space. The last variable of a scope runs fastest; in BAYES it is the child.

Source: the file format pages of the UAI competitions of 2008 to 2014.
"""

from pathlib import Path

from core.files.text_file import read_text, write_text
from core.networks.factor_model import Factor
from core.networks.formats.uai_reader import UaiReader
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.node import Drawn


def read(path: str | Path) -> MarkovNetwork | BayesNet:
    """Return the network in the file `path`, gzipped or not, named after the file.

    Variables and states are called 0, 1, 2, …; a BAYES file gives a Bayes net.

    Raises
    ------
    FormatError
        With the file's name and, where there is one, the line and the column.
    """
    path = Path(path)
    network = parse(read_text(path), path.name)
    name = path.name.split(".")[0]
    if isinstance(network, BayesNet):
        return network.renamed_net(name)
    return network.renamed_network(name)


def parse(text: str, name: str = "text") -> MarkovNetwork | BayesNet:
    """Return the network in `text`; `name` stands for the file's name in errors."""
    return UaiReader(text, name).read()


def write(network: MarkovNetwork | BayesNet, path: str | Path) -> None:
    """Write `network` to the file `path`, gzipped when its name ends in ``.gz``."""
    write_text(Path(path), uai_text(network))


def uai_text(network: MarkovNetwork | BayesNet) -> str:
    """Return `network` as the text of a UAI file; every number is read back to the same bits."""
    number = {name: v for v, name in enumerate(network.names)}
    if isinstance(network, BayesNet):
        word = "BAYES"
        factors = [
            Factor(tuple(number[each] for each in (*node.parents, node.name)), node.table)
            for node in network
        ]
    else:
        word = "MARKOV"
        factors = [
            Factor(tuple(number[each] for each in potential.scope), potential.table)
            for potential in network.potentials
        ]
    lines = [word, str(len(network)), " ".join(map(str, network.sizes(network.names)))]
    lines.append(str(len(factors)))
    lines.extend(" ".join(map(str, (len(each.scope), *each.scope))) for each in factors)
    for factor in factors:
        lines.extend(("", str(factor.table.size)))
        rows = factor.table.reshape(-1, factor.table.shape[-1] if factor.scope else 1)
        lines.extend(" " + " ".join(map(repr, row)) for row in rows.tolist())
    return "\n".join(lines) + "\n"


def what_is_lost(network: MarkovNetwork | BayesNet) -> tuple[str, ...]:
    """Return one sentence for each thing of `network` that a UAI file cannot hold."""
    lost = []
    if network.names != tuple(map(str, range(len(network)))):
        lost.append("A UAI file has no names; the variables become 0, 1, 2, …")
    if any(variable.states != tuple(map(str, range(len(variable.states)))) for variable in network):
        lost.append("A UAI file has no labels; the states become 0, 1, 2, …")
    parts: list[Drawn] = list(network)
    if isinstance(network, MarkovNetwork):
        parts.extend(network.potentials)
    if any(part.position != (0.0, 0.0) for part in parts):
        lost.append("A UAI file has no positions.")
    if any(part.colour is not None for part in parts):
        lost.append("A UAI file has no colours.")
    if any(part.note for part in parts):
        lost.append("A UAI file has no notes.")
    return tuple(lost)
