"""Times steps of Lenia beside numpy's and SciPy's transforms, and JAX's where it is installed.

    python tests/benchmarks/lenia_speed.py [--sizes 256 512 1024 2048] [--seconds 1] [--sparse]

One kernel of radius 13 on a torus, a field that fills it. Classic is the usual program: numpy's
complex transform there and back in double precision. SciPy's is its real transform in single
precision. All use one thread and take turns in chunks of a twentieth of a second, `--seconds` each;
the fastest chunk counts, since machines are shared. The ratios are what matters.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.lenia_board import LeniaBoard  # noqa: E402
from core.automata.lenia_kernel import kernel_weights, torus_kernel  # noqa: E402
from core.automata.rules.lenia import lenia  # noqa: E402
from core.automata.sparse_lenia import SparseLenia  # noqa: E402
from core.automata.topology import torus  # noqa: E402
from core.automata.world import World  # noqa: E402

RULE = lenia(13, 10, 0.15, 0.015)
DT, MU, NINE = 0.1, 0.15, 9 * 0.015**2


def rates_of(steps: list[Callable[[], object] | None], seconds: float) -> list[float]:
    """Return the steps per second of each in its fastest chunk; all take turns, 0 for none."""
    best = [0.0] * len(steps)
    for step in steps:
        if step is not None:
            step()
    end = time.perf_counter() + seconds * len(steps)
    while time.perf_counter() < end:
        for index, step in enumerate(steps):
            if step is None:
                continue
            start, made = time.perf_counter(), 0
            while made == 0 or time.perf_counter() - start < 0.05:
                step()
                made += 1
            best[index] = max(best[index], made / (time.perf_counter() - start))
    return best


def classic(size: int, cells: np.ndarray) -> Callable[[], None]:
    A = cells.astype(np.float64)
    spectrum = np.fft.fft2(torus_kernel(kernel_weights(RULE, RULE.kernels[0]), (size, size)))

    def step() -> None:
        nonlocal A
        U = np.real(np.fft.ifft2(spectrum * np.fft.fft2(A)))
        A = np.clip(A + DT * (2 * np.maximum(0, 1 - (U - MU) ** 2 / NINE) ** 4 - 1), 0, 1)

    return step


def scipys(size: int, cells: np.ndarray) -> Callable[[], None]:
    from scipy.fft import irfft2, rfft2

    A = cells.astype(np.float32)
    kernel = torus_kernel(kernel_weights(RULE, RULE.kernels[0]), (size, size))
    spectrum = rfft2(kernel).real.astype(np.float32)

    def step() -> None:
        nonlocal A
        bell = irfft2(rfft2(A) * spectrum, s=(size, size))
        bell -= np.float32(MU)
        bell *= bell
        bell *= np.float32(-1 / NINE)
        bell += np.float32(1)
        np.maximum(bell, 0, out=bell)
        bell *= bell
        bell *= bell
        bell *= np.float32(2 * DT)
        bell -= np.float32(DT)
        bell += A
        A = np.clip(bell, 0, 1, out=bell)

    return step


def jaxs(size: int, cells: np.ndarray) -> Callable[[], None] | None:
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    kernel = torus_kernel(kernel_weights(RULE, RULE.kernels[0]), (size, size))
    spectrum = jnp.asarray(np.fft.rfft2(kernel).real.astype(np.float32))

    @jax.jit
    def advance(A):
        U = jnp.fft.irfft2(jnp.fft.rfft2(A) * spectrum, s=(size, size))
        return jnp.clip(A + DT * (2 * jnp.maximum(0, 1 - (U - MU) ** 2 / NINE) ** 4 - 1), 0, 1)

    A = jnp.asarray(cells.astype(np.float32))

    def step() -> None:
        nonlocal A
        A = advance(A).block_until_ready()

    return step


def ours(size: int, cells: np.ndarray, precision: str) -> Callable[[], None]:
    world = World("benchmark", RULE, torus(size, size), cells[None])
    return LeniaBoard(world, precision).step


def soup(size: int) -> np.ndarray:
    """Return random blobs as wide as the kernel, so that much of the field stays alive."""
    return np.kron(np.random.default_rng(1).random((size // 16, size // 16)), np.ones((16, 16)))


def sparse(seconds: float) -> None:
    """Time one glider on a large torus: what becomes of a patch of noise (seed 53)."""
    cells = np.zeros((128, 128))
    cells[50:78, 50:78] = np.random.default_rng(53).random((28, 28))
    nursery = LeniaBoard(World("noise", RULE, torus(128, 128), cells[None]))
    nursery.step(500)
    large = np.zeros((1, 2048, 2048))
    large[:, 960:1088, 960:1088] = nursery.cells()
    stepper = SparseLenia(World("glider", RULE, torus(2048, 2048), large))
    chunk = 50
    rate = rates_of([lambda: stepper.step(chunk)], seconds)[0] * chunk
    print(f"one glider on 2048^2: {rate:,.0f} steps/s, mass {stepper.population():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[256, 512, 1024, 2048])
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--sparse", action="store_true", help="empty space instead of full fields")
    options = parser.parse_args()
    if options.sparse:
        sparse(options.seconds)
        return
    names = ("classic", "scipy", "jax", "ours", "ours, double")
    print(f"{'steps/s':>8}" + "".join(f"{name:>14}" for name in names) + "   ours / classic, jax")
    for size in options.sizes:
        cells = soup(size)
        rates = rates_of(
            [
                classic(size, cells),
                scipys(size, cells),
                jaxs(size, cells),
                ours(size, cells, "float32"),
                ours(size, cells, "float64"),
            ],
            options.seconds,
        )
        columns = "".join(f"{f'{rate:,.1f}' if rate else '-':>14}" for rate in rates)
        peers = f"{rates[3] / rates[0]:.1f}" + (f", {rates[3] / rates[2]:.1f}" if rates[2] else "")
        print(f"{size:>8}{columns}   {peers}", flush=True)


if __name__ == "__main__":
    main()
