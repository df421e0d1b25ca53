"""What every graphical model under study has: the findings entered now, and those put by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar

from core.networks.errors import EvidenceError, NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.node import LABEL_RULE, is_label
from core.networks.record import Place, RecordError, read_field

Model = TypeVar("Model", BayesNet, MarkovNetwork)


@dataclass(frozen=True, slots=True)
class EvidenceSubject(Generic[Model]):
    """An immutable model with its evidence and its named evidence sets.

    Attributes
    ----------
    net : BayesNet or MarkovNetwork
    evidence : Evidence
        The findings entered now.
    evidence_sets : mapping of str to Evidence
        Findings put by under a name.

    Raises
    ------
    NetworkError
        When evidence does not fit the model, or a set has no name.
    """

    net: Model
    evidence: Evidence = field(default_factory=Evidence)
    evidence_sets: Mapping[str, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence_sets", MappingProxyType(dict(self.evidence_sets)))
        for name in self.evidence_sets:
            if not is_label(name):
                raise NetworkError(
                    f"An evidence set cannot be called {quoted(name)}; {LABEL_RULE}."
                )
        for evidence in (self.evidence, *self.evidence_sets.values()):
            evidence.check(self.net)
        self._check_look()

    def _check_look(self) -> None:
        """Raise `NetworkError` when what says how the model is shown does not fit."""

    # -- editing (each returns a new subject) ----------------------------------------------------

    def with_evidence(self, evidence: Evidence) -> Self:
        """Return the subject with other findings entered."""
        return replace(self, evidence=evidence)

    def with_evidence_set(self, name: str, evidence: Evidence) -> Self:
        """Return the subject with `evidence` put by under `name`, in place of any before."""
        return replace(self, evidence_sets={**self.evidence_sets, name: evidence})

    def without_evidence_set(self, name: str) -> Self:
        """Return the subject without the evidence set `name`."""
        if name not in self.evidence_sets:
            raise NetworkError(f"There is no evidence set called {quoted(name)}.")
        kept = {key: each for key, each in self.evidence_sets.items() if key != name}
        return replace(self, evidence_sets=kept)

    def with_states(self, name: str, states: Sequence[str], origins: Sequence[int | None]) -> Self:
        """Return the subject in which `name` has other states; findings follow their states.

        `origins` is as for the model's `with_states`. A finding on a state that goes away is
        dropped; a new state has likelihood 1 in a likelihood finding.
        """
        net = self.net.with_states(name, states, origins)
        return replace(
            self, net=net, **self._findings(lambda each: each.with_states(name, origins))
        )

    def _findings(self, change: Callable[[Evidence], Evidence]) -> dict[str, Any]:
        """Return the fields that hold findings, all of them changed alike."""
        return {
            "evidence": change(self.evidence),
            "evidence_sets": {name: change(each) for name, each in self.evidence_sets.items()},
        }

    # -- records ---------------------------------------------------------------------------------

    def findings_record(self) -> dict[str, Any]:
        """Return all findings as plain JSON."""
        sets = {name: each.to_labels(self.net) for name, each in self.evidence_sets.items()}
        return {"evidence": self.evidence.to_labels(self.net), "evidence_sets": sets}


def read_findings(
    net: BayesNet | MarkovNetwork, record: Mapping[str, Any]
) -> tuple[Evidence, dict[str, Evidence]]:
    """Return the evidence and the evidence sets that `findings_record` wrote.

    Raises
    ------
    RecordError
        When the record is none, or speaks of what the model does not have.
    """
    sets = read_field(record, "evidence_sets", dict, {})
    return (
        _read(net, record, "evidence"),
        {name: _read(net, sets, name, ("evidence_sets",)) for name in sets},
    )


def _read(
    net: BayesNet | MarkovNetwork, record: Mapping[str, Any], key: str, place: Place = ()
) -> Evidence:
    labels = read_field(record, key, dict, {}, place)
    try:
        return Evidence.from_labels(net, labels)
    except EvidenceError as error:
        raise RecordError(str(error), (*place, key)) from None
