"""The one base of every error that a user may see."""


class MacroscopeError(Exception):
    """An error whose text is one clear sentence: what is wrong, where, and what to do.

    Everything raised for a user's input derives from it, so that the window and the command line
    can show the sentence and go on, and so that anything else is known to be our own mistake.
    """
