"""A Markov network as it is studied: the network, the evidence on it and how it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.errors import EvidenceError, NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_record import network_from_record, network_record
from core.networks.node import LABEL_RULE, is_label
from core.networks.record import Place, RecordError, read_field
from core.networks.subject import NODE_STYLES

DRAWINGS = ("factor-graph", "markov")
"""Variables and potentials with an edge for each membership, or variables joined by edges."""

RECORD_FORMAT = "macroscope-markov-network"
RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class MarkovSubject:
    """An immutable Markov network with its evidence, its evidence sets and its look.

    Attributes
    ----------
    net : MarkovNetwork
    evidence : Evidence
        The findings entered now.
    evidence_sets : mapping of str to Evidence
        Findings put by under a name.
    drawing : str
        ``"factor-graph"`` or ``"markov"``.
    node_style : str
        ``"name"`` or ``"bars"``.

    Raises
    ------
    NetworkError
        When evidence, drawing or style does not fit.
    """

    net: MarkovNetwork
    evidence: Evidence = field(default_factory=Evidence)
    evidence_sets: Mapping[str, Evidence] = field(default_factory=dict)
    drawing: str = "factor-graph"
    node_style: str = "bars"

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence_sets", MappingProxyType(dict(self.evidence_sets)))
        for name in self.evidence_sets:
            if not is_label(name):
                raise NetworkError(
                    f"An evidence set cannot be called {quoted(name)}; {LABEL_RULE}."
                )
        for evidence in (self.evidence, *self.evidence_sets.values()):
            evidence.check(self.net)
        if self.drawing not in DRAWINGS:
            raise NetworkError(
                f"There is no drawing {quoted(self.drawing)}; choose factor-graph or markov."
            )
        if self.node_style not in NODE_STYLES:
            raise NetworkError(
                f"There is no node style {quoted(self.node_style)}; choose name or bars."
            )

    def __hash__(self) -> int:
        return hash(self.net)

    # -- editing (each returns a new subject) ----------------------------------------------------

    def with_net(self, net: MarkovNetwork) -> "MarkovSubject":
        """Return the subject with another network, keeping the findings that still fit."""
        return replace(
            self,
            net=net,
            evidence=self.evidence.restricted_to(net),
            evidence_sets={n: each.restricted_to(net) for n, each in self.evidence_sets.items()},
        )

    def with_evidence(self, evidence: Evidence) -> "MarkovSubject":
        """Return the subject with other findings entered."""
        return replace(self, evidence=evidence)

    def with_evidence_set(self, name: str, evidence: Evidence) -> "MarkovSubject":
        """Return the subject with `evidence` put by under `name`, in place of any before."""
        return replace(self, evidence_sets={**self.evidence_sets, name: evidence})

    def without_evidence_set(self, name: str) -> "MarkovSubject":
        """Return the subject without the evidence set `name`."""
        if name not in self.evidence_sets:
            raise NetworkError(f"There is no evidence set called {quoted(name)}.")
        kept = {key: each for key, each in self.evidence_sets.items() if key != name}
        return replace(self, evidence_sets=kept)

    def with_drawing(self, drawing: str) -> "MarkovSubject":
        """Return the subject drawn in another way."""
        return replace(self, drawing=drawing)

    def with_node_style(self, style: str) -> "MarkovSubject":
        """Return the subject with its variables shown in `style`."""
        return replace(self, node_style=style)

    def renamed(self, old: str, new: str) -> "MarkovSubject":
        """Return the subject in which the variable or potential `old` is called `new`."""
        sets = {name: each.renamed(old, new) for name, each in self.evidence_sets.items()}
        return replace(
            self,
            net=self.net.renamed(old, new),
            evidence=self.evidence.renamed(old, new),
            evidence_sets=sets,
        )

    def with_states(
        self, name: str, states: Sequence[str], origins: Sequence[int | None]
    ) -> "MarkovSubject":
        """Return the subject in which `name` has other states; findings follow their states.

        `origins` is as for `MarkovNetwork.with_states`. A finding on a state that goes away is
        dropped; a new state has likelihood 1 in a likelihood finding.
        """
        net = self.net.with_states(name, states, origins)
        sets = {key: each.with_states(name, origins) for key, each in self.evidence_sets.items()}
        evidence = self.evidence.with_states(name, origins)
        return replace(self, net=net, evidence=evidence, evidence_sets=sets)

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float64]]]:
        """Return the subject as plain JSON and its tables as arrays named after the potentials."""
        parts, arrays = network_record(self.net)
        return {
            "format": RECORD_FORMAT,
            "version": RECORD_VERSION,
            "name": self.net.name,
            **parts,
            "evidence": self.evidence.to_labels(self.net),
            "evidence_sets": {n: e.to_labels(self.net) for n, e in self.evidence_sets.items()},
            "drawing": self.drawing,
            "node_style": self.node_style,
        }, arrays

    @classmethod
    def from_record(
        cls, record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
    ) -> "MarkovSubject":
        """Return the subject that `to_record` wrote.

        Raises
        ------
        NetworkError
            When the record is not one, is newer than this version, or does not hold together.
        """
        check_markov_format(record)
        net = network_from_record(record, arrays)
        sets_record = read_field(record, "evidence_sets", dict, {})
        return cls(
            net,
            _evidence(net, record, "evidence"),
            {name: _evidence(net, sets_record, name, ("evidence_sets",)) for name in sets_record},
            read_field(record, "drawing", str, "factor-graph"),
            read_field(record, "node_style", str, "bars"),
        )


def _evidence(
    net: MarkovNetwork, record: Mapping[str, Any], key: str, place: Place = ()
) -> Evidence:
    labels = read_field(record, key, dict, {}, place)
    try:
        return Evidence.from_labels(net, labels)
    except EvidenceError as error:
        raise RecordError(str(error), (*place, key)) from None


def check_markov_format(record: Mapping[str, Any]) -> None:
    """Raise `NetworkError` unless `record` is a Markov network that this version can read."""
    if not isinstance(record, Mapping) or record.get("format") != RECORD_FORMAT:
        raise NetworkError(f'This is no Markov network: its "format" is not "{RECORD_FORMAT}".')
    version = read_field(record, "version", int)
    if version < 1:
        raise NetworkError(
            f"This Markov network has the format version {version}, which never existed."
        )
    if version > RECORD_VERSION:
        raise NetworkError(
            f"This Markov network has the format version {version} and this Macroscope reads up "
            f"to {RECORD_VERSION}; a newer Macroscope can open it."
        )
