"""An ensemble as it is studied: the trajectories, and how the flow across is estimated."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import numpy.typing as npt

from core.boundaries.ensemble import Ensemble
from core.boundaries.errors import BoundaryError
from core.boundaries.flow_result import FlowSettings


@dataclass(frozen=True, eq=False)
class EnsembleSubject:
    """An immutable ensemble with the settings under which it is looked at."""

    ensemble: Ensemble
    settings: FlowSettings = field(default_factory=FlowSettings)

    def with_settings(self, **values: Any) -> "EnsembleSubject":
        """Return the subject looked at otherwise; raises `BoundaryError` for senseless values."""
        return replace(self, settings=replace(self.settings, **values))

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return the subject as plain JSON and arrays; `from_record` gives it back bit for bit."""
        record, arrays = self.ensemble.to_record()
        return {"ensemble": record, "settings": asdict(self.settings)}, arrays

    @staticmethod
    def from_record(
        record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
    ) -> "EnsembleSubject":
        """Return the subject of a record; raises `BoundaryError` where it is damaged."""
        ensemble, settings = record.get("ensemble"), record.get("settings", {})
        if not isinstance(ensemble, Mapping) or not isinstance(settings, Mapping):
            raise BoundaryError("The record of the ensemble has no ensemble or no settings.")
        return EnsembleSubject(
            Ensemble.from_record(ensemble, arrays), FlowSettings(**_known(settings))
        )


def _known(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that there are, each of the type of its usual value."""
    usual, found = FlowSettings(), {}
    for each in fields(FlowSettings):
        value = given.get(each.name, getattr(usual, each.name))
        if type(value) is not type(getattr(usual, each.name)):
            raise BoundaryError(f"The setting {each.name!r} of the flow is {value!r:.40}.")
        found[each.name] = value
    return found
