"""Marking what anyone may read: such a view reads no cookie, so that its answer can be kept for everybody."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.http import require_safe

PUBLIC = "portal.public"  # in request.META when the page asked for is one that anyone may read
ANY_QUERY = ("*",)
View = Callable[..., Any]


def public_page(view: View | None = None, *, query: Iterable[str] = ()) -> Any:
    """A view for GET and HEAD that needs no sign-in and whose answer may be cached.

    `query` names the query keys that the answer depends on; others are the same page (`portal.core.page_cache`).
    ANY_QUERY is for who refuses a key that he does not know.
    """
    if view is None:
        return lambda decorated: public_page(decorated, query=query)
    marked: Any = login_not_required(require_safe(view))
    marked.query_keys = tuple(query)
    return marked


def public_post(view: View) -> Any:
    """A view that anyone may send something to, and that stores nothing of it: for machines, that have no cookie."""
    marked: Any = login_not_required(view)
    marked.methods = ("POST",)
    return marked


def keyed(view: View, *methods: str) -> Any:
    """A view for programs with a key (`portal.keys`): nobody signs in, and no answer of it is ever kept or shared."""
    marked: Any = login_not_required(view)
    marked.methods = methods
    marked.keyed = True
    return marked


def is_keyed(view: Any) -> bool:
    """Whether `view` is one for programs with a key."""
    return bool(getattr(view, "keyed", False))


def view_at(path: str) -> Any:
    """The view of the address `path`, in the language that the path names; None when there is none."""
    try:
        with translation.override(translation.get_language_from_path(path) or "nl"):
            return resolve(path).func
    except Resolver404:
        return None
