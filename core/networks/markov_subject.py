"""A Markov network as it is studied: the network, the evidence on it and how it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError, quoted
from core.networks.evidence_subject import EvidenceSubject, read_findings
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_record import network_from_record, network_record
from core.networks.record import check_version, read_field
from core.networks.subject import NODE_STYLES

DRAWINGS = ("factor-graph", "markov")
"""Variables and potentials with an edge for each membership, or variables joined by edges."""

RECORD_FORMAT = "macroscope-markov-network"
RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class MarkovSubject(EvidenceSubject[MarkovNetwork]):
    """An immutable Markov network with its evidence, its evidence sets and its look.

    Attributes
    ----------
    net, evidence, evidence_sets : as of `EvidenceSubject`
    drawing : str
        ``"factor-graph"`` or ``"markov"``.
    node_style : str
        ``"name"`` or ``"bars"``.

    Raises
    ------
    NetworkError
        When evidence, drawing or style does not fit.
    """

    drawing: str = "factor-graph"
    node_style: str = "bars"

    def _check_look(self) -> None:
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
        return replace(self, net=net, **self._findings(lambda each: each.restricted_to(net)))

    def with_drawing(self, drawing: str) -> "MarkovSubject":
        """Return the subject drawn in another way."""
        return replace(self, drawing=drawing)

    def with_node_style(self, style: str) -> "MarkovSubject":
        """Return the subject with its variables shown in `style`."""
        return replace(self, node_style=style)

    def renamed(self, old: str, new: str) -> "MarkovSubject":
        """Return the subject in which the variable or potential `old` is called `new`."""
        net = self.net.renamed(old, new)
        return replace(self, net=net, **self._findings(lambda each: each.renamed(old, new)))

    # -- records ---------------------------------------------------------------------------------

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float64]]]:
        """Return the subject as plain JSON and its tables as arrays named after the potentials."""
        parts, arrays = network_record(self.net)
        return {
            "format": RECORD_FORMAT,
            "version": RECORD_VERSION,
            "name": self.net.name,
            **parts,
            **self.findings_record(),
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
        return cls(
            net,
            *read_findings(net, record),
            read_field(record, "drawing", str, "factor-graph"),
            read_field(record, "node_style", str, "bars"),
        )


def check_markov_format(record: Mapping[str, Any]) -> None:
    """Raise `NetworkError` unless `record` is a Markov network that this version can read."""
    if not isinstance(record, Mapping) or record.get("format") != RECORD_FORMAT:
        raise NetworkError(f'This is no Markov network: its "format" is not "{RECORD_FORMAT}".')
    check_version(record, "Markov network", RECORD_VERSION)
