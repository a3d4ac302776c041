"""For whom an entry holds: its owner and the organisations below it that the owner chose."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above, with_those_below
from transparency.models import Entry, LeaveOut
from transparency.states import LeaveOutState


def choosable(entry: Entry) -> QuerySet[Organisation]:
    """The organisations below the owner of `entry`, by name: only for these can the owner say that it holds."""
    below = with_those_below([entry.organisation_id]) - {entry.organisation_id}
    return Organisation.objects.filter(pk__in=below).order_by("sort_key", "pk")


def left_out(entry: Entry) -> set[int]:
    """The organisations that `entry` does not hold for because the owner agreed, with all below them."""
    agreed = entry.leave_outs.filter(state=LeaveOutState.ACCEPTED).values_list("organisation", flat=True)
    return with_those_below(agreed) if agreed else set()


def others_of(entry: Entry) -> QuerySet[Organisation]:
    """Whom `entry` holds for beside its owner, by name; the same answer as `EntryQuerySet.of_provider`."""
    near = Q(parent=entry.organisation_id) | Q(inherited_entries=entry)
    if not Organisation.objects.filter(near).exists():  # most providers have nobody below them
        return Organisation.objects.none()
    named = set(entry.applies_to.values_list("pk", flat=True))
    held = with_those_below(named or {entry.organisation_id}) - {entry.organisation_id}
    return Organisation.objects.filter(pk__in=held - left_out(entry)).order_by("sort_key", "pk")


def touching(organisation: Organisation) -> QuerySet[Entry]:
    """The public entries whose record names `organisation`, or would when it moved: of it, of those above, named."""
    chain = [one.pk for one in with_those_above(organisation)]
    of_chain = Entry.objects.public().filter(organisation__in=chain)
    return (of_chain | Entry.objects.public().filter(applies_to__in=chain)).distinct()


def numbers_of(organisations: Iterable[Organisation]) -> dict[int, int]:
    """{organisation: number of listed entries that hold for it}, in three questions however many there are."""
    above = {one.pk: [o.pk for o in with_those_above(one)] for one in organisations}
    everyone = {pk for chain in above.values() for pk in chain}
    listed = Entry.objects.listed()
    owners = dict(listed.filter(organisation__in=everyone).values_list("pk", "organisation"))
    named: dict[int, set[int]] = {}
    about_named = listed.filter(applies_to__isnull=False, organisation__in=everyone) | listed.filter(
        applies_to__in=everyone
    )
    for entry, owner, one in about_named.values_list("pk", "organisation", "applies_to").distinct():
        owners[entry] = owner
        named.setdefault(entry, set()).add(one)
    outside: dict[int, set[int]] = {}
    agreed = LeaveOut.objects.filter(state=LeaveOutState.ACCEPTED, organisation__in=everyone)
    for entry, one in agreed.values_list("entry", "organisation"):
        outside.setdefault(entry, set()).add(one)
    plain = Counter(owner for entry, owner in owners.items() if entry not in named and entry not in outside)
    special = {entry for entry in owners if entry in named or entry in outside}
    return {
        pk: sum(plain[one] for one in chain)
        + sum(_holds(owners[e], named.get(e), outside.get(e, set()), chain) for e in special)
        for pk, chain in above.items()
    }


def _holds(owner: int, named: set[int] | None, outside: set[int], chain: list[int]) -> bool:
    """Whether an entry holds for the first of `chain`, an organisation followed by those above it."""
    if outside & set(chain):
        return False
    if owner == chain[0]:
        return True
    return bool(named & set(chain)) if named else owner in chain
