"""Vacancies, for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from participation.models import Vacancy
from participation.vacancy_list import PAGE_SIZE, QUERY_KEYS, Ask, choices
from participation.vacancy_page import context_of
from portal.core.htmx import render_page, wants_fragment
from portal.core.paging import page_links
from portal.core.public import public_page


@public_page(query=QUERY_KEYS)
def vacancies(request: HttpRequest) -> HttpResponse:
    """Every open vacancy that fits what was chosen: what closes first on top, examples after what is real."""
    ask, today = Ask.read(request.GET), timezone.localdate()
    page = Paginator(ask.found(today), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "ask": ask,
        "is_asked": bool(ask.query()),
        "vacancies": page.object_list,
        "total": page.paginator.count,
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + ask.query(n)),
        "kept_query": ask.query(page.number),
        "is_fragment": wants_fragment(request),
        **choices(today),
    }
    address = request.path + ask.query(page.number)
    return render_page(request, "participation/vacancy_list.html", context, fragment="resultaten", address=address)


@public_page
def vacancy(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a vacancy: what it asks and offers, or what came of it."""
    public = Vacancy.objects.public().select_related("project__organisation", "project__patient_side")
    found = get_object_or_404(public, slug=slug)
    return render(request, "participation/vacancy.html", context_of(found))
