"""The WSGI application that the server runs."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings

from portal.audit.revision import revision_or_none
from portal.core.handler import Handler
from portal.core.page_cache import PageCache
from transparency.readability.check import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django.setup(set_prefix=False)
_django = Handler()
warm_up()  # of each worker, so that the first writer does not wait
gc.freeze()  # what is loaded now stays: never look again whether it is garbage
gc.set_threshold(20_000)  # a page makes thousands of objects and no circles: to look after every 700 took 3% of it


def _without_charset(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, for which only the address says how a query string is written.

    Django reads a query string in the charset of the request's Content-Type, and does so before any middleware runs:
    "charset=hex" would be a 500 without headers, "charset=utf-16" another page at the same address.
    """
    kind, _, rest = environ.get("CONTENT_TYPE", "").partition(";")
    if "charset" in rest.lower():
        boundary = next((part for part in rest.split(";") if part.strip().lower().startswith("boundary=")), "")
        environ["CONTENT_TYPE"] = f"{kind};{boundary}" if boundary else kind
    return _django(environ, start_response)


application = PageCache(_without_charset, revision_or_none) if settings.PAGE_CACHE else _without_charset
