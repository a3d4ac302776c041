"""What the workspace shows of the register: what somebody has to do, and the entries they work on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_administer_portal, can_edit_for_portal
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from portal.organisations.roles import Role
from portal.ui.tasks import Task
from transparency.models import Draft, Entry, RedactionRequest
from transparency.permissions import can_decide_draft, can_write_draft
from transparency.states import DraftState, Origin, RequestState


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Those that `user` works for, and those below them, by name."""
    own = list(user.memberships.values_list("organisation", flat=True))
    return Organisation.objects.filter(pk__in=with_those_below(own)).order_by("sort_key", "pk")


def entries_of(user: Any) -> QuerySet[Entry]:
    """The entries that `user` may see in the workspace: of their organisations, and of our editors for those."""
    mine = Q(organisation__in=organisations_of(user))
    if can_edit_for_portal.ok(user):
        mine |= Q(origin=Origin.EDITORIAL)
    return Entry.objects.filter(mine)


def drafts_of(user: Any) -> QuerySet[Draft]:
    """The open drafts that `user` may see, the newest first."""
    mine = Q(entry__in=entries_of(user))
    if can_edit_for_portal.ok(user):
        mine |= Q(system__isnull=False)
    found = Draft.objects.open().filter(mine).select_related("entry__organisation__parent", "system")
    return found.order_by("-edited_at", "-pk")


def name_of(draft: Draft) -> str:
    """What the thing of a draft is called; its address when it has no name yet."""
    thing = draft.entry or draft.system
    return str(draft.content.get("name") or thing)


def tasks_for(user: Any) -> Iterator[Task]:
    """What `user` has to do now: approve what others wrote, go on with what came back or is being written."""
    for draft in drafts_of(user):
        about = draft.entry.organisation.name if draft.entry else ""
        url = reverse("transparency:draft", args=[draft.uuid])
        if draft.state == DraftState.SUBMITTED and can_decide_draft.ok(user, draft):
            yield Task(what=_("Keur goed of stuur terug"), title=name_of(draft), url=url, about=about)
        elif draft.state == DraftState.RETURNED and can_write_draft.ok(user, draft):
            yield Task(what=_("Verwerk de opmerkingen"), title=name_of(draft), url=url, about=about)
        elif draft.state == DraftState.WRITING and draft.edited_by_id == user.pk:
            yield Task(what=_("Schrijf verder"), title=name_of(draft), url=url, about=about)
    yield from redactions_for(user)


def redactions_for(user: Any) -> Iterator[Task]:
    """What `user` has to decide of what must go by law: a request of another administrator of the portal."""
    if can_administer_portal.ok(user):
        waiting = RedactionRequest.objects.filter(state=RequestState.ASKED).exclude(asked_by=user).order_by("pk")
        for request in waiting:
            url = reverse("transparency:work-redaction", args=[request.uuid])
            yield Task(what=_("Beslis of een tekst weg moet"), title=request.reason, url=url)


def may_start(user: Any) -> bool:
    """Whether `user` writes for any organisation."""
    return bool(user.memberships.filter(role__in=[Role.EDITOR, Role.PUBLISHER]).exists())
