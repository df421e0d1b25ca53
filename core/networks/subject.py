"""A Bayes net as it is studied: the net, the evidence on it and how its nodes are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.errors import EvidenceError, NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.node import LABEL_RULE, is_label
from core.networks.record import Place, RecordError, net_from_record, net_record, read_field

NODE_STYLES = ("name", "bars")
"""A node shows its name alone, or its states with bars of their posterior probabilities."""

RECORD_FORMAT = "macroscope-network"
RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class NetworkSubject:
    """An immutable net with its evidence, its named evidence sets and its node styles.

    Attributes
    ----------
    net : BayesNet
    evidence : Evidence
        The findings entered now.
    evidence_sets : mapping of str to Evidence
        Findings put by under a name.
    node_style : str
        ``"name"`` or ``"bars"``, for every node that has no style of its own.
    node_styles : mapping of str to str
        Styles of single nodes.

    Raises
    ------
    NetworkError
        When evidence or a style does not fit the net.
    """

    net: BayesNet
    evidence: Evidence = field(default_factory=Evidence)
    evidence_sets: Mapping[str, Evidence] = field(default_factory=dict)
    node_style: str = "bars"
    node_styles: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence_sets", MappingProxyType(dict(self.evidence_sets)))
        object.__setattr__(self, "node_styles", MappingProxyType(dict(self.node_styles)))
        for name in self.evidence_sets:
            if not is_label(name):
                raise NetworkError(
                    f"An evidence set cannot be called {quoted(name)}; {LABEL_RULE}."
                )
        for evidence in (self.evidence, *self.evidence_sets.values()):
            evidence.check(self.net)
        for style in (self.node_style, *self.node_styles.values()):
            if style not in NODE_STYLES:
                raise NetworkError(
                    f"There is no node style {quoted(str(style))}; choose name or bars."
                )
        for name in self.node_styles:
            if name not in self.net:
                raise NetworkError(f"A style is given for {quoted(name)}, which is not in the net.")

    def __hash__(self) -> int:
        return hash(self.net)

    def style_of(self, name: str) -> str:
        """Return the style in which node `name` is shown."""
        return self.node_styles.get(name, self.node_style)

    # -- editing (each returns a new subject) ----------------------------------------------------

    def with_net(self, net: BayesNet) -> "NetworkSubject":
        """Return the subject with another net, keeping the findings and styles that still fit."""
        return NetworkSubject(
            net,
            self.evidence.restricted_to(net),
            {name: each.restricted_to(net) for name, each in self.evidence_sets.items()},
            self.node_style,
            {name: style for name, style in self.node_styles.items() if name in net},
        )

    def with_evidence(self, evidence: Evidence) -> "NetworkSubject":
        """Return the subject with other findings entered."""
        return replace(self, evidence=evidence)

    def with_evidence_set(self, name: str, evidence: Evidence) -> "NetworkSubject":
        """Return the subject with `evidence` put by under `name`, in place of any before."""
        return replace(self, evidence_sets={**self.evidence_sets, name: evidence})

    def without_evidence_set(self, name: str) -> "NetworkSubject":
        """Return the subject without the evidence set `name`."""
        if name not in self.evidence_sets:
            raise NetworkError(f"There is no evidence set called {quoted(name)}.")
        kept = {key: each for key, each in self.evidence_sets.items() if key != name}
        return replace(self, evidence_sets=kept)

    def with_node_style(self, style: str, names: Sequence[str] = ()) -> "NetworkSubject":
        """Return the subject with `names` shown in `style`, or, without names, all nodes."""
        if not names:
            return replace(self, node_style=style, node_styles={})
        return replace(self, node_styles={**self.node_styles, **dict.fromkeys(names, style)})

    def renamed(self, old: str, new: str) -> "NetworkSubject":
        """Return the subject in which node `old` is called `new`, in the evidence too."""
        return NetworkSubject(
            self.net.renamed(old, new),
            self.evidence.renamed(old, new),
            {name: each.renamed(old, new) for name, each in self.evidence_sets.items()},
            self.node_style,
            {new if name == old else name: style for name, style in self.node_styles.items()},
        )

    def with_states(
        self, name: str, states: Sequence[str], origins: Sequence[int | None]
    ) -> "NetworkSubject":
        """Return the subject in which `name` has other states; findings follow their states.

        `origins` is as for `BayesNet.with_states`. A finding on a state that goes away is dropped;
        a new state has likelihood 1 in a likelihood finding.
        """
        net = self.net.with_states(name, states, origins)
        sets = {key: each.with_states(name, origins) for key, each in self.evidence_sets.items()}
        evidence = self.evidence.with_states(name, origins)
        return replace(self, net=net, evidence=evidence, evidence_sets=sets)

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float64]]]:
        """Return the subject as plain JSON and its tables as arrays named after their nodes."""
        nodes, arrays = net_record(self.net)
        return {
            "format": RECORD_FORMAT,
            "version": RECORD_VERSION,
            "name": self.net.name,
            "nodes": nodes,
            "evidence": self.evidence.to_labels(self.net),
            "evidence_sets": {n: e.to_labels(self.net) for n, e in self.evidence_sets.items()},
            "node_style": self.node_style,
            "node_styles": dict(self.node_styles),
        }, arrays

    @classmethod
    def from_record(
        cls, record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
    ) -> "NetworkSubject":
        """Return the subject that `to_record` wrote.

        Raises
        ------
        NetworkError
            When the record is not one, is newer than this version, or does not hold together.
        """
        check_format(record)
        net = net_from_record(record, arrays)
        evidence = _evidence(net, record, "evidence")
        sets_record = read_field(record, "evidence_sets", dict, {})
        sets = {name: _evidence(net, sets_record, name, ("evidence_sets",)) for name in sets_record}
        style = read_field(record, "node_style", str, "bars")
        styles = read_field(record, "node_styles", dict, {})
        return cls(net, evidence, sets, style, styles)


def _evidence(net: BayesNet, record: Mapping[str, Any], key: str, place: Place = ()) -> Evidence:
    labels = read_field(record, key, dict, {}, place)
    try:
        return Evidence.from_labels(net, labels)
    except EvidenceError as error:
        raise RecordError(str(error), (*place, key)) from None


def check_format(record: Mapping[str, Any]) -> None:
    """Raise `NetworkError` unless `record` says that it is a network this version can read."""
    if not isinstance(record, Mapping) or record.get("format") != RECORD_FORMAT:
        raise NetworkError(f'This is not a network: its "format" is not "{RECORD_FORMAT}".')
    version = read_field(record, "version", int)
    if version < 1:
        raise NetworkError(f"This network has the format version {version}, which never existed.")
    if version > RECORD_VERSION:
        raise NetworkError(
            f"This network has the format version {version} and this Macroscope reads up to "
            f"{RECORD_VERSION}; a newer Macroscope can open it."
        )
