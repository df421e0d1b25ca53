"""Compiles the kernels of the questions ahead of the first question."""

import numpy as np

from core.networks.inference import compile_network
from core.networks.model import BayesNet, Node
from core.networks.questions.case_engine import CaseEngine
from core.networks.questions.forward_sampling import sample_cases


def warm_up_questions() -> None:
    """Run every kernel of the questions once on a tiny net."""
    net = BayesNet([Node("coin", ("heads", "tails"), (), np.array([0.5, 0.5]))])
    cases = sample_cases(net, 2, seed=0)
    CaseEngine(compile_network(net)).posteriors(cases.names, cases.states)
