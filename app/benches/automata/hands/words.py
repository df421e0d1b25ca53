"""Interventions in words, for the list, for undo and for tooltips."""

from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    Intervention,
    Lasting,
    NoiseBrush,
    Obstacle,
    Patch,
    Push,
    Randomise,
    Stroke,
    is_lasting,
)


def title_of(intervention: Intervention) -> str:
    """Return what was done in one or two words."""
    match intervention:
        case Stroke(value=value):
            return "Paint" if value else "Erase"
        case Patch():
            return "Paste"
        case Fill(value=value):
            return "Fill" if value else "Clear"
        case Randomise():
            return "Random patch"
        case Push():
            return "Push"
        case ChangeRule():
            return "Rule"
        case Obstacle():
            return "Obstacle"
        case Food():
            return "Food"
        case NoiseBrush():
            return "Noise"
        case Gun():
            return "Gun"
    raise AssertionError("every intervention has a title")


def details_of(intervention: Intervention) -> str:
    """Return the numbers of an intervention on one line."""
    match intervention:
        case Stroke(points=points, radius=radius, value=value):
            length = "dot" if len(points) == 1 else f"{len(points)} points"
            return f"{length}, radius {radius:g}" + (f", value {value:g}" if value else "")
        case Patch(x=x, y=y, cells=cells):
            if cells.ndim == 2 and cells.dtype.kind == "f":
                return f"{len(cells)} particles at {x}, {y}"
            return f"{cells.shape[-1]} × {cells.shape[-2] if cells.ndim > 1 else 1} at {x}, {y}"
        case Fill(x=x, y=y, width=width, height=height, value=value):
            told = f"{width} × {height} at {x}, {y}"
            return told + (f", value {value:g}" if value else "")
        case Randomise(x=x, y=y, width=width, height=height, density=density, seed=seed):
            return f"{width} × {height} at {x}, {y}, density {density:g}, seed {seed}"
        case Push(x=x, y=y, radius=radius):
            return f"radius {radius:g} at {x:.1f}, {y:.1f}"
        case ChangeRule(rule=rule):
            return rule.text
        case Obstacle(x=x, y=y, radius=radius):
            return f"radius {radius:g} at {x:.1f}, {y:.1f}{_end(intervention)}"
        case Food(radius=radius, rate=rate):
            return f"{rate:g} a step, radius {radius:g}{_end(intervention)}"
        case NoiseBrush(radius=radius, level=level):
            return f"level {level:g}, radius {radius:g}{_end(intervention)}"
        case Gun(angle=angle, every=every, radius=radius):
            return f"{angle:.0f}°, every {every} steps, radius {radius:g}{_end(intervention)}"
    raise AssertionError("every intervention has details")


def is_off(intervention: Intervention) -> bool:
    """Whether something lasting was switched off: it ends when it begins."""
    return is_lasting(intervention) and intervention.until == intervention.generation


def _end(lasting: Lasting) -> str:
    if is_off(lasting):
        return ", off"
    return "" if lasting.until is None else f", until {lasting.until:,}"
