"""Small pictures of worlds, made on worker threads."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.benches.automata.palettes import colouring_of
from core.automata.backgrounds import background_at, differing
from core.automata.regions import trimmed
from core.automata.rules.lenia import LeniaRule
from core.automata.rules.rule import Rule
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.automata.world_look import WorldLook

SIDE = 56
RATIO = 2
"""Pictures are made twice as fine as they are shown at least."""

MOST_CELLS = 2**24
ROWS = 56
"""Generations of the space-time picture of a one-dimensional world."""


@dataclass(frozen=True)
class Thumbnail:
    """A picture with a line of facts."""

    image: QImage
    facts: str


def thumbnail(world: World, *, is_dark: bool) -> Thumbnail:
    """Return the picture of a world: what lives, or its first rows where it has one dimension."""
    if world.rule.dimensions == 1 and not world.is_field:
        picture = _rows(world)
        return Thumbnail(_drawn(world, picture, is_dark), world.rule.text)
    if type(world.rule).__name__ == "ParticleLeniaRule":
        places = np.asarray(world.array)[:, :2]
        return Thumbnail(_dots(places, is_dark), f"{len(places):,} particles")
    cells = _cells(world)
    if cells is None:
        return Thumbnail(_drawn(world, np.zeros((1, 1), dtype=np.uint8), is_dark), world.rule.text)
    facts = f"{cells.shape[-1]:,} × {cells.shape[-2]:,}  ·  {_rule_facts(world.rule)}"
    return Thumbnail(_drawn(world, _flat(cells), is_dark), facts)


def _cells(world: World) -> npt.NDArray[np.generic] | None:
    if isinstance(world.cells, np.ndarray):
        background = background_at(world.rule, world.topology, world.generation)
        cells = differing(world.cells, background)
        part = trimmed(cells)[0]
        return part if part.size else cells
    box = world.cells.bounding_box()
    if box is None or box[2] * box[3] > MOST_CELLS:
        return None
    return trimmed(world.array)[0]


def _flat(cells: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    while cells.ndim > 3:
        cells = cells.max(axis=1)
    most = SIDE * RATIO * 2
    shrink = max(1, -(-max(cells.shape[-2:]) // most))
    if shrink > 1:
        rows, columns = (-(-side // shrink) * shrink for side in cells.shape[-2:])
        missing = ((0, rows - cells.shape[-2]), (0, columns - cells.shape[-1]))
        padded = np.pad(cells, (*((0, 0),) * (cells.ndim - 2), *missing))
        blocks = padded.reshape(
            *cells.shape[:-2], rows // shrink, shrink, columns // shrink, shrink
        )
        cells = blocks.max(axis=(-3, -1))
    if cells.dtype == np.uint8:
        return cells
    brightest = float(cells.max(initial=0.0))
    return (cells / (brightest or 1.0)).astype(np.float32)  # faint species are to be seen too


def _rows(world: World) -> npt.NDArray[np.uint8]:
    stepper = make_stepper(world)
    x, width = 0, world.array.shape[-1]
    if world.topology.kind == "unbounded":
        x, width = world.origin[0] - ROWS, width + 2 * ROWS
    elif width > 2 * ROWS:
        x, width = width // 2 - ROWS, 2 * ROWS
    rows = []
    for _ in range(ROWS):
        rows.append(stepper.frame(x, 0, width, 1)[0])
        stepper.step()
    return np.array(rows, dtype=np.uint8)


def _drawn(world: World, values: npt.NDArray[np.generic], is_dark: bool) -> QImage:
    colouring = colouring_of(world, WorldLook(), is_dark=is_dark)
    pixels = np.ascontiguousarray(colouring.picture(values))
    height, width = pixels.shape
    picture = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    image = _ground(QColor.fromRgb(int(pixels_of_nothing(colouring, values)) & 0xFFFFFF))
    side = SIDE * RATIO
    scale = min((side - 20) / max(width, height), 12.0 * RATIO)
    box = QRectF(0, 0, width * scale, height * scale)
    box.moveCenter(QRectF(image.rect()).center())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
    painter.drawImage(box, picture)
    painter.end()
    return image


def pixels_of_nothing(colouring: object, values: npt.NDArray[np.generic]) -> np.uint32:
    """Return the colour of empty cells."""
    empty = np.zeros((*values.shape[:-2], 1, 1), dtype=values.dtype)
    return colouring.picture(empty)[0, 0]


def _dots(places: npt.NDArray[np.float64], is_dark: bool) -> QImage:
    image = _ground(QColor("#0d0f14" if is_dark else "#ffffff"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#f0b23a" if is_dark else "#b06a00"))
    low = places.min(axis=0)
    span = max(float(np.ptp(places, axis=0).max()), 1e-9)
    side = SIDE * RATIO - 12
    for x, y in (places - low) / span * side + 6:
        painter.drawEllipse(QRectF(x - 2, y - 2, 4, 4))
    painter.end()
    return image


def _ground(colour: QColor) -> QImage:
    side = SIDE * RATIO
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(colour)
    image.setDevicePixelRatio(1.0)
    return image


def _rule_facts(rule: Rule) -> str:
    """Return the rule in few letters; of Lenia what one looks for in a list of species."""
    if isinstance(rule, LeniaRule):
        if len(rule.kernels) == 1:
            growth = rule.kernels[0].growth
            return f"R {rule.radius:g}, μ {growth.mu:g}, σ {growth.sigma:g}"
        channels = f"{rule.channels} channels, " if rule.channels > 1 else ""
        return f"R {rule.radius:g}, {channels}{len(rule.kernels)} kernels"
    return rule.text if len(rule.text) <= 28 else f"{rule.text[:27]}…"
