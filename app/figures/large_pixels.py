"""Pictures with few pixels made large for readers that smooth them whatever the file asks for.

Several readers of SVG, librsvg among them, blur a picture of one pixel a cell. Enlarged by a whole
number every cell stays as sharp as print shows it.
"""

from dataclasses import replace
from math import ceil

import numpy as np

from app.figures.description import Figure, Group, Image, Item

PIXELS_PER_MM = 300 / 25.4
MOST_PIXELS = 2**24


def with_large_pixels(figure: Figure) -> Figure:
    """Return the figure with every picture at 300 pixels an inch or more, by whole numbers."""
    return replace(figure, items=tuple(_enlarged(item) for item in figure.items))


def _enlarged(item: Item) -> Item:
    if isinstance(item, Group):
        return replace(item, items=tuple(_enlarged(each) for each in item.items))
    if not isinstance(item, Image) or not item.rgba.size:
        return item
    rows, columns = item.rgba.shape[:2]
    wanted = max(item.width / columns, item.height / rows) * PIXELS_PER_MM
    factor = min(ceil(wanted), int((MOST_PIXELS / (rows * columns)) ** 0.5))
    if factor <= 1:
        return item
    large = item.rgba.repeat(factor, axis=0).repeat(factor, axis=1)
    return replace(item, rgba=np.ascontiguousarray(large))
