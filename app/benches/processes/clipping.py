"""States on the clipboard: as a process of our own, and as edge lists for editors."""

from collections.abc import Sequence

from app.benches.processes.arrange import placed
from app.benches.processes.kind import PROCESS_KIND
from app.study import clipboard
from core.errors import MacroscopeError
from core.processes.formats import edge_list, json_format
from core.processes.process_subject import ProcessSubject


class NothingToPaste(MacroscopeError):
    """The clipboard holds neither states nor a process as text."""


def copy(subject: ProcessSubject, states: Sequence[str]) -> None:
    """Place some states with the edges among them on the clipboard."""
    fragment = fragment_of(subject, states)
    clipboard.put_value(PROCESS_KIND, fragment, edge_list.edge_text(fragment.model))


def fragment_of(subject: ProcessSubject, states: Sequence[str]) -> ProcessSubject:
    """Return the subject of some states alone; their probabilities stay as they are."""
    chosen = set(states)
    model = subject.model
    kept = [i for i, state in enumerate(model.states) if state in chosen]
    T = model.T[:, kept][:, :, kept]
    smaller = type(model)(
        model.name,
        model.alphabet,
        tuple(model.states[i] for i in kept),
        T,
        model.is_generalized,
        is_draft=True,
    )
    return subject.with_model(smaller)


def pasted() -> ProcessSubject:
    """Return the process on the clipboard, from this program or as JSON or edges in text.

    Raises
    ------
    NothingToPaste
        When there is none.
    MacroscopeError
        When the text looks like a process and is none; the sentence says where.
    """
    subject = clipboard.get_value(PROCESS_KIND)
    if subject is not None:
        return subject
    text = clipboard.text().strip()
    if text.startswith("{"):
        return placed(json_format.parse(text, "the clipboard"))
    if "->" in text or "→" in text:
        return placed(edge_list.parse(text, "the clipboard"))
    raise NothingToPaste("The clipboard holds no states, and no process as JSON or edges.")
