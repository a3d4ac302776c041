"""What somebody has to do in the register now."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_administer_portal, can_edit_for_portal, remembered_duties
from portal.core.working_days import add_working_days
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import remembered_roles
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task
from transparency.claim_tasks import claim_tasks
from transparency.models import Draft, Ending, Entry, Notice, Reading, RedactionRequest
from transparency.permissions import (
    can_close_notice,
    can_confirm_notice,
    can_decide_draft,
    can_decide_ending,
    can_write_draft,
    can_write_entry,
)
from transparency.review_dates import SOON
from transparency.states import (
    DraftPurpose,
    DraftState,
    EndingState,
    NoticeState,
    Origin,
    ReadingState,
    RequestState,
)
from transparency.uploads.states import UploadState
from transparency.workspace import drafts_of, entries_of, name_of, name_of_content, name_of_entry, uploads_of

MOST_CHECKS = 5  # texts to check, each on its line; the others stand together behind one
CONFIRM_WITHIN = 2  # working days for the second person of a notice; then our editors see it too
_WHOLE = ("entry__organisation", "entry__current_version")


def tasks_for(user: Any) -> Iterator[Task]:
    """Everything; each line asks nothing more of the database, however many there are."""
    with remembered_roles(user), remembered_duties(user):
        lines = chain(
            _notices(user),
            _endings(user),
            _drafts(user),
            _readings(user),
            _uploads(user),
            claim_tasks(user),
            _redactions(user),
            _checks(user),
        )
        yield from list(lines)


# --- Texts -----------------------------------------------------------------------------------------------------------


def _drafts(user: Any) -> Iterator[Task]:
    rechecks = 0
    for draft in chain(drafts_of(user), _without_publisher(user)):
        if draft.state == DraftState.SUBMITTED and draft.purpose == DraftPurpose.RECHECK:
            rechecks += can_decide_draft.ok(user, draft)
        elif task := _of_draft(user, draft):
            yield task
    if rechecks:
        title = _("%(number)d keer") % {"number": rechecks}
        yield Task(
            what=_("Bevestig dat een tekst nog klopt"), title=title, url=reverse("transparency:rechecks"),
            group=Group.DECIDE,
        )  # fmt: skip


def _of_draft(user: Any, draft: Draft) -> Task | None:
    about = draft.entry.organisation.name if draft.entry else ""
    shown: dict[str, Any] = {"title": name_of(draft), "about": about}
    shown["url"] = reverse("transparency:draft", args=[draft.uuid])
    if draft.state == DraftState.SUBMITTED and can_decide_draft.ok(user, draft):
        shown["url"] = reverse("transparency:draft-decide", args=[draft.uuid])
        return Task(what=_("Keur goed of stuur terug"), group=Group.DECIDE, **shown)
    if draft.state == DraftState.RETURNED and can_write_draft.ok(user, draft):
        return Task(what=_("Verwerk de opmerkingen"), group=Group.WRITE, **shown)
    if draft.state == DraftState.WRITING and draft.edited_by_id == user.pk:
        return Task(what=_("Schrijf verder"), group=Group.WRITE, **shown)
    return None


def _without_publisher(user: Any) -> list[Draft]:
    """For our editors: what waits at an organisation where nobody else may approve it (decisions.md)."""
    if not can_edit_for_portal.ok(user):
        return []
    waiting = Draft.objects.filter(state=DraftState.SUBMITTED, entry__organisation__verified_at__isnull=False)
    found = list(waiting.exclude(entry__origin=Origin.EDITORIAL).select_related(*_WHOLE).order_by("submitted_at", "pk"))
    if not found:
        return []
    publishers: dict[int, set[int]] = {}
    for organisation, person in Membership.objects.filter(role=Role.PUBLISHER).values_list("organisation", "user"):
        publishers.setdefault(organisation, set()).add(person)
    parents = dict(Organisation.objects.values_list("pk", "parent"))
    return [draft for draft in found if not _others(draft, publishers, parents)]


def _others(draft: Draft, publishers: Mapping[int, set[int]], parents: Mapping[int, int | None]) -> set[int]:
    """Who may approve `draft` for its organisation or for one above it."""
    assert draft.entry is not None  # noqa: S101 (only those of organisations are asked for)
    found: set[int] = set()
    seen: set[int] = set()
    organisation: int | None = draft.entry.organisation_id
    while organisation is not None and organisation not in seen:
        seen.add(organisation)
        found |= publishers.get(organisation, set())
        organisation = parents.get(organisation)
    return found - {draft.edited_by_id, draft.submitted_by_id}


def _readings(user: Any) -> Iterator[Task]:
    """Texts that patients are to read, for coordinators; what they said, for who asked and told nobody yet."""
    mine = user.memberships.filter(role=Role.COORDINATOR).values("organisation")
    asked = Q(organisation__in=mine, state__in=[ReadingState.ASKED, ReadingState.OPEN])
    told = Q(asked_by=user, state=ReadingState.CLOSED, changed="")
    for reading in Reading.objects.filter(asked | told).select_related("entry__organisation").order_by("asked_at"):
        is_closed = reading.state == ReadingState.CLOSED
        yield Task(
            what=_("Bekijk wat lezers zeiden") if is_closed else _("Laat patiënten een tekst lezen"),
            title=name_of_content(reading.content) or reading.entry.slug,
            url=reverse("transparency:reading", args=[reading.uuid]),
            about=reading.entry.organisation.name,
            group=Group.DECIDE if is_closed else Group.WRITE,
        )


def _uploads(user: Any) -> Iterator[Task]:
    """Files that were read and wait for who sent them in."""
    waiting = uploads_of(user).filter(state=UploadState.PLANNED, uploaded_by=user).select_related("organisation")
    for upload in waiting.order_by("pk"):
        url, about = reverse("transparency:upload", args=[upload.uuid]), upload.organisation.name
        yield Task(what=_("Bekijk het ingelezen bestand"), title=upload.name, url=url, about=about, group=Group.WRITE)


def _redactions(user: Any) -> Iterator[Task]:
    """What must go by law, by the request of another administrator of the portal."""
    if can_administer_portal.ok(user):
        waiting = RedactionRequest.objects.filter(state=RequestState.ASKED).exclude(asked_by=user)
        for request in waiting.order_by("pk"):
            url = reverse("transparency:work-redaction", args=[request.uuid])
            yield Task(what=_("Beslis of een tekst weg moet"), title=request.reason, url=url, group=Group.DECIDE)


# --- Notices ---------------------------------------------------------------------------------------------------------


def confirm_by(notice: Notice) -> datetime.date:
    """The day by which a second person must have looked at a notice."""
    return add_working_days(timezone.localdate(notice.corrected_at or notice.published_at), CONFIRM_WITHIN)


def _notices(user: Any) -> Iterator[Task]:
    today = timezone.localdate()
    waiting = Notice.objects.filter(state__in=[NoticeState.UNCONFIRMED, NoticeState.CLOSING]).select_related(*_WHOLE)
    if not can_edit_for_portal.ok(user):
        waiting = waiting.filter(entry__in=entries_of(user))
    mine = set(entries_of(user).filter(notices__in=waiting).values_list("pk", flat=True))
    for notice in waiting.order_by("published_at", "pk"):
        due = confirm_by(notice)
        is_late = due < today and notice.state == NoticeState.UNCONFIRMED
        if notice.entry_id not in mine and not is_late:
            continue  # our editors step in when nobody else did
        shown: dict[str, Any] = {"title": name_of_entry(notice.entry), "about": notice.entry.organisation.name}
        shown["url"] = reverse("transparency:notice", args=[notice.uuid])
        if notice.state == NoticeState.UNCONFIRMED and can_confirm_notice.ok(user, notice):
            yield Task(what=_("Bevestig een melding"), group=Group.FIRST, due=due, is_late=is_late, **shown)
        elif notice.state == NoticeState.CLOSING and can_close_notice.ok(user, notice):
            yield Task(what=_("Kijk of een melding weg kan"), group=Group.DECIDE, **shown)


# --- Endings ---------------------------------------------------------------------------------------------------------


def _endings(user: Any) -> Iterator[Task]:
    asked = Ending.objects.filter(state=EndingState.ASKED, entry__in=entries_of(user)).select_related(*_WHOLE)
    for ending in asked.order_by("asked_at", "pk"):
        if can_decide_ending.ok(user, ending):
            yield Task(
                what=_("Kijk of dit uit het register kan"), title=name_of_entry(ending.entry),
                url=reverse("transparency:ending", args=[ending.entry.slug]), about=ending.entry.organisation.name,
                due=ending.end_on, group=Group.DECIDE,
            )  # fmt: skip


# --- Checks ----------------------------------------------------------------------------------------------------------


def to_check(user: Any) -> QuerySet[Entry]:
    """The entries whose text must be checked soon or should have been, the oldest day first; with `due`."""
    until = (timezone.localdate() + datetime.timedelta(days=SOON)).isoformat()
    found = entries_of(user).listed().exclude(record__due="").filter(record__due__lte=until)
    working_on = Q(pk__in=Draft.objects.open().exclude(entry=None).values("entry"))
    return found.exclude(working_on).annotate(due=F("record__due")).order_by("due", "pk")


def _checks(user: Any) -> Iterator[Task]:
    mine = [entry for entry in to_check(user).select_related("organisation") if can_write_entry.ok(user, entry)]
    first = Entry.objects.select_related("current_version").in_bulk([entry.pk for entry in mine[:MOST_CHECKS]])
    today = timezone.localdate()
    for entry in mine[:MOST_CHECKS]:
        due = datetime.date.fromisoformat(entry.due)  # type: ignore[attr-defined]
        yield Task(
            what=_("Kijk of de tekst nog klopt"), title=name_of_entry(first[entry.pk]), about=entry.organisation.name,
            url=reverse("transparency:work-entry", args=[entry.slug]), due=due, is_late=due < today, group=Group.CHECK,
        )  # fmt: skip
    if (more := len(mine) - MOST_CHECKS) > 0:
        title = _("nog %(number)d teksten") % {"number": more}
        yield Task(what=_("Controleer samen"), title=title, url=reverse("transparency:rechecks"), group=Group.CHECK)
