"""Writing organisations themselves: their names and places, and what they chose."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import sort_key
from portal.organisations.models import Location, Organisation, Province
from portal.organisations.permissions import with_those_above

LOCATION_FIELDS = ("name", "address", "postcode", "place", "province", "latitude", "longitude")
MOST_LEVELS = 3  # a practice, its group, and what that belongs to; pages read no further up


def _find_key(fields: Mapping[str, Any], locations: Sequence[Mapping[str, Any]]) -> str:
    parts = [fields["name"], *fields["also_known_as"], fields["place"], _province(fields["province"])]
    parts += [f"{place['name']} {place['place']}" for place in locations]
    return " ".join(sorted(set(sort_key(" ".join(parts)).split())))


def _alias_key(names: Sequence[str]) -> str:
    return f"|{'|'.join(sort_key(name) for name in names)}|" if names else ""


def _province(code: str) -> str:
    return str(Province(code).label) if code else ""


@transaction.atomic
def save_organisation(
    *, fields: Mapping[str, Any], locations: Sequence[Mapping[str, Any]], by: Any, now: datetime.datetime
) -> bool:
    """Make or update the organisation with ``fields["uuid"]`` and its places.

    `fields`: uuid, slug, name, kind, place, province, website, is_example, source and, when there are other names,
    also_known_as. national_export stays as it is unless it is given. `locations`: LOCATION_FIELDS each.
    Returns whether anything changed; when nothing did, nothing is written.
    """
    fields = {"also_known_as": [], **fields}
    values = {
        **fields,
        "sort_key": sort_key(fields["name"]),
        "find_key": _find_key(fields, locations),
        "alias_key": _alias_key(fields["also_known_as"]),
    }
    wanted = sorted([tuple(place.get(f) for f in LOCATION_FIELDS) for place in locations], key=repr)
    there = Organisation.objects.filter(uuid=fields["uuid"]).first()
    if there is not None:
        same = all(getattr(there, key) == value for key, value in values.items() if key != "uuid")
        if same and sorted(there.locations.values_list(*LOCATION_FIELDS), key=repr) == wanted:
            return False
    organisation, made = Organisation.objects.update_or_create(uuid=fields["uuid"], defaults=values)
    if not made:  # also when another process made it just now
        organisation.locations.all().delete()
    Location.objects.bulk_create(
        Location(organisation=organisation, **dict(zip(LOCATION_FIELDS, place, strict=True))) for place in wanted
    )
    target = f"organisation:{organisation.uuid}"
    record("organisation.saved", by=by, target=target, now=now, organisation=organisation.pk)
    raise_revision()
    return True


@transaction.atomic
def choose_national_export(*, organisation: Organisation, wanted: bool, by: Any, now: datetime.datetime) -> bool:
    """Keep whether `organisation` wants its entries in exports for the national register; no page shows it.

    Returns whether anything changed; when nothing did, nothing is written.
    """
    others = Organisation.objects.filter(pk=organisation.pk).exclude(national_export=wanted)
    if not others.update(national_export=wanted):
        return False
    target = f"organisation:{organisation.uuid}"
    record("organisation.national_export_chosen", by=by, target=target, now=now, wanted=wanted)
    return True


@transaction.atomic
def place_under(*, organisation: Organisation, parent: Organisation | None, by: Any, now: datetime.datetime) -> bool:
    """Put `organisation` below `parent`, or on its own; returns whether anything changed.

    Raises ValidationError for a circle, for an example below a real one, and when the tree becomes too high. Call it
    through `transparency.actions.groups.place_organisation`, which makes what depends on the tree anew.
    """
    # One at a time: two moves at the same moment could make a circle that neither of them sees.
    Organisation.objects.select_for_update().order_by("pk").first()
    organisation.refresh_from_db()
    if organisation.parent_id == (parent.pk if parent else None):
        return False
    if parent is not None:
        parent.refresh_from_db()
        _check_place(organisation, parent)
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    organisation.refresh_from_db()
    target = f"organisation:{organisation.uuid}"
    record("organisation.placed", by=by, target=target, now=now, parent=str(parent.uuid) if parent else "")
    raise_revision()
    return True


def _check_place(organisation: Organisation, parent: Organisation) -> None:
    above = list(with_those_above(parent))
    if organisation.pk in {one.pk for one in above}:
        raise ValidationError(_("Dan valt een organisatie onder zichzelf. Kies een andere."))
    if len(above) + _height(organisation) > MOST_LEVELS:
        raise ValidationError(_("Er passen hooguit drie lagen: een praktijk, een groep en een organisatie erboven."))
    if organisation.is_example != parent.is_example:
        raise ValidationError(_("Een verzonnen en een echte organisatie kunnen niet bij elkaar horen."))


def _height(organisation: Organisation) -> int:
    """How many levels `organisation` is with all below it."""
    level, height = {organisation.pk}, 0
    while level and height <= MOST_LEVELS:
        height += 1
        level = set(Organisation.objects.filter(parent__in=level).values_list("pk", flat=True)) - level
    return height
