"""GeNIe .xdsl, the network files of GeNIe and SMILE.

Source: the XDSL format as the manuals of GeNIe and SMILE (BayesFusion) describe it.
"""

from pathlib import Path

from core.files.text_file import write_text
from core.networks.formats.assembly import check_writable
from core.networks.formats.identifiers import plain_text
from core.networks.formats.xdsl_reader import XdslReader
from core.networks.formats.xdsl_writer import xdsl_text
from core.networks.formats.xml_text import read_xml_text
from core.networks.model import BayesNet


def read(path: str | Path) -> BayesNet:
    """Return the net in the file `path`, gzipped or not.

    Raises
    ------
    FormatError
        With the file's name, the line and the column.
    """
    path = Path(path)
    return parse(read_xml_text(path), path.name)


def parse(text: str, name: str = "text") -> BayesNet:
    """Return the net in `text`; `name` stands for the file's name in errors."""
    return XdslReader(text, name).read()


def write(net: BayesNet, path: str | Path) -> None:
    """Write `net` to the file `path`, gzipped when its name ends in ``.gz``.

    Raises
    ------
    FormatError
        When a column is so far from summing to 1 that no reader, ours included, would take it.
    """
    path = Path(path)
    check_writable(net, "an XDSL", path.name)
    write_text(path, xdsl_text(net))


def what_is_lost(net: BayesNet) -> tuple[str, ...]:
    """Return one sentence for each thing of `net` that an .xdsl file cannot hold."""
    if plain_text(net.name) != net.name:
        return ("A GeNIe file cannot hold all characters of the name of the net.",)
    return ()
