"""What a pattern that comes with the program is."""

from collections.abc import Callable
from dataclasses import dataclass

from core.automata.world import World


@dataclass(frozen=True, slots=True)
class Pattern:
    """A world of the library.

    Attributes
    ----------
    name : str
        Short, in lower case with hyphens; the command line takes it.
    title : str
    make : function
        Returns the world.
    source : str
        Who found it or wrote of it.
    look_at : str
        One sentence on what to look at.
    """

    name: str
    title: str
    make: Callable[[], World]
    source: str
    look_at: str

    def build(self) -> World:
        """Return the world, with its title and what to look at."""
        from dataclasses import replace

        return replace(
            self.make(),
            name=self.name,
            title=self.title,
            notes=f"{self.look_at} Source: {self.source}.",
        )
