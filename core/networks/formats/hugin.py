"""Hugin .net, the language of Hugin, SamIam and others for networks.

Source: Hugin API Reference Manual, chapter "The NET language".
"""

from pathlib import Path

from core.files.text_file import read_text, write_text
from core.networks.formats.assembly import check_writable
from core.networks.formats.hugin_reader import HuginReader
from core.networks.formats.hugin_writer import hugin_text
from core.networks.model import BayesNet

MAX_BYTES = 64 * 2**20


def read(path: str | Path) -> BayesNet:
    """Return the net in the file `path`, gzipped or not; one without a name is named after it.

    Raises
    ------
    FormatError
        With the file's name, the line and the column.
    """
    path = Path(path)
    reader = HuginReader(read_text(path, MAX_BYTES), path.name)
    net = reader.read()
    return net if reader.is_named else net.renamed_net(path.name.split(".")[0])


def parse(text: str, name: str = "text") -> BayesNet:
    """Return the net in `text`; `name` stands for the file's name in errors."""
    return HuginReader(text, name).read()


def write(net: BayesNet, path: str | Path) -> None:
    """Write `net` to the file `path`, gzipped when its name ends in ``.gz``.

    Raises
    ------
    FormatError
        When a column is so far from summing to 1 that no reader, ours included, would take it.
    """
    path = Path(path)
    check_writable(net, "a Hugin", path.name)
    write_text(path, hugin_text(net))


def what_is_lost(net: BayesNet) -> tuple[str, ...]:
    """Return one sentence for each thing of `net` that a Hugin file cannot hold: none."""
    return ()
