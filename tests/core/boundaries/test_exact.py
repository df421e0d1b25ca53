"""Exact flow against values computed independently by full enumeration."""

import numpy as np
import pytest

from core.boundaries.errors import BoundaryError, TooManyValues
from core.boundaries.exact import (
    MarkovSystem,
    RingPartition,
    conditional_information,
    exact_flow,
    exact_ring_flow,
    stationary_flow,
)
from core.boundaries.zoo import DESCRIPTIONS, boundary_system, layered_ring
from tests.core.boundaries.known_values import KNOWN, system_of

TOLERANCE = 1e-9
CALLED = {"static_mb": "static_blanket", "mi_VE": "mi_V_E", "H_V": "entropy_V", "H_E": "entropy_E"}


@pytest.mark.parametrize("name", KNOWN["systems"])
def test_systems_flow_as_enumerated(name: str):
    known = KNOWN["systems"][name]
    flow = exact_flow(system_of(name), known["steps"])
    for quantity, values in known["per_step"].items():
        found = getattr(flow, CALLED.get(quantity, quantity))
        np.testing.assert_allclose(found, values, rtol=0, atol=TOLERANCE, err_msg=quantity)
    for quantity in ("infil", "exfil"):
        found = getattr(flow, quantity)
        for how in ("sum", "mean", "max"):
            value = getattr(np, how)(found)
            assert value == pytest.approx(known[f"{quantity}_{how}"], abs=TOLERANCE)


@pytest.mark.parametrize("name", KNOWN["systems"])
def test_systems_flow_as_known_in_the_long_run(name: str):
    known = KNOWN["systems"][name]["stationary"]
    flow = stationary_flow(system_of(name))
    for quantity, value in known.items():
        found = getattr(flow, CALLED.get(quantity, quantity))[0]
        assert found == pytest.approx(value, abs=TOLERANCE), quantity


@pytest.mark.parametrize("ring", KNOWN["rings"], ids=lambda ring: ring["id"])
def test_rings_flow_as_enumerated(ring: dict):
    parts, later = (
        tuple(tuple(part) for part in ring[key]) if key in ring else None
        for key in ("part", "part_next")
    )
    partition = RingPartition(ring["rule"], ring["N"], parts, ring["noise"], later)
    flow = exact_ring_flow(partition, ring["T"], lag=ring["tau"])
    for quantity, values in ring["result"].items():
        np.testing.assert_allclose(getattr(flow, quantity), values, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("rule", [0, 30, 54, 90, 110, 184, 255])
def test_layers_as_wide_as_the_radius_let_nothing_through_in_one_step(rule: int):
    flow = exact_ring_flow(layered_ring(rule, 0.1), 3)
    assert max(flow.infil.max(), flow.exfil.max()) < 1e-12


def test_a_blind_ensemble_shows_in_what_is_left_of_the_environment():
    flow = exact_flow(boundary_system("xor_leak_synchronised"), 2)
    assert flow.entropy_E_given_VAP[0] == pytest.approx(0, abs=1e-12)
    assert flow.entropy_E_given_VAP[1] > 0.3
    assert (flow.infil <= flow.entropy_E_given_VAP + 1e-12).all()


def test_information_of_logical_gates():
    xor = np.zeros((2, 2, 2))
    for x in (0, 1):
        for y in (0, 1):
            xor[x, y, x ^ y] = 0.25
    assert conditional_information(xor, (0,), (2,)) == pytest.approx(0, abs=1e-12)
    assert conditional_information(xor, (0,), (2,), (1,)) == pytest.approx(1)


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_systems_of_the_zoo_are_there(name: str):
    assert boundary_system(name).name == name


def test_what_is_no_system_is_refused():
    with pytest.raises(BoundaryError, match="no system"):
        boundary_system("nobody")
    with pytest.raises(BoundaryError, match="sums to 1"):
        MarkovSystem("", (2, 1, 1, 2), np.ones((4, 4)), np.full(4, 0.25))
    with pytest.raises(BoundaryError, match="small sizes"):
        MarkovSystem("", (100, 100, 100, 100), np.ones((1, 1)), np.ones(1))
    with pytest.raises(TooManyValues):
        RingPartition(110, 40, ((1,), (), (), (2,)))
    with pytest.raises(BoundaryError, match="one part"):
        RingPartition(110, 9, ((1,), (), (), (1,)))
    with pytest.raises(BoundaryError, match="several"):
        stationary_flow(MarkovSystem("", (2, 1, 1, 2), np.eye(4), np.full(4, 0.25)))
