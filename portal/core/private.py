"""Which addresses belong to people who sign in; all others are public pages, without a session."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.http import require_POST

_PRIVATE = re.compile(rf"/(?:en/)?(?:{'|'.join(settings.PRIVATE_PATHS)})/")


def is_private(request: HttpRequest) -> bool:
    """Whether the address asked for stands under one of `settings.PRIVATE_PATHS`, in either language."""
    return is_private_path(request.path_info)


def is_private_path(path: str) -> bool:
    """The same of a path."""
    return _PRIVATE.match(path) is not None


def takes_files(most: int) -> Callable[[Any], Any]:
    """A private view to which files may be sent: at most `most` bytes in all, and only by who is signed in."""

    def mark(view: Any) -> Any:
        view.largest_body = most
        return view

    return mark


def only_post(view: Any) -> Any:
    """A private view that takes a step and has no page of its own: it takes a POST and nothing else."""
    marked: Any = require_POST(view)
    marked.only_post = True
    return marked
