"""Nets from the literature, and warm kernels."""

from tests.core.networks.inference.conftest import (  # noqa: F401
    asia,
    burglary,
    sprinkler,
    student,
    warm_kernels,
)
