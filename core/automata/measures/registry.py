"""What is measured step by step while a world runs: names, units and what they mean."""

from dataclasses import dataclass

from core.automata.errors import AutomataError
from core.automata.measures.board import Setting
from core.labels import quoted

STATES, FIELD, PARTICLES = "states", "field", "particles"
ALL = (STATES, FIELD, PARTICLES)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name : str
        In files and on the command line.
    title, symbol, unit : str
        For the eye; a unit may be empty.
    explanation : str
        The formula in words.
    families : tuple of str
        Worlds it makes sense for: of states, fields or particles.
    work : str
        What has to be computed for it; measures of one work come at one price.
    columns : tuple of str
        Names of its series, itself where it is one number.
    """

    name: str
    title: str
    symbol: str
    unit: str
    explanation: str
    families: tuple[str, ...] = ALL
    work: str = "sums"
    columns: tuple[str, ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        """The names of its columns."""
        return self.columns or (self.name,)


_LISTED = (
    Measure("population", "Population", "n", "cells", "Cells not in state 0", (STATES,)),
    Measure(
        "mass", "Mass", "M", "", "Sum of all values; number of cells or particles that live"
    ),
    Measure(
        "volume", "Volume", "V", "cells", "Cells above 0.001, added up over channels", (FIELD,)
    ),
    Measure(
        "density", "Density", "ρ", "", "Mass over the cells of the world", (STATES, FIELD)
    ),
    Measure(
        "centroid", "Centroid", "c", "cells",
        "Mean place of the mass; on a joined side the circular mean N/2π arg Σ m exp(2πi x/N)",
        columns=("centroid_x", "centroid_y"),
    ),
    Measure(
        "displacement", "Displacement", "Δ", "cells",
        "Way of the centroid since the first sample, added up the shorter way round",
        columns=("displacement_x", "displacement_y"),
    ),
    Measure(
        "speed", "Speed", "v", "cells/step",
        "Way of the centroid between two samples over the steps between them; in Lenia times T/R "
        "it is in radii per unit of time. Where a pattern grows or a part of it dies, the centroid "
        "may leap farther than anything in it moves",
    ),
    Measure(
        "direction", "Direction", "φ", "°",
        "Heading of the centroid, 0° to the right and 90° downwards",
    ),
    Measure(
        "angular_speed", "Angular speed", "ω", "°/step", "Turn of the heading over the steps"
    ),
    Measure(
        "gyradius", "Gyradius", "r_g", "cells", "√(Σ m d² / M), d the distance from the centroid"
    ),
    Measure(
        "long_axis", "Long axis", "a", "cells",
        "Root mean square along the principal axis of the second moments", work="shape",
    ),
    Measure(
        "short_axis", "Short axis", "b", "cells",
        "Root mean square across the principal axis", work="shape",
    ),
    Measure(
        "eccentricity", "Eccentricity", "e", "",
        "√(1 − b²/a²): 0 for a disc, 1 for a line", work="shape",
    ),
    Measure(
        "asymmetry", "Asymmetry", "α", "",
        "(left − right) / M: mass on either side of the line of flight", work="shape",
    ),
    Measure(
        "change", "Change", "|Ȧ|", "per time", "Σ|A(t) − A(t−1)| / dt", (FIELD,), "change"
    ),
    Measure(
        "activity", "Activity", "a", "",
        "Share of the cells that the last step changed; where the world has no end, of those that "
        "span what lives",
        (STATES,), "change",
    ),
    Measure(
        "mass_rate", "Rate of mass", "Ṁ", "per time", "Change of the mass since the sample "
        "before, per unit of time", (FIELD, STATES),
    ),
    Measure(
        "growth", "Growth", "g", "R²", "Σ max(G, 0) / R², G the growth of the next step",
        (FIELD,), "growth",
    ),
    Measure(
        "growth_distance", "Distance of growth", "|c_G − c|", "cells",
        "From the middle of the positive growth to the centroid", (FIELD,), "growth",
    ),
    Measure(
        "entropy", "Entropy of values", "H", "bits",
        "−Σ p log₂ p over cell states, or over 256 bins of values", (STATES, FIELD), "values",
    ),
    Measure(
        "compressed", "Compressed size", "z", "bytes",
        "Bytes of the state in zlib; values of a field in 256 levels", (STATES, FIELD), "zlib",
    ),
    Measure(
        "components", "Pieces", "#", "",
        "Connected pieces, corners included, joined across the seam; of a field above 0.1",
        (STATES, FIELD), "pieces",
    ),
    Measure(
        "largest_piece", "Largest piece", "#₁", "cells", "Cells of the largest piece",
        (STATES, FIELD), "pieces",
    ),
    Measure(
        "symmetry_order", "Order of symmetry", "k", "",
        "Which k from 2 to 12 has the strongest wave on circles around the centroid",
        (FIELD, STATES), "circles",
    ),
    Measure(
        "symmetry", "Rotational symmetry", "s_k", "",
        "Power of that wave over all of 1 to 12", (FIELD, STATES), "circles",
    ),
    Measure(
        "rotation", "Rotation", "Ω", "°/step",
        "Turn of that wave's crests over the steps; known up to a k-th of a full turn",
        (FIELD, STATES), "circles",
    ),
    Measure(
        "period", "Period", "p", "steps",
        "Steps since the same state was seen, wherever it lay; a multiple of the period where "
        "samples are further apart",
        (STATES,), "period",
    ),
)  # fmt: skip

MEASURES: dict[str, Measure] = {each.name: each for each in _LISTED}
"""Every measure by name, in the order in which they are listed."""

DEFAULT = {
    STATES: ("population", "activity", "speed", "gyradius", "period"),
    FIELD: ("mass", "volume", "speed", "direction", "gyradius", "change"),
    PARTICLES: ("mass", "speed", "gyradius"),
}
"""What is measured unless something else is asked for, by family."""


def measures_for(setting: Setting) -> tuple[Measure, ...]:
    """Return the measures that make sense in a setting."""
    return tuple(
        each
        for each in MEASURES.values()
        if setting.family in each.families and (each.name != "density" or setting.area)
    )


def measures_named(names: tuple[str, ...], setting: Setting) -> tuple[Measure, ...]:
    """Return measures by name, each once.

    Raises
    ------
    AutomataError
        For a name that nobody knows, or one that makes no sense in this setting.
    """
    fitting = {each.name: each for each in measures_for(setting)}
    for name in names:
        if name not in MEASURES:
            raise AutomataError(
                f"There is no measure {quoted(name)}; there are {', '.join(MEASURES)}."
            )
        if name not in fitting:
            what = {STATES: "states", FIELD: "a field", PARTICLES: "particles"}[setting.family]
            raise AutomataError(
                f"{MEASURES[name].title} is not measured of a world of {what} like this one; "
                f"there are {', '.join(fitting)}."
            )
    return tuple(fitting[name] for name in dict.fromkeys(names))
