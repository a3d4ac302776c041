"""Every address of the portal by its full name: for everybody, for people who sign in, for programs with a key."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from portal.core.public import is_keyed


def named(resolver: URLResolver, prefix: str = "", path: str = "") -> Iterator[tuple[str, URLPattern, str]]:
    """(full name, pattern, the path as it is written) of every address under `resolver`."""
    for pattern in resolver.url_patterns:
        written = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix, written)
        else:
            yield f"{prefix}{pattern.name}", pattern, written


EVERY = list(named(get_resolver("portal.urls")))
PRIVATE = {name: view for name, view, path in EVERY if path.lstrip("^/").split("/")[0] in settings.PRIVATE_PATHS}
KEYED = {name: view for name, view, _path in EVERY if is_keyed(view.callback)}
PUBLIC = {name: view for name, view, _path in EVERY if name not in {*PRIVATE, *KEYED}}
