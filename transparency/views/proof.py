"""The publication log for everybody: what it is, its heads, and the script that checks it."""

from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from portal.api.views import as_json
from portal.core.markdown import help_page
from portal.core.paging import page_links, query_string
from portal.core.public import public_page
from transparency.api.downloads import FORMAT_VERSION, LICENCE
from transparency.api.files import JSON, open_data
from transparency.models import DailyHead, LogHead
from transparency.proof import controleer

HEADS_A_PAGE = 31
SCRIPT = Path(controleer.__file__)


@public_page(query=("pagina",))
def proof(request: HttpRequest) -> HttpResponse:
    """What the publication log is, how anyone checks it, and the head of each day, newest first."""
    page = Paginator(DailyHead.objects.order_by("-day"), HEADS_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": help_page("verantwoording", get_language() or "nl"),
        "head": LogHead.objects.get(pk=1),
        "days": page.object_list,
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + query_string([], n)),
        "kept_query": query_string([], page.number),
    }
    return render(request, "transparency/proof.html", context)


@public_page
def heads(request: HttpRequest) -> HttpResponseBase:
    """Every head as JSON: of each day, and of now."""
    days = DailyHead.objects.order_by("day").values_list("day", "number", "hash")
    head = LogHead.objects.get(pk=1)
    document = {
        "format": "koppen",
        "format_version": FORMAT_VERSION,
        "licence": LICENCE,
        "now": _head(timezone.localdate(), head.number, head.hash) if head.number else None,
        "days": [_head(*row) for row in days.iterator()],
    }
    return open_data(HttpResponse(as_json(document), content_type=JSON))


def _head(day: Any, number: int, own: str) -> dict[str, Any]:
    return {"day": day.isoformat(), "number": number, "hash": own}


@public_page
def script(request: HttpRequest) -> HttpResponseBase:
    """The script with which anyone checks the log, from the file that we use ourselves."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{SCRIPT.name}"'
    return open_data(response)
