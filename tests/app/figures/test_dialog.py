"""The export dialog: what is chosen is what is drawn, written and remembered."""

import threading
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QDialog

from app.figures.carried import carried_study
from app.figures.choices import ExportChoices
from app.figures.description import Figure, Rect, Table, Text
from app.figures.dialog import ExportDialog
from app.figures.export_work import Snapshot
from app.figures.figure_clipboard import PNG_MIME, SVG_MIME
from app.jobs.pool import Jobs
from core.errors import MacroscopeError
from tests.app.figures.sample import STUDY


@dataclass
class View:
    id: str
    title: str
    make: object
    table: object = None


def sheet(options) -> Figure:
    items = (
        Rect(0, 0, options.width_mm, 5, colour=None, fill=options.palette["bar"]),
        Text(5, 15, "Words", size_pt=options.font_pt),
    )
    return Figure(
        options.width_mm, options.width_mm / 2, items, background=options.palette["canvas"]
    )


def refuse(options) -> Figure:
    raise MacroscopeError("There is nothing to draw; add a node first.")


VIEWS = (
    View("graph", "Graph", sheet),
    View("posteriors", "Posteriors", sheet, lambda: Table(("state", "p"), (("wet", 0.5),))),
    View("broken", "Broken", refuse),
)


class Asked:
    """Answers the question for a path, and remembers how it was put."""

    def __init__(self, answer=None):
        self.answer = answer
        self.questions = []

    def __call__(self, title, suggested, filters):
        self.questions.append((title, suggested, filters))
        return self.answer


