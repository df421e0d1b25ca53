"""`macroscope process SPEC QUESTION`: what there is to know about a hidden Markov process."""

import os
import shutil
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from app.cli.arguments import VerbParser, above_zero, count_above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.json_output import print_json
from app.cli.process_spec import find_process
from app.cli.progress import told_progress
from core.processes.process_subject import ProcessSubject
from core.progress import Progress

QUESTIONS = {
    "measure": "entropy rate, statistical complexity, excess entropy and the rest, as JSON",
    "epsilon-machine": "the minimal unifilar machine, as JSON, or the verdict that there is none",
    "mixed-states": "the beliefs that an observer may have, as JSON",
    "dimension": "the dimensions of the set of beliefs, as JSON",
    "complexity": "the statistical complexity at each resolution, as JSON",
    "spectrum": "the eigenvalues of the mixed states and the sums over them, as JSON",
    "sample": "symbols drawn from the process",
    "curves": "block entropy, entropy gain and excess entropy by length, as numbers or a picture",
    "fractal": "the set of beliefs as a picture",
    "unroll": "some steps of the process as a Bayes net",
}

MOST_SYMBOLS = 10**12
"""Hours of drawing, and a terabyte."""

HELP = "a process of the zoo, such as mess3:x=0.15,a=0.6, or a file: .json, .edges, .yaml"


def process(arguments: Sequence[str]) -> int:
    """Answer one question about the process that comes first in `arguments`."""
    parser = VerbParser("process", f"Questions about a hidden Markov process: {_listed()}.")
    parser.add_argument("spec", metavar="SPEC", help=HELP)
    parser.add_argument("question", choices=QUESTIONS, metavar="QUESTION")
    has_own_help = len(arguments) > 2 and arguments[1] in QUESTIONS
    given = parser.parse_args(arguments[:2] if has_own_help else arguments)
    return ANSWERS[given.question](given.spec, arguments[2:])


def measure(spec: str, arguments: Sequence[str]) -> int:
    """Print the measures with how each was obtained and what it may be off by."""
    parser = _parser("measure")
    parser.add_argument(
        "--max-length", type=_length, default=10, metavar="L", help="H(1) to H(L), default 10"
    )
    given = parser.parse_args(arguments)
    subject = find_process(spec)

    from app.cli.process_report import measure_report

    print_json(measure_report(subject.model, given.max_length, _progress()))
    return GOOD


def epsilon_machine(spec: str, arguments: Sequence[str]) -> int:
    """Print the machine in the form of a file, or the verdict."""
    parser = _parser("epsilon-machine")
    _add_resolution(parser)
    given = parser.parse_args(arguments)
    subject = find_process(spec)

    from core.processes.epsilon_machine import epsilon_machine as machine_of
    from core.processes.formats.json_format import plain_record

    found = machine_of(
        subject.model,
        tolerance=given.tolerance,
        max_states=given.max_states,
        progress=_progress(),
    )
    if found.machine is None:
        print_json({"verdict": found.verdict})
    else:
        print_json(plain_record(found.machine))
    return GOOD


def mixed_states(spec: str, arguments: Sequence[str]) -> int:
    """Print how many beliefs there are and which."""
    parser = _parser("mixed-states")
    _add_resolution(parser)
    parser.add_argument("--out", metavar="FILE", help="write them to .csv or .npz instead")
    parser.add_argument(
        "--depth",
        type=count_above_zero,
        metavar="L",
        help="with --out: the tree of all words of up to L symbols instead of merged beliefs",
    )
    given = parser.parse_args(arguments)
    if given.depth is not None and given.out is None:
        raise UsageError("--depth is for a file with a tree of words; give --out too.")
    path = None if given.out is None else _path_to_write(given.out)
    subject = find_process(spec)

    if path is not None:
        from core.processes.belief_files import write_mixed_states, write_tree

        if given.depth is not None:
            write_tree(path, subject.model, given.depth, progress=told_progress())
        else:
            write_mixed_states(
                path,
                subject.model,
                tolerance=given.tolerance,
                max_states=given.max_states,
                progress=told_progress(),
            )
        return GOOD

    from core.processes.mixed_states import mixed_states as beliefs_of

    found = beliefs_of(
        subject.model,
        tolerance=given.tolerance,
        max_states=given.max_states,
        progress=_progress(),
    )
    recurrent = int(found.recurrent.sum())
    print_json(
        {
            "recurrent": recurrent,
            "transient": found.size - recurrent,
            "verdict": found.verdict,
            "beliefs": found.beliefs.tolist(),
        }
    )
    return GOOD


def dimension(spec: str, arguments: Sequence[str]) -> int:
    """Print the dimensions of the set of beliefs, null where a fit is not to be trusted."""
    _parser("dimension").parse_args(arguments)
    subject = find_process(spec)

    from app.cli.process_structure import dimension_report

    print_json(dimension_report(subject.model, _progress()))
    return GOOD


