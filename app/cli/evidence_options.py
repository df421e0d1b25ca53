"""Evidence as people type it and as JSON files hold it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.errors import UsageError
from core.networks.evidence import Evidence
from core.networks.formats import uai_evidence
from core.networks.graphical_model import GraphicalModel

LARGEST_FILE = 64 * 2**20
UAI_EVIDENCE = (".evid", ".evid.gz")


def evidence_from(net: GraphicalModel, options: Sequence[str], file: str | None) -> Evidence:
    """Return the findings of all ``--evidence`` options and of the evidence file together."""
    findings = labels_in_file(Path(named(file)), net) if file is not None else {}
    for option in options:
        name, state = split_option(net, option)
        if findings.get(name, state) != state:
            raise UsageError(
                f"The evidence on {name} is given twice, as {findings[name]!r} and as {state!r}; "
                "give it once."
            )
        findings[name] = state
    return Evidence.from_labels(net, findings)


def labels_in_file(path: Path, net: GraphicalModel) -> dict[str, Any]:
    """Return the findings in a JSON file, or in a UAI evidence file, which numbers variables."""
    if path.name.lower().endswith(UAI_EVIDENCE):
        return uai_evidence.read(path, net).to_labels(net)
    return read_evidence_file(path)


def _unreadable(path: Path, error: OSError) -> UsageError:
    reason = (error.strerror or "it cannot be read").lower()
    return UsageError(f"The evidence file {path} could not be read: {reason}.")


def named(file: str) -> str:
    """Return the name of the evidence file, which an unset variable of a script leaves empty."""
    if not file:
        raise UsageError("The evidence file has no name; write one after --evidence-file.")
    return file


def split_option(net: GraphicalModel, option: str) -> tuple[str, str]:
    """Return the name and the state in ``NAME=STATE``, both of which may hold the sign itself.

    The first sign that leaves a known node and a known state counts, else the first that leaves a
    known node.
    """
    places = [place for place, letter in enumerate(option) if letter == "="]
    if not places:
        raise UsageError(f"The evidence {option!r} has no equals sign; write NAME=STATE.")
    pairs = [(option[:place], option[place + 1 :]) for place in places]
    known = [(name, state) for name, state in pairs if name in net]
    whole = [(name, state) for name, state in known if state in net[name].states]
    return [*whole, *known, pairs[0]][0]


def read_evidence_file(path: Path) -> dict[str, Any]:
    """Return the labels and likelihoods in a JSON file, checked for their form alone."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path.name} is too large for evidence.")
        text = path.read_bytes().decode("utf-8-sig")
        findings = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8 text (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"{path.name}, {where}: this is not JSON ({error.msg}).") from error
    except (ValueError, RecursionError) as error:
        reason = (
            str(error) if isinstance(error, _NotEvidence) else "a number or a nesting is too large"
        )
        raise UsageError(f"{path.name} is not evidence: {reason}.") from error
    if not isinstance(findings, dict):
        raise UsageError(f'{path.name} has to hold one object such as {{"Rain": "true"}}.')
    for name, finding in findings.items():
        _check_finding(path, name, finding)
    return findings


def _check_finding(path: Path, name: str, finding: Any) -> None:
    if isinstance(finding, list):
        if all(_is_number(each) for each in finding):
            return
        raise UsageError(f"{path.name}: the likelihoods of {name} have to be a list of numbers.")
    if not isinstance(finding, str):
        raise UsageError(
            f"{path.name}: the finding on {name} has to be a state in quotes or a list of numbers."
        )


def _is_number(value: Any) -> bool:
    """Whether `value` is a JSON number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) < 2**1023


class _NotEvidence(ValueError):
    """What json accepts and evidence does not."""


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotEvidence(f"{twice!r} is named twice")
    return result


def _refuse(constant: str) -> float:
    raise _NotEvidence(f"{constant} is not a number")
