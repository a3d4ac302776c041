"""One address gives the page or its fragment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part: not for a boosted link and not when it restores its history."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str, address: str = ""
) -> HttpResponse:
    """Render `template`, or its partial `fragment` for htmx. A fragment is never stored (decisions.md).

    `address` (path and query, escaped) is what the browser shows for a fragment: without the fields left empty.
    """
    if wants_fragment(request):
        response = render(request, f"{template}#{fragment}", context)
        response.headers["Cache-Control"] = "no-store"
        if address:
            response.headers["HX-Push-Url"] = address
    else:
        response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
