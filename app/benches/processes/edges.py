"""Edges as they are written on the canvas, ``symbol | probability``, and read back; no Qt."""

from dataclasses import dataclass

from app.graphical.number_text import NumberTextError, number
from core.errors import MacroscopeError
from core.labels import quoted
from core.processes.model import Edge, HiddenMarkovModel

DEFAULT_SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz"


class EdgeTextError(MacroscopeError):
    """What was typed on an edge is neither a symbol nor a probability."""


@dataclass(frozen=True, slots=True)
class EdgeText:
    """What was typed: None where a part was left out and stays as it is."""

    symbol: str | None
    probability: float | None


def shown_probability(value: float) -> str:
    """Return a probability in three significant digits, as edges have room for."""
    text = f"{value:.3g}"
    return text.replace("-", "−") if "e" not in text else f"{value:.0e}".replace("e-0", "e−")


def edge_label(edge: Edge) -> str:
    """Return what stands on an edge."""
    return f"{edge.symbol} | {shown_probability(edge.probability)}"


def read_edge(text: str, model: HiddenMarkovModel) -> EdgeText:
    """Return what ``1 | 0.5``, ``1 : 1/2``, ``1 0.5``, ``1`` or ``| 0.5`` says.

    A single word is a symbol if the alphabet has it, else a probability if it is a number.

    Raises
    ------
    EdgeTextError
        When the probability is no number, or no probability.
    """
    text = text.strip()
    for sign in ("|", ":", ";"):
        if sign in text:
            symbol, _, rest = text.partition(sign)
            return _checked(symbol.strip(), rest.strip(), model)
    words = text.split()
    if len(words) == 2:
        return _checked(words[0], words[1], model)
    if text in model.alphabet:
        return EdgeText(text, None)
    try:
        return _checked("", text, model)
    except EdgeTextError:
        if any(letter in text for letter in ".,/%"):
            raise
        return EdgeText(text or None, None)


def _checked(symbol: str, probability: str, model: HiddenMarkovModel) -> EdgeText:
    value = None
    if probability:
        try:
            value = _signed(probability) if model.is_generalized else number(probability)
        except NumberTextError as problem:
            raise EdgeTextError(str(problem)) from None
        if value > 1.0 and not model.is_generalized:
            raise EdgeTextError(f"{probability} is no probability; it lies between 0 and 1.")
    return EdgeText(symbol or None, value)


def _signed(text: str) -> float:
    negative = text.lstrip().startswith(("-", "\u2212"))
    return -number(text.lstrip("-\u2212 ")) if negative else number(text)


def changed_edge(
    model: HiddenMarkovModel, source: str, symbol: str, target: str, typed: EdgeText
) -> HiddenMarkovModel:
    """Return the model with another symbol or probability on an edge; the row keeps its sum.

    A symbol that is new joins the alphabet.
    """
    i, j = model.state_index(source), model.state_index(target)
    probability = float(model.T[model.symbol_index(symbol), i, j])
    wanted = symbol if typed.symbol is None else typed.symbol
    if wanted != symbol:
        if wanted not in model.alphabet:
            model = model.with_symbol(wanted)
        x, y = model.symbol_index(symbol), model.symbol_index(wanted)
        if model.T[y, i, j] != 0:
            raise EdgeTextError(
                f"There is already an edge from {quoted(source)} on {quoted(wanted)} to "
                f"{quoted(target)}."
            )
        row = model.T[:, i, :].copy()
        row[x, j], row[y, j] = 0.0, probability
        model = model.with_row(source, row)
    if typed.probability is None or typed.probability == probability:
        return model
    if typed.probability == 0.0:
        return model.without_edge(source, wanted, target)
    return model.with_probability(source, wanted, target, typed.probability)


def symbol_for_new_edge(model: HiddenMarkovModel, source: str, target: str) -> str:
    """Return the symbol that a new edge gets: one that the source has not, else a free one."""
    i = model.state_index(source)
    emitted = model.T[:, i, :].any(axis=1)
    for x, symbol in enumerate(model.alphabet):
        if not emitted[x]:
            return symbol
    j = model.state_index(target)
    for x, symbol in enumerate(model.alphabet):
        if model.T[x, i, j] == 0:
            return symbol
    return next(each for each in DEFAULT_SYMBOLS if each not in model.alphabet)


def with_new_edge(model: HiddenMarkovModel, source: str, target: str) -> HiddenMarkovModel:
    """Return the model with an edge more, on the symbol `symbol_for_new_edge`."""
    symbol = symbol_for_new_edge(model, source, target)
    if symbol not in model.alphabet:
        model = model.with_symbol(symbol)
    missing = 1.0 - float(model.T[:, model.state_index(source), :].sum())
    share = missing if 1e-9 < missing < 1.0 else None
    if share is None:
        return model.with_edge(source, symbol, target)
    return model.with_probability(source, symbol, target, share, renormalise=False)
