"""Findings about the variables of a model: observed states and likelihoods."""

from collections.abc import Iterator, Mapping, Sequence
from operator import index
from types import MappingProxyType
from typing import Any

import numpy as np

from core.networks.errors import EvidenceError, quoted
from core.networks.graphical_model import GraphicalModel

Finding = int | tuple[float, ...]
"""The index of an observed state, or one non-negative likelihood for each state."""


class Evidence:
    """An immutable map from node names to findings.

    A finding is the index of the observed state (hard evidence) or a tuple of likelihoods, one
    for each state, multiplied in as they are (virtual evidence, Pearl 1988).
    """

    __slots__ = ("_findings",)

    def __init__(self, findings: Mapping[str, Finding] | None = None) -> None:
        self._findings: Mapping[str, Finding] = MappingProxyType(
            {name: _plain(finding) for name, finding in (findings or {}).items()}
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    def __contains__(self, name: object) -> bool:
        return name in self._findings

    def __getitem__(self, name: str) -> Finding:
        return self._findings[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence) and dict(self._findings) == dict(other._findings)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._findings.items(), key=lambda item: item[0])))

    def __repr__(self) -> str:
        return f"Evidence({dict(self._findings)!r})"

    def get(self, name: str) -> Finding | None:
        """Return the finding on `name`, or None."""
        return self._findings.get(name)

    def items(self) -> Iterator[tuple[str, Finding]]:
        """Iterate over (name, finding)."""
        return iter(self._findings.items())

    def observing(self, name: str, finding: Finding) -> "Evidence":
        """Return the evidence with `finding` on `name`, in place of any there was."""
        return Evidence({**self._findings, name: finding})

    def without(self, *names: str) -> "Evidence":
        """Return the evidence without findings on `names`."""
        return Evidence({name: f for name, f in self._findings.items() if name not in names})

    def renamed(self, old: str, new: str) -> "Evidence":
        """Return the evidence after node `old` became `new`."""
        return Evidence({new if name == old else name: f for name, f in self._findings.items()})

    def restricted_to(self, net: GraphicalModel) -> "Evidence":
        """Return the findings that still fit `net`: the node is there and the state exists."""
        kept = {n: f for n, f in self._findings.items() if n in net and _fits(net, n, f)}
        return self if len(kept) == len(self) else Evidence(kept)

    def with_states(self, name: str, origins: Sequence[int | None]) -> "Evidence":
        """Return the evidence after `name` got states that continue the old ones of `origins`.

        A finding on a state that went away is dropped; a new state has likelihood 1.
        """
        finding = self.get(name)
        if finding is None:
            return self
        if isinstance(finding, int):
            if finding not in origins:
                return self.without(name)
            return self.observing(name, origins.index(finding))
        likelihoods = tuple(1.0 if old is None else finding[old] for old in origins)
        return self.observing(name, likelihoods) if any(likelihoods) else self.without(name)

    def check(self, net: GraphicalModel) -> None:
        """Raise `EvidenceError` unless every finding fits `net`."""
        for name, finding in self._findings.items():
            if name not in net:
                raise EvidenceError(
                    f"The evidence names {quoted(name)}, which is not a node of the net."
                )
            if not _fits(net, name, finding):
                count = len(net[name].states)
                raise EvidenceError(
                    f"The finding on {name} must be one of its {count} states or {count} "
                    "likelihoods that are finite, not negative and not all 0."
                )

    def likelihood(self, net: GraphicalModel, name: str) -> "np.ndarray[Any, np.dtype[np.float64]]":
        """Return the finding on `name` as one likelihood for each state (float64[r])."""
        finding = self._findings[name]
        if isinstance(finding, int):
            vector = np.zeros(len(net[name].states))
            vector[finding] = 1.0
            return vector
        return np.array(finding, dtype=np.float64)

    def to_labels(self, net: GraphicalModel) -> dict[str, str | list[float]]:
        """Return the findings as state labels or lists of likelihoods, as files hold them."""
        return {
            name: net[name].states[finding] if isinstance(finding, int) else list(finding)
            for name, finding in self._findings.items()
        }

    @classmethod
    def from_labels(cls, net: GraphicalModel, labels: Mapping[str, object]) -> "Evidence":
        """Build evidence from state labels or lists of likelihoods, as files and people write it.

        Raises
        ------
        EvidenceError
            For an unknown node or state, or a likelihood of the wrong length or sign.
        """
        findings: dict[str, Finding] = {}
        for name, given in labels.items():
            if name not in net:
                raise EvidenceError(
                    f"The evidence names {quoted(name)}, which is not a node of the net."
                )
            if isinstance(given, list | tuple):
                try:
                    findings[name] = tuple(float(value) for value in given)
                except (TypeError, ValueError):
                    raise EvidenceError(
                        f"The likelihoods given for {name} are not all numbers."
                    ) from None
            elif str(given) in net[name].states:
                findings[name] = net[name].states.index(str(given))
            else:
                states = ", ".join(net[name].states[:12])
                raise EvidenceError(
                    f"{name} has no state {quoted(str(given))}; its states are {states}."
                )
        evidence = cls(findings)
        evidence.check(net)
        return evidence


def _plain(finding: Finding) -> Finding:
    """Return a finding as a Python int or a tuple of Python floats, whatever numpy made of it."""
    try:
        return index(finding)  # type: ignore[arg-type]
    except TypeError:
        return tuple(float(value) for value in finding)  # type: ignore[union-attr]


def _fits(net: GraphicalModel, name: str, finding: Finding) -> bool:
    count = len(net[name].states)
    if isinstance(finding, int):
        return 0 <= finding < count
    values = np.array(finding, dtype=np.float64)
    return values.shape == (count,) and bool(
        np.isfinite(values).all() and (values >= 0).all() and (values > 0).any()
    )
