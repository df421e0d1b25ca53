"""Where the tables of named rules are looked for: beside a pattern, and in the user's folder."""

from collections.abc import Sequence
from pathlib import Path

import platformdirs

from core.automata.errors import AutomataError
from core.automata.formats.rule_file import read_rule_file
from core.automata.rules.reading import FindTable
from core.automata.rules.rule import Rule
from core.automata.rules.rule_table import RuleTable
from core.files.text_file import write_text

SUFFIX = ".rule"


def user_rules_folder() -> Path:
    """Return the user's own folder of rules, which need not exist."""
    return Path(platformdirs.user_data_dir("macroscope", appauthor=False)) / "rules"


def table_finder(folders: Sequence[Path]) -> FindTable:
    """Return what finds NAME.rule in some folders, their folder ``rules``, and the user's own."""
    places = [place for folder in folders for place in (folder, folder / "rules")]
    places.append(user_rules_folder())

    def find(name: str) -> Rule | None:
        plain = name.strip()
        if not plain or "/" in plain or "\\" in plain or len(plain) > 200 or plain[0] == ".":
            return None
        for place in places:
            path = place / f"{plain}{SUFFIX}"
            try:
                is_there = path.is_file()
            except (OSError, ValueError):
                continue
            if is_there:
                return read_rule_file(path)
        return _shipped(plain)

    return find


def keep_table(table: RuleTable, folder: Path) -> Path | None:
    """Write a named rule beside a pattern of it, and return where; None where it is known there.

    Raises
    ------
    AutomataError
        When another rule of that name is found there.
    """
    if Path(table.name).name != table.name:
        return None
    known = table_finder([folder])(table.name)
    if known is None:
        path = folder / f"{table.name}{SUFFIX}"
        write_text(path, table.source)
        return path
    if known.states != table.states:  # tables of one rule are written in many ways
        raise AutomataError(
            f"Beside the pattern {table.name}{SUFFIX} would be found, which is another rule; "
            "write it to another folder."
        )
    return None


def _shipped(name: str) -> Rule | None:
    from core.automata.patterns.tables import shipped_table

    return shipped_table(name)
