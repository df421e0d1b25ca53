"""A Bayes net as it is studied: the net, the evidence on it and how its nodes are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError, quoted
from core.networks.evidence_subject import EvidenceSubject, read_findings
from core.networks.model import BayesNet
from core.networks.record import check_version, net_from_record, net_record, read_field

NODE_STYLES = ("name", "bars")
"""A node shows its name alone, or its states with bars of their posterior probabilities."""

RECORD_FORMAT = "macroscope-network"
RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class NetworkSubject(EvidenceSubject[BayesNet]):
    """An immutable net with its evidence, its named evidence sets and its node styles.

    Attributes
    ----------
    net, evidence, evidence_sets : as of `EvidenceSubject`
    node_style : str
        ``"name"`` or ``"bars"``, for every node that has no style of its own.
    node_styles : mapping of str to str
        Styles of single nodes.

    Raises
    ------
    NetworkError
        When evidence or a style does not fit the net.
    """

    node_style: str = "bars"
    node_styles: Mapping[str, str] = field(default_factory=dict)

    def _check_look(self) -> None:
        object.__setattr__(self, "node_styles", MappingProxyType(dict(self.node_styles)))
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
        styles = {name: style for name, style in self.node_styles.items() if name in net}
        findings = self._findings(lambda each: each.restricted_to(net))
        return replace(self, net=net, node_styles=styles, **findings)

    def with_node_style(self, style: str, names: Sequence[str] = ()) -> "NetworkSubject":
        """Return the subject with `names` shown in `style`, or, without names, all nodes."""
        if not names:
            return replace(self, node_style=style, node_styles={})
        return replace(self, node_styles={**self.node_styles, **dict.fromkeys(names, style)})

    def renamed(self, old: str, new: str) -> "NetworkSubject":
        """Return the subject in which node `old` is called `new`, in the evidence too."""
        net = self.net.renamed(old, new)
        styles = {new if name == old else name: each for name, each in self.node_styles.items()}
        findings = self._findings(lambda each: each.renamed(old, new))
        return replace(self, net=net, node_styles=styles, **findings)

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float64]]]:
        """Return the subject as plain JSON and its tables as arrays named after their nodes."""
        nodes, arrays = net_record(self.net)
        return {
            "format": RECORD_FORMAT,
            "version": RECORD_VERSION,
            "name": self.net.name,
            "nodes": nodes,
            **self.findings_record(),
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
        evidence, sets = read_findings(net, record)
        style = read_field(record, "node_style", str, "bars")
        styles = read_field(record, "node_styles", dict, {})
        return cls(net, evidence, sets, style, styles)


def check_format(record: Mapping[str, Any]) -> None:
    """Raise `NetworkError` unless `record` says that it is a network this version can read."""
    if not isinstance(record, Mapping) or record.get("format") != RECORD_FORMAT:
        raise NetworkError(f'This is not a network: its "format" is not "{RECORD_FORMAT}".')
    check_version(record, "network", RECORD_VERSION)