@pytest.fixture
def opened(qtbot):
    def make(remembered=None, answer=None, study=lambda: STUDY, views=VIEWS, **more):
        asked = Asked(answer)
        dialog = ExportDialog(
            lambda: Snapshot(tuple(views), study),
            ask_path=asked,
            remembered=remembered,
            suggested="net",
            **more,
        )
        dialog.asked = asked
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def choose(dialog, **changes) -> None:
    """Set fields as the user would, signals included."""
    form = dialog.form
    for name, value in changes.items():
        if name in ("width_mm", "font_pt", "dpi"):
            {"width_mm": form.width_field, "font_pt": form.font_pt, "dpi": form.dpi}[name].setValue(
                value
            )
        elif name == "carry_study":
            form.carry.setChecked(value)
        else:
            combos = {
                "view": form.view,
                "suffix": form.file_format,
                "theme": form.theme,
                "outlines": form.letters,
            }
            combo = combos[name]
            combo.setCurrentIndex(combo.findData(value))


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_exporting_writes_the_file_with_the_study_and_closes(opened, qtbot, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    dialog = opened({"suffix": suffix}, answer=path)
    with qtbot.waitSignal(dialog.exported, timeout=5000) as written:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert written.args == [path] and carried_study(path) == STUDY
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_study_stays_out_when_it_is_not_wanted(opened, tmp_path):
    dialog = opened(answer=tmp_path / "out.svg")
    choose(dialog, carry_study=False)
    dialog.export_button.click()
    assert carried_study(tmp_path / "out.svg") is None


def test_a_width_typed_is_the_width_of_the_file(opened, tmp_path):
    dialog = opened({"suffix": ".svg"}, answer=tmp_path / "out.svg")
    choose(dialog, width_mm=123.4)
    dialog.export_button.click()  # at once, before the preview's delay is over
    assert 'width="123.4mm" height="61.7mm"' in (tmp_path / "out.svg").read_text("utf-8")


def test_a_column_preset_sets_the_width_and_a_width_names_its_preset(opened):
    dialog = opened()
    dialog.form.preset.setCurrentIndex(1)
    assert dialog.choices().width_mm == 178
    choose(dialog, width_mm=100)
    assert dialog.form.preset.currentText() == "Other width"
    choose(dialog, width_mm=86)
    assert dialog.form.preset.currentText() == "Single column"


def test_the_preview_follows_the_theme(opened, qtbot):
    dialog = opened()

    def middle() -> str:
        picture = dialog.preview.grab().toImage()
        return picture.pixelColor(picture.rect().center()).name()

    assert middle() == "#ffffff"
    choose(dialog, theme="dark")
    qtbot.waitUntil(lambda: QColor(middle()).lightness() < 60)


def test_the_preview_shows_the_sheet_at_the_same_shape(opened):
    dialog = opened()
    paper = dialog.preview.sheet()
    assert paper.width() / paper.height() == pytest.approx(2.0)
    assert dialog.preview.rect().contains(paper.toRect())


def test_the_resulting_size_is_told_in_millimetres_and_pixels(opened):
    dialog = opened({"suffix": ".png", "dpi": 300})
    assert dialog.size_line.text() == "86.0 × 43.0 mm · 1016 × 508 pixels"
    choose(dialog, suffix=".pdf")
    assert dialog.size_line.text() == "86.0 × 43.0 mm"


def test_small_letters_are_warned_of(opened, qtbot):
    dialog = opened()
    assert dialog.warning.isHidden()
    choose(dialog, font_pt=5.5)
    qtbot.waitUntil(lambda: not dialog.warning.isHidden())
    assert "5.5 pt" in dialog.warning.text()


@pytest.mark.parametrize(
    ("suffix", "off"),
    [
        (".svg", {"dpi"}),
        (".pdf", {"dpi"}),
        (".png", {"letters"}),
        (".tex", {"dpi", "letters", "carry", "font_family"}),
    ],
)
def test_what_a_format_has_no_use_for_is_off_and_explained(opened, suffix, off):
    dialog = opened({"suffix": suffix})
    fields = ("dpi", "letters", "carry", "font_family", "font_pt", "theme", "width_field")
    assert {name for name in fields if not getattr(dialog.form, name).isEnabled()} == off
    for name in off:
        assert getattr(dialog.form, name).toolTip().endswith(".")


def test_a_table_can_be_chosen_only_where_there_is_one(opened, tmp_path):
    dialog = opened(answer=tmp_path / "out")
    item = dialog.form.file_format.model().item(4)
    assert not item.isEnabled() and item.toolTip()
    choose(dialog, view="posteriors")
    assert item.isEnabled()
    choose(dialog, suffix=".csv")
    assert not dialog.copy_button.isEnabled()
    dialog.export_button.click()
    assert (tmp_path / "out.csv").read_text() == "state,p\nwet,0.5\n"


def test_leaving_the_view_with_a_table_leaves_the_table_format(opened):
    dialog = opened({"view": "posteriors", "suffix": ".csv"})
    assert dialog.choices().suffix == ".csv"
    choose(dialog, view="graph")
    assert dialog.choices().suffix == ".svg"


def test_without_a_study_there_is_nothing_to_carry(opened, tmp_path):
    dialog = opened(answer=tmp_path / "out.svg", study=None)
    assert not dialog.form.carry.isEnabled() and "no study" in dialog.form.carry.toolTip()
    dialog.export_button.click()
    assert carried_study(tmp_path / "out.svg") is None


def test_a_view_that_cannot_be_drawn_says_why_in_its_place(opened, qtbot):
    dialog = opened({"view": "broken"})
    assert not dialog.export_button.isEnabled() and not dialog.copy_button.isEnabled()
    choose(dialog, view="graph")
    qtbot.waitUntil(dialog.export_button.isEnabled)


def test_a_file_that_cannot_be_written_is_a_sentence_and_the_dialog_stays(opened, tmp_path):
    dialog = opened(answer=tmp_path / "missing" / "out.svg")
    dialog.export_button.click()
    assert dialog.isVisible() and "could not be written" in dialog.problem.text()
    choose(dialog, font_pt=9)
    assert dialog.problem.isHidden()


def test_thinking_better_of_it_changes_nothing(opened, tmp_path):
    dialog = opened()
    dialog.export_button.click()
    assert dialog.isVisible() and dialog.problem.isHidden() and len(dialog.asked.questions) == 1
    assert dialog.asked.questions[0] == ("Export figure", "net.svg", "SVG drawing (*.svg)")


def test_the_copy_is_a_drawing_and_a_picture(opened, tmp_path):
    dialog = opened()
    dialog.copy_button.click()
    mime: QMimeData = QGuiApplication.clipboard().mimeData()
    assert {SVG_MIME, PNG_MIME} <= set(mime.formats())
    picture = QImage.fromData(mime.data(PNG_MIME), "PNG")
    assert (picture.width(), picture.height()) == (1016, 508)
    path = tmp_path / "pasted.svg"
    path.write_bytes(mime.data(SVG_MIME).data())
    assert carried_study(path) == STUDY
    assert "clipboard" in dialog.success.text()


def test_the_choices_are_remembered(opened):
    first = opened()
    choose(first, suffix=".png", width_mm=120, dpi=600, theme="dark", carry_study=False, font_pt=7)
    again = opened(first.remembered_choices())
    assert again.choices() == first.choices()
    assert again.choices().dpi == 600 and again.choices().theme == "dark"


def test_choices_survive_their_record():
    chosen = replace(ExportChoices(), suffix=".pdf", outlines=True, width_mm=91.5)
    assert ExportChoices.from_record(chosen.to_record()) == chosen


@pytest.mark.parametrize(
    "record",
    [
        {"suffix": ".exe", "theme": 3, "dpi": "many", "width_mm": float("nan")},
        {"suffix": [], "dpi": 1e9, "font_pt": True, "outlines": "yes", "view": None},
        {"dpi": 300.5, "unknown": 1, "font_family": 5},
    ],
)
def test_nonsense_in_remembered_choices_gives_way_to_the_defaults(record):
    assert ExportChoices.from_record(record) == ExportChoices()


def test_every_field_can_be_reached_and_is_named(opened):
    dialog = opened()
    form = dialog.form
    fields = (form.view, form.file_format, form.preset, form.width_field, form.font_family)
    for field in (*fields, form.font_pt, form.theme, form.dpi, form.letters, form.carry):
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert field.toolTip()


def test_a_long_font_name_is_shown_from_its_start(opened):
    form = opened({"font_family": "DejaVu Sans Mono"}).form
    form.font_family.setFixedWidth(70)
    assert form.font_family.lineEdit().cursorPosition() == 0


# -- work on other threads -------------------------------------------------------------------------


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.shutdown()


class Gate:
    """A view whose drawing waits until the test lets it go on, as a large net's does."""

    id, title, table = "slow", "Slow", None

    def __init__(self):
        self.opening = threading.Event()
        self.threads = []
        self.widths = []

    def make(self, options):
        self.threads.append(threading.current_thread())
        self.widths.append(options.width_mm)
        assert self.opening.wait(10)
        return sheet(options)


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.opening.set()


def test_the_figure_is_drawn_on_another_thread(opened, qtbot, jobs, gate):
    dialog = opened(views=(gate,), run=jobs.run)
    qtbot.waitUntil(lambda: bool(gate.threads))
    gate.opening.set()
    qtbot.waitUntil(lambda: dialog.size_line.text() == "86.0 × 43.0 mm")
    assert threading.main_thread() not in gate.threads


def test_of_many_changes_only_the_newest_is_drawn(opened, qtbot, jobs, gate):
    dialog = opened(views=(gate,), run=jobs.run)
    qtbot.waitUntil(lambda: bool(gate.threads))
    for width in (100, 110, 120):
        choose(dialog, width_mm=width)
        qtbot.wait(150)
    gate.opening.set()
    qtbot.waitUntil(lambda: dialog.size_line.text() == "120.0 × 60.0 mm")
    qtbot.waitUntil(lambda: dialog.preview.grab().toImage().pixelColor(0, 0).isValid())
    assert gate.widths == [86, 120]


def test_an_export_can_be_cancelled_and_leaves_no_file(opened, qtbot, jobs, gate, tmp_path):
    path = tmp_path / "out.svg"
    dialog = opened(answer=path, views=(gate,), run=jobs.run)
    dialog.export_button.click()
    assert dialog.work_row.isVisible() and not dialog.export_button.isEnabled()
    dialog.cancel_button.click()
    gate.opening.set()
    assert dialog.isVisible() and "cancelled" in dialog.problem.text()
    assert dialog.export_button.isEnabled() and not dialog.work_row.isVisible()
    assert jobs.shutdown() and not path.exists()


def test_an_export_cancelled_elsewhere_gives_the_dialog_back(opened, qtbot, jobs, gate, tmp_path):
    dialog = opened(answer=tmp_path / "out.svg", views=(gate,), run=jobs.run)
    dialog.export_button.click()
    jobs.cancel_all()
    qtbot.waitUntil(dialog.export_button.isEnabled)


def test_closing_cancels_what_is_under_way(opened, qtbot, jobs, gate, tmp_path):
    path = tmp_path / "out.svg"
    dialog = opened(answer=path, views=(gate,), run=jobs.run)
    dialog.export_button.click()
    dialog.reject()
    gate.opening.set()
    assert jobs.running == [] and jobs.shutdown()
    assert not path.exists()


def test_an_export_takes_the_study_of_its_moment(opened, qtbot, jobs, gate, tmp_path):
    path = tmp_path / "out.svg"
    dialog = opened(answer=path, views=(gate,), run=jobs.run)
    with qtbot.waitSignal(dialog.exported, timeout=5000):
        dialog.export_button.click()
        gate.opening.set()
    assert carried_study(path) == STUDY and dialog.result() == QDialog.DialogCode.Accepted


def test_a_copy_made_elsewhere_reaches_the_clipboard(opened, qtbot, jobs):
    dialog = opened(run=jobs.run)
    QGuiApplication.clipboard().clear()
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: "clipboard" in dialog.success.text())
    assert {SVG_MIME, PNG_MIME} <= set(QGuiApplication.clipboard().mimeData().formats())
