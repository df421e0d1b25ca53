"""Where the tables of named rules are looked for: beside a pattern, and in the user's folder."""

from collections.abc import Sequence
from pathlib import Path

import platformdirs

from core.automata.formats.rule_file import read_rule_file
from core.automata.rules.reading import FindTable
from core.automata.rules.rule import Rule

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


def _shipped(name: str) -> Rule | None:
    from core.automata.patterns.tables import shipped_table

    return shipped_table(name)
