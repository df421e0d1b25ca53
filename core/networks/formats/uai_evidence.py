"""UAI evidence: ``k v1 s1 … vk sk``, the files that end in ``.evid``.

Files of 2008 have the number of samples in front, and one such list for each sample; only the
first sample is read. The single word 0 is no evidence.

Source: the file format pages of the UAI competitions of 2008 and 2010.
"""

import re
from pathlib import Path

from core.files.errors import FormatError
from core.files.text_file import read_text, write_text
from core.networks.errors import quoted
from core.networks.evidence import Evidence
from core.networks.formats.uai_tokens import Tokens
from core.networks.graphical_model import GraphicalModel

_LENGTH = re.compile("[0-9]{1,9}")


def read(path: str | Path, model: GraphicalModel) -> Evidence:
    """Return the evidence in the file `path` about `model`, whose variables it numbers from 0.

    Raises
    ------
    FormatError
        When a variable or a state is not there, or the counts do not fit.
    """
    path = Path(path)
    return parse(read_text(path), model, path.name)


def parse(text: str, model: GraphicalModel, name: str = "text") -> Evidence:
    """Return the evidence in `text` about `model`; `name` stands for the file's name in errors."""
    tokens = Tokens(text, name)
    words = text.split()
    if not words:
        return Evidence()
    first = tokens.whole("the number of observed variables")
    has_samples = len(words) != 1 + 2 * first and _has_samples_first(words)
    if has_samples:
        first = tokens.whole("the number of observed variables")
    names = model.names
    found: dict[str, int] = {}
    for _ in range(first):
        v = tokens.whole("the number of a variable", len(names))
        if names[v] in found:
            tokens.fail(f"variable {v} is observed twice.")
        size = len(model[names[v]].states)
        state = tokens.whole(f"a state of variable {v}")
        if state >= size:
            tokens.fail(f"variable {v} has the states 0 to {size - 1}, and not {state}.")
        found[names[v]] = state
    if not has_samples and not tokens.is_at_end():
        tokens.fail(f"{quoted(tokens.word('nothing'))} is left over after the last finding.")
    return Evidence(found)


def _has_samples_first(words: list[str]) -> bool:
    """Return whether `words` are as many samples as the first says, each with its own length."""
    place = 1
    for _ in range(int(words[0])):
        if place >= len(words) or _LENGTH.fullmatch(words[place]) is None:
            return False
        place += 1 + 2 * int(words[place])
    return place == len(words)


def write(evidence: Evidence, model: GraphicalModel, path: str | Path) -> None:
    """Write the observed states of `evidence` to the file `path`.

    Raises
    ------
    FormatError
        When a finding is a likelihood, which the format cannot hold.
    """
    path = Path(path)
    number = {name: v for v, name in enumerate(model.names)}
    words = [str(len(evidence))]
    for name, finding in evidence.items():
        if not isinstance(finding, int):
            reason = f"the finding on {name} is a likelihood, and the format holds states only."
            raise FormatError(reason, path.name)
        words.extend((str(number[name]), str(finding)))
    write_text(path, " ".join(words) + "\n")
