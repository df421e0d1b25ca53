"""Values of known processes, computed by two routes and, where one exists, a public package."""

import json
from pathlib import Path

KNOWN = json.loads(Path(__file__).with_name("process_values.json").read_text(encoding="utf-8"))
"""By name: ``"T"`` the matrices, ``"values"`` the measures in bits; "inf" is infinite."""

ZOO = {
    "fair_coin": ("coin", {}),
    "biased_coin_0.3": ("coin", {"p": 0.3}),
    "period_2": ("period", {"n": 2}),
    "period_5_00001": ("period", {"n": 5}),
    "golden_mean": ("golden-mean", {}),
    "even": ("even", {}),
    "nemo": ("nemo", {}),
    "rrxor": ("rrxor", {}),
    "random_insertion": ("random-insertion", {}),
    "zero_one_random": ("zero-one-random", {}),
    "noisy_random_phase_slip": ("noisy-phase-slip", {}),
    "butterfly": ("butterfly", {}),
    "alternating_biased_coins": ("alternating-coins", {}),
    "rk_golden_mean_3_2": ("rk-golden-mean", {"r": 3, "k": 2}),
    "restricted_golden_mean_3": ("restricted-golden-mean", {"k": 3}),
    "ising_nn_J1_B0.3_T1": ("ising", {"J": 1, "B": 0.3, "T": 1}),
    "irreversible_two_state": ("irreversible", {}),
    "sns_half": ("sns", {}),
    "mess3_x0.15_a0.6": ("mess3", {"x": 0.15, "a": 0.6}),
    "mess3_x0.05_a0.85": ("mess3", {"x": 0.05, "a": 0.85}),
    "two_state_cantor": ("two-state-cantor", {}),
    "four_state_psb": ("four-states", {}),
}
"""The process of the zoo that each of them is."""
