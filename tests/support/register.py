"""A register of entries that say one thing each, and what a search finds in it."""

from django.utils import timezone

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import EntryFactory
from transparency.actions.publishing import publish_entry
from transparency.listing import Answered
from transparency.models import PublicRecord
from transparency.search.find import find
from transparency.states import Origin


def says(text: str, name: str = "Zandloper", summary: str = "") -> str:
    """The slug of a new public entry that says `text` and next to nothing else."""
    entry = EntryFactory(origin=Origin.EDITORIAL, organisation=OrganisationFactory(name="Molen", place="", province=""))
    content = {"name": name, "purpose": text} | ({"summary": summary} if summary else {})
    publish_entry(entry=entry, content=content, reason="Nieuw.", responsible="Redactie", by=None, now=timezone.now())
    return entry.slug


def found(query: str) -> list[str]:
    """The slugs of what a search for `query` finds, best first."""
    hits = find(query)
    slugs = dict(PublicRecord.objects.values_list("pk", "card__slug"))
    return [slugs[pk] for pk in hits.ids] if hits else []


def slugs_of(answered: Answered) -> list[str]:
    """The slugs of the records on the page of an answer, in its order."""
    records = PublicRecord.objects.in_bulk(answered.ids)
    return [records[pk].card["slug"] for pk in answered.ids]
