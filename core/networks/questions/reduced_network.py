"""The Markov network that is left of a model once the evidence is entered.

Every factor is cut down to what agrees with the findings, and observed variables leave the graph.
What remains is P(rest | evidence) up to a constant, and the constant is P(evidence). Conditioning
only takes edges away.

Source: Koller and Friedman (2009), section 4.2.3.
"""

import numpy as np

from core.networks.errors import TableError
from core.networks.evidence import Evidence
from core.networks.factor_model import factor_model
from core.networks.inference import compile_network
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import BayesNet, unused_name
from core.networks.node import MAX_LABEL, Table, frozen


def reduced_network(
    model: BayesNet | MarkovNetwork, evidence: Evidence | None = None
) -> MarkovNetwork:
    """Return `model` reduced by the evidence.

    The potential that P(X | parents) becomes is called ``φ X``; the likelihood of X is ``λ X``.
    Constants that the reduction leaves are gathered in one potential without variables, so that
    Z of the result is P(evidence), or Z of the model reduced by the evidence.

    Raises
    ------
    ImpossibleEvidence
        When the evidence leaves a factor with nothing but zeros.
    """
    evidence = evidence or Evidence()
    evidence.check(model)
    observed = {name: f for name, f in evidence.items() if isinstance(f, int)}
    taken = {name for name in model.names if name not in observed}
    variables = [_variable(model, name) for name in model.names if name not in observed]
    potentials, log_constant = [], 0.0
    for label, scope, table in _factors(model, evidence):
        reduced = table[tuple(observed.get(name, slice(None)) for name in scope)]
        left = tuple(name for name in scope if name not in observed)
        if not np.any(reduced):
            compile_network(model).propagate(evidence)  # names the findings that contradict
        if not left:
            log_constant += float(np.log(reduced))
        elif np.any(reduced != 1):
            name = unused_name(label, taken)
            taken.add(name)
            potentials.append(Potential(name, left, frozen(reduced), _middle(model, left)))
    if log_constant != 0:
        potentials.append(_constant(log_constant, unused_name("P(e)", taken)))
    return MarkovNetwork(variables, potentials, model.name)


def _variable(model: BayesNet | MarkovNetwork, name: str) -> Variable:
    part = model[name]
    return Variable(part.name, part.states, part.position, part.colour, part.note)


def _factors(
    model: BayesNet | MarkovNetwork, evidence: Evidence
) -> list[tuple[str, tuple[str, ...], Table]]:
    names = model.names
    if isinstance(model, MarkovNetwork):
        labels = list(model.potential_names)
    else:
        labels = [f"φ {node.name}"[:MAX_LABEL] for node in model]
    factors = [
        (label, tuple(names[v] for v in factor.scope), factor.table)
        for label, factor in zip(labels, factor_model(model).factors, strict=True)
    ]
    for name, finding in evidence.items():
        if not isinstance(finding, int):
            factors.append((f"λ {name}"[:MAX_LABEL], (name,), evidence.likelihood(model, name)))
    return factors


def _middle(model: BayesNet | MarkovNetwork, scope: tuple[str, ...]) -> tuple[float, float]:
    x, y = np.mean([model[name].position for name in scope], axis=0)
    return float(x), float(y)


def _constant(log_value: float, name: str) -> Potential:
    with np.errstate(over="ignore", under="ignore"):
        value = float(np.exp(log_value))
    if not 0 < value < np.inf:
        raise TableError(
            f"The probability of the evidence, exp({log_value:.6g}), is beyond the range of "
            "numbers that a potential holds; use less evidence."
        )
    return Potential(name, (), frozen(value))
