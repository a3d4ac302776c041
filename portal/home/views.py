"""Home, help pages, glossary and what machines ask for; pages for errors."""

import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.middleware import signed_out
from portal.core.markdown import Page, help_page
from portal.core.not_taken import not_taken, sent
from portal.core.paging import page_links, query_string
from portal.core.public import public_page, view_at
from portal.core.stateless_form import is_from_us
from portal.core.text import one_line
from portal.organisations.models import Organisation
from transparency.glossary import in_order, looked_for
from transparency.index import Index, current_index
from transparency.law import lines, topics_of
from transparency.models import Notice, PublicRecord, Version
from transparency.vocabularies import Term, vocabulary

# The help pages in the order in which a newcomer reads them.
HELP = (
    "wat-is-ai", "soorten-ai", "gegevens", "wat-kan-misgaan", "rechten", "mag-ik-nee-zeggen",
    "vragen-aan-uw-zorgverlener", "lees-een-toepassing", "taalcheck",
)  # fmt: skip
ABOUT = ("over", "privacy", "toegankelijkheid", "ontwikkelaars", "downloads", "taalcheck-cijfers", "voor-zorgverleners")
NEWEST = 4
CHANGES_A_PAGE = 30
MOST_CHIPS = 8


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What this is, one search box, ways in, and what is new."""
    index = current_index()
    newest = (
        PublicRecord.objects.with_cards().listed().filter(entry__isnull=False).order_by("-updated_at", "-pk")[:NEWEST]
    )
    context = {
        "newest": newest,
        "reasons": _with_results(index, "visit_reason", "visit_reasons"),
        "parts": _with_results(index, "body_part", "body_parts"),
        **_entries(),
        "systems": PublicRecord.objects.listed().filter(system__isnull=False).count(),
        "providers": Organisation.objects.giving_care().filter(is_example=False).count(),
    }
    return render(request, "portal/home.html", context)


def _entries() -> dict[str, int]:
    """How many entries there are, and how many that were invented: of those only that they do not count is told."""
    invented = Q(entry__organisation__is_example=True)
    found = PublicRecord.objects.listed().filter(entry__isnull=False)
    return found.aggregate(entries=Count("pk", filter=~invented), examples=Count("pk", filter=invented))


def _with_results(index: Index, name: str, facet: str) -> list[Term]:
    """The terms of a vocabulary that lead to at least one entry: a way in may not be a dead end."""
    counts = index.counts(facet, index.entries)
    return [term for code, term in vocabulary(name).terms.items() if code in counts][:MOST_CHIPS]


def _page(slug: str) -> Page:
    page = help_page(slug, get_language() or "nl") or help_page(slug, "nl")
    if page is None:
        raise Http404(slug)
    return page


@public_page
def help_index(request: HttpRequest) -> HttpResponse:
    """Every help page with its one line."""
    return render(request, "portal/help_index.html", {"pages": [_page(slug) for slug in HELP]})


@public_page
def help_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One help page; the page on rights also shows the law, from data."""
    if slug not in HELP:
        raise Http404(slug)
    place = HELP.index(slug)
    context = {
        "page": _page(slug),
        "next": _page(HELP[place + 1]) if place + 1 < len(HELP) else None,
        "law": lines(topics_of(slug)),
        "is_help": True,
    }
    return render(request, "portal/help_page.html", context)


@public_page
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """About, privacy and accessibility."""
    return render(request, "portal/help_page.html", {"page": _page(slug)})


@public_page(query=("q",))
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with its explanation, by the alphabet, or those that a reader looks for."""
    q = one_line(request.GET.get("q", ""), 60)
    terms = looked_for(q) if q else in_order()
    letters = list(dict.fromkeys(term.term[0].upper() for term in terms))
    context = {
        "q": q,
        "groups": [(letter, [term for term in terms if term.term[0].upper() == letter]) for letter in letters],
        "number": len(terms),
        "all": len(in_order()),
        "kept_query": query_string([("q", q)]),
    }
    return render(request, "portal/glossary.html", context)


@public_page(query=("pagina",))
def changes(request: HttpRequest) -> HttpResponse:
    """What is new and what changed in the register, newest first, a month at a time, under the notices of now.

    Examples stay out of it.
    """
    page = Paginator(Version.objects.of_real_entries(), CHANGES_A_PAGE).get_page(request.GET.get("pagina"))
    months = groupby(page, key=lambda version: timezone.localtime(version.published_at).strftime("%Y-%m"))
    context = {
        "months": [(month, list(versions)) for month, versions in months],
        "notices": _open_notices() if page.number == 1 else [],
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + query_string([], n)),
        "kept_query": query_string([], page.number),
    }
    return render(request, "portal/changes.html", context)


def _open_notices() -> list[Notice]:
    """What patients must know now about entries that are no examples, the newest first."""
    open_now: Any = Notice.objects.open()
    return list(open_now.of_real_entries().order_by("-changed_at", "-pk"))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything may be read but searches, which are endless."""
    refused = ("/register/?", "/en/register/?", "/mijn-zorg/?", "/en/mijn-zorg/?")
    rows = ["User-agent: *", *(f"Disallow: {path}" for path in refused), f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    return HttpResponse("\n".join(rows) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116)."""
    expires = (timezone.now() + datetime.timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    return render(request, "portal/security.txt", {"expires": expires}, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form was not right."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not allowed, with the reason when there is one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: the reason is for programmers, so we do not show it.

    Who signed in again in another tab has a new token: what he typed can be sent again with one click.
    """
    is_ours, user = is_from_us(request), getattr(request, "user", None)
    if user is not None and not user.is_authenticated and getattr(view_at(request.path_info), "login_required", True):
        return signed_out(request, is_ours=is_ours)
    if is_ours and user is not None and user.is_authenticated:
        told = _("Het formulier was te oud. Kijk of het nog klopt en verstuur het opnieuw.")
        return not_taken(request, told, sent=list(sent(request)))
    told = _("Het formulier was te oud. Ga terug, laad de pagina opnieuw en probeer het nog eens.")
    return not_taken(request, told, is_ours=is_ours)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, with ways to go on; what is not here is not here in the other language either."""
    other = "/en/" if get_language() == "nl" else "/"
    return render(request, "404.html", {"other_language_path": other}, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: somebody tried too often."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Asks nothing of the database, which may be what failed."""
    return render(request, "500.html", status=500)
