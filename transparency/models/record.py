"""What lists and search read: one row per public entry or system, made anew at each publication."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import get_language

from transparency.models.entry import Entry
from transparency.models.system import AISystem


class Tier(models.IntegerChoices):
    """What stands above what where nothing else says so: what patients meet, the rest, what is invented, what ended."""

    CARE = 0
    OFFICE = 1
    EXAMPLE = 2
    ENDED = 3


class PublicRecordQuerySet(models.QuerySet["PublicRecord"]):
    """Ways to choose records."""

    def listed(self) -> Self:
        """Without the entries that ended: those are only found by who searches for them."""
        return self.exclude(tier=Tier.ENDED)

    def with_cards(self) -> Self:
        """With `pieces`: the card in the language in force, or None when it is not made yet."""
        in_language = Q(shown__language=get_language() or "nl")
        return self.annotate(
            in_language=FilteredRelation("shown", condition=in_language), pieces=F("in_language__card")
        )


class WithoutDocument(models.Manager.from_queryset(PublicRecordQuerySet)):  # type: ignore[misc]
    """Pages show cards: they do not read the JSON document, the largest part of a row. `values_list("api")` does."""

    def get_queryset(self) -> PublicRecordQuerySet:
        """Rows without `api`."""
        return super().get_queryset().defer("api")


class PublicRecord(models.Model):
    """The derived, searchable form of a public entry or system; `transparency.records` makes it."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, null=True, related_name="record")
    system = models.OneToOneField(AISystem, on_delete=models.CASCADE, null=True, related_name="record")
    sort_key = models.CharField(max_length=200)  # folded name
    provider_key = models.CharField(max_length=200, blank=True)  # folded name of the provider
    updated_at = models.DateTimeField()
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.CARE)
    facets = models.JSONField()  # {facet key: [codes]}
    card = models.JSONField()  # what a card shows, see transparency.records
    due = models.CharField(max_length=10, blank=True)  # the day by which its text must be checked; empty once it ended
    name_terms = models.TextField()  # folded stems: the name and other names
    key_terms = models.TextField()  # folded stems: summary, search words, labels
    text_terms = models.TextField()  # folded stems: everything else that is public
    inherited_terms = models.TextField(blank=True)  # folded stems: what only the product of an entry says
    api = models.TextField(default="")  # our own JSON document as text; empty between a migration and `rebuild_public`

    objects = WithoutDocument()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, system__isnull=True) | Q(entry__isnull=True, system__isnull=False),
                name="record_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="record_tier"),
        ]
        indexes: ClassVar = [models.Index(fields=["updated_at", "id"], name="record_newest")]

    class Retention:
        personal = ()
        keep = "as long as the entry or system is public; made anew from the published text"

    def __str__(self) -> str:
        return f"record of {'entry' if self.entry_id else 'system'} {self.entry_id or self.system_id}"


class SearchWord(models.Model):
    """A word that stands in public records of one language, to suggest when somebody mistypes it."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=60)  # folded, as written
    shown = models.CharField(max_length=60)  # with its accents
    records = models.PositiveIntegerField()  # in how many records

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]

    class Retention:
        personal = ()
        keep = "as long as a record holds the word"

    def __str__(self) -> str:
        return self.word
