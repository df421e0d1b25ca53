"""How an ensemble of a region is made: parts, what varies, and what is told of it."""

from dataclasses import dataclass

from core.boundaries.errors import BoundaryError

VARIED = ("outside", "inside", "both")
OUTLINES = ("rectangle", "body", "scattered")
FEATURES = ("auto", "bits", "sums")

MOST_TRAJECTORIES = 1_000_000
MOST_STEPS = 100_000
MOST_PHASES = 256
MOST_SECTORS = 16
MOST_BITS = 16
"""Cells of a part that are told one by one; more are summed up."""


@dataclass(frozen=True, slots=True)
class RegionSettings:
    """How an ensemble of a region is made.

    Attributes
    ----------
    trajectories : int
    steps : int
        Generations that each trajectory is told for, after the first.
    lag : int
        Generations to the later state, kept with the ensemble; 0 for the least in which something
        can cross A or P.
    layers : int
        Width of A and P in cells; 0 for the usual: 1, or in a field half the radius of its
        kernel, but at most half of how deep the region is.
    reach : int
        Width of E in cells; 0 for that of A and P. Cells beyond are not told, and can carry what
        V did earlier.
    vary : str
        ``"outside"``: random cells from E on outwards, in blocks of half a radius in a field;
        ``"inside"``: trajectories begin at other generations of the world, and V is damaged;
        ``"both"``.
    density : float or None
        Share of what is redrawn outside that lives; None for 0.5 in a row of cells, else 0.25.
    level : float
        Largest random value of a field.
    stir : float
        Share of what lies beyond E that is redrawn after every step, in a world with an end: an
        environment that dies out or settles tells nothing of leaks.
    phases : int
        From how many successive generations trajectories begin where the inside varies.
    damage : float
        Share of the cells of V that are redrawn where the inside varies, alive with `density`.
    burn_in : int
        Generations after the variation that are not told.
    outline : str
        What the parts are layers of: the ``"rectangle"`` itself, or the ``"body"`` in it (cells
        above a tenth of the largest smoothed value). ``"scattered"`` is a control: as many cells
        of each part as the rectangle gives, anywhere in the world.
    is_co_moving : bool
        Whether the parts move with the centroid of what lives in V and A.
    features : str
        ``"bits"``, every cell of a part; ``"sums"``, how many live in each of its sectors, or the
        mean of a field there; ``"auto"``, cells with states where no part has more than
        `MOST_BITS` of them.
    sectors : int
        Into how many a part is divided round its middle where it is summed up.
    seed : int
    """

    trajectories: int = 200
    steps: int = 20
    lag: int = 0
    layers: int = 0
    reach: int = 0
    vary: str = "outside"
    density: float | None = None
    level: float = 1.0
    stir: float = 0.0
    phases: int = 16
    damage: float = 0.0
    burn_in: int = 0
    outline: str = "rectangle"
    is_co_moving: bool = False
    features: str = "auto"
    sectors: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        for name, value, least, most in (
            ("trajectories", self.trajectories, 2, MOST_TRAJECTORIES),
            ("steps", self.steps, 1, MOST_STEPS),
            ("lag", self.lag, 0, self.steps),
            ("layers", self.layers, 0, 1000),
            ("reach", self.reach, 0, 1000),
            ("phases", self.phases, 1, MOST_PHASES),
            ("burn-in", self.burn_in, 0, MOST_STEPS),
            ("sectors", self.sectors, 1, MOST_SECTORS),
            ("seed", self.seed, 0, 2**63 - 1),
            ("density", 0.0 if self.density is None else self.density, 0, 1),
            ("level", self.level, 0, 1),
            ("damage", self.damage, 0, 1),
            ("stir", self.stir, 0, 1),
        ):
            if not least <= value <= most:
                raise BoundaryError(
                    f"The {name} of an ensemble may be {least:,} to {most:,}, not {value:,}."
                )
        for name, chosen, among in (
            ("vary", self.vary, VARIED),
            ("outline", self.outline, OUTLINES),
            ("features", self.features, FEATURES),
        ):
            if chosen not in among:
                raise BoundaryError(f"For {name} choose {', '.join(among)}, not {chosen!r:.20}.")
