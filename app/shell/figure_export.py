"""Opens the export dialog on the views of a bench, starting from what the user prefers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.figures.dialog import ExportDialog
from app.figures.export_work import Snapshot
from app.shell.bench import Bench
from app.shell.opening import file_name
from app.shell.preferences import Preferences
from app.study.store import study_bytes

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

REMEMBERED = "figures.export"
PREFERRED = {
    "width_mm": "figure_width_mm",
    "font_family": "figure_font",
    "font_pt": "figure_font_pt",
    "theme": "figure_theme",
}


def first_choices(preferences: Preferences) -> dict[str, Any]:
    """Return format and resolution of the last time with the preferred width, font and theme."""
    remembered = preferences.get(REMEMBERED, {})
    choices = dict(remembered) if isinstance(remembered, dict) else {}
    for name, preference in PREFERRED.items():
        value = preferences.get(preference)
        if value:
            choices[name] = value
    return choices


def open_export_dialog(window: "MainWindow", bench: Bench) -> ExportDialog:
    """Return the dialog, ready to be shown; its choices are kept when it closes."""
    entry = window.document.subject(bench.subject_id)
    kinds = window.document.kinds

    def take() -> Snapshot:
        study = window.document.study
        return Snapshot(tuple(bench.views()), lambda: study_bytes(study, kinds))

    folder = Path(window.preferences.get("last_folder") or Path.home())
    dialog = ExportDialog(
        take,
        ask_path=window.dialogs.save_path,
        run=window.jobs.run,
        remembered=first_choices(window.preferences),
        suggested=folder / file_name(entry.name),
        theme=window.theme.name,
        parent=window,
    )

    def keep() -> None:
        window.preferences.set(REMEMBERED, dialog.remembered_choices())

    def exported(path: Path) -> None:
        window.preferences.set("last_folder", str(Path(path).absolute().parent))
        window.say(f"The figure was written to {path}.", "success")

    dialog.finished.connect(keep)
    dialog.exported.connect(exported)
    return dialog
