"""Processes as text, one edge a line: ``A -0-> B 0.5``.

Lines that begin with ``#`` are remarks. Before the edges may stand ``process NAME``,
``states A B``, ``alphabet 0 1`` and ``generalized``; without the lists, states come in the order of
mention and symbols sorted. Names with spaces or quotes stand in double quotes, as in JSON. A
probability is a decimal number or a fraction, ``1/3``; written, it is a number that reads back
equal.
"""

import json
import re
from pathlib import Path

from core.files.errors import FormatError
from core.files.text_file import read_text, write_text
from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.formats.json_format import default_name
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_NAME = rf"(?:{_QUOTED}|[^\s\"#]\S*)"
_EDGE = re.compile(rf"({_NAME})\s+-({_QUOTED}|\S+?)->\s+({_NAME})\s+(\S+)\s*(?:#.*)?\Z")
_NAMES = re.compile(rf"(?:\s+{_NAME})+\s*\Z")
_HEADER = re.compile(r"(process|states|alphabet)((?:\s+.*)?)\Z")
_PLAIN = re.compile(r"[^\s\"#\\]+\Z")
_HEADER_WORDS = ("process", "states", "alphabet", "generalized")


def read(path: str | Path) -> ProcessSubject:
    """Return the process in the file `path`.

    Raises
    ------
    FormatError
        With the file's name, and the line that is not understood.
    """
    path = Path(path)
    return parse(read_text(path), path.name)


def parse(text: str, name: str = "text") -> ProcessSubject:
    """Return the process in `text`; `name` stands for the file's name in errors."""
    headers: dict[str, list[str]] = {}
    edges: dict[tuple[str, str, str], float] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if not _read_header(line, headers):
                _read_edge(line, edges)
        except ProcessError as error:
            raise FormatError(str(error), name, number, 1) from None
    try:
        model = HiddenMarkovModel.from_edges(
            " ".join(headers.get("process", [default_name(name)])),
            [(source, symbol, target, p) for (source, symbol, target), p in edges.items()],
            alphabet=headers.get("alphabet"),
            states=headers.get("states"),
            is_generalized="generalized" in headers,
        )
    except ProcessError as error:
        raise FormatError(str(error), name) from None
    return ProcessSubject(model)


def write(subject: ProcessSubject, path: str | Path) -> None:
    """Write the model of `subject` to the file `path`; its drawing is not kept."""
    write_text(Path(path), edge_text(subject.model))


def edge_text(model: HiddenMarkovModel) -> str:
    """Return the model as text that reads back equal."""
    lines = [f"process {_written(model.name)}"] if model.name else []
    lines.append(" ".join(["states", *map(_written, model.states)]))
    lines.append(" ".join(["alphabet", *map(_written, model.alphabet)]))
    if model.is_generalized:
        lines.append("generalized")
    for edge in model.edges():
        symbol = _written(edge.symbol)
        lines.append(
            f"{_written(edge.source)} -{symbol}-> {_written(edge.target)} {edge.probability!r}"
        )
    return "\n".join(lines) + "\n"


def _read_header(line: str, headers: dict[str, list[str]]) -> bool:
    if _EDGE.match(line):
        return False
    if line == "generalized":
        headers["generalized"] = []
        return True
    found = _HEADER.match(line)
    if found is None:
        return False
    if not _NAMES.match(found[2]):
        raise ProcessError(f"names with spaces between them are expected after {found[1]}.")
    names = re.findall(_NAME, found[2])
    if found[1] in headers:
        raise ProcessError(f"{found[1]} is given twice.")
    headers[found[1]] = [_read_name(text) for text in names]
    return True


def _read_edge(line: str, edges: dict[tuple[str, str, str], float]) -> None:
    found = _EDGE.match(line)
    if found is None:
        raise ProcessError("an edge is written as A -0-> B 0.5, and this is none.")
    source, symbol, target = (_read_name(found[part]) for part in (1, 2, 3))
    if (source, symbol, target) in edges:
        raise ProcessError(
            f"the edge from {quoted(source)} on {quoted(symbol)} to {quoted(target)} stands twice."
        )
    edges[source, symbol, target] = _read_probability(found[4])


def _read_probability(text: str) -> float:
    top, slash, bottom = text.partition("/")
    try:
        return float(top) / float(bottom) if slash else float(top)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ProcessError(f"{quoted(text)} is no probability.") from None


def _read_name(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        raise ProcessError(f"the name {quoted(text)} is not written as in JSON.") from None


def _written(name: str) -> str:
    is_plain = _PLAIN.match(name) and "->" not in name and name not in _HEADER_WORDS
    return name if is_plain else json.dumps(name, ensure_ascii=False)
