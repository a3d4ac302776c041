""" "AI in mijn zorg": from a provider and a reason for the visit to the AI one may meet there, and a letter to ask."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.core.paging import query_string
from portal.core.public import public_page
from portal.core.text import one_line
from portal.organisations.models import Organisation
from transparency.models import Entry, PublicRecord
from transparency.vocabularies import vocabulary

MOST_PROVIDERS = 20
MOST_ELSEWHERE = 6
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
UNKNOWN_PROVIDER = "weet-ik-niet"
FOR_OTHER = "ander"
EVERYTHING = "alles"  # in the address: the reader does not want to say what the visit is about
CHOOSE = "kies"  # in the address: the reader wants to say it, though the provider reported nothing to choose from

# Parameter in the address → (vocabulary, facet of the records): the three ways to say what the visit is about.
WAYS = {
    "bezoek": ("visit_reason", "visit_reasons"),
    "lichaam": ("body_part", "body_parts"),
    "plek": ("care_setting", "care_setting"),
}


@dataclass(frozen=True, kw_only=True)
class About:
    """What the visit is about: a way of saying it and a code; empty when not chosen yet.

    With `everything` the reader skipped the question: all AI of the provider fits. With `choosing` the reader asked
    for the question.
    """

    way: str = ""
    code: str = ""
    everything: bool = False
    choosing: bool = False

    @classmethod
    def read(cls, request: HttpRequest) -> "About":
        """From the address; codes we do not know are passed over."""
        for way, (name, _facet) in WAYS.items():
            code = request.GET.get(way, "")
            if code in vocabulary(name).terms:
                return cls(way=way, code=code)
        said = request.GET.get("bezoek")
        return cls(everything=said == EVERYTHING, choosing=said == CHOOSE)

    @property
    def label(self) -> str:
        """In words, in the language of the page."""
        return vocabulary(WAYS[self.way][0]).label(self.code) if self.way else ""

    @property
    def is_chosen(self) -> bool:
        """Whether the reader answered, also with "does not matter"."""
        return bool(self.way) or self.everything

    @property
    def params(self) -> dict[str, str]:
        """As it stands in the address."""
        if self.way:
            return {self.way: self.code}
        return {"bezoek": EVERYTHING} if self.everything else {"bezoek": CHOOSE} if self.choosing else {}

    def fits(self, record: PublicRecord) -> bool:
        """Whether a record is about this."""
        return self.everything or self.code in record.facets.get(WAYS[self.way][1], [])


@public_page(query=("zorgverlener", "q", *WAYS))
def my_care(request: HttpRequest) -> HttpResponse:
    """Three steps: which provider, what for, and then what one may meet.

    Who chose a provider that reported nothing reads that at once: there is nothing of it to choose from.
    """
    provider = _provider(request.GET.get("zorgverlener", ""))
    skipped = request.GET.get("zorgverlener") == UNKNOWN_PROVIDER
    about = About.read(request)
    q = one_line(request.GET.get("q", ""), 100)
    context: dict[str, Any] = {
        "provider": provider,
        "skipped": skipped,
        "about": about,
        "q": q,
        "unknown_provider": UNKNOWN_PROVIDER,
        "everything": EVERYTHING,
        "choose": CHOOSE,
        "kept_query": _query(provider, about, q=q, skipped=skipped),
    }
    if provider is None and not skipped:
        found = Organisation.objects.giving_care().best_matches(q) if q else None
        rows = list(found[:MOST_PROVIDERS]) if found is not None else None
        nearest = Organisation.objects.giving_care().nearest(q) if rows == [] else []
        context |= {"step": 1, "found": rows, "nearest": nearest}
    elif not about.is_chosen and (provider is None or about.choosing or _reported(provider).exists()):
        context |= {"step": 2, "ways": [(way, vocabulary(name)) for way, (name, _facet) in WAYS.items()],
                    "chosen_provider": provider.slug if provider else UNKNOWN_PROVIDER}  # fmt: skip
    else:
        shown = about if about.is_chosen else About(everything=True)
        context |= {"step": 3, "about": shown, "is_direct": shown != about, **_result(provider, shown)}
    return render(request, "transparency/my_care.html", context)


def _query(provider: Organisation | None, about: About, *, q: str = "", skipped: bool = False) -> str:
    """The query string of what was chosen so far."""
    chosen = UNKNOWN_PROVIDER if skipped else provider.slug if provider else ""
    first = {"zorgverlener": chosen} if chosen else {"q": q}
    return query_string((first | about.params).items())


def _provider(slug: str) -> Organisation | None:
    slug = slug if _SLUG.fullmatch(slug) else ""
    return Organisation.objects.giving_care().select_related("parent").filter(slug=slug).first() if slug else None


def _reported(provider: Organisation) -> QuerySet[PublicRecord]:
    """The AI that holds for this provider."""
    return PublicRecord.objects.with_cards().filter(entry__in=Entry.objects.listed().of_provider(provider))


def _result(provider: Organisation | None, about: About) -> dict[str, Any]:
    """The AI of this provider that fits, its other AI, and what is known of this kind of care elsewhere."""
    own: list[PublicRecord] = []
    if provider is not None:
        own = list(_reported(provider).order_by("sort_key", "pk"))
    fitting = [record for record in own if about.fits(record)]
    elsewhere = [] if about.everything else _elsewhere(own, about)
    systems = [record for record in elsewhere if record.system_id]
    return {
        "fitting": fitting,
        "rest": [record for record in own if record not in fitting],
        "elsewhere": [record for record in elsewhere if record.entry_id][:MOST_ELSEWHERE],
        "systems": systems[:MOST_ELSEWHERE],
        "letter_query": _query(provider, about),
    }


def _elsewhere(own: list[PublicRecord], about: About) -> list[PublicRecord]:
    """What is known for this kind of care at others. An example is never offered as what one meets elsewhere."""
    others = (
        PublicRecord.objects.with_cards()
        .listed()
        .exclude(pk__in=[r.pk for r in own])
        .order_by("tier", "-updated_at", "-pk")
    )
    return [record for record in others.iterator() if about.fits(record) and not record.card["is_example"]]


@public_page(query=("zorgverlener", "voor", *WAYS))
def letter(request: HttpRequest) -> HttpResponse:
    """A short letter to ask a provider about AI, to print or copy; for oneself or for somebody one cares for."""
    provider, about = _provider(request.GET.get("zorgverlener", "")), About.read(request)
    for_other = request.GET.get("voor") == FOR_OTHER
    query = _query(provider, about)
    joined = f"{query}{'&' if query else '?'}voor={FOR_OTHER}"
    context = {
        "provider": provider,
        "about": about,
        "for_other": for_other,
        "today": timezone.localdate(),
        "kept_query": joined if for_other else query,
        "other_way": (query or "?") if for_other else joined,
    }
    return render(request, "transparency/letter.html", context)
