"""Marking what anyone may read: such a view reads no cookie, so that its answer can be kept for everybody."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.http import require_safe

PUBLIC = "portal.public"  # in request.META when the page asked for is one that anyone may read
ANY_QUERY = ("*",)
LONGEST_LANGUAGE = 20  # characters of what may name a language in an address
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


def is_keyed_at(path: str) -> bool:
    """Whether the view at `path` is one; all stand below `settings.KEYED_PATHS`, so that others are not looked up."""
    return path.startswith(settings.KEYED_PATHS) and is_keyed(view_at(path))


def language_of(path: str) -> str:
    """The language that the address `path` names; Dutch when it names none."""
    first = path[1:].partition("/")[0]
    return _language_in(first) if len(first) <= LONGEST_LANGUAGE else str(settings.LANGUAGE_CODE)


@lru_cache(maxsize=1000)
def _language_in(first: str) -> str:
    """The language that the first part of an address names."""
    return str(translation.get_language_from_path(f"/{first}/") or settings.LANGUAGE_CODE)


def view_at(path: str) -> Any:
    """The view of the address `path`, in the language that the path names; None when there is none."""
    return _view_at(path, settings.ROOT_URLCONF)


@lru_cache(maxsize=64)  # for the few that ask it of one request, not to remember addresses
def _view_at(path: str, _urlconf: str) -> Any:
    try:
        with translation.override(language_of(path)):
            return resolve(path).func
    except Resolver404:
        return None
