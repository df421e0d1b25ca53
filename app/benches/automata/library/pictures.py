"""Pictures as cells: how light each pixel is."""

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QImageReader

from core.automata.errors import TooLarge, UnreadablePattern
from core.automata.rules.lenia import lenia
from core.automata.topology import torus
from core.automata.world import World

MOST_PIXELS = 2**24


def world_of_picture(path: Path) -> World:
    """Return a field with the lightness of a picture, 0 where it is black or see-through.

    Raises
    ------
    UnreadablePattern, TooLarge
        When it is no picture, or one of too many pixels.
    """
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise TooLarge(f"{path.name} has {size.width()} by {size.height()} pixels, too many.")
    image = reader.read()
    if image.isNull():
        raise UnreadablePattern("it is no picture that can be read.", path.name)
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    height, width = image.height(), image.width()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(height, -1)
    colours = pixels[:, : 4 * width].reshape(height, width, 4) / 255.0
    lightness = colours[..., :3] @ (0.2126, 0.7152, 0.0722) * colours[..., 3]
    cells = np.clip(lightness, 0.0, 1.0)[None]
    return World(path.stem, lenia(13, 10, 0.15, 0.015), torus(width, height), cells)
