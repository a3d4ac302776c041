"""What somebody may see of the register in the workspace, and how things are called there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from portal.accounts.permissions import can_edit_for_portal
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from portal.organisations.roles import Role
from transparency.models import Draft, Entry, Upload
from transparency.models.entry import EntryQuerySet
from transparency.states import Origin


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Those that `user` works for, and those below them, by name."""
    own = list(user.memberships.values_list("organisation", flat=True))
    return Organisation.objects.filter(pk__in=with_those_below(own)).order_by("sort_key", "pk")


def organisations_to_write_for(user: Any) -> QuerySet[Organisation]:
    """Those for which `user` may write, by name."""
    own = list(user.memberships.filter(role__in=[Role.EDITOR, Role.PUBLISHER]).values_list("organisation", flat=True))
    return Organisation.objects.filter(pk__in=with_those_below(own)).order_by("sort_key", "pk")


def uploads_of(user: Any) -> QuerySet[Upload]:
    """The files that organisations of `user` sent in, the newest first; without their bytes."""
    found = Upload.objects.without_file().filter(organisation__in=organisations_of(user))
    return found.select_related("organisation__parent", "uploaded_by").order_by("-uploaded_at", "-pk")


def entries_of(user: Any) -> EntryQuerySet:
    """The entries that `user` may see in the workspace: of their organisations, and of our editors for those."""
    mine = Q(organisation__in=organisations_of(user))
    if can_edit_for_portal.ok(user):
        mine |= Q(origin=Origin.EDITORIAL)
    found: EntryQuerySet = Entry.objects.filter(mine)
    return found


def drafts_of(user: Any) -> QuerySet[Draft]:
    """The open drafts that `user` may see, the newest first."""
    mine = Q(entry__in=entries_of(user))
    if can_edit_for_portal.ok(user):
        mine |= Q(system__isnull=False)
    found = Draft.objects.open().filter(mine).select_related("entry__organisation", "system")
    return found.order_by("-edited_at", "-pk")


def name_of(draft: Draft) -> str:
    """What the thing of a draft is called; its address when it has no name yet."""
    return name_of_content(draft.content) or str(draft.entry or draft.system)


def name_of_content(content: Mapping[str, Any] | None) -> str:
    """What a text calls its thing; empty when it does not yet."""
    return str((content or {}).get("name") or "")


def name_of_entry(entry: Entry) -> str:
    """What an entry is called in Dutch; its address when it has no text yet."""
    return str(entry.current_version.content["name"]) if entry.current_version else entry.slug


def may_start(user: Any) -> bool:
    """Whether `user` writes for any organisation."""
    return bool(user.memberships.filter(role__in=[Role.EDITOR, Role.PUBLISHER]).exists())


def writable_organisations(user: Any) -> list[Organisation]:
    """Those that `user` writes for, and those below them, by name."""
    own = list(user.memberships.filter(role__in=[Role.EDITOR, Role.PUBLISHER]).values_list("organisation", flat=True))
    found = Organisation.objects.filter(pk__in=with_those_below(own)).select_related("parent")
    return list(found.order_by("sort_key", "pk"))
