"""What went wrong in the background, as one sentence."""

import logging

from core.errors import MacroscopeError

logger = logging.getLogger(__name__)


class JobError(MacroscopeError):
    """A mistake of ours inside a job; the log has the details."""


def explained(title: str, error: Exception) -> MacroscopeError:
    """Return `error` if it is a sentence already; else log it and return one about it."""
    if isinstance(error, MacroscopeError):
        return error
    logger.error("%s failed", title, exc_info=error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(": .")
    sentence = JobError(f"{title} failed because of an error inside Macroscope ({what}).")
    sentence.__cause__ = error
    return sentence
