"""The parser of one verb: argparse, with every complaint as one sentence."""

import argparse
import math
from typing import NoReturn

from app.cli.errors import UsageError


class VerbParser(argparse.ArgumentParser):
    """An argument parser that raises `UsageError` in place of printing its usage and leaving."""

    def __init__(self, verb: str, description: str) -> None:
        super().__init__(prog=f"macroscope {verb}", description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong, with where to read more."""
        message = message[:1].upper() + message[1:].rstrip(".")
        raise UsageError(f"{message}; {self.prog} --help tells how it is used.")

    def add_network(self, name: str) -> None:
        """Add the argument for a file with a network, and the choice of one among several."""
        self.add_argument(
            name,
            metavar=name.upper(),
            help=".bif, .bif.gz, .xml, .net, .xdsl, .uai, .json, a study (.macroscope), "
            "or an SVG, PDF or PNG carrying one",
        )
        self.add_argument(
            "--subject", metavar="NAME", help="which network, where a study holds several"
        )

    def add_evidence(self) -> None:
        """Add the options that name findings."""
        self.add_argument(
            "--evidence",
            action="append",
            default=[],
            metavar="NAME=STATE",
            help="observe a state; may be given many times",
        )
        self.add_argument(
            "--evidence-file",
            metavar="F",
            help='.json with {"NAME": "STATE"}, where a list of numbers is a likelihood; or .evid',
        )


def count_above_zero(text: str) -> int:
    """Return the whole number above 0 that `text` is."""
    if not text.isascii() or not text.isdigit() or int(text[:12]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text[:12])


def above_zero(text: str) -> float:
    """Return the finite number above 0 that `text` is."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value
