"""What a search has found: the best of each kind, with all it takes to go on searching.

A MAP-Elites archive (Mouret and Clune 2015): kinds are boxes of mass, speed, size and rings. Its
file can be read as an animals file too: each creature has its trial as its code.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.automata.errors import AutomataError
from core.automata.formats.animals import field_of_runs, runs_of_field
from core.automata.rules.lenia import Rings
from core.automata.rules.lenia_params import params_of_rule
from core.automata.rules.lenia_text import lenia_rule_of
from core.automata.search.candidate import Candidate
from core.automata.search.trial import Outcome

FORMAT = "macroscope-search-archive"
VERSION = 1
LARGEST_FILE = 2**28

Kind = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Found:
    """One creature of the archive.

    Attributes
    ----------
    candidate : Candidate
        Its rule, and its own body as the patch.
    outcome : Outcome
        Of the trial that found it.
    score : float
        By the goal of the search.
    trial : int
        The number of the trial that found it.
    parent : int or None
        The trial that found what it was bred from.
    """

    candidate: Candidate
    outcome: Outcome
    score: float
    trial: int
    parent: int | None = None

    @property
    def name(self) -> str:
        """What it does, in a few words: ``fast glider 1742``."""
        return f"{_word(self.outcome)} {self.trial}"


@dataclass
class Archive:
    """The best creature of each kind, and how far the search has come.

    Attributes
    ----------
    goal, family : str
    seed, radius, side : int
        The settings; with them and `trials` the search goes on as if it had never stopped.
    trials : int
        Trials made.
    creatures : dict
        By kind.
    """

    goal: str
    family: str = "lenia"
    seed: int = 0
    radius: int = 10
    side: int = 64
    trials: int = 0
    creatures: dict[Kind, Found] = field(default_factory=dict)

    def offer(self, found: Found) -> bool:
        """Keep a creature if it is better than what there is of its kind; return whether."""
        kind = kind_of(found)
        known = self.creatures.get(kind)
        if known is not None and known.score >= found.score:
            return False
        self.creatures[kind] = found
        return True

    def best(self) -> list[Found]:
        """Return the creatures, the best first."""
        return sorted(self.creatures.values(), key=lambda each: (-each.score, each.trial))

    def in_order(self) -> list[Found]:
        """Return the creatures in the order they were found in."""
        return sorted(self.creatures.values(), key=lambda each: each.trial)


def kind_of(found: Found) -> Kind:
    """Return the box of a creature: mass, speed and size in steps, and the number of rings."""
    outcome, shell = found.outcome, found.candidate.rule.kernels[0].shell
    assert isinstance(shell, Rings)
    return (
        round(outcome.mass / 0.1),
        round(outcome.speed / 0.1),
        round(outcome.gyradius / 0.1),
        len(shell.heights),
    )


def write_archive(archive: Archive, path: Path) -> None:
    """Write an archive aside and put it in place, so that a broken write loses nothing."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        **{name: getattr(archive, name) for name in _SETTINGS},
        "creatures": [_record(each) for each in archive.in_order()],
    }
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(record, indent=1), encoding="utf-8")
    os.replace(aside, path)


def read_archive(path: Path) -> Archive:
    """Return the archive of a file; raises `AutomataError` telling what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise AutomataError(f"{path.name} is too large for an archive of a search.")
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise AutomataError(f"{path.name} cannot be read as an archive: {problem}.") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise AutomataError(f"{path.name} is no archive of a search.")
    try:
        archive = Archive(**{name: kind(record[name]) for name, kind in _SETTINGS.items()})
        for each in record["creatures"]:
            archive.offer(_found(each))
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise AutomataError(f"{path.name} is damaged: {problem}.") from None
    return archive


_SETTINGS: Mapping[str, Any] = {
    "goal": str,
    "family": str,
    "seed": int,
    "radius": int,
    "side": int,
    "trials": int,
}
_MEASURED = ("mass", "gyradius", "speed", "heading", "variation")


def _record(found: Found) -> dict[str, Any]:
    return {
        "code": str(found.trial),
        "name": found.name,
        "params": params_of_rule(found.candidate.rule),
        "trial": found.trial,
        "parent": found.parent,
        "score": found.score,
        "rule": found.candidate.rule.text,
        "verdict": found.outcome.verdict,
        **{name: getattr(found.outcome, name) for name in _MEASURED},
        "cells": runs_of_field(found.candidate.patch),
    }


def _found(record: Mapping[str, Any]) -> Found:
    patch = field_of_runs(str(record["cells"]), "an archive")
    outcome = Outcome(
        str(record["verdict"]), **{name: float(record[name]) for name in _MEASURED}, patch=patch
    )
    parent = record["parent"]
    return Found(
        Candidate(lenia_rule_of(str(record["rule"])), patch),
        outcome,
        float(record["score"]),
        int(record["trial"]),
        None if parent is None else int(parent),
    )


def _word(outcome: Outcome) -> str:
    if outcome.verdict != "moving":
        return "sitter" if outcome.variation < 0.01 else "pulser"
    pace = "fast" if outcome.speed > 0.6 else "slow" if outcome.speed < 0.25 else "steady"
    return f"{pace} glider" if outcome.gyradius < 1.2 else f"{pace} great glider"
