"""The compact stylesheet on a four-pixel grid, filled with the colours of a palette."""

from collections.abc import Mapping
from importlib.resources import files
from string import Template

_SHEET = Template("""
* { outline: none; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $surface_raised; color: $text; border: 1px solid $border; padding: 4px 8px; }

QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 8px; border-radius: 4px; min-height: 16px; }
QMenu::item:selected { background: $accent; color: $accent_text; }
QMenu::item:disabled { color: $muted_text; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon:checked { background: $tint; border: 1px solid $accent; border-radius: 4px; }
QMenu::item:selected:checked { background: $accent; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: $window; border: none; border-bottom: 1px solid $border;
           padding: 2px 8px; spacing: 2px; }
QToolBar::separator { background: $border; width: 1px; margin: 6px 6px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px;
              padding: 3px; }
QToolButton:focus { border-color: $accent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $tint; }
QToolButton[popupMode="2"] { padding-right: 16px; }
QToolButton::menu-indicator { image: url("$down"); width: 10px; height: 10px; right: 4px;
                              subcontrol-origin: padding; subcontrol-position: center right; }

QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QTabWidget::pane { border: none; background: $surface; }
QTabBar { background: $window; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted_text; padding: 5px 12px; border: none;
               min-height: 20px; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; background: $surface; border-bottom: 2px solid $accent; }

QPushButton { background: $surface_raised; border: 1px solid $border; border-radius: 4px;
              padding: 4px 12px; min-height: 18px; }
QPushButton:hover { border-color: $accent; }
QPushButton:pressed { background: $tint; }
QPushButton:default, QPushButton[primary="true"] {
    background: $accent; color: $accent_text; border-color: $accent; }
QPushButton:disabled { color: $muted_text; background: $window; border-color: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: $hover; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QKeySequenceEdit {
    background: $surface; border: 1px solid $border; border-radius: 4px; padding: 3px 6px;
    selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus, QKeySequenceEdit:focus { border-color: $accent; }
QSlider:focus { background: $tint; border-radius: 4px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $muted_text; background: $window; }
QComboBox { padding-right: 20px; }
QComboBox::drop-down { subcontrol-position: center right; width: 20px; border: none; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QSpinBox, QDoubleSpinBox { padding-right: 20px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border;
    subcontrol-position: top right; width: 20px; border: none; margin: 1px 1px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border;
    subcontrol-position: bottom right; width: 20px; border: none; margin: 0 1px 1px 0; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover,
QSpinBox::down-button:hover, QDoubleSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$down");
    width: 10px; height: 10px; }
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit { border: none; background: transparent;
    padding: 0; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid $muted_text;
    border-radius: 4px; background: $surface; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border-color: $border; background: $window; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; }

QAbstractItemView { background: $surface; alternate-background-color: $surface_raised;
    border: none; selection-background-color: $tint; selection-color: $text; }
QTreeView::item, QListView::item { padding: 3px 4px; border-radius: 4px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $tint; color: $text; }
QTableView { gridline-color: $grid; }
QHeaderView { background: $window; }
QHeaderView::section { background: $window; color: $muted_text; border: none; padding: 4px 8px;
    border-right: 1px solid $border; border-bottom: 1px solid $border; }
QTableCornerButton::section { background: $window; border: none;
    border-right: 1px solid $border; border-bottom: 1px solid $border; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $muted_text; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QProgressBar { background: $bar_track; border: none; border-radius: 3px; max-height: 6px;
               text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted_text; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted_text; padding: 0 4px; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

[role="muted"] { color: $muted_text; }
[role="heading"] { font-weight: 600; }
[role="danger"] { color: $danger; }
#command-palette { background: $surface; border: 1px solid $border; border-radius: 8px; }
#command-palette QLineEdit { border: none; border-bottom: 1px solid $border; border-radius: 0;
    padding: 6px 8px; }
#command-palette QListView { background: $surface; }
#banner { border: none; border-bottom: 1px solid $border; background: $surface_raised; }
#banner[level="error"] { background: $danger_wash; border-bottom-color: $danger; }
#banner[level="warning"] { background: $warning_wash; border-bottom-color: $warning; }
#welcome-page, QScrollArea { background: $surface; }
#room { background: transparent; }
#guide-text { border: none; border-radius: 0; border-top: 1px solid $border; padding: 0; }
#panel-list { background: transparent; }
#tab-close { padding: 2px; margin-left: 4px; }
#ScrollLeftButton, #ScrollRightButton { background: $window; border: none; border-radius: 0; }
[role="row"] { background: transparent; border: none; border-radius: 4px; }
[role="row"]:hover, [role="row"]:focus { background: $hover; }
[role="card"]:focus { border-color: $accent; }
[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
[role="card"]:hover { border-color: $accent; }
[role="surface"] { background: $surface; }
[role="dock-title"] { background: $window; }
[role="dock-title"] QLabel { color: $muted_text; font-weight: 600; }
""")


def mixed(over: str, under: str, share: float) -> str:
    """Return `share` of the colour `over` on `under`, both ``#rrggbb``."""
    pairs = [(int(over[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def _control(name: str) -> str:
    """Return the path of a small drawing that a stylesheet can only take from a file."""
    return str(files("resources") / "controls" / f"{name}.svg").replace("\\", "/")


def stylesheet(colours: Mapping[str, str]) -> str:
    """Return the stylesheet for a palette."""
    is_pale = int(colours["accent_text"][1:3], 16) > 127
    return _SHEET.substitute(
        colours,
        hover=mixed(colours["text"], colours["window"], 0.07),
        tint=mixed(colours["accent"], colours["surface"], 0.18),
        danger_wash=mixed(colours["danger"], colours["surface"], 0.12),
        warning_wash=mixed(colours["warning"], colours["surface"], 0.12),
        down=_control("chevron-down"),
        up=_control("chevron-up"),
        check=_control("check-on-light" if is_pale else "check-on-dark"),
        scroll=mixed(colours["muted_text"], colours["surface"], 0.45),
    )
