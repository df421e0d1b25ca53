"""The verbs of the command line: find the one that is asked for, run it, tell what went wrong."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from app.cli.errors import BAD_INPUT, GOOD, IMPOSSIBLE_EVIDENCE
from core.errors import MacroscopeError
from core.kernel_cache import configure_kernel_cache

VERBS = {
    "infer": "posteriors, joints and explanations of a network, as JSON",
    "cases": "the posteriors of every case of a CSV file",
    "sample": "cases drawn from a Bayes net, as CSV",
    "separation": "whether variables are separated, and the paths that are open, as JSON",
    "sensitivity": "how a posterior answers to every parameter, as JSON",
    "value": "what observing each variable would be worth for a target, as JSON",
    "render": "a view of a network as SVG, PDF, PNG or TikZ",
    "process": "measures, beliefs, samples and pictures of a hidden Markov process",
    "world": "runs, pictures and other formats of a cellular world",
    "boundary": "what passes the boundary of an ensemble of a region, as JSON",
    "convert": "a network in another format",
    "examples": "the examples: their names, or one of them as a file",
    "check": "whether Python, Qt, numba and the exports work on this machine",
}


def run_verb(arguments: Sequence[str]) -> int:
    """Run the verb that comes first in `arguments` and return the exit status."""
    configure_kernel_cache()
    _write_utf8()
    verb = arguments[0]
    try:
        return _function_of(verb)(arguments[1:])
    except SystemExit:  # argparse has printed the help that was asked for
        return GOOD
    except MacroscopeError as error:
        return complain(error)
    except MemoryError:
        return complain(MacroscopeError(f"There is not enough memory for macroscope {verb}."))
    except BrokenPipeError:
        # Whoever read the output has enough; nothing may be written at exit any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except KeyboardInterrupt:
        return 130


def complain(error: MacroscopeError) -> int:
    """Print the sentence of `error` on one line and return the status that goes with it."""
    from core.networks.conflict import ImpossibleEvidence

    sys.stderr.write(" ".join(str(error).split()) + "\n")
    return IMPOSSIBLE_EVIDENCE if isinstance(error, ImpossibleEvidence) else BAD_INPUT


def _write_utf8() -> None:
    """Make standard output UTF-8, as JSON is, whatever the terminal's own encoding."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")


def _function_of(verb: str) -> Callable[[Sequence[str]], int]:
    return getattr(import_module(f"app.cli.{verb}"), verb)
