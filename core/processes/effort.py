"""How much work the measures of a process may take, where work buys digits."""

from dataclasses import dataclass, replace

EDGES_PER_LEVEL = 5_000_000


@dataclass(frozen=True, slots=True)
class Effort:
    """Bounds on the parts of the work that have no end of their own.

    Attributes
    ----------
    is_live : bool
        Whether an answer is wanted within tens of milliseconds.
    words : int
        Beliefs at one level of the entropy curves.
    beliefs, levels : int
        Beliefs at one level of the sums over levels, and how many levels.
    edges : int
        Edges followed in all while an observer synchronises.
    cells : int
        Numbers worked on at the last level of the future of a symbol.
    pairs : int
        Pairs of beliefs from both sides, times states or symbols.
    points : int
        Pairs of quadrature points from both sides, times symbols.
    states : int
        Reverse causal states, and uncertain beliefs about causal states.
    """

    is_live: bool
    words: int
    beliefs: int
    levels: int
    edges: int
    cells: int
    pairs: int
    points: int
    states: int

    def for_edges(self, edges: int) -> "Effort":
        """Return as much work on machines of so many edges, of which each belief takes them all."""
        return replace(
            self,
            words=min(self.words, max(2_000, EDGES_PER_LEVEL * 8 // edges)),
            beliefs=min(self.beliefs, max(50, EDGES_PER_LEVEL // edges)),
        )

    def degree(self, states: int) -> int | None:
        """Return the degree of the polynomial basis, None where it may grow until all settles."""
        return {2: 16, 3: 14}.get(states, 9) if self.is_live else None


LIVE = Effort(True, 30_000, 1_500, 150, 60_000, 50_000, 50_000, 45_000, 1_500)
THOROUGH = Effort(False, 400_000, 60_000, 400, 4_000_000, 1_000_000, 1_000_000, 10_000_000, 10_000)
