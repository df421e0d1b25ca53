"""BIF, the Bayesian Interchange Format, as the Bayesian Network Repository and its tools write it.

Source: the interchange format proposal of 1997; the dialect is that of the R package bnlearn.
"""

from pathlib import Path

from core.files.text_file import read_text, write_text
from core.networks.formats.assembly import check_writable
from core.networks.formats.bif_reader import BifReader
from core.networks.formats.bif_writer import bif_text
from core.networks.model import BayesNet

_PLACEHOLDER = "unknown"


def read(path: str | Path) -> BayesNet:
    """Return the net in the file `path`, gzipped or not.

    A net that the file calls "unknown", as bnlearn does, is named after the file.

    Raises
    ------
    FormatError
        With the file's name, the line and the column.
    """
    path = Path(path)
    net = parse(read_text(path), path.name)
    return net.renamed_net(path.name.split(".")[0]) if net.name == _PLACEHOLDER else net


def parse(text: str, name: str = "text") -> BayesNet:
    """Return the net in `text`; `name` stands for the file's name in errors."""
    return BifReader(text, name).read()


def write(net: BayesNet, path: str | Path) -> None:
    """Write `net` to the file `path`, gzipped when its name ends in ``.gz``.

    Raises
    ------
    FormatError
        When a column is so far from summing to 1 that no reader, ours included, would take it.
    """
    path = Path(path)
    check_writable(net, "a BIF", path.name)
    write_text(path, bif_text(net))


def what_is_lost(net: BayesNet) -> tuple[str, ...]:
    """Return one sentence for each thing of `net` that a BIF file cannot hold."""
    if net.name == _PLACEHOLDER:
        return (
            f"A BIF file called {_PLACEHOLDER} inside is named after the file when it is read.",
        )
    return ()
