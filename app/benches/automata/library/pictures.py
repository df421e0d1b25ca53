"""Pictures as cells: how light each pixel is."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QImageReader

from core.automata.errors import TooLarge, UnreadablePattern
from core.automata.formats.png_world import world_of_png
from core.automata.rules.lenia import lenia
from core.automata.rules.reading import rule_of
from core.automata.topology import torus
from core.automata.world import World

MOST_PIXELS = 2**24


LIGHT = 0.5
"""Of rules of states a cell lives where a picture is lighter."""


def world_of_picture(path: Path, rule_text: str = "") -> World:
    """Return the world that a picture of ours carries, or one with the lightness of the pixels.

    It is 0 where a picture is black or see-through, and of Lenia unless another rule is told.

    Raises
    ------
    UnreadablePattern, TooLarge
        When it is no picture, or one of too many pixels.
    """
    carried = world_of_png(path)
    if carried is not None and not rule_text:
        return carried
    rule = rule_of(rule_text) if rule_text else lenia(13, 10, 0.15, 0.015)
    lightness = _lightness(path)
    height, width = lightness.shape
    if rule.states:
        cells = (lightness > LIGHT).astype(np.uint8)
        return World(path.stem, rule, torus(width, height), cells)
    return World(path.stem, rule, torus(width, height), lightness[None])


def _lightness(path: Path) -> npt.NDArray[np.float64]:
    """Return float64[height, width] from 0 to 1."""
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
    return np.clip(lightness, 0.0, 1.0)
