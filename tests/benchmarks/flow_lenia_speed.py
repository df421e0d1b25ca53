"""Times Flow-Lenia beside numpy and SciPy, and beside JAX where it can be imported.

    python tests/benchmarks/flow_lenia_speed.py [--rounds 5]

One thread each, single precision; the peers gather over the window of reintegration tracking, as
the reference program does. The drift is that of the mass over 1000 steps of ours. The best of the
rounds is shown. Run it from the project's folder.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import numpy as np
import scipy.fft as by_scipy  # noqa: TID253

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.flow_lenia_engine import lenia_of  # noqa: E402
from core.automata.lenia_kernel import kernel_weights, torus_spectrum  # noqa: E402
from core.automata.rules.flow_lenia import FlowKernel, FlowLeniaRule  # noqa: E402
from core.automata.stepper import make_stepper  # noqa: E402
from core.automata.topology import torus  # noqa: E402
from core.automata.world import World  # noqa: E402

try:
    import jax
    import jax.numpy as jnp
except ImportError:
    jax = None


def rule_of(kernels, channels):
    """Return a rule drawn from the ranges of the source."""
    rng = np.random.default_rng(1)
    drawn = tuple(
        FlowKernel(
            index % channels,
            int(rng.integers(channels)),
            rng.uniform(0.1, 1),
            rng.uniform(0.2, 1),
            tuple(rng.random(3)),
            tuple(rng.uniform(0.05, 0.5, 3)),
            tuple(rng.random(3)),
            rng.uniform(0.05, 0.5),
            rng.uniform(0.01, 0.18),
        )
        for index in range(kernels)
    )
    return FlowLeniaRule(drawn, channels, radius=10.0)


def summed(gathered, shifts, start):
    """Return the sum over all shifts of the window."""
    for shift in shifts:
        start = start + gathered(shift)
    return start


def summed_by_jax(gathered, shifts, start):
    """Do the same in a loop that JAX need not unroll."""
    body = lambda total, shift: (total + gathered(shift), None)  # noqa: E731
    return jax.lax.scan(body, start, jnp.asarray(shifts))[0]


def step_of(xp, fft, rule, side, summed):
    """Return a step written with whole arrays, for numpy or JAX."""
    spectra = [
        xp.asarray(torus_spectrum(kernel_weights(lenia_of(rule), kernel), (side, side)), xp.float32)
        for kernel in lenia_of(rule).kernels
    ]
    places = xp.stack(xp.meshgrid(xp.arange(side), xp.arange(side), indexing="ij"))
    places = places.astype(xp.float32)
    s, reach = rule.half_width, rule.reach
    shifts = [(dy, dx) for dy in range(-reach, reach + 1) for dx in range(-reach, reach + 1)]

    def slopes(field):
        y = xp.roll(field, -1, 0) - xp.roll(field, 1, 0)
        x = xp.roll(field, -1, 1) - xp.roll(field, 1, 1)
        y = 2 * y + xp.roll(y, 1, 1) + xp.roll(y, -1, 1)
        x = 2 * x + xp.roll(x, 1, 0) + xp.roll(x, -1, 0)
        return xp.stack([y, x])

    def arrived(A, goal):
        def gathered(shift):
            moved, mass = xp.roll(goal, shift, (1, 2)), xp.roll(A, shift, (0, 1))
            away = xp.abs(places - moved)
            away = xp.minimum(away, side - away)
            part = xp.clip(0.5 - away + s, 0, min(1, 2 * s)) / (2 * s)
            return mass * part[0] * part[1]

        return summed(gathered, shifts, xp.zeros_like(A))

    def step(A):
        waves = [fft.rfft2(channel) for channel in A]
        U = [xp.zeros_like(A[0]) for _ in A]
        for kernel, spectrum in zip(rule.kernels, spectra, strict=True):
            u = fft.irfft2(spectrum * waves[kernel.source], s=(side, side))
            growth = 2 * xp.exp(-((u - kernel.mu) ** 2) / (2 * kernel.sigma**2)) - 1
            U[kernel.target] = U[kernel.target] + kernel.h * growth
        crowd, most = slopes(A.sum(axis=0)), reach - s
        moved = []
        for channel, field in zip(A, U, strict=True):
            alpha = xp.clip((channel / rule.critical_mass) ** 2, 0, 1)
            away = xp.clip(rule.dt * ((1 - alpha) * slopes(field) - alpha * crowd), -most, most)
            moved.append(arrived(channel, places + away))
        return xp.stack(moved)

    return step


def best(work, rounds):
    """Return the least seconds of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def jax_speed(rule, A, rounds):
    """Return steps per second of JAX, None without it."""
    if jax is None:
        return None
    step = jax.jit(step_of(jnp, jnp.fft, rule, A.shape[1], summed_by_jax))
    field = jnp.asarray(A, jnp.float32)
    step(field).block_until_ready()
    return 1 / best(lambda: step(field).block_until_ready(), rounds)


def main():
    """Print a row for each world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(f"{'side':>6}{'channels':>9}{'kernels':>8}{'steps/s':>10}{'numpy':>9}{'times':>7}"
          f"{'JAX':>9}{'times':>7}{'drift':>10}{'differs':>10}")  # fmt: skip
    for side, channels, kernels in ((128, 1, 5), (256, 1, 10), (256, 3, 10)):
        rule = rule_of(kernels, channels)
        A = np.zeros((channels, side, side))
        middle = slice(side // 4, 3 * side // 4)
        A[:, middle, middle] = np.random.default_rng(2).random((channels, side // 2, side // 2))
        stepper = make_stepper(World("flow", rule, torus(side, side), A))
        stepper.step()
        step = step_of(np, by_scipy, rule, side, summed)
        start = A.astype(np.float32)
        differs = np.abs(stepper.cells() - step(start)).max()
        ours = 10 / best(lambda s=stepper: s.step(10), given.rounds)
        plain = 1 / best(lambda s=step, field=start: s(field), 1)
        compiled = jax_speed(rule, A, given.rounds)
        before = stepper.population()
        stepper.step(1000)
        drift = abs(stepper.population() / before - 1)
        peer = f"{compiled:9.3g}{ours / compiled:7.1f}" if compiled else f"{'-':>9}{'-':>7}"
        print(f"{side:6}{channels:9}{kernels:8}{ours:10.1f}{plain:9.3g}{ours / plain:7.0f}{peer}"
              f"{drift:10.1e}{differs:10.1e}")  # fmt: skip


if __name__ == "__main__":
    main()