def complexity(spec: str, arguments: Sequence[str]) -> int:
    """Print the entropy of beliefs told apart down to each resolution."""
    parser = _parser("complexity")
    parser.add_argument(
        "--points", type=_beliefs, default=2**20, metavar="N", help="beliefs, default 1048576"
    )
    given = parser.parse_args(arguments)
    subject = find_process(spec)

    from app.cli.process_structure import complexity_report

    print_json(complexity_report(subject.model, given.points, _progress()))
    return GOOD


def spectrum(spec: str, arguments: Sequence[str]) -> int:
    """Print the eigenvalues with what each adds to h(L), E and T."""
    _parser("spectrum").parse_args(arguments)
    subject = find_process(spec)

    from app.cli.process_structure import spectrum_report

    print_json(spectrum_report(subject.model, _progress()))
    return GOOD


def sample(spec: str, arguments: Sequence[str]) -> int:
    """Write symbols as one line of text; the same seed gives the same symbols."""
    parser = _parser("sample")
    parser.add_argument("count", type=_symbols, metavar="N", help="number of symbols")
    parser.add_argument("--seed", type=_seed, default=0, metavar="S", help="default 0")
    parser.add_argument("--out", metavar="FILE", help="standard output if it is left out")
    given = parser.parse_args(arguments)
    subject = find_process(spec)

    from core.processes.sampling import Sampler
    from core.processes.symbol_text import pieces_of_text

    sampler = Sampler(subject.model, given.seed)
    pieces = pieces_of_text(sampler.chunks(given.count, _progress()), subject.model.alphabet)
    if given.out is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    else:
        path = _path_to_write(given.out)
        _require_room(path, given.count)
        try:
            _write_pieces(path, pieces)
        except OSError as error:
            raise _unwritten(path, error) from error
    return GOOD


def fractal(spec: str, arguments: Sequence[str]) -> int:
    """Write the set of beliefs as a picture that carries the process inside, or as numbers."""
    from app.cli.process_fractal import COLOURS, DATA_SUFFIXES, OVERLAYS, SUFFIXES

    parser = _parser("fractal")
    parser.add_argument("--points", required=True, type=count_above_zero, metavar="N")
    parser.add_argument(
        "--out", required=True, metavar="FIGURE", help=".png, .svg or .pdf; numbers: .csv or .npz"
    )
    parser.add_argument("--colour", choices=COLOURS, default="state")
    parser.add_argument(
        "--size", type=count_above_zero, default=1024, metavar="PX", help="default 1024"
    )
    parser.add_argument(
        "--overlay",
        action="append",
        choices=OVERLAYS,
        default=[],
        help="lay this over the beliefs of an .svg or .pdf; may be given several times",
    )
    parser.add_argument(
        "--numbers",
        choices=("cloud", "density"),
        default="cloud",
        help="what a .csv or .npz holds: every belief, or how many lie in each pixel",
    )
    given = parser.parse_args(arguments)
    path = _path_to_write(given.out)

    from app.cli.process_fractal import belief_picture, write_figure, write_numbers, write_png

    ending = path.suffix.lower()
    if ending not in SUFFIXES + DATA_SUFFIXES:
        raise UsageError(
            f"{path.name} has an ending that is no picture's; use {_or(SUFFIXES)}, or "
            f"{_or(DATA_SUFFIXES)} for numbers."
        )
    if given.overlay and ending not in (".svg", ".pdf"):
        raise UsageError("Overlays are drawn in .svg and .pdf; choose one of these endings.")
    subject = find_process(spec)
    model, progress = subject.model, told_progress()
    if ending in DATA_SUFFIXES:
        write_numbers(path, model, given.points, given.size, given.numbers, progress)
    elif ending == ".png":
        pixels = belief_picture(model, given.points, given.size, given.colour, progress)
        write_png(path, pixels, _study_of(subject))
    else:
        overlays = frozenset(given.overlay)
        study = _study_of(subject)
        write_figure(path, model, given.points, given.size, given.colour, overlays, study)
    return GOOD


def curves(spec: str, arguments: Sequence[str]) -> int:
    """Write H(L), h(L) and E(L) to a table, to arrays, or as a picture."""
    parser = _parser("curves")
    parser.add_argument(
        "--max-length", type=_length, default=10, metavar="L", help="up to L symbols, default 10"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help=".csv, .npz, or a figure's")
    given = parser.parse_args(arguments)
    path = _path_to_write(given.out)

    from app.cli.process_curves import SUFFIXES, write_curves

    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path.name} has an ending that curves have not; use {_or(SUFFIXES)}.")
    try:
        write_curves(find_process(spec).model, given.max_length, path, _progress())
    except OSError as error:
        raise _unwritten(path, error) from error
    return GOOD


