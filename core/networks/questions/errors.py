"""What can be wrong with a question asked of a network."""

from core.networks.errors import NetworkError


class TooManyCells(NetworkError):
    """An answer, or a table on the way to it, would be too large; nothing was allocated.

    Attributes
    ----------
    cells : float
        The entries of the largest table.
    """

    def __init__(self, what: str, cells: float, limit: int, advice: str) -> None:
        self.cells = cells
        number = f"{cells:,.0f}" if cells < 1e15 else f"about {cells:.1e}"
        super().__init__(
            f"{what} would need {number} table cells, and the limit is {limit:,}; {advice}."
        )
