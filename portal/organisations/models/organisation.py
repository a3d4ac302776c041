"""Care providers, patient organisations, funds and others, with their places."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from portal.core.text import sort_key


class OrganisationKind(models.TextChoices):
    """What an organisation is; the first ones give care."""

    HOSPITAL = "HOSPITAL", _("Ziekenhuis")
    UNIVERSITY_HOSPITAL = "UNIVERSITY_HOSPITAL", _("Universitair ziekenhuis")
    CLINIC = "CLINIC", _("Kliniek")
    GP_PRACTICE = "GP_PRACTICE", _("Huisartsenpraktijk")
    GP_GROUP = "GP_GROUP", _("Groep van huisartsen")
    OUT_OF_HOURS = "OUT_OF_HOURS", _("Huisartsenpost")
    PHARMACY = "PHARMACY", _("Apotheek")
    MENTAL_CARE = "MENTAL_CARE", _("Psychische zorg (ggz)")
    ELDERLY_CARE = "ELDERLY_CARE", _("Ouderenzorg")
    HOME_CARE = "HOME_CARE", _("Zorg thuis")
    PUBLIC_HEALTH = "PUBLIC_HEALTH", _("Publieke gezondheid, zoals een GGD")
    GOVERNMENT = "GOVERNMENT", _("Overheid")
    INSURER = "INSURER", _("Zorgverzekeraar")
    PATIENT_ORGANISATION = "PATIENT_ORGANISATION", _("Patiëntenorganisatie")
    FUND = "FUND", _("Fonds")
    EXPERTISE_CENTRE = "EXPERTISE_CENTRE", _("Expertisecentrum")
    RESEARCH = "RESEARCH", _("Onderzoek en onderwijs")
    OTHER = "OTHER", _("Andere organisatie")


CARE_KINDS = tuple(
    OrganisationKind[name]
    for name in ("HOSPITAL", "UNIVERSITY_HOSPITAL", "CLINIC", "GP_PRACTICE", "GP_GROUP", "OUT_OF_HOURS", "PHARMACY",
                 "MENTAL_CARE", "ELDERLY_CARE", "HOME_CARE", "PUBLIC_HEALTH", "GOVERNMENT", "INSURER")
)  # fmt: skip


MOST_WORDS = 12  # of a question: more make it slower, not better


class Province(models.TextChoices):
    """The twelve provinces."""

    DRENTHE = "DRENTHE", "Drenthe"
    FLEVOLAND = "FLEVOLAND", "Flevoland"
    FRYSLAN = "FRYSLAN", "Fryslân"
    GELDERLAND = "GELDERLAND", "Gelderland"
    GRONINGEN = "GRONINGEN", "Groningen"
    LIMBURG = "LIMBURG", "Limburg"
    NOORD_BRABANT = "NOORD_BRABANT", "Noord-Brabant"
    NOORD_HOLLAND = "NOORD_HOLLAND", "Noord-Holland"
    OVERIJSSEL = "OVERIJSSEL", "Overijssel"
    UTRECHT = "UTRECHT", "Utrecht"
    ZEELAND = "ZEELAND", "Zeeland"
    ZUID_HOLLAND = "ZUID_HOLLAND", "Zuid-Holland"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Ways to choose organisations."""

    def giving_care(self) -> Self:
        """Care providers and the public bodies patients meet; no patient organisations or funds."""
        return self.filter(kind__in=CARE_KINDS)

    def called(self, name: str) -> Self:
        """Those with exactly this name or slug."""
        return self.filter(models.Q(slug=name) | models.Q(sort_key=sort_key(name)))

    def matching(self, text: str) -> Self:
        """Those with every word of `text` at the start of a word of their names, place or province."""
        if text and not sort_key(text):  # signs only: nothing is called that
            return self.none()
        chosen = self
        for word in sort_key(text).split()[:MOST_WORDS]:
            chosen = chosen.filter(models.Q(find_key__startswith=word) | models.Q(find_key__contains=f" {word}"))
        return chosen

    def best_matches(self, text: str) -> Self:
        """The same, by name; first those that are called exactly `text`, as "LUMC"."""
        key = sort_key(text)
        exact = models.Q(sort_key=key) | models.Q(alias_key__contains=f"|{key}|")
        first = models.Case(models.When(exact, then=0), default=1, output_field=models.IntegerField())
        return self.matching(text).order_by(*([first] if key else []), "sort_key", "pk")

    def nearest(self, text: str, number: int = 5) -> list["Organisation"]:
        """Those whose name looks most like `text`, for when nothing matches: a typing error."""
        names = dict(self.values_list("pk", "find_key"))
        found = process.extract(sort_key(text), names, scorer=fuzz.partial_ratio, score_cutoff=72, limit=number)
        chosen = self.in_bulk([pk for _name, _score, pk in found])
        return [chosen[pk] for _name, _score, pk in found]


class Organisation(models.Model):
    """A care provider, patient organisation or other; slug and uuid never change."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    also_known_as = models.JSONField(default=list, blank=True)  # list of str: other names people type, as "LUMC"
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    place = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=20, choices=Province, blank=True)
    website = models.URLField(max_length=500, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    is_example = models.BooleanField(default=False)
    national_export = models.BooleanField(default=False)  # it chose to have its entries sent to the national register
    verification_asked_at = models.DateTimeField(null=True)  # when one of its administrators asked for what follows
    verified_at = models.DateTimeField(null=True)  # when the portal found that it is who it says: then it may publish
    source = models.JSONField(default=dict)  # {"title", "date", "link"?}: where name and places come from
    sort_key = models.CharField(max_length=200)
    find_key = models.TextField()  # folded words of names, places and province
    alias_key = models.TextField(blank=True)  # folded other names, as "|lumc|umc leiden|"

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind"),
            models.CheckConstraint(
                condition=models.Q(province="") | models.Q(province__in=Province.values),
                name="organisation_province",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="organisation_not_own_parent"),
        ]
        indexes: ClassVar = [models.Index(fields=["sort_key", "id"], name="organisation_sort")]

    class Retention:
        personal = ()
        keep = "for ever: public facts about organisations"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The provider's public page."""
        return reverse("transparency:provider", args=[self.slug])

    @property
    def other_names(self) -> list[str]:
        """What people call it, without what stands in its name already."""
        words = set(sort_key(self.name).split())
        return [name for name in self.also_known_as if not set(sort_key(name).split()) <= words]


class Location(models.Model):
    """A place where an organisation works."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100)
    province = models.CharField(max_length=20, choices=Province, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name", "address"], name="location_once"),
            models.CheckConstraint(
                condition=models.Q(province="") | models.Q(province__in=Province.values),
                name="location_province",
            ),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts about organisations"

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"
