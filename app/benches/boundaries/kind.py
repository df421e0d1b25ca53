"""Ensembles of regions as one kind of subject of a study; no Qt."""

from pathlib import Path

from app.benches.boundaries.examples import EXAMPLES
from app.study.kinds import Kind
from core.boundaries.ensemble_file import read_ensemble, write_ensemble
from core.boundaries.ensemble_subject import EnsembleSubject


def read_subject(path: Path) -> EnsembleSubject:
    """Return the ensemble of a file, to be looked at as usual."""
    return EnsembleSubject(read_ensemble(path))


def write_subject(subject: EnsembleSubject, path: Path) -> None:
    """Write the trajectories; files of ensembles know nothing of settings."""
    write_ensemble(subject.ensemble, path)


ENSEMBLE_KIND = Kind(
    id="ensemble",
    title="Ensemble of a region",
    version=1,
    to_record=EnsembleSubject.to_record,
    from_record=EnsembleSubject.from_record,
    readers={".npz": read_subject},
    writers={".npz": write_subject},
    examples=EXAMPLES,
    holds=EnsembleSubject,
    titles={".npz": "Ensemble of a region (NPZ)"},
)
