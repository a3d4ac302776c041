"""Django's handler, which remembers to which view an address leads."""

from functools import lru_cache

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch, resolve
from django.utils.translation import get_language

REMEMBERED = 5_000  # addresses


class Handler(WSGIHandler):
    """The same address leads to the same view in the same language: to look that up took a tenth of an API answer."""

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """The view of the address asked for. Raises Resolver404."""
        request.resolver_match = _match(request.path_info, get_language())
        return request.resolver_match


@lru_cache(maxsize=REMEMBERED)
def _match(path: str, _language: str | None) -> ResolverMatch:
    """Nobody changes what is found: a view gets the values in the address as arguments of its own."""
    return resolve(path)
