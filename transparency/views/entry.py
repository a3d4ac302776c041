"""An entry: its page, its versions with what changed, and its leaflet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.core.public import public_page
from portal.core.replica import read_rows
from transparency import leaflet
from transparency.answers import words_in
from transparency.cards import CUT, due_of, is_late, link_in, today
from transparency.changes import changes
from transparency.document import translated
from transparency.entry_page import entry_page, page_context
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.models import Entry, Tier

MOST_ELSEWHERE = 10
_PAGE = """
SELECT s.page, s.due, e.id, e.system_id FROM transparency_entry e
JOIN transparency_publicrecord r ON r.entry_id = e.id
JOIN transparency_shown s ON s.record_id = r.id AND s.language = %s WHERE e.slug = %s
"""
_ELSEWHERE = """
SELECT s.card, o.name FROM transparency_entry e
JOIN organisations_organisation o ON o.id = e.organisation_id
JOIN transparency_publicrecord r ON r.entry_id = e.id
JOIN transparency_shown s ON s.record_id = r.id AND s.language = %s
WHERE e.system_id = %s AND e.id <> %s AND r.tier <> %s ORDER BY o.sort_key, e.id LIMIT %s
"""


def public_entry(slug: str) -> Entry:
    """The public entry `slug` with all its page needs. Raises Http404."""
    entries = Entry.objects.public().select_related(
        "organisation", "current_version__system_version", "system__current_version", "successor__current_version"
    )
    return get_object_or_404(entries.prefetch_related("notices"), slug=slug)


@public_page
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an entry, or its tombstone. Never a 404 once it was public."""
    kept = read_rows(_PAGE, [get_language() or "nl", slug])
    pieces, due, pk, system = kept[0] if kept else ("", "", 0, None)
    if not pieces:  # not kept in this language, or made anew this moment
        made = public_entry(slug)
        pieces, due, pk, system = entry_page(made), due_of(made.record.card), made.pk, made.system_id
    title, description, head, breadcrumb, *text = pieces.split(CUT)
    if not is_late(due, today()):
        text[1] = ""
    if text[3] and system and (others := _elsewhere(pk, system)):
        text[3] = f"<ul>{others}</ul>"
    page = {"title": title, "description": description, "head": head, "breadcrumb": breadcrumb, "text": "".join(text)}
    made_by_us = {name: mark_safe(html) for name, html in page.items()}  # noqa: S308 (our template escapes)
    return render(request, "transparency/entry.html", {"page": made_by_us})


def _elsewhere(pk: int, system: int) -> SafeString:
    """Who else uses the same product, as items of a list."""
    rows = read_rows(_ELSEWHERE, [get_language() or "nl", system, pk, Tier.ENDED, MOST_ELSEWHERE])
    return mark_safe(  # noqa: S308 (every piece is escaped)
        "".join(f"<li>{link_in(pieces)}, {escape(provider)}</li>" for pieces, provider in rows)
    )


@public_page
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of an entry, newest first."""
    found = public_entry(slug)
    context = {"entry": found, "name": _name(found), "versions": found.versions.order_by("-number")}
    return render(request, "transparency/entry_versions.html", context)


@public_page
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: what it changed and what it said."""
    found = public_entry(slug)
    shown = get_object_or_404(found.versions.select_related("seal", "system_version"), number=number)
    before = found.versions.filter(number__lt=number).order_by("-number").first()
    old: Content = before.content if before else {}
    context = page_context(found, shown) | {
        "before": before,
        "after": found.versions.filter(number__gt=number).order_by("number").only("number").first(),
        "changes": changes(old, shown.content, ENTRY_FIELDS, get_language() or "nl") if before else [],
        "is_current": shown.pk == found.current_version_id,
        "line": getattr(shown, "seal", None),
    }
    parts = (context["short"], *context["sections"], *context["expert_sections"])  # the sources stay out
    context["words"] = words_in((answer for part in parts for answer in part.answers), context["words"])
    return render(request, "transparency/entry_version.html", context)


def _name(found: Entry) -> str:
    assert found.current_version is not None  # noqa: S101 (a constraint of the database says so)
    return str(translated(found.current_version.content, "name")[0])


@public_page
def entry_leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """The entry as a large-print leaflet (PDF) with a QR code that leads back to the page."""
    found = public_entry(slug)
    assert found.current_version is not None  # noqa: S101 (a constraint of the database says so)
    context = page_context(found, found.current_version)
    shown = [answer for section in (context["short"], *context["sections"]) for answer in section.public]
    context["words"] = words_in(shown, context["words"])
    context |= {"address": f"{settings.PUBLIC_URL}{found.get_absolute_url()}", "page_language": get_language()}
    response = HttpResponse(leaflet.as_pdf(context), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response
