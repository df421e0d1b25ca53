"""Write the sample file of the newest format: python -m tests.app.study.make_sample."""

from pathlib import Path

from app.study.schema import FORMAT_VERSION
from app.study.store import write_study
from tests.app.study.toys import KINDS, sample_study

FOLDER = Path(__file__).parent / "data"

if __name__ == "__main__":
    write_study(sample_study(), FOLDER / f"format_{FORMAT_VERSION}.macroscope", KINDS)
