"""What our editors begin: a product, and an entry about a provider from public sources."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_edit_for_portal
from portal.core.text import clean
from portal.organisations.models import Organisation
from transparency.actions.drafts import save_answers, start_correction, start_system
from transparency.models import AISystem, Draft, Entry
from transparency.states import Origin


def _name(value: str) -> str:
    name = " ".join(clean(value).split())
    if not name:
        raise ValidationError({"name": _("Typ een naam.")})
    return name


@transaction.atomic
def start_new_system(*, name: str, slug: str, by: Any, now: datetime.datetime) -> Draft:
    """Begin the page of a product with a draft that says its name. Raises PermissionDenied, ValidationError."""
    can_edit_for_portal(by)
    name = _name(name)
    try:
        with transaction.atomic():
            system = AISystem.objects.create(slug=slug)
    except IntegrityError as error:
        raise ValidationError({"slug": _("Dit adres bestaat al. Kies een ander adres.")}) from error
    draft = start_system(system=system, by=by, now=now)
    save_answers(draft=draft, answers={"name": name}, seen=draft.revision, by=by, now=now)
    return draft


@transaction.atomic
def start_editorial(
    *,
    organisation: Organisation,
    name: str,
    slug: str,
    source: Mapping[str, str],
    by: Any,
    now: datetime.datetime,
    system: AISystem | None = None,
) -> Draft:
    """Begin an entry about `organisation` from at least one public `source` (title, link).

    Raises PermissionDenied, ValidationError ({field: message}).
    """
    can_edit_for_portal(by)
    name = _name(name)
    title, link = (" ".join(clean(source.get(key, "")).split()) for key in ("title", "link"))
    missing = {key: _("Noem de bron waar u dit las.") for key, value in (("title", title), ("link", link)) if not value}
    if missing:
        raise ValidationError({f"source_{key}": message for key, message in missing.items()})
    try:
        with transaction.atomic():
            entry = Entry.objects.create(organisation=organisation, slug=slug, system=system, origin=Origin.EDITORIAL)
    except IntegrityError as error:
        raise ValidationError({"slug": _("Dit adres bestaat al. Kies een ander adres.")}) from error
    draft = start_correction(entry=entry, by=by, now=now)
    sources = [{"title": title, "link": link, "checked_on": now.date().isoformat()}]
    save_answers(draft=draft, answers={"name": name, "sources": sources}, seen=draft.revision, by=by, now=now)
    return draft
