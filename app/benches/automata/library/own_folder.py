"""The user's own folder of patterns."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import platformdirs

from core.automata.errors import AutomataError
from core.automata.formats.pattern_file import write_world
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World


def usual() -> Path:
    """Return the folder where no other was chosen; it need not exist."""
    return Path(platformdirs.user_data_dir("macroscope", appauthor=False)) / "patterns"


def write(folder: Path, cells: npt.NDArray[np.generic], of_world: World) -> Path:
    """Write cells as a pattern of their own under a free name and return its path.

    Raises
    ------
    MacroscopeError
        When the folder cannot be written to.
    """
    is_field = of_world.is_field
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AutomataError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    ending = ".json" if is_field else ".rle"
    number = 1
    while (path := folder / f"pattern-{number}{ending}").exists():
        number += 1
    if type(of_world.rule).__name__ == "ParticleLeniaRule":
        topology = of_world.topology
    else:
        topology = torus(cells.shape[-1], cells.shape[-2]) if is_field else UNBOUNDED
    if of_world.rule.dimensions == 1:
        cells, topology = cells[0], UNBOUNDED
    write_world(World(path.stem, of_world.rule, topology, cells), path)
    return path
