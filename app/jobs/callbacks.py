"""Callbacks that neither keep a dead owner alive nor reach one."""

import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject


class Callback:
    """A function to call once, unless its owner is gone by then.

    A bound method of a QObject is held weakly and the object is its owner; another function is
    held until the job is over, with `owner` deciding whether it may still be called.
    """

    def __init__(self, function: Callable[[Any], None] | None, owner: QObject | None) -> None:
        bound_to = getattr(function, "__self__", None)
        is_method = isinstance(bound_to, QObject) and hasattr(function, "__func__")
        self._function = weakref.WeakMethod(function) if is_method else lambda: function
        owner = bound_to if is_method and owner is None else owner
        self._owner = None if owner is None else weakref.ref(owner)
        self.is_given = function is not None

    @property
    def is_orphaned(self) -> bool:
        """Whether there was an owner and it is gone."""
        if self._owner is None:
            return False
        owner = self._owner()
        return owner is None or not shiboken6.isValid(owner)

    def __call__(self, argument: Any) -> None:
        function = None if self.is_orphaned else self._function()
        if function is not None:
            function(argument)
