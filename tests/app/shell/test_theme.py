"""Light and dark: chosen, followed, legible, with every icon drawable."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QTreeWidget, QTreeWidgetItem

import resources
from app.shell.icons import icon, render
from app.shell.theme import Theme, qpalette

ICONS = [name.removesuffix(".svg") for name in resources.names("icons", ".svg")]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2.1."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base, 7.0),
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 7.0),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight, 4.5),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base, 4.5),
        (QPalette.ColorRole.Link, QPalette.ColorRole.Base, 4.5),
    ],
)
def test_text_is_legible_on_its_ground(name, ink, ground, least):
    colours = qpalette(resources.palette(name))
    assert contrast(colours.color(ink), colours.color(ground)) >= least


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_box_of_a_list_that_is_not_checked_is_seen(name, qtbot):
    Theme(name).apply()
    listed = QTreeWidget()
    qtbot.addWidget(listed)
    row = QTreeWidgetItem(listed, [""])
    row.setCheckState(0, Qt.CheckState.Unchecked)
    listed.setHeaderHidden(True)
    listed.resize(200, 60)
    listed.show()
    picture = listed.viewport().grab(listed.visualItemRect(row)).toImage()
    ground = QColor(resources.palette(name)["surface"])
    height, width = picture.height(), picture.width()
    colours = [picture.pixelColor(x, y) for y in range(height) for x in range(width)]
    assert max(contrast(each, ground) for each in colours) >= 3.0
    Theme("light").apply()


def test_choosing_dark_changes_the_palette_of_the_application_and_says_so(qtbot):
    theme = Theme("light")
    theme.apply()
    with qtbot.waitSignal(theme.changed) as heard:
        theme.set_choice("dark")
    window = QApplication.palette().color(QPalette.ColorRole.Window).name()
    assert window == resources.palette("dark")["window"] == heard.args[0]["window"]
    theme.set_choice("light")
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == "#f4f5f7"


def test_the_theme_follows_the_system_only_when_told_to(qapp):
    following, chosen = Theme("system"), Theme("light")
    scheme = qapp.styleHints().colorScheme()
    assert following.name == ("dark" if scheme == Qt.ColorScheme.Dark else "light")
    assert chosen.name == "light"


def test_an_unknown_choice_means_the_system(qapp):
    assert Theme("purple").choice == "system"


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp, name):
    image = render(resources.text(f"icons/{name}.svg"), QColor("#ff0000"), 24)
    inked = [
        image.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert len(inked) >= 4
    assert all(colour.red() > 240 and colour.blue() < 20 for colour in inked)


def test_every_icon_is_monochrome_on_the_same_grid_with_the_same_stroke():
    for name in ICONS:
        drawing = resources.text(f"icons/{name}.svg")
        assert 'viewBox="0 0 24 24"' in drawing
        assert 'stroke-width="1.75"' in drawing
        assert "#" not in drawing


def test_a_disabled_icon_is_fainter(qapp):
    made = icon("save", resources.palette("light"))

    def ink(mode):
        image = made.pixmap(QSize(24, 24), mode).toImage()
        return sum(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))

    assert ink(QIcon.Mode.Disabled) < 0.7 * ink(QIcon.Mode.Normal)
