"""Marking what anyone may read: such a view reads no cookie, so that its answer can be kept for everybody."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

PUBLIC = "portal.public"  # in request.META when the page asked for is one that anyone may read


def public_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view for GET and HEAD that needs no sign-in and whose answer may be cached."""
    return login_not_required(require_safe(view))
