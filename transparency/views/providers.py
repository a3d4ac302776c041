"""Care providers: finding one, and what it reports."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.core.htmx import render_page, wants_fragment
from portal.core.paging import page_links, query_string
from portal.core.public import public_page
from portal.core.text import one_line
from portal.organisations.models import Organisation, Province
from transparency.applying import numbers_of
from transparency.models import Entry, PublicRecord
from transparency.vocabularies import vocabulary

PAGE_SIZE = 30


@public_page(query=("q", "provincie", "pagina"))
def providers(request: HttpRequest) -> HttpResponse:
    """Care providers by name, place or province; a fragment for htmx."""
    q = one_line(request.GET.get("q", ""), 100)
    province = request.GET.get("provincie", "")
    province = province if province in Province.values else ""
    care = Organisation.objects.giving_care()
    found = care.best_matches(q).filter(**({"province": province} if province else {}))
    page = Paginator(found.select_related("parent__parent"), PAGE_SIZE).get_page(request.GET.get("pagina"))
    reported = numbers_of(page)
    query = partial(query_string, (("q", q), ("provincie", province)))
    kept = query(page.number)
    context = {
        "q": q,
        "province": province,
        "provinces": Province.choices,
        "total": page.paginator.count,
        "pages": page_links(page.number, page.paginator.num_pages, lambda number: request.path + query(number)),
        "rows": [(organisation, reported.get(organisation.pk, 0)) for organisation in page],
        "nearest": care.nearest(q) if q and not page.object_list else [],
        "kept_query": kept,
        "is_fragment": wants_fragment(request),
    }
    return render_page(
        request, "transparency/provider_list.html", context, fragment="resultaten", address=request.path + kept
    )


@public_page
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """What one provider reports, by department, or honestly nothing."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("parent", "successor").prefetch_related("locations"), slug=slug
    )
    entries = Entry.objects.listed().of_provider(organisation)
    records = list(PublicRecord.objects.with_cards().filter(entry__in=entries).order_by("sort_key", "pk"))
    by_setting: dict[str, list[PublicRecord]] = {code: [] for code in vocabulary("care_setting").terms}
    for record in records:
        code = next(iter(record.facets.get("care_setting", [])), "")  # once, under the first of its departments
        by_setting.setdefault(code, []).append(record)
    context = {
        "organisation": organisation,
        "total": len(records),
        "groups": [(_department(code), found) for code, found in by_setting.items() if found],
        "ended": Entry.objects.public().exclude(pk__in=entries).of_provider(organisation)
        .select_related("current_version").order_by("-ended_at", "pk"),
    }  # fmt: skip
    return render(request, "transparency/provider.html", context)


def _department(code: str) -> str:
    return vocabulary("care_setting").label(code) or _("Afdeling niet bekend")
