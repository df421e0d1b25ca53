"""Lenia's rules as texts and as the parameters of files."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from core.automata.errors import UnreadableRule
from core.automata.rules.lenia import (
    CORES,
    LIFE_AS_LENIA,
    MAPPINGS,
    Bumps,
    Growth,
    LeniaKernel,
    LeniaRule,
    Rings,
    lenia,
)
from core.automata.rules.lenia_params import default_pairs, params_of_rule, rule_of_params
from core.automata.rules.lenia_text import lenia_rule_of
from tests.core.networks.strategies import patient

part = st.floats(0.001, 1.0)
rings = st.builds(Rings, st.lists(part, min_size=1, max_size=4).map(tuple), st.sampled_from(CORES))
bumps = st.lists(st.tuples(part, part, part), min_size=1, max_size=3).flatmap(
    lambda each: st.builds(Bumps, *(st.just(v) for v in zip(*each, strict=True)), st.booleans())
)
growths = st.builds(Growth, part, part, st.sampled_from(MAPPINGS), part)
kernels = st.builds(
    LeniaKernel, growths, rings | bumps, st.integers(0, 2), st.integers(0, 2), part, part
)
rules = st.builds(
    LeniaRule,
    st.floats(0.5, 60),
    st.floats(0.5, 60),
    st.lists(kernels, min_size=1, max_size=5).map(tuple),
    channels=st.just(3),
    dimensions=st.integers(1, 3),
    levels=st.integers(0, 255),
    mask_rate=st.floats(0, 1),
    noise=part,
    growth_noise=part,
    clip=st.sampled_from(("hard", "soft")),
    update=st.sampled_from(("growth", "target")),
    method=st.sampled_from(("euler", "adams-bashforth")),
    is_averaged=st.booleans(),
)


@patient
@given(rules)
def test_the_text_of_a_rule_says_all_of_it(rule):
    assert lenia_rule_of(rule.text) == rule


def test_the_text_of_a_common_rule_is_short():
    rule = lenia(13, 10, 0.15, 0.015, heights=(1, 1 / 3))
    assert rule.text == "lenia:R=13,T=10;b=1|1/3,m=0.15,s=0.015"
    assert lenia_rule_of("lenia: R=13, T=10; b=1|1/3, m=0.15, s=0.015") == rule


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lenia:T=10;m=0.1,s=0.1", "needs R"),
        ("lenia:R=13,T=10", "kernel"),
        ("lenia:R=13,T=10;m=0.1", "needs s"),
        ("lenia:R=13,T=0;m=0.1,s=0.1", "above 0"),
        ("lenia:R=-3,T=1;m=0.1,s=0.1", "above 0"),
        ("lenia:R=nan,T=1;m=0.1,s=0.1", "no number"),
        ("lenia:R=1e9,T=1;m=0.1,s=0.1", "no number"),
        ("lenia:R=13,T=1;m=0.1,s=0", "above 0"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,kn=9", "kernel core 9"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,c=0>1", "channel 1"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,b=0|0", "height 0"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,b=1/0", "no number"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,bumps=1@2", "HEIGHT@CENTRE~WIDTH"),
        ("lenia:R=13,T=1,x=3;m=0.1,s=0.1", "x=3"),
        ("lenia:R=13,T=1,mask=2;m=0.1,s=0.1", "probability"),
        ("lenia:R=13,T=1;m=0.1,s=0.1,h=0", "sum to 0"),
    ],
)
def test_what_is_wrong_with_a_text_is_told(text, word):
    with pytest.raises(UnreadableRule, match=word):
        lenia_rule_of(text)


def test_params_of_the_first_generation_of_files_are_read():
    params = {"R": 26, "T": 10, "b": "1/2,1,7/12", "m": 0.29, "s": 0.045, "kn": 2, "gn": 2}
    rule = rule_of_params(params)
    assert rule == lenia(
        26, 10, 0.29, 0.045, heights=(0.5, 1, 7 / 12), core="exponential", mapping="exponential"
    )
    assert params_of_rule(rule) == params


def test_radius_and_kinds_are_those_of_the_first_kernel():
    params = [
        {"R": 20, "T": 10, "b": "1", "m": 0.2, "s": 0.02, "kn": 1, "gn": 2, "c": [0, 1]},
        {"R": 99, "T": 99, "b": "1,1", "m": 0.3, "s": 0.03, "kn": 3, "gn": 3, "h": 0.5, "r": 0.7},
    ]
    rule = rule_of_params(params, channels=2)
    assert (rule.radius, rule.steps_per_unit) == (20, 10)
    assert [each.growth.mapping for each in rule.kernels] == ["exponential"] * 2
    assert (rule.kernels[1].weight, rule.kernels[1].relative_radius) == (0.5, 0.7)
    assert rule_of_params(params_of_rule(rule), channels=2) == rule


def test_what_kernels_share_may_stand_in_the_settings():
    settings = {"R": 24, "T": 1, "kn": 1, "gn": 1}
    rule = rule_of_params([{"b": "1", "m": 0.22, "s": 0.06, "c": [0, 0]}], settings=settings)
    assert (rule.radius, rule.steps_per_unit) == (24, 1)


def test_channels_left_out_are_own_kernels_first_and_then_pairs_in_order():
    assert default_pairs(8, 2, {"ks": 3, "kx": 1}) == [
        (0, 0), (0, 0), (0, 0), (1, 1), (1, 1), (1, 1), (0, 1), (1, 0),
    ]  # fmt: skip
    assert default_pairs(15, 3, {})[9:] == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]


@pytest.mark.parametrize(
    "params",
    [
        [], ["x"], {"R": 13}, {"R": 13, "T": 10, "m": "a", "s": 1}, {"R": {}, "T": 1},
        {"R": 13, "T": 10, "m": 0.1, "s": 0.1, "b": ""},
        [{"R": 13, "T": 10, "m": 0.1, "s": 0.1, "c": "01"}],
        {"R": 13, "T": 10, "m": 0.1, "s": 0.1, "kn": 2.5},
    ],
)  # fmt: skip
def test_damaged_params_are_refused(params):
    with pytest.raises(UnreadableRule):
        rule_of_params(params)


def test_what_files_cannot_say_is_not_written():
    free = LeniaKernel(Growth(0.1, 0.1), Bumps((1.0,), (0.5,), (0.1,)))
    with pytest.raises(UnreadableRule, match="free kernels"):
        params_of_rule(LeniaRule(13, 10, (free,)))
    with pytest.raises(UnreadableRule, match="JSON"):
        params_of_rule(LeniaRule(13, 10, LIFE_AS_LENIA.kernels, mask_rate=0.5))
