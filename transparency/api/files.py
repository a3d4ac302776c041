"""Files at stable addresses: downloads, the catalogue, and the Annex VIII form of an entry."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition

from portal.api.version import VERSION
from portal.api.views import as_json
from portal.audit.revision import current_revision
from portal.core.public import public_page
from transparency.api import downloads
from transparency.api.annex_viii import annex_viii, needs_registration
from transparency.api.catalogue import catalogue
from transparency.models import Entry

CSV, JSON, LINES = "text/csv; charset=utf-8", "application/json", "text/plain; charset=utf-8"
FILES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "toepassingen.csv": (CSV, downloads.entries_csv),
    "toepassingen.json": (JSON, downloads.entries_json),
    "versies.json": (JSON, downloads.versions_json),
    "ai-systemen.json": (JSON, downloads.systems_json),
    "organisaties.json": (JSON, downloads.organisations_json),
    "systeemversies.json": (JSON, downloads.system_versions_json),
    "handelingen.json": (JSON, downloads.acts_json),
    "publicatielogboek.jsonl": (LINES, downloads.log_lines),
}


def _etag(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """A file is the same as long as nothing public and no form of it changed."""
    return f'"{VERSION}-{current_revision()}"'


@public_page
@condition(etag_func=_etag)
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file `name` (the address takes no others), sent as it is made so that its size does not matter."""
    media, make = FILES[name]
    pieces = (piece.encode() for piece in make()) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(pieces, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return open_data(response)


@public_page
@condition(etag_func=_etag)
def catalogue_turtle(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as Turtle."""
    return open_data(HttpResponse(catalogue().turtle(), content_type="text/turtle; charset=utf-8"))


@public_page
@condition(etag_func=_etag)
def catalogue_json_ld(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as JSON-LD."""
    return open_data(HttpResponse(catalogue().json_ld(), content_type="application/ld+json"))


@public_page
def entry_annex_viii(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The entry as Annex VIII of the AI Act asks it; a 404 for a use that does not fall under Annex III."""
    entries = Entry.objects.public().select_related("organisation", "current_version")
    entry = get_object_or_404(entries.prefetch_related("organisation__locations"), slug=slug)
    if entry.current_version is None or not needs_registration(entry.current_version.content):
        raise Http404(slug)
    return open_data(HttpResponse(as_json(annex_viii(entry)), content_type=JSON))


def open_data(response: HttpResponseBase) -> HttpResponseBase:
    """Open data: a page of anybody may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
