"""Marking what anyone may read: such a view reads no cookie, so that its answer can be kept for everybody."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import Resolver404, resolve
from django.urls.converters import IntConverter
from django.utils import translation
from django.views.decorators.http import require_safe

PUBLIC = "portal.public"  # in request.META when the page asked for is one that anyone may read
ANY_QUERY = ("*",)
View = Callable[..., Any]


class Number(IntConverter):
    """A number in a public address, written in one way: what 1 shows has no second address at 01."""

    regex = "0|[1-9][0-9]*"


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


@cache
def _languages() -> frozenset[str]:
    """The codes of the languages; not when this is imported, for then there may be no settings yet."""
    return frozenset(code for code, _name in settings.LANGUAGES)


def language_of(path: str) -> str:
    """The language that the address `path` names, as we write it ("EN" names none); Dutch when it names none."""
    first = path[1:].partition("/")[0]
    return first if first in _languages() else str(settings.LANGUAGE_CODE)


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
