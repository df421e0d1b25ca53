"""Obstacles for any rule of Lenia: one more channel, whose cells kill and never change.

Source: Hamon et al., Discovering sensorimotor agency in cellular automata (2024): a small kernel
over the obstacles, whose growth -10 clip(u - 1e-8, 0, 1) is added to the creature's.
"""

from dataclasses import replace

from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, Rings

REACH = 4.0
"""Cells from an obstacle within which it is felt."""

OBSTACLE = Growth(1e-8, 0.1, "obstacle")


def with_obstacles(rule: LeniaRule, reach: float = REACH) -> LeniaRule:
    """Return the rule with a last channel of obstacles, which all other channels feel.

    The kernel over the obstacles has weight at its centre, so that an obstacle kills what is on
    it. The growths of the rule's own kernels stay averaged; that of the obstacles comes on top.
    """
    totals = [0.0] * rule.channels
    for kernel in rule.kernels:
        totals[kernel.target] += kernel.weight if rule.is_averaged else 0.0
    own = tuple(
        replace(each, weight=each.weight / (totals[each.target] if rule.is_averaged else 1.0))
        for each in rule.kernels
    )
    felt = tuple(
        LeniaKernel(
            OBSTACLE,
            Rings((1.0,), "staircase"),
            source=rule.channels,
            target=channel,
            relative_radius=reach / rule.radius,
        )
        for channel in range(rule.channels)
    )
    return replace(rule, kernels=own + felt, channels=rule.channels + 1, is_averaged=False)
