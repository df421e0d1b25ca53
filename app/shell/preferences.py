"""What the user chose, in one JSON file that survives damage."""

import contextlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import platformdirs

logger = logging.getLogger(__name__)

DEFAULTS: dict[str, Any] = {
    "theme": "system",
    "reduced_motion": False,
    "figure_width_mm": 86.0,
    "figure_theme": "print",
    "figure_font": "",
    "figure_font_pt": 8.0,
    "shortcuts": {},
    "recent_files": [],
    "recent_commands": [],
    "last_folder": "",
    "window_geometry": "",
    "window_state": "",
}
RECENT_FILES = 12
RECENT_COMMANDS = 8


def default_path() -> Path:
    """Return where the preferences of this user live."""
    return Path(platformdirs.user_config_dir("macroscope", appauthor=False)) / "preferences.json"


class Preferences:
    """A mapping from names to JSON values, written to disk whenever it changes.

    A value whose type is not that of the default is ignored, so that a file edited by hand or
    damaged never stops the program. Names with a dot ("networks.grid") belong to the benches.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self._values: dict[str, Any] = self._read()

    def get(self, name: str, default: Any = None) -> Any:
        """Return the chosen value, else the built-in one, else `default`."""
        return self._values.get(name, DEFAULTS.get(name, default))

    def set(self, name: str, value: Any) -> None:
        """Choose a value and write it down."""
        if self.get(name) != value:
            self._values[name] = value
            self._write()

    def add_recent_file(self, path: Path) -> None:
        self._push("recent_files", str(Path(path).absolute()), RECENT_FILES)

    def forget_recent_file(self, path: Path) -> None:
        name = str(Path(path).absolute())
        self.set("recent_files", [file for file in self.get("recent_files") if file != name])

    def recent_files(self) -> list[Path]:
        """Return the files opened or saved last, the newest first."""
        return [Path(name) for name in self.get("recent_files") if isinstance(name, str)]

    def add_recent_command(self, command_id: str) -> None:
        self._push("recent_commands", command_id, RECENT_COMMANDS)

    def _push(self, name: str, value: str, limit: int) -> None:
        others = [item for item in self.get(name) if item != value]
        self.set(name, [value, *others][:limit])

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            logger.warning("preferences in %s could not be read: %s", self.path, error)
            return {}
        if not isinstance(values, dict):
            return {}
        return {name: value for name, value in values.items() if _fits(name, value)}

    def _write(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, aside = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    json.dump(self._values, file, indent=2, sort_keys=True)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(aside, self.path)
            except OSError:
                with contextlib.suppress(OSError):
                    os.unlink(aside)
                raise
        except OSError as error:
            logger.warning("preferences could not be written to %s: %s", self.path, error)


def _fits(name: str, value: Any) -> bool:
    if name not in DEFAULTS:
        return "." in name
    default = DEFAULTS[name]
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e4
    if isinstance(default, dict):
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return type(value) is type(default)
