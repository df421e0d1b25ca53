"""One Markov network of the study as its panels see it."""

from app.graphical.subject_document import SubjectDocument
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject


class MarkovDocument(SubjectDocument):
    """A window on one Markov network of the study."""

    @property
    def subject(self) -> MarkovSubject:
        """The network with its evidence and its look, as it is now."""
        return self._subject

    @property
    def net(self) -> MarkovNetwork:
        """The network of the subject."""
        return self._subject.net
