"""Times particle Lenia beside numpy, and beside JAX where it can be imported.

    python tests/benchmarks/particle_lenia_speed.py [--rounds 3] [--dimensions 2]

One thread each; the peers take all pairs, in single precision, as the notebook of the source does.
The particles are as dense as 200 in a square of side 12. The best of the rounds is shown, and the
largest difference of a velocity from all pairs in double precision. Run it from the project's
folder.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.particle_lenia_engine import ParticleLeniaStepper  # noqa: E402
from core.automata.rules.particle_lenia import ParticleLeniaRule  # noqa: E402

try:
    import jax
    import jax.numpy as jnp
except ImportError:
    jax = None

COUNTS = {200: 2000, 2000: 100, 20_000: 8}
"""Particles, and steps of ours that are timed together."""

MOST_PAIRS = 2000
"""Peers with more particles than this would take minutes; one step is timed, by rows."""


def velocities_by_numpy(rule, p, rows=slice(None), dtype=np.float32):
    """Return velocities over all pairs."""
    p = p.astype(dtype)
    away = p[rows, None] - p[None]
    r = np.maximum(np.sqrt((away * away).sum(axis=2)), dtype(1e-5))
    k = dtype(rule.w_k) * np.exp(-(((r - dtype(rule.mu_k)) / dtype(rule.sigma_k)) ** 2))
    u = k.sum(axis=1)
    v = (u - dtype(rule.mu_g)) / dtype(rule.sigma_g)
    slope_g = -2 * v / dtype(rule.sigma_g) * np.exp(-v * v)
    slope_k = -2 * (r - dtype(rule.mu_k)) / dtype(rule.sigma_k) ** 2 * k
    slope_r = -dtype(rule.c_rep) * np.maximum(0, 1 - r)
    pull = (slope_g[:, None] * slope_k - slope_r) / r
    return (pull[..., None] * away).sum(axis=1)


def step_by_jax(rule):
    """Return a compiled step over all pairs, by automatic differentiation as in the source."""

    def energy(p, x):
        r = jnp.sqrt(jnp.maximum(((p - x) ** 2).sum(axis=1), 1e-10))
        u = rule.w_k * jnp.exp(-(((r - rule.mu_k) / rule.sigma_k) ** 2)).sum()
        g = jnp.exp(-(((u - rule.mu_g) / rule.sigma_g) ** 2))
        return rule.c_rep / 2 * (jnp.maximum(1 - r, 0) ** 2).sum() - g

    slopes = jax.vmap(jax.grad(energy, argnums=1), in_axes=(None, 0))
    return jax.jit(lambda p: p - rule.dt * slopes(p, p))


def best(work, rounds):
    """Return the least seconds of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def numpy_speed(rule, p, rounds):
    """Return steps per second over all pairs; of many particles from a part of the rows."""
    rows = slice(0, max(1, min(len(p), 4_000_000 // len(p))))
    part = len(p[rows]) / len(p)
    return part / best(lambda: velocities_by_numpy(rule, p, rows), rounds)


def jax_speed(rule, p, rounds):
    """Return steps per second of JAX, None without it or with too many particles."""
    if jax is None or len(p) > MOST_PAIRS:
        return None
    step, placed = step_by_jax(rule), jnp.asarray(p, dtype=jnp.float32)
    step(placed).block_until_ready()
    return 1 / best(lambda: step(placed).block_until_ready(), max(rounds, 5))


def main():
    """Print a row for each number of particles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dimensions", type=int, default=2)
    given = parser.parse_args()
    rule = ParticleLeniaRule(dimensions=given.dimensions)
    print(f"{'particles':>10}{'steps/s':>12}{'numpy':>10}{'times':>8}{'JAX':>10}{'times':>8}"
          f"{'error':>10}")  # fmt: skip
    for count, steps in COUNTS.items():
        side = 12 * (count / 200) ** (1 / given.dimensions)
        p = np.random.default_rng(0).random((count, given.dimensions)) * side
        stepper = ParticleLeniaStepper(rule, p)
        error = np.abs(
            stepper.velocities()[:200]
            - velocities_by_numpy(rule, p, slice(0, 200), dtype=np.float64)
        ).max()
        stepper.step(2)
        ours = steps / best(lambda s=stepper, n=steps: s.step(n), given.rounds)
        plain = numpy_speed(rule, p, given.rounds)
        compiled = jax_speed(rule, p, given.rounds)
        peer = f"{compiled:10.3g}{ours / compiled:8.1f}" if compiled else f"{'-':>10}{'-':>8}"
        print(f"{count:10}{ours:12.1f}{plain:10.3g}{ours / plain:8.0f}{peer}{error:10.1e}")


if __name__ == "__main__":
    main()
