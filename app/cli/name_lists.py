"""Lists of variables as people type them: ``A,B``, with quotes where a name holds a comma."""

from collections.abc import Sequence

from app.cli.errors import UsageError
from core.networks.errors import quoted
from core.networks.graphical_model import GraphicalModel
from core.networks.questions.case_files import CaseError, csv_row


def names_in(model: GraphicalModel, option: str, text: str) -> tuple[str, ...]:
    """Return the variables that `text` lists.

    A comma may be part of a name: where the pieces between commas are no variables, they are put
    together until they are. ``"A, small",B`` tells it outright.
    """
    if text in model:
        return (text,)
    try:
        cells = tuple(csv_row(text))
    except CaseError:
        cells = tuple(text.split(","))
    names = _known(model, cells) or _known(model, tuple(cell.strip() for cell in cells))
    names = names or _known(model, tuple(text.split(",")))
    if names:
        return names
    unknown = next((cell for cell in cells if cell not in model), text)
    raise UsageError(
        f"{option} names {quoted(unknown)}, which is not a variable of {model.name}; "
        "write names with commas between them."
    )


def _known(model: GraphicalModel, pieces: Sequence[str]) -> tuple[str, ...]:
    """Return the variables that `pieces` make up, the shortest names first, or none."""
    made: list[tuple[str, ...] | None] = [(), *[None] * len(pieces)]
    for end in range(1, len(pieces) + 1):
        for start in range(end - 1, -1, -1):
            before, name = made[start], ",".join(pieces[start:end])
            if before is not None and name in model:
                made[end] = (*before, name)
                break
    return made[-1] or ()
