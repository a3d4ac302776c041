"""AI systems: the products, whoever uses them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.public import public_page
from transparency.answers import sections
from transparency.api.structured import system_block
from transparency.document import translated
from transparency.entry_page import EXPERT_SECTIONS, PUBLIC_SECTIONS, needs_warning
from transparency.fields import SYSTEM_FIELDS
from transparency.glossary import Explainer
from transparency.models import AISystem, Entry, PublicRecord
from transparency.vocabularies import vocabulary


@public_page
def systems(request: HttpRequest) -> HttpResponse:
    """Every product, by what it is used for."""
    records = PublicRecord.objects.with_cards().filter(system__isnull=False).order_by("sort_key", "pk")
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
    found = get_object_or_404(AISystem.objects.public().select_related("current_version"), slug=slug)
    assert found.current_version is not None  # noqa: S101 (public() says so)
    content, language = found.current_version.content, get_language() or "nl"
    explainer = Explainer(language=language)
    answered = sections(content, SYSTEM_FIELDS, explainer)
    users = Entry.objects.listed().filter(system=found).select_related("organisation", "current_version")
    name, name_language = translated(content, "name")
    context = {
        "system": found,
        "version": found.current_version,
        "content": content,
        "name": name,
        "name_language": name_language,
        "short": answered["short"],
        "sections": [answered[key] for key in PUBLIC_SECTIONS if answered[key].answers or answered[key].open],
        "expert_sections": [
            s for key, s in answered.items() if (key in EXPERT_SECTIONS or s.expert) and (s.answers or s.open)
        ],
        "sources": answered["sources"],
        "warns": needs_warning(content),
        "users": users.order_by("organisation__sort_key", "pk"),
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
        "structured": system_block(found.current_version, f"{settings.PUBLIC_URL}{found.get_absolute_url()}"),
        "in_dutch": language != "nl" and any(a.language != language for s in answered.values() for a in s.answers),
    }
    return render(request, "transparency/system.html", context)
