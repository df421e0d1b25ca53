"""Posteriors of the nets of the literature, with values computed by two other engines.

The numbers agree between a clique-tree engine and enumeration of the joint to better than 1e-12.
"""

import math

import pytest

from core.networks.brute_force import infer_by_enumeration
from core.networks.evidence import Evidence
from core.networks.inference import infer

ENGINES = pytest.mark.parametrize("engine", [infer, infer_by_enumeration])
DIGITS = pytest.approx
ASIA = ("asia", "tub", "smoke", "lung", "bronc", "either", "xray", "dysp")


def of(net, engine, **labels):
    return engine(net, Evidence.from_labels(net, labels))


@ENGINES
@pytest.mark.parametrize(
    ("labels", "expected", "probability"),
    [
        ({}, (0.01, 0.0104, 0.5, 0.055, 0.45, 0.064828, 0.11029004, 0.4359706), 1.0),
        (
            {"dysp": "yes"},
            (
                0.0103249508109033,
                0.0188453074588057,
                0.633996879606102,
                0.102759222754929,
                0.83396733632956,
                0.120535834297083,
                0.162098325896288,
                1.0,
            ),
            0.4359706,
        ),
        (
            {"asia": "yes", "dysp": "yes"},
            (
                1.0,
                0.0877509649829219,
                0.625919857821221,
                0.0995251450945544,
                0.811402071589237,
                0.182299852822749,
                0.219538863125156,
                1.0,
            ),
            0.004501375,
        ),
        (
            {"asia": "yes", "dysp": "yes", "xray": "no"},
            (
                1.0,
                0.00224869531196129,
                0.604511921749957,
                0.00255041898673078,
                0.862760773047366,
                0.00467159334935553,
                0.0,
                1.0,
            ),
            0.00351314825,
        ),
        (
            {"xray": "yes", "smoke": "no"},
            (
                0.0152935857393248,
                0.147977619836899,
                0.0,
                0.142286172920096,
                0.3,
                0.288784016558626,
                1.0,
                0.439952807451382,
            ),
            0.03443764,
        ),
    ],
)
def test_the_chest_clinic_has_the_published_posteriors(asia, engine, labels, expected, probability):
    posteriors = of(asia, engine, **labels)
    found = [posteriors.marginals[name][0] for name in ASIA]
    assert found == DIGITS(list(expected), abs=1e-12)
    assert posteriors.log_evidence == DIGITS(math.log(probability), abs=1e-12)
    assert posteriors.evidence_probability == DIGITS(probability, rel=1e-12)


@ENGINES
def test_the_sprinkler_is_explained_away_by_rain(sprinkler, engine):
    prior = of(sprinkler, engine).marginals
    wet = of(sprinkler, engine, W="T").marginals
    both = of(sprinkler, engine, W="T", R="T")
    assert [prior[n][0] for n in "WSR"] == DIGITS([0.6471, 0.3, 0.5], abs=1e-12)
    assert [wet[n][0] for n in "CSR"] == DIGITS(
        [0.575799721835883, 0.429763560500696, 0.707927677329625], abs=1e-12
    )
    assert both.marginals["S"][0] == DIGITS(0.194499017681729, abs=1e-12)
    assert both.marginals["C"][0] == DIGITS(0.793713163064833, abs=1e-12)
    assert math.exp(both.log_evidence) == DIGITS(0.4581, abs=1e-12)


@ENGINES
def test_both_neighbours_calling_makes_a_burglary_likely(burglary, engine):
    prior = of(burglary, engine).marginals
    calls = of(burglary, engine, J="T", M="T")
    quake = of(burglary, engine, J="T", M="T", E="T")
    assert [prior[n][0] for n in "AJM"] == DIGITS(
        [0.002516442, 0.0521389757, 0.01173634498], abs=1e-12
    )
    assert [calls.marginals[n][0] for n in "BEA"] == DIGITS(
        [0.284171835364393, 0.176066838405079, 0.760692038863108], abs=1e-12
    )
    assert math.exp(calls.log_evidence) == DIGITS(0.002084100239, abs=1e-14)
    assert quake.marginals["B"][0] == DIGITS(0.00326224160214993, abs=1e-12)
    assert quake.marginals["A"][0] == DIGITS(0.998066882370771, abs=1e-12)
    assert math.exp(quake.log_evidence) == DIGITS(0.00036694094, abs=1e-14)


@ENGINES
@pytest.mark.parametrize(
    ("labels", "name", "state", "expected"),
    [
        ({}, "G", 0, 0.362),
        ({}, "G", 1, 0.2884),
        ({}, "G", 2, 0.3496),
        ({}, "L", 1, 0.502336),
        ({}, "S", 1, 0.275),
        ({"I": "i0"}, "L", 1, 0.3886),
        ({"I": "i0", "D": "d0"}, "L", 1, 0.513),
        ({"G": "g3"}, "I", 1, 0.0789473684210526),
        ({"G": "g3"}, "D", 1, 0.62929061784897),
        ({"G": "g3", "S": "s1"}, "I", 1, 0.578313253012048),
        ({"G": "g3", "S": "s1"}, "D", 1, 0.759559979046621),
        ({"L": "l0"}, "D", 1, 0.537712191358025),
        ({"L": "l0"}, "I", 1, 0.140022183641975),
        ({"L": "l0"}, "G", 0, 0.0727398405349794),
        ({"L": "l0"}, "G", 1, 0.231802983539095),
        ({"L": "l0"}, "G", 2, 0.695457175925926),
    ],
)
def test_the_student_net_reasons_as_in_the_textbook(student, engine, labels, name, state, expected):
    marginal = of(student, engine, **labels).marginals[name]
    assert marginal[state] == DIGITS(expected, abs=1e-12)
