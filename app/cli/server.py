"""`macroscope infer --server`: one JSON request a line in, one JSON answer a line out.

A request names a network file, findings, a finding to switch to, and how often to repeat. The
answer holds posteriors and the medians of what they took, each from an engine that knows nothing
of the network yet (`prior_s`, `evid_s`) or that follows one changed finding (`switch_s`).
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.cli.errors import GOOD
from app.cli.network_files import find_network
from core.errors import MacroscopeError
from core.networks.errors import EvidenceError, quoted
from core.networks.evidence import Evidence, Finding
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet

Model = BayesNet | MarkovNetwork
Result = TypeVar("Result")

MOST_REPETITIONS = 1000
MOST_THREADS = 1024
LONGEST_NUMBER = 18


class RequestError(MacroscopeError):
    """A request that cannot be understood."""


@dataclass(frozen=True)
class Request:
    """What one line asks."""

    path: str
    evidence: Mapping[str, object]
    switch: tuple[str, object] | None
    repetitions: int

    @classmethod
    def parse(cls, line: str | bytes) -> "Request":
        """Read a request from a line of JSON, which is UTF-8 whatever the terminal's encoding."""
        try:
            given = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
        except (ValueError, RecursionError):
            raise RequestError("The request is not a line of JSON.") from None
        if not isinstance(given, dict) or not isinstance(given.get("path"), str):
            raise RequestError('The request is not an object with the "path" of a network file.')
        evidence, switch = given.get("evidence") or {}, given.get("switch")
        if not isinstance(evidence, dict):
            raise RequestError('"evidence" is not an object of the form {node: state}.')
        if switch is not None and not (
            isinstance(switch, list) and len(switch) == 2 and isinstance(switch[0], str)
        ):
            raise RequestError('"switch" is neither null nor a list of a node and a state.')
        # one thread is used however many are allowed: inside small messages, threads lose
        for name, most in (("threads", MOST_THREADS), ("reps", MOST_REPETITIONS)):
            value = given.get(name, 1)
            if type(value) is not int or not 1 <= value <= most:
                raise RequestError(f'"{name}" is not a whole number from 1 to {most}.')
        pair = None if switch is None else (switch[0], switch[1])
        return cls(given["path"], evidence, pair, given.get("reps", 1))


def serve(arguments: Sequence[str] = ()) -> int:
    """Answer each line of standard input on standard output until it ends."""
    if arguments:
        raise RequestError(f"--server takes no other arguments, and {arguments[0]!r} was given.")
    from core.networks.inference import warm_up

    warm_up()
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.write(json.dumps(answer(line), allow_nan=False) + "\n")
            sys.stdout.flush()
    return GOOD


def answer(line: str | bytes) -> dict[str, object]:
    """Return the answer to one request, or {"error": sentence}."""
    try:
        return _answer(Request.parse(line))
    except MacroscopeError as error:
        return {"error": " ".join(str(error).split())}
    except MemoryError:
        return {"error": "There is not enough memory for this network."}
    except Exception as error:  # whatever a request brings about, the server lives on
        return {"error": f"The request could not be answered ({type(error).__name__}: {error})."}


def _answer(request: Request) -> dict[str, object]:
    from core.networks.inference import compile_network, warm_up_for
    from core.networks.live_engine import LiveEngine
    from core.networks.potentials import potentials_of
    from core.networks.triangulation import forget_triangulations

    start = time.perf_counter()
    model = find_network(request.path, None).subject.net
    potentials_of(model)
    load_s = time.perf_counter() - start
    warm_up_for(compile_network(model))
    evidence = evidence_of(model, request.evidence)
    compile_times: list[float] = []

    def fresh(findings: Evidence) -> tuple[dict[str, list[float]], float]:
        forget_triangulations()
        begun = time.perf_counter()
        compiled = compile_network(model)
        compile_times.append(time.perf_counter() - begun)
        posteriors = compiled.propagate(findings)
        return _lists(model, posteriors.marginals), posteriors.log_evidence

    repetitions = request.repetitions
    (prior, _), prior_s = _timed(lambda: fresh(Evidence()), repetitions)
    (posterior, log_evidence), evid_s = _timed(lambda: fresh(evidence), repetitions)
    switch_s = None
    if request.switch is not None:
        switched = evidence_of(model, {**request.evidence, request.switch[0]: request.switch[1]})
        engine = LiveEngine(compile_network(model))
        times = []
        for _ in range(repetitions):
            engine.update(evidence)
            begun = time.perf_counter()
            _lists(model, engine.update(switched).marginals)
            times.append(time.perf_counter() - begun)
        switch_s = statistics.median(times)
    return {
        "load_s": load_s,
        "compile_s": statistics.median(compile_times),
        "prior_s": prior_s,
        "evid_s": evid_s,
        "switch_s": switch_s,
        "logpe": log_evidence,
        "prior": prior,
        "evid": posterior,
    }


def _timed(work: Callable[[], Result], repetitions: int) -> tuple[Result, float]:
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return result, statistics.median(times)


def _lists(model: Model, marginals: Mapping[str, object]) -> dict[str, list[float]]:
    return {name: marginals[name].tolist() for name in model.names}


def evidence_of(model: Model, given: Mapping[str, object]) -> Evidence:
    """Return findings given as labels, numbers of states, or lists of likelihoods."""
    findings: dict[str, Finding] = {}
    for name, state in given.items():
        if name not in model:
            raise EvidenceError(
                f"The evidence names {quoted(name)}, which is not a node of the net."
            )
        labels = model[name].states
        if isinstance(state, str) and state in labels:
            findings[name] = labels.index(state)
        elif isinstance(state, list):
            findings.update(Evidence.from_labels(model, {name: state}).items())
        elif _is_number(state) and 0 <= int(state) < len(labels):
            findings[name] = int(state)
        else:
            raise EvidenceError(
                f"{name} has no state {quoted(str(state))}; its states are "
                f"{', '.join(labels[:12])}."
            )
    evidence = Evidence(findings)
    evidence.check(model)
    return evidence


def _is_number(state: object) -> bool:
    if isinstance(state, str):
        return len(state) < LONGEST_NUMBER and state.isascii() and state.isdigit()
    return type(state) is int
