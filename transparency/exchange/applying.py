"""Carrying out the plan of an import: in one transaction, every record through the actions of the register."""

import datetime
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from portal.core.text import sort_key
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import save_organisation
from portal.organisations.models import Organisation, OrganisationKind
from transparency.actions.publishing import publish_entry, save_imported
from transparency.exchange.cleaning import plain
from transparency.exchange.identity import is_own
from transparency.exchange.plan import Outcome, Plan, Planned
from transparency.exchange.report import ExchangeError
from transparency.exchange.slugs import Slugs
from transparency.exchange.understanding import as_uuid
from transparency.models import AISystem, Entry
from transparency.states import Origin
from transparency.word_counts import refresh_words

FIRST = "Overgenomen uit een ander register."
AGAIN = "Opnieuw overgenomen uit het andere register."
_GOVERNMENT = re.compile(
    r"(gemeente|provincie|ministerie|waterschap|hoogheemraadschap|wetterskip|rijks\w*|belastingdienst|douane|politie|"
    r"omgevingsdienst|veiligheidsregio|gemeenschappelijke regeling|inspectie|autoriteit|kadaster|raad|kamer|dienst|"
    r"openbaar ministerie|ciz|svb|uwv|cak|cjib|rdw|rivm|ind|duo|sociale verzekeringsbank|"
    r"uitvoeringsinstituut|nederlands forensisch|nationale?|algemene|college|staten|toeslagen|regio)\b"
)


def organisation_kind(name: str) -> OrganisationKind:
    """What a new organisation is, by its name: a public body, or another organisation that people can look at later."""
    return OrganisationKind.GOVERNMENT if _GOVERNMENT.match(sort_key(name)) else OrganisationKind.OTHER


def slugs_of_entries() -> Slugs:
    """Gives new slugs for entries."""
    return Slugs(taken=set(Entry.objects.values_list("slug", flat=True)), longest=120, fallback="toepassing")


def _slugs_of_organisations() -> Slugs:
    return Slugs(taken=set(Organisation.objects.values_list("slug", flat=True)), longest=100, fallback="organisatie")


def _real_organisations() -> dict[str, Organisation]:
    """By sort key; an invented organisation is never the owner of a real record."""
    return {found.sort_key: found for found in Organisation.objects.filter(is_example=False).order_by("-pk")}


@dataclass
class Applier:
    """Writes planned records; remembers organisations and slugs, so that a large file asks for them once."""

    now: datetime.datetime
    by: Any = None
    organisations: dict[str, Organisation] = field(default_factory=_real_organisations)
    entry_slugs: Slugs = field(default_factory=slugs_of_entries)
    organisation_slugs: Slugs = field(default_factory=_slugs_of_organisations)

    def write(self, item: Planned) -> None:
        """Save one record, and publish its text when the plan says so."""
        entry = self._entry(item)
        received = item.understood.received()
        if is_own(entry):
            received["content"] = {}  # our own text is never compared with theirs
        save_imported(entry=entry, received=received, by=self.by, now=self.now)
        if item.publish:
            first = entry.current_version is None
            publish_entry(
                entry=entry, content=item.content, reason=FIRST if first else AGAIN,
                responsible=item.understood.organisation[:200], by=self.by, now=self.now,
            )  # fmt: skip

    def _entry(self, item: Planned) -> Entry:
        if item.entry_id is not None:
            entries = Entry.objects.select_related("organisation", "system__current_version", "current_version")
            return entries.get(pk=item.entry_id)
        understood, own = item.understood, item.understood.row.own or {}
        return Entry(
            uuid=(as_uuid(understood.source_id) if own else None) or uuid.uuid4(),
            slug=self.entry_slugs.free(plain(own.get("slug")) or f"{understood.name} {understood.organisation}"),
            organisation=self._organisation(understood.organisation),
            system=system_of(own.get("system")),
            origin=Origin.IMPORTED,
        )

    def _organisation(self, name: str) -> Organisation:
        key = sort_key(name)
        if key not in self.organisations:
            code = uuid.uuid4()
            fields = {
                "uuid": code, "slug": self.organisation_slugs.free(name), "name": name,
                "kind": organisation_kind(name), "place": "", "province": "", "website": "", "is_example": False,
                "source": {"title": "Overgenomen bij een import", "date": self.now.date().isoformat()},
            }  # fmt: skip
            save_organisation(fields=fields, locations=[], by=self.by, now=self.now)
            self.organisations[key] = Organisation.objects.get(uuid=code)
        return self.organisations[key]


def system_of(named: Any) -> AISystem | None:
    """The AI system here that our own document names, by code or slug; the one that it was joined with if it was."""
    if not isinstance(named, Mapping):
        return None
    code = as_uuid(plain(named.get("id")))
    found = AISystem.objects.filter(uuid=code).first() if code else None
    found = found or AISystem.objects.filter(slug=plain(named.get("slug"))).first()
    return found.living if found else None


@transaction.atomic
def apply(
    plan: Plan,
    *,
    by: Any,
    now: datetime.datetime,
    skip_bad: bool = False,
    progress: Callable[[int], None] = lambda number: None,
) -> None:
    """Write everything that `plan` says is new or changed: all of it or nothing.

    Raises ExchangeError when the database refuses a record, and when the plan did, unless `skip_bad`.
    """
    if plan.refused() and not skip_bad:
        raise ExchangeError("Er zijn regels die wij niet kunnen overnemen. Er is niets veranderd.")
    applier = Applier(now=now, by=by)
    writing = [item for item in plan.items if item.outcome in {Outcome.NEW, Outcome.CHANGED}]
    for count, item in enumerate(writing, start=1):
        try:
            applier.write(item)
        except (DatabaseError, ValidationError, StepNotAllowed) as error:
            raise ExchangeError(f"Het bewaren ging mis bij {item.place}. Er is niets veranderd.") from error
        progress(count)
    if any(item.publish for item in writing):
        refresh_words()
