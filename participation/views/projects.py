"""Programmes and projects, for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from participation.models import Programme, Project
from participation.project_list import PAGE_SIZE, QUERY_KEYS, Ask, choices, with_numbers
from participation.project_page import context_of
from portal.core.htmx import render_page, wants_fragment
from portal.core.paging import page_links
from portal.core.public import public_page


@public_page(query=QUERY_KEYS)
def projects(request: HttpRequest) -> HttpResponse:
    """Every project that fits what was chosen: running first, examples after what is real."""
    ask = Ask.read(request.GET)
    page = Paginator(ask.found(timezone.localdate()), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "ask": ask,
        "is_asked": bool(ask.query()),
        "projects": page.object_list,
        "total": page.paginator.count,
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + ask.query(n)),
        "kept_query": ask.query(page.number),
        "is_fragment": wants_fragment(request),
        **choices(),
    }
    address = request.path + ask.query(page.number)
    return render_page(request, "participation/project_list.html", context, fragment="resultaten", address=address)


@public_page
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a project."""
    found = get_object_or_404(Project.objects.select_related("organisation", "programme", "patient_side"), slug=slug)
    return render(request, "participation/project.html", context_of(found))


@public_page
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, by name; examples after what is real."""
    found = Programme.objects.select_related("organisation").prefetch_related("partners", "projects")
    ordered = found.order_by("organisation__is_example", "name", "pk")
    return render(request, "participation/programme_list.html", {"programmes": ordered})


@public_page
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a programme: its partners, the advice on its policy, and its projects."""
    found = get_object_or_404(Programme.objects.select_related("organisation"), slug=slug)
    mine = with_numbers(found.projects.select_related("organisation"), timezone.localdate()).in_order()
    context = {
        "programme": found,
        "policy": [one for one in mine if one.is_policy],
        "projects": [one for one in mine if not one.is_policy],
        "partners": found.partners.order_by("sort_key", "pk"),
    }
    return render(request, "participation/programme.html", context)
