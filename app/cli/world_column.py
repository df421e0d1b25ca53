"""`macroscope world SPEC column`: the history of one cell as symbols, and the process it is of."""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path

from app.cli.arguments import VerbParser, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.progress import told_progress


def column(spec: str, arguments: Sequence[str]) -> int:
    """Follow a cell, estimate the machine, and print it."""
    parser = VerbParser("world SPEC column", "Follow one cell and estimate the process it is of.")
    parser.add_argument("--x", type=int, metavar="X", help="of the cell, default the middle")
    parser.add_argument("--y", type=int, metavar="Y", help="of the cell, default the middle")
    parser.add_argument("--steps", type=count_above_zero, default=20_000, metavar="N")
    parser.add_argument("--skip", type=_from_zero, default=0, metavar="N", help="steps before")
    parser.add_argument("--history", type=count_above_zero, metavar="L", help="symbols looked back")
    parser.add_argument("--levels", type=count_above_zero, default=2, help="of values of a field")
    parser.add_argument("--size", metavar="HxW", help="on a torus of this size")
    parser.add_argument("--seed", type=_from_zero, metavar="S")
    parser.add_argument("--symbols", metavar="FILE", help="write the symbols as one line of text")
    parser.add_argument("--out", metavar="PROCESS", help="write the machine: .json or .edges")
    given = parser.parse_args(arguments)

    from app.cli.world_spec import find_world, read_size
    from core.automata.measures.board import setting_of
    from core.crossings.column_process import column_history, column_process
    from core.processes.formats import WRITERS
    from core.processes.process_subject import ProcessSubject

    writer = None
    if given.out is not None:
        ending = next((each for each in WRITERS if given.out.lower().endswith(each)), None)
        if ending is None:
            raise UsageError(f"A process is written as {', '.join(WRITERS)}, not {given.out}.")
        writer = WRITERS[ending]
    size = () if given.size is None else tuple(read_size(given.size))
    world = find_world(spec, size=size, seed=given.seed)
    width, height = setting_of(world).sides
    x = int(width) // 2 if given.x is None else given.x
    y = int(height) // 2 if given.y is None else given.y
    followed = column_history(
        world, x, y, given.steps, skip=given.skip, levels=given.levels, progress=told_progress()
    )
    if given.symbols is not None:
        _write(Path(given.symbols), followed.text + "\n")
    name = f"{world.name} column"
    found = column_process(followed, history=given.history, name=name, progress=told_progress())
    if writer is not None:
        writer(ProcessSubject(found.model), Path(given.out))
    counts = [int((followed.symbols == each).sum()) for each in range(len(followed.alphabet))]
    print_json(
        {
            "cell": [x, y],
            "from": followed.start,
            "steps": given.steps,
            "counts": dict(zip(followed.alphabet, counts, strict=True)),
            "history": found.history,
            "states": found.model.n,
            "entropy_rate": found.entropy_rate,
            "complexity": found.complexity,
            "edges": [list(edge) for edge in found.model.edges()],
        }
    )
    return GOOD


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error.strerror}.") from error


def _from_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)
