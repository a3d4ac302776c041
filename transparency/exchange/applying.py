"""Carrying out the plan of an import: in one transaction, every record through the actions of the register."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import save_organisation
from portal.organisations.models import Organisation
from transparency.actions.publishing import publish_entry, save_imported
from transparency.exchange.identity import is_own
from transparency.exchange.newcomers import Newcomers
from transparency.exchange.plan import Outcome, Plan, Planned
from transparency.exchange.report import ExchangeError
from transparency.models import Entry
from transparency.word_counts import refresh_words

FIRST = "Overgenomen uit een ander register."
AGAIN = "Opnieuw overgenomen uit het andere register."


@dataclass
class Applier:
    """Writes planned records; remembers what is new, so that a large file asks for it once."""

    now: datetime.datetime
    by: Any = None
    newcomers: Newcomers = field(default_factory=Newcomers)

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
        entry, _told = self.newcomers.entry(item.understood)
        if entry.organisation.pk is None:
            self._save(entry.organisation)
        return entry

    def _save(self, organisation: Organisation) -> None:
        """Make an organisation that is new here."""
        fields = {
            "uuid": organisation.uuid, "slug": organisation.slug, "name": organisation.name,
            "kind": organisation.kind, "place": "", "province": "", "website": "", "is_example": False,
            "source": {"title": "Overgenomen bij een import", "date": self.now.date().isoformat()},
        }  # fmt: skip
        save_organisation(fields=fields, locations=[], by=self.by, now=self.now)
        organisation.pk = Organisation.objects.values_list("pk", flat=True).get(uuid=organisation.uuid)
        organisation.refresh_from_db()


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
