"""The log of an organisation: every act about it, its people and its texts, as a sentence with the day and who."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.accounts.views.organisation import seen_organisation
from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from transparency.models import Entry

PAGE = 50
# What one can ask for: words, and how the kinds of event begin.
SUBJECTS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "mensen": (gettext_lazy("Mensen en rollen"), ("invitation.", "membership.", "own_sign_in.")),
    "organisatie": (gettext_lazy("De organisatie"), ("organisation.",)),
}
TEXTS = "teksten"  # all the others


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act, in words."""

    at: datetime.datetime
    who: str
    sentence: Any
    about: str = ""
    url: str = ""


@require_safe
def logbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest acts, or those before the one that `voor` names; `over` chooses a subject."""
    organisation = seen_organisation(request, slug)
    subject = request.GET.get("over", "")
    events = _about(AuditEvent.objects.filter(organisation_id=organisation.pk), subject)
    if before := request.GET.get("voor", ""):
        events = _before(events, before)
    chosen = list(events.order_by("-happened_at", "-pk")[: PAGE + 1])
    context = {
        "organisation": organisation,
        "lines": lines(chosen[:PAGE]),
        "subjects": [
            ("", _("Alles")),
            *((key, words) for key, (words, _kinds) in SUBJECTS.items()),
            (TEXTS, _("Teksten")),
        ],
        "subject": subject,
        "older": _link(subject, chosen[PAGE - 1]) if len(chosen) > PAGE else "",
        "is_newest": not before,
    }
    return render(request, "work/logbook.html", context)


def _about(events: Any, subject: str) -> Any:
    """The events of a subject; of one that is not known: all."""
    if subject in SUBJECTS:
        return events.filter(_begins(SUBJECTS[subject][1]))
    return events.exclude(_begins(_others())) if subject == TEXTS else events


def _others() -> tuple[str, ...]:
    return tuple(kind for _words, kinds in SUBJECTS.values() for kind in kinds)


def _begins(beginnings: Iterable[str]) -> Any:
    """Kinds that begin so, written out: an index finds them."""
    return Q(kind__in=[kind for kind in SENTENCES if kind.startswith(tuple(beginnings))])


def _before(events: Any, place: str) -> Any:
    """The events before `place` ("moment_number"). Raises Http404 when it is no place."""
    told, _sign, number = place.rpartition("_")
    try:
        at = parse_datetime(told)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return events.filter(Q(happened_at__lt=at) | Q(happened_at=at, pk__lt=int(number)))


def _link(subject: str, last: AuditEvent) -> str:
    asked = {"over": subject} if subject else {}
    return f"?{urlencode({**asked, 'voor': f'{last.happened_at.isoformat()}_{last.pk}'})}"


# --- In words --------------------------------------------------------------------------------------------------------


def lines(events: list[AuditEvent]) -> list[Line]:
    """`events` in words. Names are read now: who has no account any more has none."""
    told = [number for one in events for number in (one.actor_id, one.data.get("person")) if number is not None]
    names = {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=set(told))}
    uuids = [one.target.removeprefix("entry:") for one in events if one.target.startswith("entry:")]
    chosen = Entry.objects.filter(uuid__in=uuids).select_related("current_version")
    entries = {f"entry:{one.uuid}": one for one in chosen}
    return [_line(event, names, entries.get(event.target)) for event in events]


def _line(event: AuditEvent, names: Mapping[int, str], entry: Entry | None) -> Line:
    about, url = _person(event, names), ""
    if entry is not None:
        version = entry.current_version
        about = str(version.content.get("name", entry.slug)) if version else entry.slug
        url = reverse("transparency:work-entry", args=[entry.slug])
    return Line(
        at=event.happened_at, who=_who(event.actor_id, names), sentence=SENTENCES.get(event.kind, event.kind),
        about=about, url=url,
    )  # fmt: skip


def _who(number: int | None, names: Mapping[int, str]) -> str:
    if number is None:
        return _("Het portaal zelf")
    return names.get(number) or _("Iemand die hier niet meer werkt")


def _person(event: AuditEvent, names: Mapping[int, str]) -> str:
    """Whom it is about and which roles, where the event says so."""
    roles = ", ".join(str(Role(role).label) for role in event.data.get("roles", []) if role in Role.values)
    number = event.data.get("person")
    name = "" if number is None else names.get(number) or _("iemand die hier niet meer werkt")
    return f"{name} ({roles})" if name and roles else name or roles
