"""The picture of a creature, all on one scale of its own radius; made on worker threads."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.benches.automata.palettes import colouring_of
from core.automata.search.archive import Found
from core.automata.search.candidate import candidate_world
from core.automata.world_look import WorldLook

SIDE = 56
RATIO = 2
RADII = 4.0
"""The picture is so many radii wide, or as wide as the creature if that is more."""


def picture_of(found: Found) -> QImage:
    """Return the creature as it was found."""
    candidate = found.candidate
    patch = candidate.patch.astype(np.float32)[None]
    world = candidate_world(candidate, max(patch.shape))
    colouring = colouring_of(world, WorldLook(), is_dark=True)
    pixels = np.ascontiguousarray(colouring.picture(patch))
    height, width = pixels.shape
    drawn = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    side = SIDE * RATIO
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(int(colouring.picture(np.zeros((1, 1, 1), dtype=np.float32))[0, 0]))
    scale = side / max(RADII * candidate.rule.radius, 1.1 * width, 1.1 * height)
    box = QRectF(0, 0, width * scale, height * scale)
    box.moveCenter(QRectF(image.rect()).center())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(box, drawn)
    painter.end()
    image.setDevicePixelRatio(RATIO)
    return image.convertToFormat(QImage.Format.Format_RGB32, Qt.ImageConversionFlag.AutoColor)