def unroll(spec: str, arguments: Sequence[str]) -> int:
    """Write some steps of the process as a Bayes net."""
    parser = _parser("unroll")
    parser.add_argument("steps", type=count_above_zero, metavar="N", help="number of steps")
    parser.add_argument("--out", required=True, metavar="NET.bif")
    given = parser.parse_args(arguments)

    from app.benches.networks.kind import NETWORK_KIND
    from app.cli.network_files import tell
    from core.crossings.unroll import unrolled
    from core.networks.subject import NetworkSubject

    path = _path_to_write(given.out)
    writer = NETWORK_KIND.writer_for(path)
    if writer is None:
        raise UsageError(
            f"{path.name} has an ending that no Bayes net is written in; use "
            f"{_or(tuple(NETWORK_KIND.writers))}."
        )
    net = NetworkSubject(unrolled(find_process(spec).model, given.steps))
    try:
        writer(net, path)
    except OSError as error:
        raise _unwritten(path, error) from error
    for sentence in NETWORK_KIND.losses(net, path):
        tell(sentence)
    return GOOD


ANSWERS: dict[str, Callable[[str, Sequence[str]], int]] = {
    "measure": measure,
    "epsilon-machine": epsilon_machine,
    "mixed-states": mixed_states,
    "dimension": dimension,
    "complexity": complexity,
    "spectrum": spectrum,
    "sample": sample,
    "curves": curves,
    "fractal": fractal,
    "unroll": unroll,
}


def _parser(question: str) -> VerbParser:
    return VerbParser(f"process SPEC {question}", f"Print or write {QUESTIONS[question]}.")


def _add_resolution(parser: VerbParser) -> None:
    parser.add_argument(
        "--tolerance",
        type=above_zero,
        default=1e-10,
        metavar="T",
        help="beliefs that differ by less are one, default 1e-10",
    )
    parser.add_argument(
        "--max-states",
        type=count_above_zero,
        default=10_000,
        metavar="N",
        help="stop at so many beliefs, default 10000",
    )


def _listed() -> str:
    return "; ".join(f"{name}, {what}" for name, what in QUESTIONS.items())


def _progress() -> Progress:
    """Return a token that tells how far the work is where somebody sits in front of it."""
    return told_progress() if sys.stderr.isatty() else Progress()


def _or(endings: Sequence[str]) -> str:
    return ", ".join(endings[:-1]) + f" or {endings[-1]}"


def _length(text: str) -> int:
    length = count_above_zero(text)
    if length > 1000:
        raise ArgumentTypeError(f"{text!r} is more than 1000")
    return length


def _beliefs(text: str) -> int:
    count = count_above_zero(text)
    if not 100 <= count <= 2**25:
        raise ArgumentTypeError(f"{text!r} is not between 100 and {2**25:,}")
    return count


def _symbols(text: str) -> int:
    count = count_above_zero(text)
    if len(text.lstrip("0")) > len(str(MOST_SYMBOLS)) or count > MOST_SYMBOLS:
        raise ArgumentTypeError(f"{text!r} is more than the {MOST_SYMBOLS:,} symbols of one sample")
    return int(text)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _path_to_write(text: str) -> Path:
    if not text:
        raise UsageError("The file to write has no name; give one.")
    path = Path(text)
    if not path.parent.is_dir():
        raise UsageError(f"{path} could not be written: its folder does not exist.")
    return path


def _require_room(path: Path, symbols: int) -> None:
    """Raise `UsageError` where a sample cannot fit on the disk, before hours are spent on it."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        return
    free = shutil.disk_usage(target.parent).free
    if symbols > free:
        raise UsageError(
            f"{path} could not be written: {symbols:,} symbols need at least {symbols / 1e9:,.0f} "
            f"GB, and {free / 1e9:,.0f} GB are free."
        )


def _write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write aside first and then rename, so that no half of a long sample stands as the whole."""
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe takes the pieces as they come
        with target.open("wb") as file:
            file.writelines(pieces)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "the file is read-only")
    aside = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.writelines(pieces)
        os.replace(aside, target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _unwritten(path: Path, error: OSError) -> UsageError:
    reason = (error.strerror or "it cannot be written").lower()
    return UsageError(f"{path} could not be written: {reason}.")


def _study_of(subject: ProcessSubject) -> bytes | None:
    """Return a study with the process in it, for the picture to carry."""
    from app.catalogue import KINDS
    from app.shell.opening import study_around
    from app.study.store import study_bytes

    if "process" not in KINDS:
        return None
    value: Any = KINDS.get("process").lay_out(subject)
    return study_bytes(study_around("process", subject.model.name or "process", value), KINDS)
