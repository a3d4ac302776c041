"""An entry: its page, its versions with what changed, and its leaflet."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from portal.core.public import public_page
from transparency import leaflet
from transparency.answers import Answer, sections
from transparency.api.structured import entry_block
from transparency.changes import changes
from transparency.document import translated
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.glossary import Explainer, Term
from transparency.models import Entry, Version
from transparency.states import Origin

PUBLIC_SECTIONS = ("purpose", "effect", "data", "decision", "risks", "refuse", "questions", "participation")
VERSION_LIST = ("entry", "number", "reason", "reason_en", "published_at")
EXPERT_SECTIONS = ("technique", "evidence", "law", "supplier", "status")


# Uses in which somebody ill may trust a computer: there the page says when to call a doctor.
SYMPTOMS = ("FIRST_CONTACT", "SELF_MANAGEMENT")


def is_over(content: Content) -> bool:
    """Whether the text is about something that is no longer used."""
    return content.get("status") in ("STOPPED", "WITHDRAWN")


def needs_warning(content: Content) -> bool:
    """Whether patients use this when they feel ill."""
    return content.get("use_kind") in SYMPTOMS and content.get("talks_to_patient") != "NO"


def public_entry(slug: str) -> Entry:
    """The public entry `slug` with all its page needs. Raises Http404."""
    entries = Entry.objects.public().select_related(
        "organisation", "current_version", "system__current_version", "successor__current_version"
    )
    return get_object_or_404(entries.prefetch_related("notices"), slug=slug)


def page_context(entry: Entry, version: Version) -> dict[str, Any]:
    """The text of `version` as sections, with the words it explains."""
    language = get_language() or "nl"
    explainer = Explainer(language=language)
    product = entry.system.current_version.content if entry.system and entry.system.current_version else None
    answered = sections(version.content, ENTRY_FIELDS, explainer, product=product)
    experts = [section for key, section in answered.items() if key in EXPERT_SECTIONS or section.expert]
    name, name_language = translated(version.content, "name")
    return {
        "entry": entry,
        "version": version,
        "content": version.content,
        "name": name,
        "name_language": name_language,
        "short": answered["short"],
        "sections": [answered[key] for key in PUBLIC_SECTIONS],
        "expert_sections": [section for section in experts if section.answers or section.open],
        "sources": answered["sources"],
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
        "is_editorial": entry.origin == Origin.EDITORIAL,
        "is_imported": entry.origin == Origin.IMPORTED,
        "notices": sorted(entry.notices.all(), key=lambda notice: notice.published_at, reverse=True),
        "is_past": is_over(version.content),
        "warns": needs_warning(version.content),
        "in_dutch": language != "nl" and any(a.language != language for s in answered.values() for a in s.answers),
    }


@public_page
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an entry, or its tombstone. Never a 404 once it was public."""
    found = public_entry(slug)
    version = found.current_version
    assert version is not None  # noqa: S101 (a constraint of the database says so)
    context = page_context(found, version)
    context |= {
        "versions": found.versions.order_by("-number").only(*VERSION_LIST)[:5],
        "elsewhere": _elsewhere(found),
        "structured": entry_block(found, version, f"{settings.PUBLIC_URL}{found.get_absolute_url()}"),
    }
    return render(request, "transparency/entry.html", context)


def _elsewhere(found: Entry) -> list[Entry]:
    """Who else uses the same product."""
    if found.system is None:
        return []
    others = Entry.objects.listed().filter(system=found.system).exclude(pk=found.pk)
    shown = others.select_related("organisation", "record").only("slug", "organisation__name", "record__card")
    return list(shown.order_by("organisation__sort_key", "pk")[:10])


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
    shown = get_object_or_404(found.versions, number=number)
    before = found.versions.filter(number__lt=number).order_by("-number").first()
    old: Content = before.content if before else {}
    context = page_context(found, shown) | {
        "before": before,
        "after": found.versions.filter(number__gt=number).order_by("number").only("number").first(),
        "changes": changes(old, shown.content, ENTRY_FIELDS, get_language() or "nl") if before else [],
        "is_current": shown.pk == found.current_version_id,
    }
    parts = (context["short"], *context["sections"], *context["expert_sections"])  # the sources stay out
    context["words"] = _words_in((answer for part in parts for answer in part.answers), context["words"])
    return render(request, "transparency/entry_version.html", context)


def _words_in(answers: Iterable[Answer], words: list[Term]) -> list[Term]:
    """Those of `words` that these answers use: a page that shows less explains less."""
    shown = "".join(str(answer.html) for answer in answers)
    return [term for term in words if f'"#woord-{term.slug}"' in shown]


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
    context["words"] = _words_in(shown, context["words"])
    context |= {"address": f"{settings.PUBLIC_URL}{found.get_absolute_url()}", "page_language": get_language()}
    response = HttpResponse(leaflet.as_pdf(context), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response
