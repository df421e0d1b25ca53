"""XMLBIF 0.3, the Bayesian Interchange Format in XML, as JavaBayes, Weka and others write it.

Source: F. Cozman, The Interchange Format for Bayesian Networks, version 0.3 (1998).
"""

from pathlib import Path

from core.files.text_file import write_text
from core.networks.formats.assembly import check_writable
from core.networks.formats.xml_text import read_xml_text
from core.networks.formats.xmlbif_reader import XmlBifReader
from core.networks.formats.xmlbif_writer import check_characters, xmlbif_text
from core.networks.model import BayesNet


def read(path: str | Path) -> BayesNet:
    """Return the net in the file `path`, gzipped or not; one without a name is named after it.

    Raises
    ------
    FormatError
        With the file's name, the line and the column.
    """
    path = Path(path)
    reader = XmlBifReader(read_xml_text(path), path.name)
    net = reader.read()
    return net if reader.is_named else net.renamed_net(path.name.split(".")[0])


def parse(text: str, name: str = "text") -> BayesNet:
    """Return the net in `text`; `name` stands for the file's name in errors."""
    return XmlBifReader(text, name).read()


def write(net: BayesNet, path: str | Path) -> None:
    """Write `net` to the file `path`, gzipped when its name ends in ``.gz``.

    Raises
    ------
    FormatError
        When a column does not sum to 1, or a name has a character that XML forbids.
    """
    path = Path(path)
    check_writable(net, "an XMLBIF", path.name)
    check_characters(net, path.name)
    write_text(path, xmlbif_text(net))


def what_is_lost(net: BayesNet) -> tuple[str, ...]:
    """Return one sentence for each thing of `net` that an XMLBIF file cannot hold: none."""
    return ()
