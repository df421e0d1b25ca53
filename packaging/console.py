"""What the set-up says on standard error, and the programs it runs."""

import subprocess
import sys


class SetupError(Exception):
    """Why the set-up cannot go on, as the sentence to print."""


def last_line(output: str) -> str:
    """Return the last line of `output` that says something."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason."


def quietly(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end and keep what it writes."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
        check=False,
    )


def say(line: str) -> None:
    """Tell how the set-up goes on, on standard error."""
    print(line, file=sys.stderr, flush=True)


def complain(sentence: str) -> int:
    """Print why it cannot go on and return the status that says so."""
    say(sentence)
    return 2
