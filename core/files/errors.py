"""What can be wrong with a file, as one sentence that says where."""

from core.errors import MacroscopeError


class FormatError(MacroscopeError):
    """A file cannot be read or written.

    Attributes
    ----------
    source : str
        Name of the file.
    reason : str
        What is wrong, without the place.
    line, column : int or None
        Where, counted from 1.
    """

    def __init__(
        self, reason: str, source: str, line: int | None = None, column: int | None = None
    ) -> None:
        self.reason, self.source, self.line, self.column = reason, source, line, column
        where = source if line is None else f"{source}, line {line}, column {column}"
        super().__init__(f"{where}: {reason}")

    @classmethod
    def at(cls, offset: int, text: str, reason: str, source: str) -> "FormatError":
        """Return the error for the character at `offset` of `text`."""
        line = text.count("\n", 0, offset) + 1
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        return cls(reason, source, line, column)
