"""One network of the study as its panels see it: a value, named edits and one signal."""

from app.graphical.subject_document import SubjectDocument
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


class NetworkDocument(SubjectDocument):
    """A window on one Bayes net of the study."""

    @property
    def subject(self) -> NetworkSubject:
        """The network with its evidence and its look, as it is now."""
        return self._subject

    @property
    def net(self) -> BayesNet:
        """The net of the subject."""
        return self._subject.net
