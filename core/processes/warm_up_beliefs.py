"""Compiles the kernels that draw and measure sets of beliefs, before anyone waits for them."""

import numpy as np

from core.processes.belief_cloud import belief_cloud
from core.processes.belief_tree import belief_tree, level_masses
from core.processes.box_counting import scale_counts
from core.processes.density import BeliefDensity
from core.processes.lyapunov import lyapunov_spectrum
from core.processes.model import HiddenMarkovModel
from core.processes.projection import triangle


def warm_up_beliefs() -> None:
    """Run every kernel of densities, trees, exponents and cells on a process of three states."""
    T = np.full((2, 3, 3), 0.1)
    T[0] += 0.4 * np.eye(3)
    model = HiddenMarkovModel("", ("0", "1"), ("A", "B", "C"), T)
    projection = triangle()
    density = BeliefDensity(model, size=16)
    density.add(1)
    cloud = belief_cloud(model, 100)
    cloud.counts(projection, density.window, 16)
    level_masses(belief_tree(model, 2)[-1], projection, density.window, 16)
    belief_tree(model, 2, least_weight=1e-3)
    scale_counts(np.ascontiguousarray(cloud.beliefs))
    lyapunov_spectrum(model)
