"""Hidden Markov processes as one kind of subject of a study; no Qt."""

from app.benches.processes.arrange import placed
from app.benches.processes.examples import EXAMPLES
from app.study.kinds import Kind
from core.processes.formats import READERS, WRITERS
from core.processes.process_subject import ProcessSubject

PROCESS_KIND = Kind(
    id="process",
    title="Hidden Markov process",
    version=1,
    to_record=ProcessSubject.to_record,
    from_record=ProcessSubject.from_record,
    readers=READERS,
    writers=WRITERS,
    examples=EXAMPLES,
    holds=ProcessSubject,
    lay_out=placed,
    titles={
        ".edges": "Edge list",
        ".txt": "Edge list",
        ".json": "Macroscope JSON",
        ".json.gz": "Macroscope JSON, compressed",
        ".yaml": "YAML",
        ".yml": "YAML",
    },
)
