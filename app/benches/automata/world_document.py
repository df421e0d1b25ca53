"""One world of the study as its panels see it."""

from collections.abc import Callable

from app.graphical.subject_document import SubjectDocument
from core.automata.rules.rule import Rule
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject


class WorldDocument(SubjectDocument):
    """A window on one world of the study.

    What hands do to the living world goes through `WorldSession.intervene`; this is where it ends
    up, and where everything else is changed.
    """

    @property
    def subject(self) -> WorldSubject:
        """The world with what was done to it and its look, as it is now."""
        return self._subject

    @property
    def world(self) -> World:
        """The state that the run starts from."""
        return self._subject.world

    @property
    def rule(self) -> Rule:
        """The rule in force at the generation in view."""
        return self._subject.rule_at(self._subject.at)

    @property
    def look(self) -> WorldLook:
        """How the world is shown."""
        return self._subject.look

    def edit_look(
        self, text: str, change: Callable[[WorldLook], WorldLook], *, merge_key: str | None = None
    ) -> bool:
        """Show the world otherwise, as one undo step."""
        return self.edit(
            text, lambda subject: subject.with_look(change(subject.look)), merge_key=merge_key
        )
