"""AI systems: the products, whoever uses them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.public import public_page
from transparency.answers import sections
from transparency.api.structured import system_block
from transparency.changes import changes
from transparency.document import translated
from transparency.entry_page import EXPERT_SECTIONS, PUBLIC_SECTIONS, needs_warning
from transparency.fields import SYSTEM_FIELDS
from transparency.glossary import Explainer
from transparency.models import AISystem, Entry, PublicRecord, SystemVersion
from transparency.states import MergeState
from transparency.vocabularies import vocabulary


@public_page
def systems(request: HttpRequest) -> HttpResponse:
    """Every product, by what it is used for."""
    records = PublicRecord.objects.with_cards().listed().filter(system__isnull=False).order_by("sort_key", "pk")
    by_use: dict[str, list[PublicRecord]] = {code: [] for code in vocabulary("use_kind").terms}
    for record in records:
        by_use.setdefault(record.card["use_kind"], []).append(record)
    groups = [
        (vocabulary("use_kind").label(code) or _("Soort gebruik niet bekend"), found)
        for code, found in by_use.items()
        if found
    ]
    return render(request, "transparency/system_list.html", {"groups": groups})


@public_page
def system(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: what it is, what is known of it, and who reports using it."""
    found = _public_system(slug)
    assert found.current_version is not None  # noqa: S101 (public() says so)
    context = _text(found.current_version)
    users = Entry.objects.listed().filter(system=found).select_related("organisation", "current_version")
    moved = found.merges.filter(state__in=[MergeState.DONE, MergeState.UNDO_ASKED]).first()
    context |= {
        "system": found,
        "moved": moved if found.merged_into_id else None,
        "warns": needs_warning(found.current_version.content),
        "users": users.order_by("organisation__sort_key", "pk"),
        "structured": system_block(found.current_version, f"{settings.PUBLIC_URL}{found.get_absolute_url()}"),
    }
    return render(request, "transparency/system.html", context)


def _public_system(slug: str) -> AISystem:
    """The product `slug` with its text and where it went. Raises Http404."""
    systems = AISystem.objects.public().select_related("current_version", "merged_into__current_version")
    return get_object_or_404(systems, slug=slug)


def _text(version: SystemVersion) -> dict[str, Any]:
    """A text of a product as sections, with the words it explains."""
    content, language = version.content, get_language() or "nl"
    explainer = Explainer(language=language)
    answered = sections(content, SYSTEM_FIELDS, explainer)
    name, name_language = translated(content, "name")
    return {
        "version": version,
        "content": content,
        "name": name,
        "name_language": name_language,
        "short": answered["short"],
        "sections": [answered[key] for key in PUBLIC_SECTIONS if answered[key].answers or answered[key].open],
        "expert_sections": [
            s for key, s in answered.items() if (key in EXPERT_SECTIONS or s.expert) and (s.answers or s.open)
        ],
        "sources": answered["sources"],
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
        "in_dutch": language != "nl" and any(a.language != language for s in answered.values() for a in s.answers),
    }


@public_page
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of the text of a product, newest first; also of one that went on under another name."""
    found = _public_system(slug)
    assert found.current_version is not None  # noqa: S101 (public() says so)
    name = translated(found.current_version.content, "name")[0]
    context = {"system": found, "name": name, "versions": found.versions.order_by("-number")}
    return render(request, "transparency/system_versions.html", context)


@public_page
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of the text of a product: what it changed and what it said."""
    found = _public_system(slug)
    shown = get_object_or_404(found.versions, number=number)
    before = found.versions.filter(number__lt=number).order_by("-number").first()
    context = _text(shown) | {
        "system": found,
        "before": before,
        "after": found.versions.filter(number__gt=number).order_by("number").only("number").first(),
        "changes": changes(before.content, shown.content, SYSTEM_FIELDS, get_language() or "nl") if before else [],
        "is_current": shown.pk == found.current_version_id,
    }
    return render(request, "transparency/system_version.html", context)
