"""Patterns that everybody knows, as the cells they are."""

import numpy as np

_ROWS = {
    "glider": ".O. ..O OOO",
    "lwss": ".OOOO O...O ....O O..O.",
    "mwss": ".OOOOO O....O .....O O...O. ..O...",
    "hwss": ".OOOOOO O.....O ......O O....O. ..OO...",
    "pulsar": (
        "..OOO...OOO.. ............. O....O.O....O O....O.O....O O....O.O....O ..OOO...OOO.. "
        "............. ..OOO...OOO.. O....O.O....O O....O.O....O O....O.O....O ............. "
        "..OOO...OOO.."
    ),
    "row of ten": "OOOOOOOOOO",
    "r-pentomino": ".OO OO. .O.",
    "acorn": ".O..... ...O... OO..OOO",
    "diehard": "......O. OO...... .O...OOO",
    "gosper gun": (
        "........................O........... ......................O.O........... "
        "............OO......OO............OO ...........O...O....OO............OO "
        "OO........O.....O...OO.............. OO........O...O.OO....O.O........... "
        "..........O.....O.......O........... ...........O...O.................... "
        "............OO......................"
    ),
    "switch engine": "......O. ....O.OO ....O.O. ....O... ..O..... O.O.....",
}


def pattern(name: str) -> np.ndarray:
    """Return uint8[height, width]."""
    rows = _ROWS[name].split()
    return np.array([[cell == "O" for cell in row] for row in rows], dtype=np.uint8)
