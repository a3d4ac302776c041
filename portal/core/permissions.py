"""A check raises with a reason; its `.ok` answers a template's yes/no from the same code."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, ParamSpec

from django.core.exceptions import PermissionDenied

P = ParamSpec("P")


class Check(Generic[P]):
    """Wrap a function that raises PermissionDenied with a Dutch reason."""

    def __init__(self, function: Callable[P, None]) -> None:
        self._function = function
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self._function(*args, **kwargs)

    def ok(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the check passes."""
        try:
            self._function(*args, **kwargs)
        except PermissionDenied:
            return False
        return True
