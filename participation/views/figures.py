"""The public figures, and their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from participation.figures.exporting import as_csv, as_document
from participation.figures.measuring import organisations_with_figures
from participation.figures.page import figures_shown
from portal.api.views import as_json
from portal.core.paging import query_string
from portal.core.public import public_page
from portal.core.text import one_line


@public_page(query=("organisatie", "voorbeelden"))
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure, of what is real or, marked, of the examples; of all together or of one organisation."""
    examples, slug = request.GET.get("voorbeelden") == "ja", one_line(request.GET.get("organisatie", ""), 100)
    owners = organisations_with_figures(examples=examples)
    chosen = next((one for one in owners if one.slug == slug), None)
    if slug and chosen is None:
        raise Http404
    context = {
        "figures": figures_shown(timezone.localdate(), examples=examples, organisation=chosen) if owners else [],
        "examples": examples,
        "organisations": [(one.slug, one.name) for one in owners],
        "chosen": chosen,
        "has_examples": not examples and bool(organisations_with_figures(examples=True)),
        "kept_query": query_string([("organisatie", slug), ("voorbeelden", "ja" if examples else "")]),
    }
    return render(request, "participation/figures.html", context)


@public_page
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures as CSV."""
    return _file(as_csv(timezone.localdate()), "text/csv; charset=utf-8", "cijfers.csv")


@public_page
def figures_json(request: HttpRequest) -> HttpResponse:
    """The figures as JSON."""
    return _file(as_json(as_document(timezone.localdate())), "application/json", "cijfers.json")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
