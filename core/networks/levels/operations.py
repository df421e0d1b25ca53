"""What a computation on tables costs: its multiplications and additions.

The convention, the same for every level and for predicting as for counting:

- the product of m tables over a scope of N cells costs (m - 1) N multiplications, whatever the
  scopes of the m tables are (m tables are multiplied one after another over the whole scope);
- a sum from N cells to M costs N - M additions;
- a division counts as a multiplication, so normalising M cells costs M - 1 additions and M
  multiplications;
- taking the part of a table that agrees with an observed state, reordering axes and scaling by
  powers of two cost nothing, for no number is multiplied or added.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operations:
    """Multiplications (divisions among them) and additions.

    Examples
    --------
    >>> Operations.product(3, 8) + Operations.sum(8, 4)
    Operations(multiplications=16, additions=4)
    """

    multiplications: int = 0
    additions: int = 0

    def __add__(self, other: "Operations") -> "Operations":
        return Operations(
            self.multiplications + other.multiplications, self.additions + other.additions
        )

    def __mul__(self, times: int) -> "Operations":
        return Operations(self.multiplications * times, self.additions * times)

    @property
    def total(self) -> int:
        """Multiplications and additions together."""
        return self.multiplications + self.additions

    @classmethod
    def product(cls, tables: int, cells: int) -> "Operations":
        """Return the cost of multiplying so many tables over a scope of so many cells."""
        return cls(multiplications=max(tables - 1, 0) * cells)

    @classmethod
    def sum(cls, cells: int, kept: int) -> "Operations":
        """Return the cost of summing a table down to `kept` cells."""
        return cls(additions=cells - kept)

    @classmethod
    def division(cls, cells: int) -> "Operations":
        """Return the cost of dividing so many cells."""
        return cls(multiplications=cells)

    @classmethod
    def normalisation(cls, cells: int) -> "Operations":
        """Return the cost of dividing a table of so many cells by its sum."""
        return cls(multiplications=cells, additions=cells - 1)
